import { describe, expect, it } from 'vitest';
import { ALL_DISHES } from '../../../infra/town/dishes.ts';
import { Dish } from '../../../shared/contracts/canteens.ts';
import { ALLERGENS, DIETS } from '../../../shared/contracts/diet.ts';

describe('the dishes', () => {
  it('are forty and more, each with an id and a name of its own in both languages', () => {
    expect(ALL_DISHES.length).toBeGreaterThanOrEqual(40);
    for (const name of ['dishId', 'name', 'nameEn'] as const) {
      expect(new Set(ALL_DISHES.map((dish) => dish[name])).size).toBe(ALL_DISHES.length);
    }
  });

  it('can stand on a menu as the contract has it', () => {
    for (const dish of ALL_DISHES) expect(Dish.safeParse(dish).error).toBeUndefined();
  });

  it('show every allergen and every diet', () => {
    expect(new Set(ALL_DISHES.flatMap(({ allergens }) => allergens))).toEqual(new Set(ALLERGENS));
    expect(new Set(ALL_DISHES.flatMap(({ suits }) => suits))).toEqual(new Set(DIETS));
  });

  it('are halal and vegetarian at once where there is neither meat nor fish in them', () => {
    for (const { suits, allergens } of ALL_DISHES.filter((dish) => dish.suits.includes('vegetarian'))) {
      expect(suits).toContain('halal');
      expect(allergens.some((allergen) => allergen === 'fish' || allergen === 'crustacean')).toBe(false);
    }
  });
});
