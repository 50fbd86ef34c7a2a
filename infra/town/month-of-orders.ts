import { figuresItem, figuresOf } from '../../functions/meals/figures.ts';
import { slotKey } from '../../functions/meals/keys.ts';
import { emptyMonth, type MealMonth, mealMonthItem, withMeal, withoutMeal } from '../../functions/meals/meal-month.ts';
import { cancelled, missed, type OrderRecord, orderItem, SYSTEM, served } from '../../functions/meals/order.ts';
import { newOrder } from '../../functions/meals/place-order.ts';
import { subsidyOf } from '../../functions/meals/price-order.ts';
import { dietClashes, dishesFor, type SittingRecord, sittingItem } from '../../functions/meals/sitting.ts';
import { fillingOrderId, standingOrderItem, wantsMealOn } from '../../functions/meals/standing-order.ts';
import { fingerprintOf } from '../../functions/platform/fingerprint.ts';
import { COURSES } from '../../shared/contracts/canteens.ts';
import type { PlaceMealOrder } from '../../shared/contracts/meal-orders.ts';
import { isRefusal } from '../../shared/contracts/refusal.ts';
import {
  addDays,
  dateInChina,
  daysBetween,
  type Instant,
  instantInChina,
  monthOf,
  toInstant,
} from '../../shared/values/dates.ts';
import { sittingsOf } from './canteens.ts';
import type { Community } from './community.ts';
import { asKnownAt, type Diner, noLaterThan, takenOff } from './diners.ts';
import { type Random, randomOf } from './random.ts';
import type { TownItem } from './town-item.ts';

/** Of 100 orders, 93 are served, 3 missed and 4 cancelled. */
const CANCELLED = 0.04;
const MISSED_OF_THE_REST = 0.03 / 0.96;

/** How likely an ordinary guest has already ordered, by days ahead. */
const ORDERED_AHEAD = [1, 0.6, 0.28, 0.12, 0.06, 0.03, 0.02, 0.02];
/** Weekly orders fill so many days ahead, each morning at five (`AnxinApi`'s schedule). */
const FILLED_AHEAD = 7;
const FILLED_AT = '05:00';

/** One sitting while its orders are made. */
interface Serving {
  readonly sitting: SittingRecord;
  readonly taken: Map<string, number>;
  readonly orders: OrderRecord[];
}

/**
 * Everything that happened at a community's canteen in a month, and what is ordered for the coming days. Each order is made
 * by the rules of ordering themselves (`newOrder`) as of the moment it was placed, and goes on by the transitions of an order;
 * places taken, months and figures are counted from them.
 */
export function* mealItems(community: Community, diners: readonly Diner[]): Generator<TownItem> {
  const { seed, city, canteen, today, now } = community;
  const meal = (item: Record<string, unknown>): TownItem => ({ table: 'meals', item });
  for (const { standing } of diners) if (standing) yield meal(standingOrderItem(standing));
  const months = new Map<string, MealMonth>();
  for (const sitting of sittingsOf(seed, city, canteen, today, now)) {
    const serving: Serving = { sitting, taken: new Map(), orders: [] };
    if (sitting.open) fill(community, serving, diners, months);
    yield meal(sittingItem(sitting));
    for (const { slotId, capacity } of sitting.slots) {
      const key = slotKey(sitting.canteenId, sitting.date, sitting.sitting, slotId);
      yield meal({ ...key, capacity, taken: serving.taken.get(slotId) ?? 0, isOpen: sitting.open });
    }
    for (const order of serving.orders) yield meal(orderItem(order));
    if (sitting.settledAt !== null) yield meal(figuresItem(figuresOf(sitting, serving.orders)));
  }
  for (const month of months.values()) yield meal(mealMonthItem(month));
}

