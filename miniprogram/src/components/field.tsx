import { Icon } from './icon.tsx';
import { Box, TextBox, Words } from './primitives';
import type { TextBoxProps } from './primitives/types.ts';

interface TextFieldProps
  extends Pick<TextBoxProps, 'value' | 'onChange' | 'kind' | 'placeholder' | 'maxLength' | 'disabled'> {
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  /** What is wrong, in words that say what would be right. */
  readonly wrong?: string | undefined;
}

/** A box to type into, with its name above, help under it, and what is wrong in words. */
export function TextField({ id, label, help, wrong, ...box }: TextFieldProps) {
  const described = [help ? `${id}-help` : '', wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ');
  return (
    <Box className="field">
      <Words className="field__label">{label}</Words>
      {help ? (
        <Words id={`${id}-help`} className="field__help">
          {help}
        </Words>
      ) : null}
      <TextBox
        {...box}
        id={id}
        label={label}
        className={`text-box${wrong ? ' text-box--wrong' : ''}`}
        invalid={wrong !== undefined}
        describedBy={described || undefined}
      />
      {wrong ? (
        <Box id={`${id}-wrong`} role="alert" className="field__wrong row">
          <Icon shape="warning" colour="amber" />
          <Words>{wrong}</Words>
        </Box>
      ) : null}
    </Box>
  );
}
