import * as z from 'zod/mini';
import {
  COURSES,
  Course,
  Dish,
  Eating,
  SITTINGS,
  type SittingForm,
  type SittingName,
  type SittingView,
  SlotPlan,
} from '../../shared/contracts/canteens.ts';
import type { Allergen, Diet } from '../../shared/contracts/diet.ts';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import { addDays, type Instant, type IsoDate, instantInChina } from '../../shared/values/dates.ts';
import type { CanteenRecord } from './canteen.ts';
import { sittingKey } from './keys.ts';

/** A published sitting: all that an order needs to know, so that ordering reads one item of the canteen. */
export const SittingRecord = z.object({
  canteenId: z.string(),
  canteenName: z.string(),
  area: z.string(),
  date: z.string(),
  sitting: z.enum(SITTINGS),
  open: z.boolean(),
  /** Families may order until then. */
  closesAt: z.string(),
  /** The end of the last slot: afterwards nothing is ordered, and who has not come has missed the meal. */
  endsAt: z.string(),
  eating: z.array(Eating),
  slots: z.array(SlotPlan),
  dishes: z.array(Dish),
  choose: z.partialRecord(Course, z.int()),
  /** The canteen's own price in fen, if it has one. */
  listPrice: z.optional(z.int()),
  /** Set when no-shows were marked and the figures written. */
  settledAt: z.nullable(z.string()),
  rev: z.int(),
});
export type SittingRecord = z.infer<typeof SittingRecord>;

export const sittingItem = (sitting: SittingRecord) => ({
  ...sittingKey(sitting.canteenId, sitting.date, sitting.sitting),
  ...sitting,
});

/** The sitting that a canteen publishes by a form: its own plan where the form brings none. Undefined when it never serves this sitting. */
export function sittingOf(
  canteen: CanteenRecord,
  date: IsoDate,
  sitting: SittingName,
  form: SittingForm,
): SittingRecord | undefined {
  const plan = form.plan ?? canteen.sittings[sitting];
  if (plan === undefined) return undefined;
  const lastEnd =
    plan.slots
      .map(({ until }) => until)
      .sort()
      .at(-1) ?? '23:59';
  return {
    canteenId: canteen.canteenId,
    canteenName: canteen.name,
    area: canteen.area,
    date,
    sitting,
    open: form.open,
    closesAt: instantInChina(addDays(date, -plan.closesDaysBefore), plan.closesAt),
    endsAt: instantInChina(date, lastEnd),
    eating: canteen.eating,
    slots: plan.slots,
    dishes: form.dishes,
    choose: form.choose,
    ...(plan.listPrice !== undefined && { listPrice: plan.listPrice }),
    settledAt: null,
    rev: form.rev + 1,
  };
}

/** How many meals of each slot are taken. */
export type Taken = ReadonlyMap<string, number>;

export const sittingView = (
  { area: _area, endsAt: _endsAt, settledAt: _settledAt, listPrice: _own, slots, ...sitting }: SittingRecord,
  taken: Taken,
): SittingView => ({
  ...sitting,
  slots: slots.map((slot) => {
    const used = taken.get(slot.slotId) ?? 0;
    return { ...slot, taken: used, left: Math.max(0, slot.capacity - used) };
  }),
});

/** The dishes of an order, or a refusal when one is not on the menu or a course has more than one meal may have. */
export function dishesChosen(sitting: SittingRecord, dishIds: readonly string[]): Dish[] | Refusal {
  const chosen: Dish[] = [];
  for (const [index, dishId] of dishIds.entries()) {
    const dish = sitting.dishes.find((each) => each.dishId === dishId);
    if (dish === undefined) return refuse('not-on-menu', [{ path: `body.dishIds.${index}`, message: dishId }]);
    chosen.push(dish);
  }
  for (const course of COURSES) {
    const count = chosen.filter((dish) => dish.course === course).length;
    const most = sitting.choose[course] ?? 0;
    if (count > most)
      return refuse('not-on-menu', [{ path: 'body.dishIds', message: `${course}: ${count} > ${most}` }]);
  }
  return chosen;
}

/** What an elder must not eat, and what they keep to. */
export interface Eater {
  readonly allergens: readonly Allergen[];
  readonly diets: readonly Diet[];
}

/** A dish that an elder must not eat: because of an allergen in it, or a rule of religion that it does not keep. */
export interface DietClash {
  readonly dishId: string;
  readonly name: string;
  readonly because: Allergen | 'halal' | 'vegetarian';
}

const BINDING_DIETS = ['halal', 'vegetarian'] as const;

/** Every clash between dishes and eater. Low salt, low sugar and soft food never clash: the kitchen cooks for them. */
export function dietClashes(dishes: readonly Dish[], eater: Eater): DietClash[] {
  return dishes.flatMap(({ dishId, name, allergens, suits }) => [
    ...allergens.filter((allergen) => eater.allergens.includes(allergen)).map((because) => ({ dishId, name, because })),
    ...BINDING_DIETS.filter((diet) => eater.diets.includes(diet) && !suits.includes(diet)).map((because) => ({
      dishId,
      name,
      because,
    })),
  ]);
}

/** The dishes for somebody who has not chosen: from each course the first ones of the menu that the elder may eat. */
export function dishesFor(sitting: SittingRecord, eater: Eater): Dish[] {
  return COURSES.flatMap((course) =>
    sitting.dishes
      .filter((dish) => dish.course === course && dietClashes([dish], eater).length === 0)
      .slice(0, sitting.choose[course] ?? 0),
  ).slice(0, 8);
}

export const isPastClosing = (sitting: Pick<SittingRecord, 'closesAt'>, now: Instant): boolean =>
  now > sitting.closesAt;
export const isOver = (sitting: Pick<SittingRecord, 'endsAt'>, now: Instant): boolean => now > sitting.endsAt;