function fill(community: Community, serving: Serving, diners: readonly Diner[], months: Map<string, MealMonth>): void {
  const { sitting } = serving;
  const random = randomOf(community.seed, 'orders', sitting.canteenId, sitting.date, sitting.sitting);
  for (const diner of diners) {
    const wish = wishOf(random, community, diner, sitting);
    if (wish === undefined) continue;
    const order = place(random, community, serving, diner, wish, months);
    if (order === undefined) continue;
    const next = whatBecame(random, community, diner, sitting, order);
    if (next.state === 'cancelled') {
      const key = monthKey(order);
      const month = months.get(key);
      if (month) months.set(key, withoutMeal(month, order.date, order.sitting));
    } else {
      serving.taken.set(order.slot.slotId, (serving.taken.get(order.slot.slotId) ?? 0) + 1);
    }
    serving.orders.push(next);
  }
}

/** When somebody's order for a sitting was placed, and whether by their weekly order. */
interface Wish {
  readonly at: Instant;
  readonly isWeekly: boolean;
}

function wishOf(
  random: Random,
  { today, now }: Community,
  { standing, appetite, lastDay }: Diner,
  { date, sitting, closesAt }: SittingRecord,
): Wish | undefined {
  // Both are always drawn, so that one guest's wish does not move another's.
  const [hunger, when] = [random.next(), random.next()];
  const ahead = daysBetween(today, date);
  if (lastDay !== undefined && date > lastDay) return undefined;
  if (standing?.sitting === sitting) {
    // Who died had a weekly order until that day.
    const until = standing.stoppedAt === null ? undefined : dateInChina(standing.stoppedAt);
    const wants = wantsMealOn({ ...standing, stoppedAt: null }, date) && ahead <= FILLED_AHEAD;
    const at = instantInChina(addDays(date, -FILLED_AHEAD), FILLED_AT);
    if (!wants || (until !== undefined && dateInChina(at) >= until)) return undefined;
    return { at: noLaterThan(now, at), isWeekly: true };
  }
  const likely = (appetite[sitting] ?? 0) * (ahead <= 0 ? 1 : (ORDERED_AHEAD[ahead] ?? 0));
  return hunger < likely ? { at: orderedAt(when, noLaterThan(now, closesAt)), isWeekly: false } : undefined;
}

const MINUTE = 60_000;

/** A moment of the three days before `latest` at which people are awake: 06:30 to 21:30. */
function orderedAt(draw: number, latest: Instant): Instant {
  const minutes = 390 + Math.floor(draw * 900);
  const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const daysBefore = draw < 0.35 ? 0 : draw < 0.85 ? 1 : 2;
  const at = instantInChina(addDays(dateInChina(latest), -daysBefore), time);
  return at < latest ? at : toInstant(Date.parse(at) - 24 * 60 * MINUTE);
}

const monthKey = ({ elderId, date }: Pick<OrderRecord, 'elderId' | 'date'>): string => `${elderId}#${monthOf(date)}`;

