import { useState } from 'react';
import type { ElderView } from '../../../../shared/contracts/elders.ts';
import type { MealOrderView } from '../../../../shared/contracts/meal-orders.ts';
import { addDays } from '../../../../shared/values/dates.ts';
import { Button } from '../../components/button.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Empty, Failure, QueryStates } from '../../components/page-states.tsx';
import { Box } from '../../components/primitives';
import { Section } from '../../components/section.tsx';
import { ElderChoice } from '../../features/elder-choice.tsx';
import { OrderCard } from '../../features/meals/order-card.tsx';
import { useAction } from '../../hooks/use-action.ts';
import { useMyElders } from '../../hooks/use-my-elders.ts';
import { useRoute } from '../../hooks/use-route.ts';
import { useWords } from '../../i18n';
import { call } from '../../services/api.ts';
import { today } from '../../services/clock.ts';
import { open } from '../../services/pages.ts';

const DAYS_BACK = 60;
const DAYS_AHEAD = 30;

export default function OrdersPage() {
  const words = useWords();
  const { query, living, chosen, choose } = useMyElders();
  return (
    <PageFrame tab="orders" title={words.orders.title}>
      <QueryStates query={query}>
        {() =>
          chosen === undefined ? (
            <Empty icon="orders" title={words.orders.none} text={words.home.noneText} />
          ) : (
            <>
              <ElderChoice elders={living} value={chosen.elderId} onChange={choose} />
              <Orders key={chosen.elderId} elder={chosen} />
            </>
          )
        }
      </QueryStates>
    </PageFrame>
  );
}

function Orders({ elder }: { readonly elder: ElderView }) {
  const words = useWords();
  const { elderId } = elder;
  const now = today();
  const range = { from: addDays(now, -DAYS_BACK), to: addDays(now, DAYS_AHEAD) };
  const query = useRoute('listElderMealOrders', { params: { elderId }, query: range });
  const [earlier, setEarlier] = useState<readonly MealOrderView[]>([]);
  const [cursor, setCursor] = useState<string | undefined>();
  const [asked, setAsked] = useState(false);
  const paging = useAction();
  const next = asked ? cursor : query.value?.cursor;

  const more = async () => {
    const answer = await paging.run(() =>
      call('listElderMealOrders', { params: { elderId }, query: { ...range, cursor: next } }),
    );
    if (!answer?.ok) return;
    setEarlier([...earlier, ...answer.value.orders]);
    setCursor(answer.value.cursor);
    setAsked(true);
  };

  return (
    <Box className="section stack">
      <Button icon="calendar" onTap={() => open('standing', { elderId })}>
        {words.orders.standing}
      </Button>
      <QueryStates query={query}>
        {(value) => {
          const orders = [...value.orders, ...earlier];
          const isComing = (order: MealOrderView) => order.state === 'placed' && order.date >= now;
          const coming = orders.filter(isComing).reverse();
          const past = orders.filter((order) => !isComing(order));
          if (orders.length === 0) {
            return (
              <Empty
                icon="orders"
                title={words.orders.none}
                text={words.orders.noneText}
                action={
                  <Button look="main" onTap={() => open('order')}>
                    {words.orders.go}
                  </Button>
                }
              />
            );
          }
          return (
            <>
              <Section title={words.orders.coming}>
                {coming.length === 0 ? (
                  <Box className="soft">{words.orders.noneComing}</Box>
                ) : (
                  <Box className="stack">
                    {coming.map((order) => (
                      <OrderCard key={order.orderId} order={order} />
                    ))}
                  </Box>
                )}
              </Section>
              {past.length === 0 ? null : (
                <Section title={words.orders.past}>
                  <Box className="stack">
                    {past.map((order) => (
                      <OrderCard key={order.orderId} order={order} />
                    ))}
                  </Box>
                </Section>
              )}
              {paging.refusal ? <Failure refusal={paging.refusal} /> : null}
              {next === undefined ? null : (
                <Button onTap={more} disabled={paging.busy}>
                  {words.more}
                </Button>
              )}
            </>
          );
        }}
      </QueryStates>
    </Box>
  );
}
