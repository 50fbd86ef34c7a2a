import type { Eating } from '../../../../../shared/contracts/canteens.ts';
import type { MealOrderView } from '../../../../../shared/contracts/meal-orders.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { EatingChoice, SlotChoice } from '../../../features/meals/choices.tsx';
import { DishPicker } from '../../../features/meals/dish-picker.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { QuoteCard } from '../../../features/meals/quote-card.tsx';
import { useMeal } from '../../../features/meals/use-meal.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useDraft } from '../../../hooks/use-draft.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { outbox } from '../../../services/api.ts';
import { goBack, open, usePageParams } from '../../../services/pages.ts';

/** Changing an order: the same choices as when it was made, with the price as it becomes. */
export default function ChangeOrderPage() {
  const words = useWords();
  const { orderId = '' } = usePageParams();
  const query = useRoute('getMealOrder', { params: { orderId } });
  if (query.value === undefined) {
    return (
      <PageFrame title={words.change.title}>
        <QueryStates query={query}>{() => null}</QueryStates>
      </PageFrame>
    );
  }
  return <Change key={query.value.rev} order={query.value} reload={query.reload} />;
}

interface Choices {
  readonly slotId: string;
  readonly eating: Eating;
  readonly dishIds: readonly string[];
}

const sameSet = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join();

function Change({ order, reload }: { readonly order: MealOrderView; readonly reload: () => void }) {
  const words = useWords();
  const say = useMealWords();
  const before: Choices = {
    slotId: order.slot.slotId,
    eating: order.eating,
    dishIds: order.dishes.map((dish) => dish.dishId),
  };
  const [draft, change, forget] = useDraft<Choices>(`change:${order.orderId}:${order.rev}`, before);
  const at = { elderId: order.elderId, canteenId: order.canteenId, date: order.date, sitting: order.sitting };
  const { query, elder, sitting } = useMeal(at);
  const newPrice = useRoute(
    'quoteMeal',
    draft.eating === before.eating ? null : { query: { ...at, eating: draft.eating } },
  );
  const quote = draft.eating === before.eating ? order.quote : newPrice.value;
  const action = useAction();
  const isChanged =
    draft.slotId !== before.slotId || draft.eating !== before.eating || !sameSet(draft.dishIds, before.dishIds);
  const what = say.dayMeal(order.date, order.sitting);

  const save = async () => {
    if (quote === undefined) return;
    const answer = await action.run(() =>
      outbox.submit({
        id: `change-${order.orderId}-${order.rev}`,
        name: 'changeMealOrder',
        what: `${words.change.title} ${what}`,
        input: {
          params: { orderId: order.orderId },
          body: {
            rev: order.rev,
            ...(draft.slotId === before.slotId ? {} : { slotId: draft.slotId }),
            ...(draft.eating === before.eating ? {} : { eating: draft.eating, seenCopay: quote.shares.person }),
            ...(sameSet(draft.dishIds, before.dishIds) ? {} : { dishIds: [...draft.dishIds] }),
          },
        },
      }),
    );
    if (answer === undefined) return;
    if (answer.ok || answer.refusal.code === 'offline') {
      forget();
      goBack();
    } else if (answer.refusal.code === 'rev-stale') reload();
    else if (answer.refusal.code === 'price-changed') newPrice.reload();
  };

  return (
    <PageFrame
      title={words.change.title}
      lead={`${order.elderName} · ${what}`}
      action={
        <Button look="main" onTap={save} disabled={action.busy || !isChanged || quote === undefined}>
          {action.busy ? words.change.saving : isChanged ? words.change.save : words.change.nothing}
        </Button>
      }
    >
      {action.refusal && action.refusal.code !== 'offline' ? <Failure refusal={action.refusal} /> : null}
      {action.refusal?.code === 'consent-required' ? (
        <Button onTap={() => open('consents', { elderId: order.elderId })}>{words.elder.consents}</Button>
      ) : null}
      <QueryStates query={query}>
        {() =>
          sitting === undefined || elder === undefined ? (
            <Notice tone="waiting" title={words.order.noSitting} />
          ) : (
            <>
              <Section title={words.confirm.slot}>
                <SlotChoice slots={sitting.slots} value={draft.slotId} onChange={(slotId) => change({ slotId })} />
              </Section>
              <Section title={words.confirm.eating}>
                <EatingChoice offered={sitting.eating} value={draft.eating} onChange={(eating) => change({ eating })} />
              </Section>
              <Box className="section">
                {quote ? (
                  <QuoteCard quote={quote} elderName={order.elderName} />
                ) : newPrice.refusal ? (
                  <Failure title={words.confirm.noQuote} refusal={newPrice.refusal} onRetry={newPrice.reload} />
                ) : null}
              </Box>
              <DishPicker
                sitting={sitting}
                eater={elder}
                chosen={draft.dishIds}
                onChange={(dishIds) => change({ dishIds })}
              />
            </>
          )
        }
      </QueryStates>
    </PageFrame>
  );
}
