import { useState } from 'react';
import type { MealOrderView } from '../../../../../shared/contracts/meal-orders.ts';
import { addDays } from '../../../../../shared/values/dates.ts';
import { formatYuan } from '../../../../../shared/values/money.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Mark } from '../../../components/notice.tsx';
import { Empty, Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { STATE_TONE } from '../../../features/meals/order-card.tsx';
import { useAction } from '../../../hooks/use-action.ts';
import { useNow } from '../../../hooks/use-now.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { outbox } from '../../../services/api.ts';
import { today } from '../../../services/clock.ts';
import { open } from '../../../services/pages.ts';
import { useStaffWords } from '../words';

const DAYS_BACK = 7;
const DAYS_AHEAD = 14;

/** The elder's meals of these days. Staff may change and cancel them until the sitting is over; after closing time with a reason. */
export function ElderOrders({ elderId }: { readonly elderId: string }) {
  const words = useWords();
  const staff = useStaffWords();
  const query = useRoute('listElderMealOrders', {
    params: { elderId },
    query: { from: addDays(today(), -DAYS_BACK), to: addDays(today(), DAYS_AHEAD) },
  });
  const put = (order: MealOrderView) => {
    if (query.value === undefined) return;
    query.put({
      ...query.value,
      orders: query.value.orders.map((one) => (one.orderId === order.orderId ? order : one)),
    });
  };
  return (
    <Section title={staff.person.orders}>
      <QueryStates query={query} cards={2}>
        {({ orders }) =>
          orders.length === 0 ? (
            <Empty title={words.home.noMeal} text={staff.person.ordersText} />
          ) : (
            <Box role="list" label={staff.person.orders} className="stack">
              {orders.map((order) => (
                <ElderOrder key={order.orderId} order={order} onChange={put} />
              ))}
            </Box>
          )
        }
      </QueryStates>
    </Section>
  );
}

interface ElderOrderProps {
  readonly order: MealOrderView;
  readonly onChange: (order: MealOrderView) => void;
}

function ElderOrder({ order, onChange }: ElderOrderProps) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const now = useNow();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string | undefined>();
  const { orderId } = order;
  const what = say.dayMeal(order.date, order.sitting);
  const late = now > Date.parse(order.closesAt);

  const cancel = async () => {
    const text = reason.trim();
    if (late && text === '') return setWrong(staff.person.cancelReasonWrong);
    const answer = await action.run(() =>
      outbox.submit({
        id: `cancel-${orderId}`,
        name: 'cancelMealOrder',
        input: { params: { orderId }, body: text === '' ? {} : { reason: text } },
        what: `${words.orderPage.cancel} ${order.elderName} ${what}`,
      }),
    );
    if (answer?.ok) {
      setAsking(false);
      onChange(answer.value);
    } else if (answer?.refusal.code === 'offline') setAsking(false);
  };

  return (
    <Box role="listitem" label={what} className="card stack">
      <Box className="row row--apart row--wrap">
        <Heading level={3} className="strong">
          {what}
        </Heading>
        <Mark tone={STATE_TONE[order.state]}>{words.orderStates[order.state]}</Mark>
      </Box>
      <Box>
        {say.slot(order.slot)} · {words.eating[order.eating]} · {formatYuan(order.quote.shares.person)}
        <Box className="soft">{order.dishes.map((dish) => dish.name).join(words.dishes.listSeparator)}</Box>
      </Box>
      {action.refusal && action.refusal.code !== 'offline' ? <Failure refusal={action.refusal} /> : null}
      {order.state !== 'placed' || order.date < today() ? null : asking ? (
        <Box className="stack">
          {late ? (
            <TextField
              id={`reason-${orderId}`}
              label={staff.person.cancelReason}
              help={staff.person.cancelLate}
              wrong={wrong}
              maxLength={200}
              value={reason}
              onChange={setReason}
            />
          ) : (
            <Box>{words.orderPage.cancelText(what)}</Box>
          )}
          <Box className="desk-buttons">
            <Button onTap={() => void cancel()} disabled={action.busy}>
              {words.orderPage.cancelYes}
            </Button>
            <Button look="quiet" onTap={() => setAsking(false)} disabled={action.busy}>
              {words.orderPage.cancelNo}
            </Button>
          </Box>
        </Box>
      ) : (
        <Box className="desk-buttons">
          {late ? null : (
            <Button onTap={() => open('changeOrder', { orderId })} label={`${words.orderPage.change} ${what}`}>
              {words.orderPage.change}
            </Button>
          )}
          <Button onTap={() => setAsking(true)} label={`${words.orderPage.cancel} ${what}`}>
            {words.orderPage.cancel}
          </Button>
        </Box>
      )}
    </Box>
  );
}
