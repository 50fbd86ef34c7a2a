import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { Box, Option } from './primitives';

interface ChoiceItem<T> {
  readonly value: T;
  readonly title: string;
  readonly text?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly extra?: ReactNode;
}

interface OptionRowProps {
  readonly kind: 'radio' | 'checkbox';
  readonly name: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly item: Omit<ChoiceItem<unknown>, 'value'>;
}

/** One large row that can be chosen: the mark, the words, and what else is to be known. */
export function OptionRow({ kind, name, checked, onChange, item }: OptionRowProps) {
  return (
    <Option
      kind={kind}
      name={name}
      checked={checked}
      onChange={onChange}
      disabled={item.disabled}
      className={`option${checked ? ' option--chosen' : ''}${item.disabled ? ' option--off' : ''}`}
      label={item.text === undefined ? item.title : `${item.title}，${item.text}`}
    >
      <Box
        decorative
        className={`option__mark${kind === 'checkbox' ? ' option__mark--square' : ''}${checked ? ' option__mark--on' : ''}`}
      >
        {checked ? <Icon shape="check" colour="white" /> : null}
      </Box>
      <Box className="grow">
        <Box className={`option__title${checked ? ' strong' : ''}`}>{item.title}</Box>
        {item.text === undefined ? null : <Box className="soft">{item.text}</Box>}
        {item.extra}
      </Box>
    </Option>
  );
}

interface ChoiceProps<T> {
  readonly name: string;
  readonly label: string;
  readonly items: readonly ChoiceItem<T>[];
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  /** Short words side by side, as many as fit. */
  readonly grid?: boolean;
}

/** One of several, all of them in sight. */
export function Choice<T extends string | number>({ name, label, items, value, onChange, grid }: ChoiceProps<T>) {
  return (
    <Box role="radiogroup" label={label} className={grid ? 'grid' : 'stack'}>
      {items.map((item) => (
        <OptionRow
          key={item.value}
          kind="radio"
          name={name}
          checked={item.value === value}
          onChange={() => onChange(item.value)}
          item={item}
        />
      ))}
    </Box>
  );
}

interface ChecksProps<T> {
  readonly name: string;
  readonly label: string;
  readonly items: readonly ChoiceItem<T>[];
  readonly values: readonly T[];
  readonly onChange: (value: T, checked: boolean) => void;
  /** Short words side by side, as many as fit. */
  readonly grid?: boolean;
}

/** Any of several. */
export function Checks<T extends string | number>({ name, label, items, values, onChange, grid }: ChecksProps<T>) {
  return (
    <Box role="group" label={label} className={grid ? 'grid' : 'stack'}>
      {items.map((item) => (
        <OptionRow
          key={item.value}
          kind="checkbox"
          name={name}
          checked={values.includes(item.value)}
          onChange={(checked) => onChange(item.value, checked)}
          item={item}
        />
      ))}
    </Box>
  );
}
