import type { ReactNode } from 'react';
import { Box } from './primitives';

interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names with their values, one under the other. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <Box className="facts">
      {facts.map((fact, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two facts may have one name (two steps in one minute), and none moves
        <Box key={`${place}-${fact.name}`} className="facts__fact">
          <Box className="facts__name">{fact.name}</Box>
          <Box className="facts__value">{fact.value}</Box>
        </Box>
      ))}
    </Box>
  );
}
