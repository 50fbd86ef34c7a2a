import * as z from 'zod/mini';
import type { Dish } from '../../shared/contracts/canteens.ts';
import { MealOrderView, type OrderState, type OrderStep } from '../../shared/contracts/meal-orders.ts';
import { Quote } from '../../shared/contracts/quote.ts';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import { dateInChina, type Instant } from '../../shared/values/dates.ts';
import type { Who } from '../platform/who.ts';
import { elderOrders, orderKey, sittingOrders } from './keys.ts';
import { isOver, isPastClosing, type SittingRecord } from './sitting.ts';

const QuoteText = z.pipe(
  z.string(),
  z.pipe(
    z.transform((text: string): unknown => JSON.parse(text)),
    Quote,
  ),
);

/**
 * An order as it is stored: the view, and what nobody needs to see. The quote is kept whole, as text: its reasons are many small
 * strings, and as attributes they would be most of what an order costs to write.
 */
export const OrderRecord = z.object({
  ...MealOrderView.shape,
  quote: QuoteText,
  /** The community of the canteen. */
  area: z.string(),
  /** The end of the sitting. */
  endsAt: z.string(),
  /** SHA-256 of what was asked: tells a repeated request from another one under the same id. */
  fingerprint: z.string(),
  /** The same of the last change: tells its repeat. */
  lastChange: z.optional(z.string()),
});
export type OrderRecord = z.infer<typeof OrderRecord>;

export const orderItem = (order: OrderRecord) => ({
  ...orderKey(order.orderId),
  gsi1pk: sittingOrders(order.canteenId, order.date, order.sitting),
  gsi1sk: `${order.slot.slotId}#${order.orderId}`,
  gsi2pk: elderOrders(order.elderId),
  gsi2sk: `${order.date}#${order.sitting}#${order.orderId}`,
  ...order,
  quote: JSON.stringify(order.quote),
});

export const orderView = ({
  area: _area,
  endsAt: _endsAt,
  fingerprint: _print,
  lastChange: _change,
  ...view
}: OrderRecord): MealOrderView => view;

/** Who does something to an order: a person, or the system by a schedule or an event. */
export type Actor = Pick<Who, 'personId' | 'role'> | { readonly personId: string; readonly role: 'system' };
export const isStaff = (actor: Actor): boolean => actor.role === 'community-staff' || actor.role === 'district-staff';

export const stepOf = (what: OrderStep['what'], actor: Actor, at: Instant, reason?: string): OrderStep => ({
  at,
  what,
  personId: actor.personId,
  role: actor.role,
  ...(reason !== undefined && { reason }),
});

/**
 * Whether an order may still be made, changed or cancelled: until closing time by all; after it by staff with a reason, until
 * the sitting ends.
 */
export function refuseLate(
  sitting: Pick<SittingRecord, 'closesAt' | 'endsAt'>,
  actor: Actor,
  now: Instant,
  reason: string | undefined,
): Refusal | undefined {
  if (!isPastClosing(sitting, now)) return undefined;
  if (!isStaff(actor) || isOver(sitting, now)) return refuse('past-closing-time', [{ message: sitting.closesAt }]);
  return reason === undefined ? refuse('reason-required') : undefined;
}

/** Why an order in this state cannot be changed or cancelled; undefined when it can. */
export function refuseSettled(state: OrderState): Refusal | undefined {
  if (state === 'cancelled') return refuse('already-cancelled');
  return state === 'placed' ? undefined : refuse('already-served');
}

const advance = (order: OrderRecord, state: OrderState, step: OrderStep): OrderRecord => ({
  ...order,
  state,
  steps: [...order.steps, step],
  rev: order.rev + 1,
});

/** Cancels a live order. The caller has judged the time. */
export function cancelled(order: OrderRecord, actor: Actor, now: Instant, reason?: string): OrderRecord | Refusal {
  return refuseSettled(order.state) ?? advance(order, 'cancelled', stepOf('cancelled', actor, now, reason));
}

/** Checks in on the meal's own day; somebody marked as missed who comes after all is served. */
export function served(order: OrderRecord, actor: Actor, now: Instant, by: string): OrderRecord | Refusal {
  if (order.state === 'cancelled') return refuse('already-cancelled');
  if (order.date !== dateInChina(now)) return refuse('wrong-day', [{ message: order.date }]);
  if (order.state === 'served') return order;
  return advance(order, 'served', stepOf('served', actor, now, by));
}

/** Takes a mistaken check-in back, on the same day. */
export function checkInUndone(order: OrderRecord, actor: Actor, now: Instant): OrderRecord | Refusal {
  if (order.state !== 'served') return refuse('not-served');
  if (order.date !== dateInChina(now)) return refuse('wrong-day', [{ message: order.date }]);
  return advance(order, 'placed', stepOf('check-in-undone', actor, now));
}

/** Marks a live order whose sitting is over and whose elder did not come. */
export const missed = (order: OrderRecord, now: Instant): OrderRecord =>
  advance(order, 'missed', stepOf('missed', SYSTEM, now));

export const SYSTEM = { personId: 'system', role: 'system' } as const;

export const chosenDishes = (dishes: readonly Dish[]) =>
  dishes.map(({ dishId, name, course }) => ({ dishId, name, course }));
