import { useState } from 'react';
import type { CanteenView } from '../../../../shared/contracts/canteens.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Box } from '../../components/primitives';
import { Section } from '../../components/section.tsx';
import { useWords } from '../../i18n';

interface CanteenChoiceProps {
  /** Nearest first. */
  readonly canteens: readonly CanteenView[];
  readonly value: CanteenView;
  readonly onChange: (canteenId: string) => void;
}

/** The canteen that is chosen, and the others on demand: most people always eat at the same one. */
export function CanteenChoice({ canteens, value, onChange }: CanteenChoiceProps) {
  const words = useWords();
  const [choosing, setChoosing] = useState(false);
  return (
    <Section title={words.order.canteen}>
      {choosing ? (
        <Choice
          name="canteen"
          label={words.order.canteen}
          value={value.canteenId}
          onChange={(canteenId) => {
            setChoosing(false);
            onChange(canteenId);
          }}
          items={canteens.map((canteen) => ({ value: canteen.canteenId, title: canteen.name, text: canteen.address }))}
        />
      ) : (
        <Box className="card stack">
          <Box>
            <Box className="lead">{value.name}</Box>
            <Box className="soft">{value.address}</Box>
          </Box>
          {canteens.length > 1 ? <Button onTap={() => setChoosing(true)}>{words.order.otherCanteen}</Button> : null}
        </Box>
      )}
    </Section>
  );
}

/** The canteens as near to an area as the codes tell: those that share more of its code come first. */
export function nearestFirst(canteens: readonly CanteenView[], area: string): CanteenView[] {
  const shared = (code: string): number => {
    let length = 0;
    while (length < code.length && code[length] === area[length]) length += 1;
    return length;
  };
  return [...canteens].sort((a, b) => shared(b.area) - shared(a.area) || (a.name < b.name ? -1 : 1));
}
