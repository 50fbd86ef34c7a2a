import { useState } from 'react';
import { formatYuan } from '../../../../../shared/values/money.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure, Loading, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { EatingChoice, firstSlot, SlotChoice } from '../../../features/meals/choices.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { mealAtOf, useOrderDraft } from '../../../features/meals/order-draft.ts';
import { payWords, QuoteCard } from '../../../features/meals/quote-card.tsx';
import { useMeal } from '../../../features/meals/use-meal.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { outbox } from '../../../services/api.ts';
import { newId } from '../../../services/ids.ts';
import { open, replace, usePageParams } from '../../../services/pages.ts';

/** The last step of an order: when, how, what it costs and who pays, and one button. */
export default function ConfirmPage() {
  const words = useWords();
  const say = useMealWords();
  const at = mealAtOf(usePageParams());
  const { query, elder, sitting, reloadSitting } = useMeal(at);
  const [draft, change, forget] = useOrderDraft(at);
  const action = useAction();
  const [noSlot, setNoSlot] = useState(false);

  const eating = draft.eating ?? sitting?.eating[0];
  const slotId = draft.slotId || (sitting ? firstSlot(sitting.slots) : '');
  const quote = useRoute('quoteMeal', eating === undefined ? null : { query: { ...at, eating } });
  const dishIds = draft.dishIds ?? [];
  const dishNames = sitting?.dishes.filter((dish) => dishIds.includes(dish.dishId)).map((dish) => dish.name) ?? [];
  const what = say.dayMeal(at.date, at.sitting);
  const refused = action.refusal?.code;

  const place = async () => {
    if (eating === undefined || quote.value === undefined) return;
    if (slotId === '') return setNoSlot(true);
    setNoSlot(false);
    const orderId = draft.orderId || newId();
    change({ orderId, slotId, eating });
    const note = draft.note.trim();
    const answer = await action.run(() =>
      outbox.submit({
        id: orderId,
        name: 'placeMealOrder',
        what: elder ? `${elder.name} ${what}` : what,
        input: {
          params: { orderId },
          body: {
            ...at,
            slotId,
            eating,
            dishIds: [...dishIds],
            ...(note === '' ? {} : { note }),
            seenCopay: quote.value?.shares.person,
          },
        },
      }),
    );
    if (answer === undefined) return;
    if (answer.ok) {
      forget();
      replace('ordered', { orderId });
    } else if (answer.refusal.code === 'offline') {
      forget();
      replace('ordered', { kept: what });
    } else if (answer.refusal.code === 'price-changed') quote.reload();
    else if (answer.refusal.code === 'slot-full') {
      change({ slotId: '' });
      reloadSitting();
    } else if (answer.refusal.code === 'id-reused') change({ orderId: newId() });
  };

  return (
    <PageFrame
      title={words.confirm.title}
      lead={elder ? `${elder.name} · ${what}` : what}
      action={
        query.value && quote.value ? (
          <>
            {/* The price is seen before the yes, also by somebody who does not scroll. */}
            <Box className="row row--apart">
              <Box>{elder ? payWords(words, quote.value.shares.person, elder.name) : ''}</Box>
              <Box className="lead amount">{formatYuan(quote.value.shares.person)}</Box>
            </Box>
            <Button look="main" onTap={place} disabled={action.busy}>
              {action.busy
                ? words.confirm.placing
                : words.confirm.placeLunch(say.shortDay(at.date), say.meal(at.sitting))}
            </Button>
          </>
        ) : undefined
      }
    >
      {refused === 'price-changed' ? (
        <Notice urgent tone="waiting" title={words.confirm.priceChanged}>
          {words.confirm.priceChangedText}
        </Notice>
      ) : action.refusal && refused !== 'offline' ? (
        <>
          <Failure refusal={action.refusal} title={words.outbox.refused(what)} />
          {refused === 'already-ordered' ? <Button onTap={() => open('orders')}>{words.orders.title}</Button> : null}
          {refused === 'consent-required' ? (
            <Button onTap={() => open('consents', { elderId: at.elderId })}>{words.elder.consents}</Button>
          ) : null}
        </>
      ) : null}
      <QueryStates query={query}>
        {() =>
          sitting === undefined || elder === undefined ? (
            <Notice tone="waiting" title={words.order.noSitting}>
              {words.order.noSittingText}
            </Notice>
          ) : (
            <>
              <Box className="card">
                <Box className="soft">
                  {words.confirm.rest} · {sitting.canteenName}
                </Box>
                <Box className="strong">{dishNames.join(words.dishes.listSeparator)}</Box>
              </Box>
              <Section title={words.confirm.eating}>
                <EatingChoice offered={sitting.eating} value={eating} onChange={(value) => change({ eating: value })} />
              </Section>
              <Section title={words.confirm.slot}>
                {noSlot ? <Notice urgent tone="waiting" title={words.confirm.chooseSlot} /> : null}
                <SlotChoice slots={sitting.slots} value={slotId} onChange={(value) => change({ slotId: value })} />
              </Section>
              <Box className="section">
                {quote.value ? (
                  <>
                    <QuoteCard quote={quote.value} elderName={elder.name} />
                    {quote.value.shares.person > 0 ? (
                      <Box className="soft">
                        {eating === 'delivery' ? words.confirm.payAtDoor : words.confirm.payAt}
                      </Box>
                    ) : null}
                  </>
                ) : quote.refusal ? (
                  <Failure title={words.confirm.noQuote} refusal={quote.refusal} onRetry={quote.reload} />
                ) : (
                  <Loading cards={1} />
                )}
              </Box>
              <Box className="section">
                <TextField
                  id="note"
                  label={`${words.confirm.note} · ${words.optional}`}
                  placeholder={words.confirm.notePlaceholder}
                  maxLength={100}
                  value={draft.note}
                  onChange={(note) => change({ note })}
                />
              </Box>
            </>
          )
        }
      </QueryStates>
    </PageFrame>
  );
}
