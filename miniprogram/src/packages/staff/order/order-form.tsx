import type { ElderView } from '../../../../../shared/contracts/elders.ts';
import { districtOf } from '../../../../../shared/values/areas.ts';
import { ageOn } from '../../../../../shared/values/dates.ts';
import { formatYuan } from '../../../../../shared/values/money.ts';
import { Button } from '../../../components/button.tsx';
import { OptionRow } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, Loading, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { nearestFirst } from '../../../features/meals/canteen-choice.tsx';
import { EatingChoice, SlotChoice } from '../../../features/meals/choices.tsx';
import { DishPicker } from '../../../features/meals/dish-picker.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { payWords, QuoteCard } from '../../../features/meals/quote-card.tsx';
import type { Query } from '../../../hooks/use-route.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { today } from '../../../services/clock.ts';
import { open } from '../../../services/pages.ts';
import { Mind } from '../check-in/check-in-row.tsx';
import { isPausedOn } from '../people/elder-row.tsx';
import { CanteenBar } from '../place/canteen-bar.tsx';
import { useClosing } from '../place/closing.ts';
import { SittingChoice } from '../place/sitting-choice.tsx';
import { useStaffWords } from '../words';
import { clashWords, useOneOrder } from './one-order.ts';
import type { Placed } from './placed-card.tsx';

interface OrderFormProps {
  readonly elder: ElderView;
  readonly query: Query<ElderView>;
  readonly onOther: () => void;
  readonly onPlaced: (placed: Placed) => void;
}

