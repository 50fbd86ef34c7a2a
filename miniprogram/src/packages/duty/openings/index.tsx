import { useState } from 'react';
import type { HealthNotesOpening } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Mark } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Empty, Failure, Loading } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { useAction } from '../../../hooks/use-action.ts';
import { call } from '../../../services/api.ts';
import type { Answer } from '../../../services/client.ts';
import { open } from '../../../services/pages.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { useAlertWords } from '../alert-words.ts';
import { usePages } from '../use-pages.ts';
import { useDutyWords } from '../words';
import '../../staff/staff.css';
import '../duty.css';

type Page = { items: readonly HealthNotesOpening[]; cursor?: string | undefined };

/** Each opening of health notes during an alert, for the district to say whether it was justified. */
export default function OpeningsPage() {
  const duty = useDutyWords();
  const area = useStore(sessionStore)?.person.area ?? '';
  const openings = usePages<HealthNotesOpening>(area, async (cursor): Promise<Answer<Page>> => {
    const query = cursor === undefined ? {} : { cursor };
    const answer = await call('listHealthNotesOpenings', { params: { area }, query });
    return answer.ok ? { ...answer, value: { items: answer.value.openings, cursor: answer.value.cursor } } : answer;
  });
  const put = (opening: HealthNotesOpening) =>
    openings.change(openings.items.map((one) => (one.openingId === opening.openingId ? opening : one)));
  return (
    <PageFrame desk title={duty.openings.title} lead={duty.openings.lead}>
      {openings.refusal ? <Failure refusal={openings.refusal} onRetry={openings.reload} /> : null}
      {openings.items.length === 0 ? null : (
        <Box role="list" label={duty.openings.list} className="desk-cards desk-cards--few">
          {openings.items.map((opening) => (
            <Opening key={opening.openingId} opening={opening} onChange={put} />
          ))}
        </Box>
      )}
      {openings.loading ? <Loading cards={openings.items.length === 0 ? 3 : 1} /> : null}
      {!openings.loading && openings.refusal === undefined && openings.items.length === 0 ? (
        <Empty icon="circleCheck" title={duty.openings.none} text={duty.openings.noneText} />
      ) : null}
      {openings.more ? <Button onTap={openings.more}>{duty.openings.more}</Button> : null}
    </PageFrame>
  );
}

interface OpeningProps {
  readonly opening: HealthNotesOpening;
  readonly onChange: (opening: HealthNotesOpening) => void;
}

type Finding = NonNullable<HealthNotesOpening['review']>['finding'];
const FINDINGS = ['justified', 'not-justified'] as const satisfies readonly Finding[];

function Opening({ opening, onChange }: OpeningProps) {
  const duty = useDutyWords();
  const say = useAlertWords();
  const action = useAction();
  const [finding, setFinding] = useState<Finding | undefined>();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const { alertId, openingId, review } = opening;
  const title = duty.openings.who(say.actor(opening.by), opening.elderName);
  const save = async () => {
    const note = text.trim();
    const isLacking = finding === undefined || note === '';
    setWrong(isLacking);
    if (finding === undefined || note === '') return;
    const answer = await action.run(() =>
      call('reviewHealthNotesOpening', { params: { alertId, openingId }, body: { finding, note } }),
    );
    if (answer?.ok) onChange(answer.value);
  };
  return (
    <Box role="listitem" label={title} className="card stack">
      <Box>
        <Heading level={2} className="strong">
          {title}
        </Heading>
        <Box className="soft">{say.time(opening.at)}</Box>
        <Box className="alert-marks">
          {review === undefined ? (
            <Mark tone="waiting">{duty.openings.waiting}</Mark>
          ) : (
            <Mark tone={review.finding === 'justified' ? 'done' : 'waiting'}>
              {duty.openings.findings[review.finding]}
            </Mark>
          )}
        </Box>
      </Box>
      <Box>
        <Box className="soft">{duty.openings.reason}</Box>
        <Box className="strong">{opening.reason}</Box>
      </Box>
      <Box className="desk-buttons">
        <Button onTap={() => open('dutyAlert', { alertId })} label={`${duty.openings.seeAlert}：${opening.elderName}`}>
          {duty.openings.seeAlert}
        </Button>
      </Box>
      {review !== undefined ? (
        <Box>
          <Box>
            {duty.openings.reviewed(duty.openings.findings[review.finding], say.actor(review.by))} ·{' '}
            {say.time(review.at)}
          </Box>
          <Box>{review.note}</Box>
        </Box>
      ) : (
        <>
          {action.refusal ? <Failure refusal={action.refusal} title={duty.openings.failed} /> : null}
          <Choice
            grid
            name={`finding-${openingId}`}
            label={duty.openings.finding}
            value={finding}
            onChange={setFinding}
            items={FINDINGS.map((value) => ({ value, title: duty.openings.findings[value] }))}
          />
          <TextField
            id={`review-${openingId}`}
            label={duty.openings.note}
            help={duty.openings.noteHelp}
            maxLength={400}
            value={text}
            wrong={wrong ? duty.openings.wrong : undefined}
            onChange={setText}
          />
          <Button onTap={() => void save()} disabled={action.busy}>
            {action.busy ? duty.alert.saving : duty.openings.save}
          </Button>
        </>
      )}
    </Box>
  );
}
