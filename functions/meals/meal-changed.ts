import { addDays } from '../../shared/values/dates.ts';
import type { ItemChange } from '../platform/consumer.ts';
import type { PublishEvent } from '../platform/domain-events.ts';
import { readSitting } from './canteen-store.ts';
import type { MealDeps } from './deps.ts';
import { missedRunning } from './missed-running.ts';
import { OrderRecord } from './order.ts';
import { ordersOfElder, rereadOrders } from './order-queries.ts';
import { writeFigures } from './settle-sittings.ts';

/** A change may be stamped a moment before it is committed, by a clock that is a little wrong. */
const LATE_MS = 5 * 60 * 1000;

/** Meals further apart than this are not running. */
const LOOK_BACK_DAYS = 31;

/** The elder's orders of the last weeks, as they are now. */
async function ordersBefore(deps: MealDeps, { elderId, date }: OrderRecord): Promise<OrderRecord[]> {
  return rereadOrders(deps, await ordersOfElder(deps, elderId, addDays(date, -LOOK_BACK_DAYS), date));
}

/** What follows from a change of an order. Bears repeats: a consumer of `meal-missed` tells repeats by the order's id. */
export async function mealChanged(
  deps: MealDeps,
  publish: PublishEvent,
  { key, before, after }: ItemChange,
): Promise<void> {
  if (key.sk !== 'ORDER' || !after) return;
  const order = OrderRecord.parse(after);
  const was = before && OrderRecord.parse(before);
  if (was?.state === order.state) return;
  if (order.state === 'missed') {
    const { orderId, elderId, canteenId, date, sitting } = order;
    await publish({
      type: 'meal-missed',
      orderId,
      elderId,
      canteenId,
      date,
      sitting,
      running: missedRunning(order, await ordersBefore(deps, order)),
      at: order.steps.at(-1)?.at ?? order.endsAt,
    });
    return;
  }
  // Nothing to count anew while the sitting cannot have been settled: that spares most orders a read.
  const changedAt = order.steps.at(-1)?.at ?? order.endsAt;
  if (Date.parse(changedAt) < Date.parse(order.endsAt) - LATE_MS) return;
  const sitting = await readSitting(deps, order.canteenId, order.date, order.sitting);
  if (sitting && sitting.settledAt !== null) await writeFigures(deps, sitting);
}
