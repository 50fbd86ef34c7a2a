import { COURSES, type Course, type Dish, type SittingView } from '../../../../shared/contracts/canteens.ts';
import type { Allergen, Diet } from '../../../../shared/contracts/diet.ts';

/** What an elder must not eat, and what they keep to. */
export interface Eater {
  readonly name: string;
  readonly allergens: readonly Allergen[];
  readonly diets: readonly Diet[];
}

/** Diets that bind the dish itself; low salt, low sugar and soft food are the kitchen's to cook. */
const BINDING: readonly Diet[] = ['halal', 'vegetarian'];

/** Why this elder must not eat the dish: the server refuses the same ones. */
export const clashOf = (dish: Dish, eater: Eater): { allergens: Allergen[]; diets: Diet[] } => ({
  allergens: dish.allergens.filter((allergen) => eater.allergens.includes(allergen)),
  diets: BINDING.filter((diet) => eater.diets.includes(diet) && !dish.suits.includes(diet)),
});

export function clashes(dish: Dish, eater: Eater): boolean {
  const clash = clashOf(dish, eater);
  return clash.allergens.length + clash.diets.length > 0;
}

/** A whole meal that suits the elder: of each course as many as a meal may have, those first that fit more of the elder's diets. */
export function suggestedDishes(sitting: SittingView, eater: Eater): string[] {
  const fits = (dish: Dish): number => dish.suits.filter((diet) => eater.diets.includes(diet)).length;
  return COURSES.flatMap((course) =>
    sitting.dishes
      .map((dish, place) => ({ dish, place }))
      .filter(({ dish }) => dish.course === course && !clashes(dish, eater))
      .sort((a, b) => fits(b.dish) - fits(a.dish) || a.place - b.place)
      .slice(0, sitting.choose[course] ?? 0)
      .map(({ dish }) => dish.dishId),
  );
}

/** The courses that a meal of this sitting has, in the order of a table, each with its dishes and how many may be taken. */
export const coursesOf = (sitting: SittingView): { course: Course; most: number; dishes: Dish[] }[] =>
  COURSES.map((course) => ({
    course,
    most: sitting.choose[course] ?? 0,
    dishes: sitting.dishes.filter((dish) => dish.course === course),
  })).filter(({ most, dishes }) => most > 0 && dishes.length > 0);

/**
 * The choice after a tap on a dish: takes it away, adds it, or, where the course is full and has room for one, puts it in the
 * other's place. `full` when one must be taken away first.
 */
export function toggleDish(sitting: SittingView, chosen: readonly string[], dish: Dish): readonly string[] | 'full' {
  if (chosen.includes(dish.dishId)) return chosen.filter((id) => id !== dish.dishId);
  const most = sitting.choose[dish.course] ?? 0;
  const same = chosen.filter((id) => sitting.dishes.find((one) => one.dishId === id)?.course === dish.course);
  if (same.length < most) return [...chosen, dish.dishId];
  return most === 1 ? [...chosen.filter((id) => !same.includes(id)), dish.dishId] : 'full';
}
