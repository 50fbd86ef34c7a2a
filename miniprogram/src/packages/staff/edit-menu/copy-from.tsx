import { useState } from 'react';
import type { SittingView } from '../../../../../shared/contracts/canteens.ts';
import { addDays, daysBetween } from '../../../../../shared/values/dates.ts';
import { Button } from '../../../components/button.tsx';
import { TapCard } from '../../../components/card.tsx';
import { Empty, QueryStates } from '../../../components/page-states.tsx';
import { Box } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { useWords } from '../../../i18n';
import type { SittingAt } from '../place/sitting-at.ts';
import { useStaffWords } from '../words';

/** Days around the one that is written whose menus can be taken: at most 31 in one question. */
const DAYS_BACK = 21;
const DAYS_AHEAD = 7;

interface CopyFromProps {
  readonly at: SittingAt;
  readonly onCopy: (from: SittingView) => void;
}

/** Takes the dishes of another day: last week's same weekday at one tap, the others from a list. */
export function CopyFrom({ at, onCopy }: CopyFromProps) {
  const words = useWords();
  const say = useMealWords();
  const staff = useStaffWords();
  const [choosing, setChoosing] = useState(false);
  const query = useRoute('listSittings', {
    params: { canteenId: at.canteenId },
    query: { from: addDays(at.date, -DAYS_BACK), to: addDays(at.date, DAYS_AHEAD) },
  });
  const others = (query.value?.sittings ?? [])
    .filter((one) => one.sitting === at.sitting && one.date !== at.date)
    .sort((a, b) => Math.abs(daysBetween(at.date, a.date)) - Math.abs(daysBetween(at.date, b.date)));
  const weekAgo = others.find((one) => one.date === addDays(at.date, -7));
  return (
    <Section title={staff.menu.copy}>
      <Box className="stack">
        {weekAgo ? (
          <Button onTap={() => onCopy(weekAgo)}>{staff.menu.copyWeek(say.dateAndWeekday(weekAgo.date))}</Button>
        ) : null}
        <Button onTap={() => setChoosing(!choosing)}>{choosing ? words.confirm.whyClose : staff.menu.copyOther}</Button>
        {choosing ? (
          <QueryStates query={query}>
            {() =>
              others.length === 0 ? (
                <Empty icon="calendar" title={staff.menu.noOther} text={staff.menu.noOtherText} />
              ) : (
                <Box role="list" label={staff.menu.copyOther} className="stack">
                  {others.map((one) => (
                    <Box key={one.date} role="listitem">
                      <TapCard
                        label={say.dateAndWeekday(one.date)}
                        onTap={() => {
                          setChoosing(false);
                          onCopy(one);
                        }}
                      >
                        <Box className="strong">{say.dateAndWeekday(one.date)}</Box>
                        <Box className="soft small">
                          {one.dishes.map((dish) => dish.name).join(words.dishes.listSeparator)}
                        </Box>
                      </TapCard>
                    </Box>
                  ))}
                </Box>
              )
            }
          </QueryStates>
        ) : null}
      </Box>
    </Section>
  );
}
