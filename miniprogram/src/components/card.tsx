import type { ReactNode } from 'react';
import { Box, Heading, Tap } from './primitives';

interface CardProps {
  readonly children: ReactNode;
  readonly title?: string;
}

export function Card({ children, title }: CardProps) {
  return (
    <Box className="card">
      {title === undefined ? null : (
        <Heading level={2} className="section__title">
          {title}
        </Heading>
      )}
      {children}
    </Box>
  );
}

interface TapCardProps {
  readonly children: ReactNode;
  /** What a screen reader says: the content in one sentence, and what opens. */
  readonly label: string;
  readonly onTap: () => void;
}

/** A card that opens something. */
export function TapCard({ children, label, onTap }: TapCardProps) {
  return (
    // On the web the content itself is what is read; WeChat reads only the label.
    <Tap className="card card--tap" label={process.env.TARO_ENV === 'h5' ? undefined : label} onTap={onTap}>
      {children}
    </Tap>
  );
}
