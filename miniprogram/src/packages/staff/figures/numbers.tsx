import type { MealFigures, MealFiguresReport } from '../../../../../shared/contracts/kitchen.ts';
import { formatYuan } from '../../../../../shared/values/money.ts';
import { Box, Words } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useStaffWords } from '../words';

/** 3.2%: of those who could have come. */
export const rateOf = (missed: number, served: number): string =>
  missed + served === 0 ? '–' : `${((missed / (missed + served)) * 100).toFixed(1)}%`;

/** The few numbers that are asked for first. */
export function Numbers({ sum }: { readonly sum: MealFiguresReport['sum'] }) {
  const staff = useStaffWords();
  const numbers: readonly [string, string][] = [
    [String(sum.ordered), staff.figures.ordered],
    [String(sum.served), staff.figures.served],
    [String(sum.missed), staff.figures.missedRate(rateOf(sum.missed, sum.served))],
    [String(sum.cancelled), staff.figures.cancelled],
    [formatYuan(sum.total), staff.figures.total],
  ];
  return (
    <Box role="list" label={staff.figures.sum} className="desk-numbers section">
      {numbers.map(([number, name]) => (
        <Box key={name} role="listitem">
          <Words className="price__number">{number}</Words>
          <Box className="soft">{name}</Box>
        </Box>
      ))}
    </Box>
  );
}

/** Who ordered and did not come, by day: a bar of one length for one person. */
export function MissedByDay({ days }: { readonly days: readonly MealFigures[] }) {
  const say = useMealWords();
  const staff = useStaffWords();
  const withMissed = days.filter((day) => day.missed > 0);
  const most = Math.max(1, ...withMissed.map((day) => day.missed));
  return (
    <Section title={staff.figures.missedByDay}>
      {withMissed.length === 0 ? <Box className="soft">{staff.figures.nobodyMissed}</Box> : null}
      <Box role="list" label={staff.figures.missedByDay} className="bars">
        {withMissed.map((day) => (
          <Box key={day.date} role="listitem" className="bars__line">
            <Words className="bars__name">{say.dateAndWeekday(day.date)}</Words>
            <Box decorative className="bars__track">
              <Box className="bars__bar bars__bar--missed" style={{ width: `${(day.missed / most) * 100}%` }} />
            </Box>
            <Words className="bars__number">{staff.figures.people(day.missed)}</Words>
          </Box>
        ))}
      </Box>
    </Section>
  );
}
