import { useState } from 'react';
import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useSay } from '../../../i18n';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { useTake } from '../board/take.tsx';
import { useDutyWords } from '../words';
import { CloseForm } from './close-form.tsx';
import { HandOver } from './hand-over.tsx';
import { type Step, useStep } from './use-step.ts';

type Form = 'hand-over' | 'resolve' | 'false-alarm';

interface StepsProps {
  readonly alert: AlertView;
  readonly onDone: () => void;
}

/** What the person who has the alert does next. Each is written down with name and time. */
export function Steps({ alert, onDone }: StepsProps) {
  const duty = useDutyWords();
  const me = useStore(sessionStore)?.person.personId;
  const step = useStep(alert.alertId, onDone);
  const [form, setForm] = useState<Form | undefined>();
  const isMine = alert.owner?.personId !== undefined && alert.owner.personId === me;
  const taking = useTake(alert, onDone);
  const show = (next: Form | undefined) => {
    step.clear();
    setForm(next);
  };
  return (
    <Section title={duty.alert.steps}>
      <Box className="card stack">
        <Outcome step={step} />
        {form === 'hand-over' ? (
          <HandOver alert={alert} step={step} onClose={() => show(undefined)} />
        ) : form !== undefined ? (
          <CloseForm key={form} kind={form} step={step} onClose={() => show(undefined)} />
        ) : (
          <>
            {alert.owner?.role === 'family' && !isMine ? (
              <Box className="stack">
                <Button look="main" onTap={taking.take} disabled={taking.busy}>
                  {taking.busy ? duty.board.taking : duty.alert.takeOver}
                </Button>
                <Box className="soft small">{duty.alert.takeOverText}</Box>
              </Box>
            ) : null}
            <Quick step={step} />
            <Note alertId={alert.alertId} step={step} />
            <Box className="desk-buttons">
              {alert.state === 'arrived' ? null : (
                <Button
                  onTap={() => void step.run('arriveAtAlert', {}, duty.alert.arrivedDone)}
                  disabled={step.busy}
                  icon="place"
                >
                  {duty.alert.arrived}
                </Button>
              )}
              {isMine ? (
                <Button onTap={() => show('hand-over')} disabled={step.busy} icon="people">
                  {duty.alert.handOver}
                </Button>
              ) : null}
              <Button onTap={() => show('resolve')} disabled={step.busy} icon="circleCheck">
                {duty.alert.resolve}
              </Button>
              <Button onTap={() => show('false-alarm')} disabled={step.busy}>
                {duty.alert.falseAlarm}
              </Button>
            </Box>
          </>
        )}
      </Box>
    </Section>
  );
}

/** What became of the last step. */
function Outcome({ step }: { readonly step: Step }) {
  const duty = useDutyWords();
  const say = useSay();
  if (step.refusal !== undefined) {
    return (
      <Notice urgent tone="waiting" title={duty.alert.failed}>
        {step.refusal.code === 'offline' ? duty.alert.failedOffline : say(step.refusal.message)}
      </Notice>
    );
  }
  return step.done === undefined ? null : <Notice tone="done" title={step.done} />;
}

/** What is written most often, by one press. */
function Quick({ step }: { readonly step: Step }) {
  const duty = useDutyWords();
  return (
    <Box role="group" label={duty.alert.quick}>
      <Box className="soft small">{duty.alert.quick}</Box>
      <Box className="quick">
        {duty.alert.quickNotes.map((text) => (
          <Button
            key={text}
            disabled={step.busy}
            onTap={() => void step.run('noteOnAlert', { note: text }, duty.alert.written(text))}
          >
            {text}
          </Button>
        ))}
      </Box>
    </Box>
  );
}

function Note({ alertId, step }: { readonly alertId: string; readonly step: Step }) {
  const duty = useDutyWords();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const save = async () => {
    const note = text.trim();
    setWrong(note === '');
    if (note === '') return;
    if (await step.run('noteOnAlert', { note }, duty.alert.written(note))) setText('');
  };
  return (
    <Box className="stack">
      <TextField
        id={`note-${alertId}`}
        label={duty.alert.write}
        help={duty.alert.writeHelp}
        maxLength={400}
        value={text}
        wrong={wrong ? duty.alert.writeWrong : undefined}
        onChange={setText}
      />
      <Button onTap={() => void save()} disabled={step.busy}>
        {step.busy ? duty.alert.saving : duty.alert.writeSave}
      </Button>
    </Box>
  );
}
