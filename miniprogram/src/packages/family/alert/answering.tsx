import { useRef, useState } from 'react';
import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box, Form } from '../../../components/primitives';
import { isClosed, useAlertSays } from '../../../features/alerts/alert-says.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { call } from '../../../services/api.ts';
import type { Answer } from '../../../services/client.ts';
import { newId } from '../../../services/ids.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';

interface AnsweringProps {
  readonly alert: AlertView;
  readonly onDone: () => void;
}

/** One id for one intention: sent again after a lost answer, it is still one step. */
function useStep(onDone: () => void) {
  const action = useAction();
  const stepId = useRef(newId());
  return {
    ...action,
    async step(request: (stepId: string) => Promise<Answer<AlertView>>): Promise<boolean> {
      const answer = await action.run(() => request(stepId.current));
      if (answer === undefined || (!answer.ok && answer.refusal.code === 'offline')) return false;
      stepId.current = newId();
      onDone();
      return answer.ok;
    },
  };
}

/** What the family can do: say that they go, and that they are there. */
export function Answering({ alert, onDone }: AnsweringProps) {
  const { words, actor } = useAlertSays();
  const says = words.alert;
  const me = useStore(sessionStore)?.person.personId;
  const { step, busy, refusal } = useStep(onDone);
  if (isClosed(alert)) return null;
  const { alertId, owner } = alert;
  const mine = owner?.personId !== undefined && owner.personId === me;
  const take = (name: 'acknowledgeAlert' | 'arriveAtAlert') =>
    void step((stepId) => call(name, { params: { alertId }, body: { stepId } }));

  return (
    <Box className="stack">
      {refusal ? <Failure refusal={refusal} title={says.stepFailed} /> : null}
      {mine ? <Box>{says.iOwn}</Box> : owner ? <Box>{says.ownerIs(actor(owner))}</Box> : null}
      {owner === undefined ? (
        <Button look="main" disabled={busy} onTap={() => take('acknowledgeAlert')}>
          {busy ? says.going : says.go}
        </Button>
      ) : null}
      {alert.state === 'arrived' ? null : (
        <Button look={owner ? 'main' : 'plain'} disabled={busy} onTap={() => take('arriveAtAlert')}>
          {says.here}
        </Button>
      )}
    </Box>
  );
}

/** A line for everybody who follows the alert. */
export function NoteToAll({ alert, onDone }: AnsweringProps) {
  const { alert: says } = useAlertSays().words;
  const { step, busy, refusal } = useStep(onDone);
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState(false);
  if (isClosed(alert)) return null;
  const { alertId } = alert;

  const send = async () => {
    const text = note.trim();
    setWrong(text === '');
    if (text === '') return;
    const sent = await step((stepId) => call('noteOnAlert', { params: { alertId }, body: { stepId, note: text } }));
    if (sent) setNote('');
  };
  return (
    <Form className="section stack" onSubmit={() => void send()}>
      {refusal ? <Failure refusal={refusal} title={says.stepFailed} /> : null}
      <TextField
        id="alert-note"
        label={says.noteTitle}
        placeholder={says.notePlaceholder}
        maxLength={200}
        value={note}
        onChange={setNote}
        wrong={wrong ? says.noteWrong : undefined}
      />
      <Button disabled={busy} onTap={() => void send()}>
        {says.noteSend}
      </Button>
    </Form>
  );
}
