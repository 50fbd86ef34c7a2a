import type { OrderRecord } from './order.ts';

type Meal = Pick<OrderRecord, 'orderId' | 'state' | 'endsAt'>;

/**
 * How many meals running were missed up to this one, which was: back to the last one that was eaten. Cancelled ones do not count
 * either way. One whose sitting is over and is not settled yet was not eaten so far, and counts.
 */
export function missedRunning(missed: Meal, orders: readonly Meal[]): number {
  const earlier = orders
    .filter(
      ({ orderId, endsAt, state }) => orderId !== missed.orderId && endsAt <= missed.endsAt && state !== 'cancelled',
    )
    .sort((a, b) => (a.endsAt < b.endsAt ? 1 : -1));
  const eaten = earlier.findIndex(({ state }) => state === 'served');
  return 1 + (eaten === -1 ? earlier.length : eaten);
}
