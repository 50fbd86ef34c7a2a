import type { Dish, SittingForm, SittingName } from '../../shared/contracts/canteens.ts';
import { daysBetween, type IsoDate } from '../../shared/values/dates.ts';
import type { City } from './cities.ts';
import {
  BREAKFASTS,
  FRUITS,
  HALAL_MAINS,
  LANZHOU_MAINS,
  MEAT_MAINS,
  MEATLESS_MAINS,
  SIDES,
  SOUPS,
  STAPLES,
} from './dishes.ts';

/** `count` dishes of a list that goes round, from place `start` on. */
const round = (list: readonly Dish[], start: number, count: number): Dish[] =>
  Array.from({ length: count }, (_, index) => list[(start + index) % list.length]).filter((dish) => dish !== undefined);

/** Days are counted from this Monday. */
const A_MONDAY = '2024-01-01';

/**
 * What a kitchen cooks on a day: lists of different lengths go round, so that dishes come back on other days in other company,
 * and each kitchen is at another place. There is always a main without meat and one that is halal, so that nobody goes hungry for their religion.
 */
export function menuOf(
  { kitchen }: Pick<City, 'kitchen'>,
  canteen: number,
  date: IsoDate,
  sitting: SittingName,
): Pick<SittingForm, 'dishes' | 'choose'> {
  // Dinner is another part of the round than the lunch of the same day.
  const turn = canteen * 3 + daysBetween(A_MONDAY, date) + (sitting === 'dinner' ? 3 : 0);
  if (sitting === 'breakfast') {
    return {
      dishes: [...BREAKFASTS, ...round(SOUPS.slice(3, 4), 0, 1), ...round(STAPLES.slice(1), turn, 2)],
      choose: { main: 2, soup: 1, staple: 1 },
    };
  }
  const halal = kitchen === 'lanzhou' ? [...LANZHOU_MAINS, ...HALAL_MAINS] : HALAL_MAINS;
  const meat = kitchen === 'lanzhou' ? halal : MEAT_MAINS;
  const mains = [...round(meat, turn, 1), ...round(halal, turn + 4, 1), ...round(MEATLESS_MAINS, turn, 1)];
  const isLunch = sitting === 'lunch';
  return {
    dishes: [
      ...mains,
      ...round(SIDES, turn * 2, isLunch ? 4 : 3),
      ...round(SOUPS, turn, 2),
      STAPLES[0] as Dish,
      ...round(STAPLES.slice(1), turn, 2),
      ...(isLunch ? round(FRUITS, turn, 2) : []),
    ],
    choose: { main: 1, side: isLunch ? 2 : 1, soup: 1, staple: 1, ...(isLunch && { fruit: 1 }) },
  };
}
