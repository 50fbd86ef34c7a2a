import { Box, Tap, Words } from './primitives';

interface StepperProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  /** The number as it is read: `3 份`. */
  readonly words: (value: number) => string;
}

/** A small whole number, by one more and one less. */
export function Stepper({ label, value, min, max, onChange, words }: StepperProps) {
  const step = (by: number) => {
    const next = Math.min(max, Math.max(min, value + by));
    if (next !== value) onChange(next);
  };
  return (
    <Box role="group" label={label} className="stepper">
      <Tap className="stepper__button" label={`${label} −1`} disabled={value <= min} onTap={() => step(-1)}>
        −
      </Tap>
      <Box role="status" className="stepper__value">
        <Words>{words(value)}</Words>
      </Box>
      <Tap className="stepper__button" label={`${label} +1`} disabled={value >= max} onTap={() => step(1)}>
        +
      </Tap>
    </Box>
  );
}
