import type { MealOrderView, PlaceMealOrder } from '../../shared/contracts/meal-orders.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Instant } from '../../shared/values/dates.ts';
import { elderUnchanged, mayActFor } from '../elders/elder-record.ts';
import type { Answer } from '../platform/endpoint.ts';
import { fingerprintOf } from '../platform/fingerprint.ts';
import { pause, transact } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import type { MealDeps } from './deps.ts';
import { orderInMonth, putMealMonth, usageOf, withMeal } from './meal-month.ts';
import { type Actor, chosenDishes, isStaff, OrderRecord, orderView, refuseLate, stepOf } from './order.ts';
import { type OrderContext, putNewOrder, readOrderContext, takePlace } from './order-store.ts';
import { priceOf, refuseEater, subsidyOf } from './price-order.ts';
import { dietClashes, dishesChosen } from './sitting.ts';

export interface Placing {
  readonly orderId: string;
  readonly form: PlaceMealOrder;
  readonly actor: Actor;
  readonly now: Instant;
  readonly standingOrderId?: string;
}

/** How often a request is judged anew because somebody else's write came between. */
const ROUNDS = 8;

/**
 * Orders a meal. One read batch, one transaction: the order, a place in its slot, the elder's month (one live order for each
 * sitting, limits) and the condition that the elder has not changed stand or fall together. When elder or month changed in
 * between, it is read and judged anew.
 *
 * Refuses: see `mealRoutes.placeMealOrder`.
 */
export async function placeOrder(
  deps: MealDeps,
  who: Who,
  request: Omit<Placing, 'actor'>,
): Promise<Answer<MealOrderView>> {
  return place(deps, { ...request, actor: who }, (context) =>
    context.elder && mayActFor(who, context.elder) ? undefined : refuse(context.elder ? 'forbidden' : 'not-found'),
  );
}

/** The same for a caller whose right was judged elsewhere: the run that fills standing orders. */
export async function place(
  deps: MealDeps,
  placing: Placing,
  refuseCaller: (context: OrderContext) => Refusal | undefined = () => undefined,
): Promise<Answer<MealOrderView>> {
  const { orderId, form } = placing;
  const fingerprint = fingerprintOf(form);
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await pause(round);
    const context = await readOrderContext(deps, { orderId, ...form });
    const refused = refuseCaller(context);
    if (refused) return refused;
    if (context.order) return sameOrReused(context.order, fingerprint);
    const order = newOrder(deps, context, placing, fingerprint);
    if (isRefusal(order)) return order;
    const { elder, month } = context;
    if (!elder) return refuse('not-found');
    const outcome = await transact(deps.db, [
      putNewOrder(deps.mealsTable, order),
      takePlace(deps.mealsTable, order),
      putMealMonth(
        deps.mealsTable,
        withMeal(month, form.date, form.sitting, { orderId, subsidy: subsidyOf(order.quote) }),
      ),
      elderUnchanged(deps.eldersTable, elder),
    ]);
    if (outcome.committed) return orderView(order);
    if ('busy' in outcome) return refuse('busy');
    const there = outcome.failed.get('order');
    if (there) return sameOrReused(OrderRecord.parse(there), fingerprint);
    if (!outcome.failed.has('month') && !outcome.failed.has('elder')) return refuse('slot-full');
  }
  return refuse('busy');
}

function sameOrReused(order: OrderRecord, fingerprint: string): Answer<MealOrderView> {
  return order.fingerprint === fingerprint ? { replayed: orderView(order) } : refuse('id-reused');
}

/** The order that these facts allow, or why not. Pure. */
export function newOrder(
  { policies }: Pick<MealDeps, 'policies'>,
  { elder, sitting, month }: OrderContext,
  { orderId, form, actor, now, standingOrderId }: Placing,
  fingerprint: string,
): OrderRecord | Refusal {
  if (!elder) return refuse('not-found');
  if (!sitting) return elder.diedOn === null ? refuse('sitting-not-open') : refuse('elder-died');
  const refused = refuseEater(elder, sitting) ?? refuseLate(sitting, actor, now, form.reason);
  if (refused) return refused;
  const slot = sitting.slots.find(({ slotId }) => slotId === form.slotId);
  if (!slot) return refuse('slot-unknown');
  const dishes = dishesChosen(sitting, form.dishIds);
  if (isRefusal(dishes)) return dishes;
  const clashes = dietClashes(dishes, elder);
  const confirmed = isStaff(actor) && form.confirmDietClash === true;
  if (clashes.length > 0 && !confirmed)
    return refuse(
      'diet-clash',
      clashes.map((clash) => ({ ...clash })),
    );
  const already = orderInMonth(month, form.date, form.sitting);
  if (already !== undefined) return refuse('already-ordered', [{ path: 'body.sitting', orderId: already }]);
  const quote = priceOf(policies, { elder, sitting, eating: form.eating, usage: usageOf(month, form.date) });
  if (isRefusal(quote)) return quote;
  if (form.seenCopay !== undefined && form.seenCopay !== quote.shares.person) {
    return refuse('price-changed', [{ path: 'body.seenCopay', copay: quote.shares.person }]);
  }
  return {
    orderId,
    elderId: elder.elderId,
    elderName: elder.name,
    canteenId: sitting.canteenId,
    canteenName: sitting.canteenName,
    date: sitting.date,
    sitting: sitting.sitting,
    slot: { slotId: slot.slotId, from: slot.from, until: slot.until },
    eating: form.eating,
    dishes: chosenDishes(dishes),
    ...(form.note !== undefined && { note: form.note }),
    state: 'placed',
    quote,
    dietClashConfirmed: clashes.length > 0,
    closesAt: sitting.closesAt,
    standingOrderId: standingOrderId ?? null,
    steps: [stepOf('placed', actor, now, form.reason)],
    rev: 1,
    area: sitting.area,
    endsAt: sitting.endsAt,
    fingerprint,
  };
}
