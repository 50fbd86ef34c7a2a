import { useState } from 'react';
import type { MealOrderView } from '../../../../../shared/contracts/meal-orders.ts';
import { Ask } from '../../../components/ask.tsx';
import { Button } from '../../../components/button.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Mark, Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { QrCode } from '../../../components/qr-code.tsx';
import { Section } from '../../../components/section.tsx';
import { mealCodeOf } from '../../../features/meals/meal-code.ts';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { STATE_TONE } from '../../../features/meals/order-card.tsx';
import { QuoteCard } from '../../../features/meals/quote-card.tsx';
import { useAction } from '../../../hooks/use-action.ts';
import { useNow } from '../../../hooks/use-now.ts';
import { type Query, useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { outbox } from '../../../services/api.ts';
import { today } from '../../../services/clock.ts';
import { open, usePageParams } from '../../../services/pages.ts';

/** One order: its code, where and when, what it costs and why, and what can still be done with it. */
export default function MealOrderPage() {
  const words = useWords();
  const say = useMealWords();
  const { orderId = '' } = usePageParams();
  const query = useRoute('getMealOrder', { params: { orderId } });
  const order = query.value;
  return (
    <PageFrame
      title={order ? say.dayMeal(order.date, order.sitting) : words.orders.title}
      lead={order ? `${words.orderPage.who} ${order.elderName}` : undefined}
    >
      <QueryStates query={query}>{(value) => <Order order={value} query={query} />}</QueryStates>
    </PageFrame>
  );
}

interface OrderProps {
  readonly order: MealOrderView;
  readonly query: Query<MealOrderView>;
}

function Order({ order, query }: OrderProps) {
  const words = useWords();
  const say = useMealWords();
  const now = useNow();
  const isPlaced = order.state === 'placed';
  const canChange = isPlaced && now <= Date.parse(order.closesAt);
  return (
    <Box className="stack">
      <Box>
        <Mark tone={STATE_TONE[order.state]}>{words.orderStates[order.state]}</Mark>
      </Box>
      {isPlaced && order.date >= today() && order.eating !== 'delivery' ? (
        <Box className="card stack center">
          <QrCode text={mealCodeOf(order.orderId)} alt={words.ordered.qr} />
          <Box className="soft">{words.ordered.bring}</Box>
        </Box>
      ) : null}
      <Box className="card">
        <Facts
          facts={[
            { name: words.orderPage.where, value: order.canteenName },
            { name: words.orderPage.when, value: `${say.day(order.date)} ${say.slot(order.slot)}` },
            { name: words.orderPage.how, value: words.eating[order.eating] },
            {
              name: words.orderPage.what,
              value: order.dishes.map((dish) => dish.name).join(words.dishes.listSeparator),
            },
            ...(order.note === undefined ? [] : [{ name: words.orderPage.note, value: order.note }]),
          ]}
        />
        {order.standingOrderId === null ? null : <Box className="soft">{words.orderPage.fromStanding}</Box>}
      </Box>
      <QuoteCard quote={order.quote} elderName={order.elderName} />
      {isPlaced ? <Actions order={order} canChange={canChange} query={query} /> : null}
      <Section title={words.orderPage.steps}>
        <Facts
          facts={order.steps.map((step) => ({
            name: say.moment(step.at),
            value: `${words.orderPage.stepWords[step.what]} · ${
              step.role === 'system' ? words.orderPage.bySystem : words.roles[step.role]
            }${step.reason ? ` · ${step.reason}` : ''}`,
          }))}
        />
      </Section>
    </Box>
  );
}

function Actions({ order, canChange, query }: OrderProps & { readonly canChange: boolean }) {
  const words = useWords();
  const say = useMealWords();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const what = say.dayMeal(order.date, order.sitting);

  const cancel = async () => {
    const { orderId } = order;
    const answer = await action.run(() =>
      outbox.submit({
        id: `cancel-${orderId}`,
        name: 'cancelMealOrder',
        input: { params: { orderId }, body: {} },
        what: `${words.orderPage.cancel} ${what}`,
      }),
    );
    setAsking(false);
    if (answer?.ok) query.put(answer.value);
  };

  if (!canChange) return <Notice tone="info" title={words.orderPage.tooLate} />;
  return (
    <Box className="stack">
      {action.refusal && action.refusal.code !== 'offline' ? <Failure refusal={action.refusal} /> : null}
      <Box className="soft">{words.orderPage.changeUntil(say.moment(order.closesAt))}</Box>
      {asking ? (
        <Ask
          title={words.orderPage.cancelTitle}
          text={words.orderPage.cancelText(what)}
          yes={words.orderPage.cancelYes}
          no={words.orderPage.cancelNo}
          onYes={cancel}
          onNo={() => setAsking(false)}
          busy={action.busy}
        />
      ) : (
        <>
          <Button onTap={() => open('changeOrder', { orderId: order.orderId })}>{words.orderPage.change}</Button>
          <Button onTap={() => setAsking(true)}>{words.orderPage.cancel}</Button>
        </>
      )}
    </Box>
  );
}
