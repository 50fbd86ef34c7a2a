import type { ElderRow } from '../../../../../shared/contracts/elders.ts';
import { Button } from '../../../components/button.tsx';
import { OptionRow } from '../../../components/choice.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useWords } from '../../../i18n';
import { ElderFinder } from '../people/elder-finder.tsx';
import { isPausedOn, useElderWords } from '../people/elder-row.tsx';
import { useStaffWords } from '../words';
import type { Picked } from './use-many.ts';

interface PickProps {
  readonly date: string;
  readonly picked: readonly Picked[];
  readonly onChange: (picked: readonly Picked[]) => void;
}

/** Who eats: search and tick; who is ticked stays ticked while others are searched. */
export function Pick({ date, picked, onChange }: PickProps) {
  const words = useWords();
  const staff = useStaffWords();
  const describe = useElderWords();
  const isPicked = (elderId: string) => picked.some((one) => one.elderId === elderId);
  const pick = ({ elderId, name }: ElderRow, on: boolean) =>
    onChange(on ? [...picked, { elderId, name }] : picked.filter((one) => one.elderId !== elderId));
  return (
    <Section title={staff.many.who(picked.length)}>
      {picked.length > 0 ? (
        <Box className="desk-bar">
          <Box>{picked.map((one) => one.name).join(words.dishes.listSeparator)}</Box>
          <Box className="desk-buttons section">
            <Button onTap={() => onChange([])}>{staff.many.none}</Button>
          </Box>
        </Box>
      ) : null}
      <ElderFinder>
        {(elders) => {
          const living = elders.filter((elder) => elder.diedOn === null);
          const free = living.filter((elder) => !isPausedOn(elder, date) && !isPicked(elder.elderId));
          return (
            <>
              {free.length > 1 ? (
                <Box className="desk-buttons">
                  <Button onTap={() => onChange([...picked, ...free.map(({ elderId, name }) => ({ elderId, name }))])}>
                    {staff.many.all(free.length)}
                  </Button>
                </Box>
              ) : null}
              <Box role="group" label={staff.people.found} className="desk-cards">
                {living.map((elder) => (
                  <OptionRow
                    key={elder.elderId}
                    kind="checkbox"
                    name="elder"
                    checked={isPicked(elder.elderId)}
                    onChange={(on) => pick(elder, on)}
                    item={{
                      title: elder.name,
                      text: isPausedOn(elder, date) ? staff.many.paused : describe(elder),
                      disabled: isPausedOn(elder, date),
                    }}
                  />
                ))}
              </Box>
            </>
          );
        }}
      </ElderFinder>
    </Section>
  );
}