/** One elder's meal on one page: where and when on the left, what it costs on the right, one button. */
export function OrderForm({ elder, query, onOther, onPlaced }: OrderFormProps) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const closing = useClosing();
  const canteensQuery = useRoute('listCanteens', { params: { area: districtOf(elder.area) } });
  const canteens = nearestFirst(canteensQuery.value?.canteens ?? [], elder.area);
  const form = useOneOrder(elder, canteens, onPlaced);
  const { draft, change, canteen, sitting, quote, action, closed, clashes, eating } = form;
  const isPaused = isPausedOn(elder, draft.date);
  const refused = action.refusal?.code;
  const what = say.dayMeal(draft.date, draft.sitting);

  return (
    <PageFrame
      desk
      tab="staffOrder"
      title={staff.order.forName(elder.name)}
      action={
        quote.value && sitting && !isPaused && !form.already ? (
          <Box className="desk-action">
            <Box className="row row--apart">
              <Box>{payWords(words, quote.value.shares.person, elder.name)}</Box>
              <Box className="lead">{formatYuan(quote.value.shares.person)}</Box>
            </Box>
            <Button look="main" onTap={() => void form.place()} disabled={action.busy}>
              {action.busy
                ? words.confirm.placing
                : staff.order.place(elder.name, say.shortDay(draft.date), say.meal(draft.sitting))}
            </Button>
          </Box>
        ) : undefined
      }
    >
      {form.missing ? <Notice urgent tone="waiting" title={staff.order.missing[form.missing]} /> : null}
      {refused === 'price-changed' ? (
        <Notice urgent tone="waiting" title={words.confirm.priceChanged}>
          {words.confirm.priceChangedText}
        </Notice>
      ) : action.refusal && refused !== 'offline' ? (
        <Failure refusal={action.refusal} title={words.outbox.refused(`${elder.name} ${what}`)} />
      ) : null}
      <Box className="desk-bar">
        <Box className="row row--apart row--wrap">
          <Box className="grow">
            <Box className="lead">
              {elder.name} · {words.home.age(ageOn(elder.birthDate, today()))}
            </Box>
            <Mind row={elder} />
          </Box>
          <Box className="desk-bar__button">
            <Button onTap={onOther}>{staff.order.other}</Button>
          </Box>
        </Box>
      </Box>
      <QueryStates query={canteensQuery}>
        {() =>
          canteen === undefined ? (
            <Empty icon="place" title={words.order.noCanteen} text={staff.noCanteenText} />
          ) : (
            <>
              <CanteenBar
                canteens={canteens}
                value={canteen}
                onChange={(canteenId) => change({ canteenId, dishIds: null, slotId: '' })}
              />
              <SittingChoice
                canteen={canteen}
                date={draft.date}
                sitting={draft.sitting}
                onChange={(part) => change({ ...part, dishIds: null, slotId: '', reason: '' })}
              />
            </>
          )
        }
      </QueryStates>
      {form.already ? (
        <Box className="section">
          <Notice
            tone="done"
            title={`${what} · ${words.order.ordered}`}
            actions={<Button onTap={() => open('person', { elderId: elder.elderId })}>{words.order.seeOrder}</Button>}
          >
            {say.slot(form.already.slot)} · {words.eating[form.already.eating]} ·{' '}
            {form.already.dishes.map((dish) => dish.name).join(words.dishes.listSeparator)}
          </Notice>
        </Box>
      ) : isPaused && elder.absence ? (
        <Box className="section">
          <Notice
            tone="waiting"
            title={`${words.pause.reasons[elder.absence.reason]} · ${words.order.paused(elder.name)}`}
            actions={
              <Button
                onTap={() => {
                  query.reload();
                  open('person', { elderId: elder.elderId });
                }}
              >
                {words.order.resume}
              </Button>
            }
          >
            {words.order.pausedText}
          </Notice>
        </Box>
      ) : canteen === undefined ? null : form.sittings.value === undefined ? (
        <QueryStates query={form.sittings}>{() => null}</QueryStates>
      ) : sitting === undefined || !sitting.open ? (
        <Empty
          icon="calendar"
          title={sitting ? words.order.notOpen : staff.today.noMenu}
          text={words.order.noSittingText}
        />
      ) : (
        <Box className="desk-columns section">
          <Box>
            <Notice tone={closed ? 'waiting' : 'info'} title={closing(sitting.closesAt, form.now).words}>
              {closed ? staff.order.lateText : undefined}
            </Notice>
            {closed ? (
              <TextField
                id="reason"
                label={staff.order.reason}
                help={staff.order.reasonHelp}
                wrong={form.missing === 'reason' ? staff.order.missing.reason : undefined}
                maxLength={200}
                value={draft.reason}
                onChange={(reason) => change({ reason })}
              />
            ) : null}
            <Section title={words.confirm.slot}>
              <SlotChoice slots={sitting.slots} value={form.slotId} onChange={(slotId) => change({ slotId })} />
            </Section>
            <Section title={words.confirm.eating}>
              <EatingChoice offered={sitting.eating} value={eating} onChange={(value) => change({ eating: value })} />
            </Section>
          </Box>
          <Box>
            {quote.value ? (
              <QuoteCard quote={quote.value} elderName={elder.name} />
            ) : quote.refusal ? (
              <Failure title={words.confirm.noQuote} refusal={quote.refusal} onRetry={quote.reload} />
            ) : (
              <Loading cards={1} />
            )}
            {clashes.length > 0 ? (
              <Box className="section stack">
                <Notice urgent tone="waiting" title={staff.order.clash(elder.name)}>
                  {clashes.map((clash) => (
                    <Box key={clash.dish.dishId}>{clashWords(words, clash)}</Box>
                  ))}
                </Notice>
                <OptionRow
                  kind="checkbox"
                  name="clash"
                  checked={draft.clashConfirmed}
                  onChange={(clashConfirmed) => change({ clashConfirmed })}
                  item={{ title: staff.order.clashYes, text: staff.order.clashYesText }}
                />
              </Box>
            ) : null}
            <DishPicker
              allowClash
              sitting={sitting}
              eater={elder}
              chosen={form.dishIds}
              onChange={(dishIds) => change({ dishIds, clashConfirmed: false })}
            />
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
          </Box>
        </Box>
      )}
    </PageFrame>
  );
}
