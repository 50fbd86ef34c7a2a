import { useRef, useState } from 'react';
import type { AlertView } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box, Form } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
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

/** What the family can do: say that they go, that they are there, and a line for everybody. */
export function Answering({ alert, onDone }: AnsweringProps) {
  const { words, actor } = useAlertSays();
  const says = words.alert;
  const me = useStore(sessionStore)?.person.personId;
  const going = useAction();
  const noting = useAction();
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState(false);
  // One id for one intention: sent again after a lost answer, it is still one step.
  const stepId = useRef(newId());
  if (isClosed(alert)) return null;
  const { alertId, owner } = alert;
  const mine = owner?.personId !== undefined && owner.personId === me;

  const settle = (answer: Answer<AlertView> | undefined): boolean => {
    if (answer === undefined || (!answer.ok && answer.refusal.code === 'offline')) return false;
    stepId.current = newId();
    onDone();
    return answer.ok;
  };
  const step = (name: 'acknowledgeAlert' | 'arriveAtAlert') =>
    going.run(() => call(name, { params: { alertId }, body: { stepId: stepId.current } })).then(settle);
  const send = async () => {
    const text = note.trim();
    if (text === '') return setWrong(true);
    setWrong(false);
    const body = { stepId: stepId.current, note: text };
    if (settle(await noting.run(() => call('noteOnAlert', { params: { alertId }, body })))) setNote('');
  };

  return (
    <Box className="stack">
      {going.refusal ? <Failure refusal={going.refusal} title={says.stepFailed} /> : null}
      {mine ? <Box>{says.iOwn}</Box> : owner ? <Box>{says.ownerIs(actor(owner))}</Box> : null}
      {owner === undefined ? (
        <Button look="main" disabled={going.busy} onTap={() => void step('acknowledgeAlert')}>
          {going.busy ? says.going : says.go}
        </Button>
      ) : null}
      {alert.state === 'arrived' ? null : (
        <Button look={owner ? 'main' : 'plain'} disabled={going.busy} onTap={() => void step('arriveAtAlert')}>
          {says.here}
        </Button>
      )}
      <Section title={says.noteTitle}>
        <Form className="stack" onSubmit={() => void send()}>
          {noting.refusal ? <Failure refusal={noting.refusal} title={says.stepFailed} /> : null}
          <TextField
            id="alert-note"
            label={says.noteTitle}
            placeholder={says.notePlaceholder}
            maxLength={200}
            value={note}
            onChange={setNote}
            wrong={wrong ? says.noteWrong : undefined}
          />
          <Button disabled={noting.busy} onTap={() => void send()}>
            {says.noteSend}
          </Button>
        </Form>
      </Section>
    </Box>
  );
}
