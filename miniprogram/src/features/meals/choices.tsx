import type { Eating, SittingView } from '../../../../shared/contracts/canteens.ts';
import { Choice } from '../../components/choice.tsx';
import { useWords } from '../../i18n';
import { useMealWords } from './meal-words.ts';

interface SlotChoiceProps {
  readonly slots: SittingView['slots'];
  readonly value: string;
  readonly onChange: (slotId: string) => void;
}

/** When to eat, with the places that are left. */
export function SlotChoice({ slots, value, onChange }: SlotChoiceProps) {
  const words = useWords();
  const say = useMealWords();
  return (
    <Choice
      name="slot"
      label={words.confirm.slot}
      value={value}
      onChange={onChange}
      items={slots.map((slot) => ({
        value: slot.slotId,
        title: say.slot(slot),
        text: slot.left > 0 ? words.confirm.seatsLeft(slot.left) : words.confirm.slotFull,
        disabled: slot.left === 0 && slot.slotId !== value,
      }))}
    />
  );
}

interface EatingChoiceProps {
  readonly offered: readonly Eating[];
  readonly value: Eating | undefined;
  readonly onChange: (eating: Eating) => void;
}

/** How to eat. */
export function EatingChoice({ offered, value, onChange }: EatingChoiceProps) {
  const words = useWords();
  return (
    <Choice
      name="eating"
      label={words.confirm.eating}
      value={value}
      onChange={onChange}
      items={offered.map((eating) => ({
        value: eating,
        title: words.eating[eating],
        text: words.eatingHelp[eating],
      }))}
    />
  );
}

/** The slot to begin with: the one chosen before if it has room, else the first that has. */
export const firstSlot = (slots: SittingView['slots'], before?: string): string =>
  slots.find((slot) => slot.slotId === before && slot.left > 0)?.slotId ??
  slots.find((slot) => slot.left > 0)?.slotId ??
  '';
