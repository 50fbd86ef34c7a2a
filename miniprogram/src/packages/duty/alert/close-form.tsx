import { useState } from 'react';
import { ALERT_OUTCOMES } from '../../../../../shared/contracts/alerts.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Box, Heading } from '../../../components/primitives';
import { useDutyWords } from '../words';
import type { Step } from './use-step.ts';

interface CloseFormProps {
  readonly kind: 'resolve' | 'false-alarm';
  readonly step: Step;
  readonly onClose: () => void;
}

/** Ends an alert: with what became of it, or as a false alarm; always with a sentence that says how one knows. */
export function CloseForm({ kind, step, onClose }: CloseFormProps) {
  const duty = useDutyWords();
  const [outcome, setOutcome] = useState<(typeof ALERT_OUTCOMES)[number] | undefined>();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const isFalse = kind === 'false-alarm';
  const close = async () => {
    const note = text.trim();
    const isLacking = note === '' || (!isFalse && outcome === undefined);
    setWrong(isLacking);
    if (isLacking) return;
    const isDone = isFalse
      ? await step.run('falseAlarm', { note }, duty.alert.resolved)
      : await step.run('resolveAlert', { outcome: outcome ?? 'other', note }, duty.alert.resolved);
    if (isDone) onClose();
  };
  const title = isFalse ? duty.alert.falseAlarm : duty.alert.resolve;
  return (
    <Box role="group" label={title} className="stack">
      <Heading level={3} className="lead">
        {title}
      </Heading>
      {isFalse ? null : (
        <Choice
          grid
          name="outcome"
          label={duty.alert.resolveWhat}
          value={outcome}
          onChange={setOutcome}
          items={ALERT_OUTCOMES.map((value) => ({ value, title: duty.outcomes[value] }))}
        />
      )}
      <TextField
        id={`close-${kind}`}
        label={isFalse ? duty.alert.falseNote : duty.alert.resolveNote}
        help={isFalse ? duty.alert.falseHelp : duty.alert.resolveHelp}
        maxLength={400}
        value={text}
        wrong={wrong ? (isFalse ? duty.alert.falseWrong : duty.alert.resolveWrong) : undefined}
        onChange={setText}
      />
      <Box className="desk-buttons">
        <Button look="main" onTap={() => void close()} disabled={step.busy}>
          {step.busy ? duty.alert.saving : isFalse ? duty.alert.falseYes : duty.alert.resolveYes}
        </Button>
        <Button look="quiet" onTap={onClose} disabled={step.busy}>
          {duty.alert.cancel}
        </Button>
      </Box>
    </Box>
  );
}
