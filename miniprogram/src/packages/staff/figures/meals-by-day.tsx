import type { MealFigures } from '../../../../../shared/contracts/kitchen.ts';
import { Box, Words } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useStaffWords } from '../words';

interface MealsByDayProps {
  readonly days: readonly MealFigures[];
  /** The tiers of the whole time, which give each its shade. */
  readonly tiers: MealFigures['byTier'];
}

/** So many tiers have a shade of their own; they differ in lightness, so that they stay apart on grey paper. */
const SHADES = 6;

/** A bar for each day, cut by tier. Each piece carries the first letter of its tier, and each line its number. */
export function MealsByDay({ days, tiers }: MealsByDayProps) {
  const say = useMealWords();
  const staff = useStaffWords();
  const most = Math.max(1, ...days.map((day) => day.ordered));
  const nameOf = (tier: { code: string; name: string }) => (tier.code === 'none' ? staff.noTier : tier.name);
  const shade = (code: string) => tiers.findIndex((tier) => tier.code === code) % SHADES;
  return (
    <Section title={staff.figures.byDay}>
      <Box className="row row--wrap bars__tiers">
        {tiers.map((tier) => (
          <Box key={tier.code} className="row bars__tier">
            <Box decorative className={`bars__piece bars__swatch shade-${shade(tier.code)}`}>
              {nameOf(tier).slice(0, 1)}
            </Box>
            <Words>
              {nameOf(tier)} {tier.count}
            </Words>
          </Box>
        ))}
      </Box>
      <Box role="list" label={staff.figures.byDay} className="bars">
        {days.map((day) => (
          <Box key={day.date} role="listitem" className="bars__line">
            <Words className="bars__name">{say.dateAndWeekday(day.date)}</Words>
            <Box decorative className="bars__track">
              {tiers.map((tier) => {
                const count = day.byTier.find((one) => one.code === tier.code)?.count ?? 0;
                return count === 0 ? null : (
                  <Box
                    key={tier.code}
                    className={`bars__piece shade-${shade(tier.code)}`}
                    style={{ width: `${(count / most) * 100}%` }}
                  >
                    {(count / most) * 100 >= 10 ? nameOf(tier).slice(0, 1) : ''}
                  </Box>
                );
              })}
            </Box>
            <Words className="bars__number">{staff.figures.meals(day.ordered)}</Words>
          </Box>
        ))}
      </Box>
    </Section>
  );
}
