import type { MealOrderView } from '../../shared/contracts/meal-orders.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Instant } from '../../shared/values/dates.ts';
import { mayActFor } from '../elders/elder-record.ts';
import type { Answer } from '../platform/endpoint.ts';
import { pause, transact } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import type { MealDeps } from './deps.ts';
import { orderInMonth, putMealMonth, withoutMeal } from './meal-month.ts';
import { type Actor, cancelled, orderView, refuseLate } from './order.ts';
import { givePlaceBack, type OrderContext, putNextOrder, readOrder, readOrderContext } from './order-store.ts';

export interface Cancelling {
  readonly orderId: string;
  readonly actor: Actor;
  readonly now: Instant;
  readonly reason?: string | undefined;
}

/** How often a request is judged anew because somebody else's write came between. */
const ROUNDS = 8;

/**
 * Cancels an order: its place in the slot and the elder's sitting are free again in the same transaction. Cancelling again
 * gets the same answer. After closing time it takes staff and a reason.
 *
 * Refuses: see `mealRoutes.cancelMealOrder`.
 */
export async function cancelOrder(
  deps: MealDeps,
  who: Who,
  cancelling: Omit<Cancelling, 'actor'>,
): Promise<Answer<MealOrderView>> {
  return cancel(deps, { ...cancelling, actor: who }, ({ elder, order }) => {
    if (!elder || !order) return refuse('not-found');
    if (!mayActFor(who, elder)) return refuse('forbidden');
    if (order.state === 'cancelled') return undefined;
    return refuseLate(order, who, cancelling.now, cancelling.reason);
  });
}

/** The same for the system, whenever it is: because the elder died or is away, or a standing order was stopped. */
export async function cancel(
  deps: MealDeps,
  { orderId, actor, now, reason }: Cancelling,
  refuseCaller: (context: OrderContext) => Refusal | undefined = () => undefined,
): Promise<Answer<MealOrderView>> {
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await pause(round);
    const known = await readOrder(deps, orderId);
    if (!known) return refuse('not-found');
    const context = await readOrderContext(deps, known);
    const refused = refuseCaller(context);
    if (refused) return refused;
    const { order, month } = context;
    if (!order) return refuse('not-found');
    if (order.state === 'cancelled') return { replayed: orderView(order) };
    const next = cancelled(order, actor, now, reason);
    if (isRefusal(next)) return next;
    const outcome = await transact(deps.db, [
      putNextOrder(deps.mealsTable, next),
      givePlaceBack(deps.mealsTable, order),
      ...(orderInMonth(month, order.date, order.sitting) === orderId
        ? [putMealMonth(deps.mealsTable, withoutMeal(month, order.date, order.sitting))]
        : []),
    ]);
    if (outcome.committed) return orderView(next);
    if ('busy' in outcome) return refuse('busy');
  }
  return refuse('busy');
}
