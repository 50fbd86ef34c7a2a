import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { Shape } from './icon-shapes.ts';
import { Box } from './primitives';

export type Tone = 'info' | 'waiting' | 'done';
const ICON: Readonly<Record<Tone, Shape>> = { info: 'info', waiting: 'warning', done: 'circleCheck' };
const COLOUR = { info: 'jade', waiting: 'amber', done: 'leaf' } as const;

interface NoticeProps {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Read out at once: something went otherwise than asked. */
  readonly urgent?: boolean;
}

/** Something to know, by icon, heading and tint together: never by colour alone. */
export function Notice({ tone, title, children, actions, urgent }: NoticeProps) {
  return (
    <Box role={urgent ? 'alert' : 'status'} className={`notice notice--${tone}`}>
      <Icon shape={ICON[tone]} colour={COLOUR[tone]} />
      <Box className="notice__words">
        <Box className="notice__title">{title}</Box>
        {children === undefined ? null : <Box className="notice__text">{children}</Box>}
        {actions === undefined ? null : <Box className="notice__actions stack">{actions}</Box>}
      </Box>
    </Box>
  );
}

interface MarkProps {
  readonly tone: Tone | 'quiet';
  readonly children: string;
}

/** A state in a word or two. */
export function Mark({ tone, children }: MarkProps) {
  return <Box className={`mark mark--${tone}`}>{children}</Box>;
}
