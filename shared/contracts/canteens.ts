import * as z from 'zod/mini';
import { CommunityCode } from '../values/areas.ts';
import { Instant, IsoDate, TimeOfDay } from '../values/dates.ts';
import { Slug } from '../values/ids.ts';
import { Fen } from '../values/money.ts';
import { line } from '../values/text.ts';
import { Allergen, Diet } from './diet.ts';

/** The meals of a day. They are also the names of the policy's meal items. */
export const SITTINGS = ['breakfast', 'lunch', 'dinner'] as const;
export const SittingName = z.enum(SITTINGS);
export type SittingName = z.infer<typeof SittingName>;

/** How a meal is eaten: 堂食, 自取, 送餐. */
export const EATING = ['dine-in', 'pickup', 'delivery'] as const;
export const Eating = z.enum(EATING);
export type Eating = z.infer<typeof Eating>;

/** A window of a sitting in which `capacity` meals can be given out. Times are times of day in China. */
export const SlotPlan = z.strictObject({
  slotId: Slug,
  from: TimeOfDay,
  until: TimeOfDay,
  capacity: z.int().check(z.minimum(0), z.maximum(5000)),
});
export type SlotPlan = z.infer<typeof SlotPlan>;

const slotsMakeSense = (slots: readonly SlotPlan[]): boolean =>
  new Set(slots.map((slot) => slot.slotId)).size === slots.length && slots.every((slot) => slot.from < slot.until);
const Slots = z
  .array(SlotPlan)
  .check(
    z.minLength(1),
    z.maxLength(12),
    z.refine(slotsMakeSense, { error: 'slots need different ids and must end after they start' }),
  );

/** How a canteen usually runs one sitting. Orders close at `closesAt`, `closesDaysBefore` days before the meal. */
export const SittingPlan = z.strictObject({
  closesAt: TimeOfDay,
  closesDaysBefore: z.int().check(z.minimum(0), z.maximum(3)),
  slots: Slots,
  /** The canteen's own price of the meal in fen, where the policy lets canteens set one (and within its bounds). */
  listPrice: z.optional(Fen),
});
export type SittingPlan = z.infer<typeof SittingPlan>;

/** A place that serves meals. */
export const CanteenForm = z.strictObject({
  name: line(40),
  area: CommunityCode,
  address: line(120),
  phone: z.string().check(z.regex(/^[\d-]{7,13}$/)),
  eating: z.array(Eating).check(z.minLength(1), z.maxLength(3)),
  sittings: z.partialRecord(SittingName, SittingPlan),
  rev: z.int().check(z.minimum(0)),
});
export type CanteenForm = z.infer<typeof CanteenForm>;

export const CanteenView = z.extend(CanteenForm, { canteenId: Slug });
export type CanteenView = z.infer<typeof CanteenView>;

export const COURSES = ['main', 'side', 'soup', 'staple', 'fruit'] as const;
export const Course = z.enum(COURSES);
export type Course = z.infer<typeof Course>;

/** A dish on a menu. `allergens` it holds; `suits` the diets that it is fit for. `photo` is a path under the web page's address. */
export const Dish = z.strictObject({
  dishId: Slug,
  name: line(30),
  nameEn: z.optional(line(60)),
  course: Course,
  allergens: z.array(Allergen).check(z.maxLength(8)),
  suits: z.array(Diet).check(z.maxLength(5)),
  photo: z.optional(z.string().check(z.maxLength(200), z.regex(/^[\w./-]+$/))),
});
export type Dish = z.infer<typeof Dish>;

const dishesDiffer = (dishes: readonly Dish[]): boolean =>
  new Set(dishes.map((dish) => dish.dishId)).size === dishes.length;

/** The menu of one sitting on one day, as the canteen publishes it. `choose`: how many dishes of each course one meal may have. */
export const SittingForm = z.strictObject({
  dishes: z
    .array(Dish)
    .check(z.minLength(1), z.maxLength(40), z.refine(dishesDiffer, { error: 'a dish stands twice' })),
  choose: z.partialRecord(Course, z.int().check(z.minimum(1), z.maximum(4))),
  /** Instead of the canteen's usual plan for this sitting. */
  plan: z.optional(SittingPlan),
  /** False closes the sitting for orders (holiday, repairs); placed orders stay and are to be cancelled by staff. */
  open: z.boolean(),
  rev: z.int().check(z.minimum(0)),
});
export type SittingForm = z.infer<typeof SittingForm>;

/** A sitting as it can be ordered. `left` is how many meals each slot still has. */
export const SittingView = z.strictObject({
  canteenId: Slug,
  canteenName: z.string(),
  date: IsoDate,
  sitting: SittingName,
  open: z.boolean(),
  closesAt: Instant,
  eating: z.array(Eating),
  slots: z.array(z.extend(SlotPlan, { taken: z.int(), left: z.int() })),
  dishes: z.array(Dish),
  choose: z.partialRecord(Course, z.int()),
  rev: z.int(),
});
export type SittingView = z.infer<typeof SittingView>;
