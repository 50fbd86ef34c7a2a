import * as z from 'zod/mini';

/** Allergens that a label must name in China (GB 7718-2025). */
export const ALLERGENS = ['gluten', 'crustacean', 'fish', 'egg', 'peanut', 'soy', 'milk', 'nut'] as const;
export const Allergen = z.enum(ALLERGENS);
export type Allergen = z.infer<typeof Allergen>;

/** How a meal must be made: `halal` and `vegetarian` bind the dish; the others tell the kitchen how to cook it. */
export const DIETS = ['low-salt', 'low-sugar', 'soft', 'halal', 'vegetarian'] as const;
export const Diet = z.enum(DIETS);
export type Diet = z.infer<typeof Diet>;
