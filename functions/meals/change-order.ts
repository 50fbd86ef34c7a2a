import type { ChangeMealOrder, MealOrderView } from '../../shared/contracts/meal-orders.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Instant } from '../../shared/values/dates.ts';
import { elderUnchanged, mayActFor } from '../elders/elder-record.ts';
import type { Answer } from '../platform/endpoint.ts';
import { fingerprintOf } from '../platform/fingerprint.ts';
import { pause, type Step, transact } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import type { MealDeps } from './deps.ts';
import { putMealMonth, usageOf, withMeal } from './meal-month.ts';
import { chosenDishes, isStaff, type OrderRecord, orderView, refuseLate, refuseSettled, stepOf } from './order.ts';
import {
  givePlaceBack,
  type OrderContext,
  putNextOrder,
  readOrder,
  readOrderContext,
  takePlace,
} from './order-store.ts';
import { priceOf, refuseEater, subsidyOf } from './price-order.ts';
import { dietClashes, dishesChosen } from './sitting.ts';

/** How often a request is judged anew because somebody else's write came between. */
const ROUNDS = 8;

/**
 * Changes slot, dishes, way of eating or note of a live order and prices it anew. `rev` is the revision that was seen: when it
 * has moved on the change is refused, unless it was this very change that moved it.
 *
 * Refuses: see `mealRoutes.changeMealOrder`.
 */
export async function changeOrder(
  deps: MealDeps,
  who: Who,
  { orderId, form, now }: { orderId: string; form: ChangeMealOrder; now: Instant },
): Promise<Answer<MealOrderView>> {
  const change = fingerprintOf(form);
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await pause(round);
    const known = await readOrder(deps, orderId);
    if (!known) return refuse('not-found');
    const context = await readOrderContext(deps, known);
    const { elder, order } = context;
    if (!elder || !order) return refuse('not-found');
    if (!mayActFor(who, elder)) return refuse('forbidden');
    if (order.rev === form.rev + 1 && order.lastChange === change) return { replayed: orderView(order) };
    if (order.rev !== form.rev) return refuse('rev-stale', [{ path: 'body.rev', message: String(order.rev) }]);
    const next = changedOrder(deps, context, { order, form, who, now, change });
    if (isRefusal(next)) return next;
    const moved = next.slot.slotId !== order.slot.slotId;
    const steps: Step<'order' | 'slot' | 'place-given-back' | 'month' | 'elder'>[] = [
      putNextOrder(deps.mealsTable, next),
      ...(moved ? [takePlace(deps.mealsTable, next), givePlaceBack(deps.mealsTable, order)] : []),
      putMealMonth(
        deps.mealsTable,
        withMeal(context.month, order.date, order.sitting, { orderId, subsidy: subsidyOf(next.quote) }),
      ),
      elderUnchanged(deps.eldersTable, elder),
    ];
    const outcome = await transact(deps.db, steps);
    if (outcome.committed) return orderView(next);
    if ('busy' in outcome) return refuse('busy');
    if (outcome.failed.size === 1 && outcome.failed.has('slot')) return refuse('slot-full');
  }
  return refuse('busy');
}

/** The order after the change, or why not. Pure. */
function changedOrder(
  { policies }: Pick<MealDeps, 'policies'>,
  { elder, sitting, month }: OrderContext,
  {
    order,
    form,
    who,
    now,
    change,
  }: { order: OrderRecord; form: ChangeMealOrder; who: Who; now: Instant; change: string },
): OrderRecord | Refusal {
  if (!elder || !sitting) return refuse('sitting-not-open');
  const refused =
    refuseSettled(order.state) ?? refuseEater(elder, sitting) ?? refuseLate(sitting, who, now, form.reason);
  if (refused) return refused;
  const slotId = form.slotId ?? order.slot.slotId;
  const slot = sitting.slots.find((each) => each.slotId === slotId);
  if (!slot) return refuse('slot-unknown');
  const dishes = dishesChosen(sitting, form.dishIds ?? order.dishes.map(({ dishId }) => dishId));
  if (isRefusal(dishes)) return dishes;
  const clashes = dietClashes(dishes, elder);
  const known = form.dishIds === undefined && order.dietClashConfirmed;
  if (clashes.length > 0 && !known && !(isStaff(who) && form.confirmDietClash === true)) {
    return refuse(
      'diet-clash',
      clashes.map((clash) => ({ ...clash })),
    );
  }
  const eating = form.eating ?? order.eating;
  const quote = priceOf(policies, { elder, sitting, eating, usage: usageOf(month, order.date, order.orderId) });
  if (isRefusal(quote)) return quote;
  if (form.seenCopay !== undefined && form.seenCopay !== quote.shares.person) {
    return refuse('price-changed', [{ path: 'body.seenCopay', copay: quote.shares.person }]);
  }
  return {
    ...order,
    slot: { slotId: slot.slotId, from: slot.from, until: slot.until },
    eating,
    dishes: chosenDishes(dishes),
    ...(form.note !== undefined && { note: form.note }),
    quote,
    dietClashConfirmed: clashes.length > 0,
    closesAt: sitting.closesAt,
    endsAt: sitting.endsAt,
    steps: [...order.steps, stepOf('changed', who, now, form.reason)],
    lastChange: change,
    rev: order.rev + 1,
  };
}
