import type { ElderView } from '../../../shared/contracts/elders.ts';
import { Choice } from '../components/choice.tsx';
import { Section } from '../components/section.tsx';
import { useWords } from '../i18n';

interface ElderChoiceProps {
  readonly elders: readonly ElderView[];
  readonly value: string;
  readonly onChange: (elderId: string) => void;
}

/** For whom: asked only where there are several. */
export function ElderChoice({ elders, value, onChange }: ElderChoiceProps) {
  const words = useWords();
  if (elders.length < 2) return null;
  return (
    <Section title={words.order.forWhom}>
      <Choice
        name="elder"
        label={words.order.forWhom}
        value={value}
        onChange={onChange}
        items={elders.map((elder) => ({ value: elder.elderId, title: elder.name }))}
      />
    </Section>
  );
}
