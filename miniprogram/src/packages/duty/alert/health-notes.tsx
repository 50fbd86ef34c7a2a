import { useState } from 'react';
import type { HealthNotes } from '../../../../../shared/contracts/circle.ts';
import { Button } from '../../../components/button.tsx';
import { Facts } from '../../../components/facts.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useAction } from '../../../hooks/use-action.ts';
import { call } from '../../../services/api.ts';
import { useDutyWords } from '../words';

const FIELDS = ['conditions', 'medicines', 'allergies', 'bloodType', 'hospital', 'entrance', 'other'] as const;

/** Break glass: the elder's health notes, behind a reason that is written down and reviewed. They are gone when the page is left. */
export function HealthNotesCard({ alertId }: { readonly alertId: string }) {
  const duty = useDutyWords();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState(false);
  const [notes, setNotes] = useState<HealthNotes | null | undefined>();

  const openNotes = async () => {
    const why = reason.trim();
    setWrong(why === '');
    if (why === '') return;
    const answer = await action.run(() => call('openHealthNotes', { params: { alertId }, body: { reason: why } }));
    if (answer?.ok) {
      setNotes(answer.value.notes);
      setAsking(false);
    }
  };
  const close = () => {
    setNotes(undefined);
    setReason('');
  };

  return (
    <Section title={duty.alert.health}>
      <Box className="card stack">
        {notes !== undefined ? (
          <>
            <Notice tone="info" title={duty.alert.healthShown} />
            {notes === null ? <Box className="strong">{duty.alert.healthNone}</Box> : <Notes notes={notes} />}
            <Button onTap={close}>{duty.alert.healthHide}</Button>
          </>
        ) : asking ? (
          <>
            <Box>{duty.alert.healthText}</Box>
            {action.refusal ? <Failure refusal={action.refusal} /> : null}
            <TextField
              id={`health-reason-${alertId}`}
              label={duty.alert.healthReason}
              help={duty.alert.healthReasonHelp}
              maxLength={200}
              value={reason}
              wrong={wrong ? duty.alert.healthReasonWrong : undefined}
              onChange={setReason}
            />
            <Box className="desk-buttons">
              <Button look="main" onTap={() => void openNotes()} disabled={action.busy}>
                {duty.alert.healthYes}
              </Button>
              <Button look="quiet" onTap={() => setAsking(false)} disabled={action.busy}>
                {duty.alert.cancel}
              </Button>
            </Box>
          </>
        ) : (
          <>
            <Box className="soft">{duty.alert.healthText}</Box>
            <Button onTap={() => setAsking(true)}>{duty.alert.healthOpen}</Button>
          </>
        )}
      </Box>
    </Section>
  );
}

function Notes({ notes }: { readonly notes: HealthNotes }) {
  const duty = useDutyWords();
  const value = (field: (typeof FIELDS)[number]) =>
    field === 'bloodType' && notes.bloodType === 'unknown' ? duty.alert.bloodUnknown : notes[field];
  return (
    <Facts
      facts={FIELDS.flatMap((field) => {
        const text = value(field);
        return text === undefined ? [] : [{ name: duty.alert.healthFields[field], value: text }];
      })}
    />
  );
}
