import { useState } from 'react';
import type { CheckTask } from '../../../../../shared/contracts/circle.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Mark, Notice } from '../../../components/notice.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box, Heading } from '../../../components/primitives';
import { useAction } from '../../../hooks/use-action.ts';
import { useWords } from '../../../i18n';
import { call } from '../../../services/api.ts';
import { open } from '../../../services/pages.ts';
import { callPhone } from '../../../services/phone.ts';
import { useAlertWords } from '../alert-words.ts';
import { useDutyWords } from '../words';

type Finding = NonNullable<CheckTask['finding']>;
const FINDINGS = ['well', 'needs-help', 'not-found'] as const satisfies readonly Finding[];

interface TaskCardProps {
  readonly task: CheckTask;
  /** ms since 1970. */
  readonly now: number;
  readonly onDone: (task: CheckTask) => void;
}

/** One elder to look after: why, where, by when, and what was found. */
export function TaskCard({ task, now, onDone }: TaskCardProps) {
  const duty = useDutyWords();
  const say = useAlertWords();
  const [reporting, setReporting] = useState(false);
  const { alertId, phone } = task;
  const name = task.name ?? duty.tasks.unknown;
  const left = Date.parse(task.dueAt) - now;
  return (
    <Box role="listitem" label={name} className="card stack">
      <Box className="row row--apart row--wrap">
        <Heading level={2} className="lead">
          {name}
        </Heading>
        <Mark tone={left < 0 ? 'waiting' : 'info'}>
          {left < 0 ? duty.tasks.late(say.span(-left)) : duty.tasks.left(say.span(left))}
        </Mark>
      </Box>
      <Box>
        <Box className="strong">{duty.tasks.why[task.why]}</Box>
        <Box>{task.address ?? duty.alert.noAddress}</Box>
        <Box className="soft">
          {duty.tasks.dueAt(say.time(task.dueAt))} · {say.area(task.area)}
        </Box>
      </Box>
      {alertId === undefined ? null : (
        <Notice
          tone="waiting"
          title={duty.tasks.raised}
          actions={<Button onTap={() => open('dutyAlert', { alertId })}>{duty.tasks.toAlert}</Button>}
        />
      )}
      {reporting ? (
        <FindingForm task={task} name={name} onDone={onDone} onClose={() => setReporting(false)} />
      ) : (
        <Box className="desk-buttons">
          {phone === undefined || phone.includes('*') ? null : (
            <Button icon="phone" onTap={() => callPhone(phone)} label={`${duty.tasks.call(name)} ${phone}`}>
              {phone}
            </Button>
          )}
          <Button look="main" icon="check" onTap={() => setReporting(true)} label={`${duty.tasks.report}：${name}`}>
            {duty.tasks.report}
          </Button>
        </Box>
      )}
    </Box>
  );
}

interface FindingFormProps {
  readonly task: CheckTask;
  readonly name: string;
  readonly onDone: (task: CheckTask) => void;
  readonly onClose: () => void;
}

function FindingForm({ task, name, onDone, onClose }: FindingFormProps) {
  const words = useWords();
  const duty = useDutyWords();
  const action = useAction();
  const [finding, setFinding] = useState<Finding | undefined>();
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState(false);
  const save = async () => {
    setWrong(finding === undefined);
    if (finding === undefined) return;
    const text = note.trim();
    const body = text === '' ? { finding } : { finding, note: text };
    const answer = await action.run(() => call('finishCheckTask', { params: { taskId: task.taskId }, body }));
    if (answer?.ok) onDone(answer.value);
  };
  return (
    <Box role="group" label={duty.tasks.finding(name)} className="stack">
      {action.refusal ? <Failure refusal={action.refusal} title={duty.tasks.failed} /> : null}
      {wrong ? <Notice urgent tone="waiting" title={duty.tasks.wrong} /> : null}
      <Choice
        name={`finding-${task.taskId}`}
        label={duty.tasks.finding(name)}
        value={finding}
        onChange={setFinding}
        items={FINDINGS.map((value) => ({
          value,
          title: duty.tasks.findings[value],
          text: duty.tasks.findingsText[value],
        }))}
      />
      <TextField
        id={`finding-note-${task.taskId}`}
        label={`${duty.tasks.note}（${words.optional}）`}
        maxLength={400}
        value={note}
        onChange={setNote}
      />
      <Box className="desk-buttons">
        <Button look="main" onTap={() => void save()} disabled={action.busy}>
          {action.busy ? duty.alert.saving : duty.tasks.save}
        </Button>
        <Button look="quiet" onTap={onClose} disabled={action.busy}>
          {duty.alert.cancel}
        </Button>
      </Box>
    </Box>
  );
}