/** The order that the rules allow; undefined where they refuse it (nothing that suits, no place left, paused, died). */
function place(
  random: Random,
  { policies, today }: Community,
  { sitting, taken }: Serving,
  diner: Diner,
  { at, isWeekly }: Wish,
  months: Map<string, MealMonth>,
): OrderRecord | undefined {
  const { standing, elder } = diner;
  const own = isWeekly ? sitting.slots.find(({ slotId }) => slotId === standing?.slotId) : sitting.slots[diner.slot];
  const free = (slot: { slotId: string; capacity: number } | undefined) =>
    slot !== undefined && (taken.get(slot.slotId) ?? 0) < slot.capacity ? slot : undefined;
  const slot = free(own) ?? (isWeekly ? undefined : sitting.slots.find((each) => free(each)));
  const dishes = isWeekly ? dishesFor(sitting, elder) : someDishes(random, sitting, diner);
  if (slot === undefined || dishes.length === 0) return undefined;
  const form: PlaceMealOrder = {
    elderId: elder.elderId,
    canteenId: sitting.canteenId,
    date: sitting.date,
    sitting: sitting.sitting,
    slotId: slot.slotId,
    eating: isWeekly && standing ? standing.eating : diner.eating,
    dishIds: dishes.map(({ dishId }) => dishId),
    ...(!isWeekly && random.chance(0.05) && { note: random.pick(NOTES) }),
  };
  const month = months.get(monthKey(form)) ?? emptyMonth(elder.elderId, sitting.date);
  const order = newOrder(
    { policies },
    { elder: asKnownAt(elder, at, today), sitting, month, order: undefined },
    {
      orderId: isWeekly && standing ? fillingOrderId(standing.standingOrderId, sitting.date, 0) : random.uuid(),
      form,
      actor: isWeekly ? SYSTEM : diner.actor,
      now: at,
      ...(isWeekly && standing && { standingOrderId: standing.standingOrderId }),
    },
    fingerprintOf(form),
  );
  if (isRefusal(order)) return undefined;
  const { orderId } = order;
  months.set(monthKey(order), withMeal(month, order.date, order.sitting, { orderId, subsidy: subsidyOf(order.quote) }));
  return order;
}

const NOTES = ['少油', '菜煮软一点', '多打点汤', '送到门卫处', '不要葱', '米饭少一点'];

/** Of each course as many as one meal may have, from those that the elder may eat; a fruit or a soup is often left out. */
function someDishes(random: Random, sitting: SittingRecord, { elder }: Diner) {
  return COURSES.flatMap((course) => {
    const most = sitting.choose[course] ?? 0;
    if (most === 0 || (course !== 'main' && random.chance(0.12))) return [];
    const fit = sitting.dishes.filter((dish) => dish.course === course && dietClashes([dish], elder).length === 0);
    const start = fit.length === 0 ? 0 : random.between(0, fit.length - 1);
    return Array.from({ length: Math.min(most, fit.length) }, (_, n) => fit[(start + n) % fit.length]);
  }).filter((dish) => dish !== undefined);
}

/** What became of an order by now. */
function whatBecame(
  random: Random,
  community: Community,
  { elder, actor }: Diner,
  sitting: SittingRecord,
  order: OrderRecord,
): OrderRecord {
  const { now, staff } = community;
  const [fate, when, how] = [random.next(), random.next(), random.next()];
  const off = takenOff(elder, order.date, community);
  if (off) return sure(cancelled(order, SYSTEM, later(order, off.at), off.reason));
  const placedAt = Date.parse(order.steps[0]?.at ?? now);
  const changedUntil = Date.parse(noLaterThan(now, sitting.closesAt));
  if (fate < CANCELLED) {
    const at = toInstant(placedAt + Math.floor(when * Math.max(0, changedUntil - placedAt)));
    return sure(cancelled(order, actor, at));
  }
  if (fate >= 1 - (1 - CANCELLED) * MISSED_OF_THE_REST) {
    return sitting.settledAt === null ? order : missed(order, sitting.settledAt);
  }
  const [from, until] = [order.slot.from, order.slot.until].map((time) => Date.parse(instantInChina(order.date, time)));
  const at = toInstant((from ?? 0) + Math.floor(when * ((until ?? 0) - (from ?? 0))));
  if (at > now) return order;
  return sure(served(order, staff.canteen, at, how < 0.35 ? 'qr' : how < 0.6 ? 'phone-tail' : 'name'));
}

/** No step comes before the one that placed the order. */
const later = (order: OrderRecord, at: Instant): Instant => {
  const placed = order.steps[0]?.at ?? at;
  return at > placed ? at : placed;
};

/** A transition that a placed order always allows: a refusal is a fault of the town, not of anybody in it. */
function sure(next: ReturnType<typeof cancelled>): OrderRecord {
  if (isRefusal(next)) throw new Error(`an order of the town was refused: ${next.refused}`);
  return next;
}
