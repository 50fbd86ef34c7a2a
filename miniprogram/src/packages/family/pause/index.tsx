import { addDays } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { DateStrip } from '../../../components/date-strip.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Section } from '../../../components/section.tsx';
import { useAction } from '../../../hooks/use-action.ts';
import { useDraft } from '../../../hooks/use-draft.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import { outbox } from '../../../services/api.ts';
import { notBeforeToday, today } from '../../../services/clock.ts';
import { goBack, usePageParams } from '../../../services/pages.ts';

const DAYS_TO_START = 7;
const DAYS_AWAY = 31;

interface PauseDraft {
  readonly reason: 'hospital' | 'travel' | 'other';
  readonly from: string;
  readonly until: string | null;
}

/** No meals for some days. Without a known end it holds until somebody resumes. */
export default function PausePage() {
  const words = useWords();
  const { elderId = '' } = usePageParams();
  const elder = useRoute('getElder', { params: { elderId } });
  const name = elder.value?.name ?? '';
  const [draft, change, forget] = useDraft<PauseDraft>(`pause:${elderId}`, {
    reason: 'hospital',
    from: today(),
    until: null,
  });
  const from = notBeforeToday(draft.from);
  const until = draft.until !== null && draft.until < from ? from : draft.until;
  const days = (start: string, count: number) => Array.from({ length: count }, (_, index) => addDays(start, index));
  const action = useAction();

  const save = async () => {
    const answer = await action.run(() =>
      outbox.submit({
        id: `pause-${elderId}`,
        name: 'pauseMeals',
        input: { params: { elderId }, body: { reason: draft.reason, from, ...(until === null ? {} : { until }) } },
        what: `${name} ${words.pause.title}`,
      }),
    );
    if (answer === undefined) return;
    if (answer.ok || answer.refusal.code === 'offline') {
      forget();
      goBack();
    }
  };

  return (
    <PageFrame
      title={words.pause.title}
      lead={words.pause.lead(name)}
      action={
        <Button look="main" onTap={save} disabled={action.busy}>
          {action.busy ? words.pause.saving : words.pause.save}
        </Button>
      }
    >
      {action.refusal && action.refusal.code !== 'offline' ? <Failure refusal={action.refusal} /> : null}
      <Section title={words.pause.why}>
        <Choice
          grid
          name="reason"
          label={words.pause.why}
          value={draft.reason}
          onChange={(reason) => change({ reason })}
          items={(['hospital', 'travel', 'other'] as const).map((value) => ({
            value,
            title: words.pause.reasons[value],
          }))}
        />
      </Section>
      <Section title={words.pause.from}>
        <DateStrip
          label={words.pause.from}
          dates={days(today(), DAYS_TO_START)}
          value={from}
          onChange={(value) => change({ from: value })}
        />
      </Section>
      <Section title={words.pause.until}>
        <Choice
          name="until"
          label={words.pause.until}
          value={until === null ? 'unknown' : 'known'}
          onChange={(value) => change({ until: value === 'unknown' ? null : addDays(from, 6) })}
          items={[
            { value: 'unknown', title: words.pause.untilUnknown },
            { value: 'known', title: words.pause.untilDay },
          ]}
        />
      </Section>
      {until === null ? null : (
        <Section title={words.pause.lastDay}>
          <DateStrip
            label={words.pause.lastDay}
            dates={days(from, DAYS_AWAY)}
            value={until}
            onChange={(value) => change({ until: value })}
          />
        </Section>
      )}
    </PageFrame>
  );
}
