import * as z from 'zod/mini';
import { Instant, IsoDate } from '../values/dates.ts';
import { Slug, Uuid } from '../values/ids.ts';
import { Fen } from '../values/money.ts';
import { line } from '../values/text.ts';
import { Course, Eating, SittingName } from './canteens.ts';
import { Allergen, Diet } from './diet.ts';
import { Quote } from './quote.ts';
import { REFUSAL_CODES } from './refusal.ts';
import { Role } from './roles.ts';

const DishIds = z.array(Slug).check(
  z.minLength(1),
  z.maxLength(8),
  z.refine((ids) => new Set(ids).size === ids.length, { error: 'a dish stands twice' }),
);

/** What is asked of a price: everything that the price depends on. */
export const MealQuoteQuery = z.strictObject({
  elderId: Uuid,
  canteenId: Slug,
  date: IsoDate,
  sitting: SittingName,
  eating: Eating,
});
export type MealQuoteQuery = z.infer<typeof MealQuoteQuery>;

/** An order for one elder and one sitting. The client makes the order's id, so that sending it again is safe. */
export const PlaceMealOrder = z.strictObject({
  elderId: Uuid,
  canteenId: Slug,
  date: IsoDate,
  sitting: SittingName,
  slotId: Slug,
  eating: Eating,
  dishIds: DishIds,
  note: z.optional(line(100)),
  /** What the person pays, in fen, as it was shown. When the price has changed since, the order is refused with the new one. */
  seenCopay: z.optional(Fen),
  /** Staff only: the clash between a dish and the elder's diet was talked over. */
  confirmDietClash: z.optional(z.boolean()),
  /** Staff only, and needed after closing time. */
  reason: z.optional(line(200)),
});
export type PlaceMealOrder = z.infer<typeof PlaceMealOrder>;

/** Many orders at once, each for itself: one that is refused does not stop the others. */
export const PlaceMealOrders = z.strictObject({
  orders: z.array(z.extend(PlaceMealOrder, { orderId: Uuid })).check(z.minLength(1), z.maxLength(100)),
});

/** A change before closing time (after it: staff only, with a reason). What is left out stays. */
export const ChangeMealOrder = z.strictObject({
  rev: z.int().check(z.minimum(1)),
  slotId: z.optional(Slug),
  eating: z.optional(Eating),
  dishIds: z.optional(DishIds),
  note: z.optional(line(100)),
  seenCopay: z.optional(Fen),
  confirmDietClash: z.optional(z.boolean()),
  reason: z.optional(line(200)),
});
export type ChangeMealOrder = z.infer<typeof ChangeMealOrder>;

export const CancelMealOrder = z.strictObject({ reason: z.optional(line(200)) });
export type CancelMealOrder = z.infer<typeof CancelMealOrder>;

export const CheckIn = z.strictObject({ by: z.enum(['qr', 'phone-tail', 'name']) });
export type CheckIn = z.infer<typeof CheckIn>;

/** `placed` → `cancelled`, `served` (checked in) or `missed` (not checked in by the sitting's end). */
export const ORDER_STATES = ['placed', 'cancelled', 'served', 'missed'] as const;
export const OrderState = z.enum(ORDER_STATES);
export type OrderState = z.infer<typeof OrderState>;

/** A step in the life of an order: who did what, when, and why where a reason was needed. */
export const OrderStep = z.strictObject({
  at: Instant,
  what: z.enum(['placed', 'changed', 'cancelled', 'served', 'check-in-undone', 'missed']),
  personId: z.string(),
  role: z.union([Role, z.literal('system')]),
  reason: z.optional(z.string()),
});
export type OrderStep = z.infer<typeof OrderStep>;

export const MealOrderView = z.strictObject({
  orderId: Uuid,
  elderId: Uuid,
  elderName: z.string(),
  canteenId: Slug,
  canteenName: z.string(),
  date: IsoDate,
  sitting: SittingName,
  slot: z.strictObject({ slotId: Slug, from: z.string(), until: z.string() }),
  eating: Eating,
  dishes: z.array(z.strictObject({ dishId: Slug, name: z.string(), course: Course })),
  note: z.optional(z.string()),
  state: OrderState,
  quote: Quote,
  dietClashConfirmed: z.boolean(),
  /** The moment after which only staff may change or cancel, with a reason. */
  closesAt: Instant,
  standingOrderId: z.nullable(Uuid),
  steps: z.array(OrderStep),
  rev: z.int(),
});
export type MealOrderView = z.infer<typeof MealOrderView>;

const RowRefusal = z.strictObject({
  code: z.enum(REFUSAL_CODES),
  message: z.strictObject({ zh: z.string(), en: z.string() }),
  details: z.optional(z.array(z.looseObject({}))),
});
/** The answers to many orders, in the order in which they were asked. */
export const MealOrderAnswers = z.strictObject({
  answers: z.array(
    z.strictObject({
      orderId: Uuid,
      replayed: z.boolean(),
      order: z.optional(MealOrderView),
      refusal: z.optional(RowRefusal),
    }),
  ),
});

/** A weekly order that fills coming sittings. Dishes are chosen from the day's menu to suit the elder's diet. */
export const StandingOrderForm = z.strictObject({
  canteenId: Slug,
  sitting: SittingName,
  /** ISO weekdays: Monday 1 … Sunday 7. */
  weekdays: z.array(z.int().check(z.minimum(1), z.maximum(7))).check(
    z.minLength(1),
    z.maxLength(7),
    z.refine((days) => new Set(days).size === days.length, { error: 'a day stands twice' }),
  ),
  slotId: Slug,
  eating: Eating,
  from: IsoDate,
  until: z.optional(IsoDate),
});
export type StandingOrderForm = z.infer<typeof StandingOrderForm>;

export const StandingOrderView = z.extend(StandingOrderForm, {
  standingOrderId: Uuid,
  elderId: Uuid,
  canteenName: z.string(),
  /** Set when it was stopped: by the family or staff, or because the elder died. */
  stoppedAt: z.nullable(Instant),
});
export type StandingOrderView = z.infer<typeof StandingOrderView>;

/** One order on the canteen's list for check-in. */
export const SittingOrderRow = z.strictObject({
  orderId: Uuid,
  elderId: Uuid,
  elderName: z.string(),
  phoneTail: z.optional(z.string()),
  slotId: Slug,
  eating: Eating,
  dishes: z.array(z.string()),
  allergens: z.array(Allergen),
  diets: z.array(Diet),
  tier: z.nullable(z.string()),
  /** What is to be collected from the person, in fen. */
  copay: Fen,
  note: z.optional(z.string()),
  state: OrderState,
});
export type SittingOrderRow = z.infer<typeof SittingOrderRow>;
