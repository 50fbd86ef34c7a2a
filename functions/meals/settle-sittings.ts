import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { addDays, dateInChina, type Instant } from '../../shared/values/dates.ts';
import { isPausedOn } from '../elders/elder-record.ts';
import { inParallel } from '../platform/in-parallel.ts';
import { transact } from '../platform/transact.ts';
import { cancel } from './cancel-order.ts';
import { canteensIn, districtsWithCanteens, sittingsBetween } from './canteen-store.ts';
import type { MealDeps } from './deps.ts';
import { figuresItem, figuresOf } from './figures.ts';
import { sittingKey } from './keys.ts';
import { missed, type OrderRecord, SYSTEM } from './order.ts';
import { eldersOf, ordersOfSitting, rereadOrders } from './order-queries.ts';
import { putNextOrder } from './order-store.ts';
import { isOver, type SittingRecord } from './sitting.ts';

const PARALLEL = 16;
/** A sitting that could not be settled on its day is caught up with for this long. */
const CATCH_UP_DAYS = 7;

/** Settles every sitting that is over: marks who did not come, then writes its figures. Running it again changes nothing. */
export async function settleAll(deps: MealDeps, now: Instant): Promise<{ settled: number; missed: number }> {
  const sum = { settled: 0, missed: 0 };
  const today = dateInChina(now);
  for (const district of await districtsWithCanteens(deps)) {
    for (const { canteenId } of await canteensIn(deps, district)) {
      const sittings = await sittingsBetween(deps, canteenId, addDays(today, -CATCH_UP_DAYS), today);
      for (const sitting of sittings) {
        if (sitting.settledAt !== null || !isOver(sitting, now)) continue;
        sum.missed += await settle(deps, sitting, now);
        sum.settled += 1;
      }
    }
  }
  return sum;
}

/** Marks the no-shows of one sitting that is over and writes its figures. Answers how many had not come. */
export async function settle(deps: MealDeps, sitting: SittingRecord, now: Instant): Promise<number> {
  const orders = await ordersOfSitting(deps, sitting.canteenId, sitting.date, sitting.sitting);
  const waiting = orders.filter(({ state }) => state === 'placed');
  const elders = await eldersOf(deps, waiting);
  let count = 0;
  await inParallel(PARALLEL, waiting, async (order) => {
    const elder = elders.get(order.elderId);
    if (!elder || elder.diedOn !== null || isPausedOn(elder, order.date)) {
      await cancel(deps, { orderId: order.orderId, actor: SYSTEM, now, reason: 'elder died or was away' });
      return;
    }
    const outcome = await transact(deps.db, [putNextOrder(deps.mealsTable, missed(order, now))]);
    if (outcome.committed) count += 1;
  });
  await writeFigures(deps, sitting, orders);
  await deps.db.send(
    new UpdateCommand({
      TableName: deps.mealsTable,
      Key: sittingKey(sitting.canteenId, sitting.date, sitting.sitting),
      UpdateExpression: 'SET settledAt = :now',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':now': now },
    }),
  );
  return count;
}

/** Counts the sitting anew from its orders as they are, read consistently, and writes its figures. */
export async function writeFigures(
  deps: MealDeps,
  sitting: SittingRecord,
  known?: readonly OrderRecord[],
): Promise<void> {
  const { canteenId, date, sitting: name } = sitting;
  const orders = await rereadOrders(deps, known ?? (await ordersOfSitting(deps, canteenId, date, name)));
  await deps.db.send(new PutCommand({ TableName: deps.mealsTable, Item: figuresItem(figuresOf(sitting, orders)) }));
}
