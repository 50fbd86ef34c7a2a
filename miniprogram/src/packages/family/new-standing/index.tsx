import { useState } from 'react';
import type { CanteenView, Eating, SittingName } from '../../../../../shared/contracts/canteens.ts';
import { SITTINGS } from '../../../../../shared/contracts/canteens.ts';
import { districtOf } from '../../../../../shared/values/areas.ts';
import { addDays } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { Checks, Choice } from '../../../components/choice.tsx';
import { DateStrip } from '../../../components/date-strip.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { CanteenChoice, nearestFirst } from '../../../features/meals/canteen-choice.tsx';
import { EatingChoice } from '../../../features/meals/choices.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useDraft } from '../../../hooks/use-draft.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useLanguage, useWords } from '../../../i18n';
import { weekdayWord } from '../../../i18n/dates.ts';
import { outbox } from '../../../services/api.ts';
import { notBeforeToday, today } from '../../../services/clock.ts';
import { newId } from '../../../services/ids.ts';
import { goBack, open, usePageParams } from '../../../services/pages.ts';

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const DAYS_TO_START = 14;

interface StandingDraft {
  readonly id: string;
  readonly canteenId: string;
  readonly sitting: SittingName | null;
  readonly weekdays: readonly number[];
  readonly slotId: string;
  readonly eating: Eating | null;
  readonly from: string;
}

/** Setting up a weekly order: which days, which meal, when and how. */
export default function NewStandingPage() {
  const words = useWords();
  const { elderId = '' } = usePageParams();
  const elder = useRoute('getElder', { params: { elderId } });
  const area = elder.value?.area;
  const canteens = useRoute('listCanteens', area === undefined ? null : { params: { area: districtOf(area) } });
  const first = canteens.value && area ? nearestFirst(canteens.value.canteens, area) : undefined;
  if (first === undefined || first.length === 0) {
    return (
      <PageFrame title={words.standing.newTitle}>
        {elder.value === undefined ? (
          <QueryStates query={elder}>{() => null}</QueryStates>
        ) : (
          <QueryStates query={canteens}>
            {() => <Empty icon="place" title={words.order.noCanteen} text={words.order.noCanteenText} />}
          </QueryStates>
        )}
      </PageFrame>
    );
  }
  return <StandingForm elderId={elderId} elderName={elder.value?.name ?? ''} canteens={first} />;
}

interface StandingFormProps {
  readonly elderId: string;
  readonly elderName: string;
  readonly canteens: readonly CanteenView[];
}

function StandingForm({ elderId, elderName, canteens }: StandingFormProps) {
  const words = useWords();
  const say = useMealWords();
  const language = useLanguage();
  const action = useAction();
  const [noDay, setNoDay] = useState(false);
  const [draft, change, forget] = useDraft<StandingDraft>(`standing:${elderId}`, {
    id: '',
    canteenId: '',
    sitting: null,
    weekdays: [],
    slotId: '',
    eating: null,
    from: addDays(today(), 1),
  });
  const canteen = canteens.find((one) => one.canteenId === draft.canteenId) ?? canteens[0];
  if (canteen === undefined) return null;
  const meals = SITTINGS.filter((sitting) => canteen.sittings[sitting] !== undefined);
  const meal = meals.find((one) => one === draft.sitting) ?? (meals.includes('lunch') ? 'lunch' : meals[0]);
  const slots = meal === undefined ? [] : (canteen.sittings[meal]?.slots ?? []);
  const slotId = slots.find((slot) => slot.slotId === draft.slotId)?.slotId ?? slots[0]?.slotId ?? '';
  const eating = canteen.eating.find((one) => one === draft.eating) ?? canteen.eating[0];
  const from = notBeforeToday(draft.from);

  const save = async () => {
    if (draft.weekdays.length === 0) return setNoDay(true);
    if (meal === undefined || eating === undefined) return;
    setNoDay(false);
    const standingOrderId = draft.id || newId();
    change({ id: standingOrderId });
    const answer = await action.run(() =>
      outbox.submit({
        id: standingOrderId,
        name: 'putStandingOrder',
        what: `${elderName} ${words.standing.title}`,
        input: {
          params: { elderId, standingOrderId },
          body: {
            canteenId: canteen.canteenId,
            sitting: meal,
            weekdays: [...draft.weekdays].sort((a, b) => a - b),
            slotId,
            eating,
            from,
          },
        },
      }),
    );
    if (answer === undefined) return;
    if (answer.ok || answer.refusal.code === 'offline') {
      forget();
      goBack();
    } else if (answer.refusal.code === 'id-reused') change({ id: newId() });
  };

  return (
    <PageFrame
      title={words.standing.newTitle}
      lead={elderName}
      action={
        <Button look="main" onTap={save} disabled={action.busy}>
          {action.busy ? words.standing.saving : words.standing.save}
        </Button>
      }
    >
      {action.refusal && action.refusal.code !== 'offline' ? <Failure refusal={action.refusal} /> : null}
      {action.refusal?.code === 'consent-required' ? (
        <Button onTap={() => open('consents', { elderId })}>{words.elder.consents}</Button>
      ) : null}
      <Section title={words.standing.weekdays}>
        {noDay && draft.weekdays.length === 0 ? <Notice urgent tone="waiting" title={words.standing.pickDay} /> : null}
        <Checks
          grid
          name="weekdays"
          label={words.standing.weekdays}
          values={draft.weekdays}
          onChange={(day, chosen) =>
            change({ weekdays: chosen ? [...draft.weekdays, day] : draft.weekdays.filter((one) => one !== day) })
          }
          items={WEEK.map((day) => ({ value: day, title: weekdayWord(day, language) }))}
        />
      </Section>
      <CanteenChoice canteens={canteens} value={canteen} onChange={(canteenId) => change({ canteenId })} />
      {meal === undefined ? null : (
        <Section title={words.standing.meal}>
          <Choice
            grid
            name="meal"
            label={words.standing.meal}
            value={meal}
            onChange={(sitting) => change({ sitting })}
            items={meals.map((value) => ({ value, title: words.sittings[value] }))}
          />
        </Section>
      )}
      <Section title={words.standing.slot}>
        <Choice
          name="slot"
          label={words.standing.slot}
          value={slotId}
          onChange={(value) => change({ slotId: value })}
          items={slots.map((slot) => ({ value: slot.slotId, title: say.slot(slot) }))}
        />
      </Section>
      <Section title={words.confirm.eating}>
        <EatingChoice offered={canteen.eating} value={eating} onChange={(value) => change({ eating: value })} />
      </Section>
      <Section title={words.standing.startOn}>
        <DateStrip
          label={words.standing.startOn}
          dates={Array.from({ length: DAYS_TO_START }, (_, days) => addDays(today(), days))}
          value={from}
          onChange={(value) => change({ from: value })}
        />
      </Section>
      <Box className="section soft">{words.standing.dishesWords}</Box>
    </PageFrame>
  );
}
