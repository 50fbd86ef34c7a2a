import { Icon } from './icon.tsx';
import type { Shape } from './icon-shapes.ts';
import { Tap, Words } from './primitives';

interface ButtonProps {
  readonly children: string;
  readonly onTap: () => void;
  /** `main`: the one thing to do on the page. `danger`: only what cannot be undone for a person. `sos`: calls for help. */
  readonly look?: 'main' | 'plain' | 'quiet' | 'danger' | 'sos';
  readonly disabled?: boolean | undefined;
  readonly icon?: Shape;
  /** Where the words alone would not say enough to somebody who hears them. */
  readonly label?: string;
}

const ICON_COLOUR = { main: 'white', sos: 'white', danger: 'cinnabar', plain: 'jade', quiet: 'jade' } as const;

/** A button in words that say what happens (`订明天的午饭`, not `提交`). */
export function Button({ children, onTap, look = 'plain', disabled, icon, label }: ButtonProps) {
  return (
    <Tap
      className={`button button--${look}${disabled ? ' button--off' : ''}`}
      onTap={onTap}
      disabled={disabled}
      label={label ?? children}
    >
      {icon ? <Icon shape={icon} colour={ICON_COLOUR[look]} /> : null}
      <Words>{children}</Words>
    </Tap>
  );
}
