import * as z from 'zod/mini';
import { CommunityCode } from '../values/areas.ts';
import { Instant, IsoDate } from '../values/dates.ts';
import { Slug, Uuid } from '../values/ids.ts';
import { Fen } from '../values/money.ts';
import { Eating, SittingName } from './canteens.ts';
import { Allergen, Diet } from './diet.ts';
import { FundingShares } from './quote.ts';

const Count = z.int().check(z.minimum(0));
const counted = z.strictObject({ code: z.string(), name: z.string(), count: Count });

/** A box to carry to a door. Address and phone are the elder's of today. */
export const DeliveryLabel = z.strictObject({
  orderId: Uuid,
  elderName: z.string(),
  phone: z.optional(z.string()),
  address: z.string(),
  /** 15-digit code of the grid: the run list goes by it. */
  grid: z.string(),
  slot: z.string(),
  dishes: z.array(z.string()),
  allergens: z.array(Allergen),
  diets: z.array(Diet),
  note: z.optional(z.string()),
});
export type DeliveryLabel = z.infer<typeof DeliveryLabel>;

/** What the kitchen cooks for one sitting: live orders of elders who are neither dead nor paused that day. */
export const KitchenSheet = z.strictObject({
  canteenId: Slug,
  canteenName: z.string(),
  date: IsoDate,
  sitting: SittingName,
  closesAt: Instant,
  madeAt: Instant,
  meals: Count,
  served: Count,
  byDish: z.array(counted),
  byDiet: z.array(counted),
  byTier: z.array(counted),
  byEating: z.array(z.strictObject({ code: Eating, count: Count })),
  bySlot: z.array(z.strictObject({ slotId: Slug, from: z.string(), until: z.string(), capacity: Count, count: Count })),
  /** Orders with an allergen or diet to mind, for the cook's table. */
  special: z.array(
    z.strictObject({
      orderId: Uuid,
      elderName: z.string(),
      dishes: z.array(z.string()),
      allergens: z.array(Allergen),
      diets: z.array(Diet),
      note: z.optional(z.string()),
    }),
  ),
  /** By grid, then address: the order in which the boxes are carried out. */
  deliveries: z.array(z.strictObject({ grid: z.string(), labels: z.array(DeliveryLabel) })),
});
export type KitchenSheet = z.infer<typeof KitchenSheet>;

/** One day's meals of a community (or of one of its canteens), from the orders themselves. Amounts in fen. */
export const MealFigures = z.strictObject({
  date: IsoDate,
  ordered: Count,
  served: Count,
  missed: Count,
  cancelled: Count,
  byTier: z.array(counted),
  byEating: z.array(z.strictObject({ code: Eating, count: Count })),
  /** Who pays for the meals that were served or missed (a missed meal was cooked), and for those still to come. */
  shares: FundingShares,
  total: Fen,
});
export type MealFigures = z.infer<typeof MealFigures>;

export const MealFiguresReport = z.strictObject({
  area: CommunityCode,
  from: IsoDate,
  to: IsoDate,
  days: z.array(MealFigures),
  sum: z.omit(MealFigures, { date: true }),
});
export type MealFiguresReport = z.infer<typeof MealFiguresReport>;
