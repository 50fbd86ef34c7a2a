import { type ReactNode, useState } from 'react';
import { type AlertView, MOST_CLOSED_AT_ONCE } from '../../../../../shared/contracts/alerts.ts';
import type { Person } from '../../../../../shared/contracts/people.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAction } from '../../../hooks/use-action.ts';
import { call } from '../../../services/api.ts';
import { newId } from '../../../services/ids.ts';
import { useDutyWords } from '../words';

interface UnverifiedProps {
  readonly alerts: readonly AlertView[];
  readonly person: Person | undefined;
  /** Their rows. */
  readonly children: ReactNode;
}

/** The calls that are not taken at their word, apart from the others, with a way to close them together. */
export function Unverified({ alerts, person, children }: UnverifiedProps) {
  const duty = useDutyWords();
  const [isOpen, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState(false);
  const [told, setTold] = useState<{ readonly closed: number; readonly left: number } | undefined>();
  const closing = useAction();
  const ids = alerts.slice(0, MOST_CLOSED_AT_ONCE).map(({ alertId }) => alertId);
  const close = async () => {
    const isLacking = note.trim() === '';
    setWrong(isLacking);
    if (isLacking || person?.area === undefined) return;
    const body = { stepId: newId(), note: note.trim(), alertIds: ids };
    const answer = await closing.run(() => call('closeUnverified', { params: { area: person.area ?? '' }, body }));
    if (!answer?.ok) return;
    setTold({ closed: answer.value.closed.length, left: answer.value.left.length });
    setOpen(false);
    setNote('');
  };
  return (
    <Section title={duty.board.unverifiedTitle(alerts.length)}>
      <Box className="soft">{duty.board.unverifiedText}</Box>
      {told === undefined ? null : (
        <Notice tone={told.left > 0 ? 'waiting' : 'done'} title={duty.flood.closed(told.closed)}>
          {told.left > 0 ? duty.flood.left(told.left) : ''}
        </Notice>
      )}
      <Box role="list" label={duty.board.unverifiedTitle(alerts.length)} className="alert-list">
        {children}
      </Box>
      {isOpen ? (
        <Box role="group" label={duty.flood.close} className="stack">
          <TextField
            id="close-unverified"
            label={duty.flood.closeNote}
            help={duty.flood.closeHelp}
            maxLength={400}
            value={note}
            wrong={wrong ? duty.flood.closeWrong : undefined}
            onChange={setNote}
          />
          {closing.refusal === undefined ? null : <Failure refusal={closing.refusal} />}
          <Box className="desk-buttons">
            <Button look="main" onTap={() => void close()} disabled={closing.busy}>
              {closing.busy ? duty.alert.saving : duty.flood.closeYes(ids.length)}
            </Button>
            <Button look="quiet" onTap={() => setOpen(false)} disabled={closing.busy}>
              {duty.alert.cancel}
            </Button>
          </Box>
        </Box>
      ) : (
        <Button onTap={() => setOpen(true)}>{duty.flood.close}</Button>
      )}
    </Section>
  );
}
