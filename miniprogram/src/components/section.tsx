import type { ReactNode } from 'react';
import { Box, Heading } from './primitives';

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A part of a page under its own heading. */
export function Section({ title, children }: SectionProps) {
  return (
    <Box className="section">
      <Heading level={2} className="section__title">
        {title}
      </Heading>
      {children}
    </Box>
  );
}
