import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { SittingName } from '../../shared/contracts/canteens.ts';
import type { MealOrderView } from '../../shared/contracts/meal-orders.ts';
import { refuse } from '../../shared/contracts/refusal.ts';
import type { IsoDate } from '../../shared/values/dates.ts';
import { ElderRecord, elderKey, mayActFor } from '../elders/elder-record.ts';
import { batchGetAll } from '../platform/batch-get.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import type { Answer } from '../platform/endpoint.ts';
import type { Who } from '../platform/who.ts';
import { mayRun } from './canteen.ts';
import { queryAll } from './canteen-store.ts';
import type { MealDeps } from './deps.ts';
import { elderOrders, orderKey, sittingOrders } from './keys.ts';
import { OrderRecord, orderView } from './order.ts';
import { readOrder } from './order-store.ts';
import { readElder } from './standing-order-store.ts';

/** One order, for whoever may act for its elder or runs its canteen. */
export async function getOrder(deps: MealDeps, who: Who, orderId: string): Promise<Answer<MealOrderView>> {
  const order = await readOrder(deps, orderId);
  if (!order) return refuse('not-found');
  if (who.role === 'canteen-staff') return mayRun(who, order) ? orderView(order) : refuse('forbidden');
  const elder = await readElder(deps, order.elderId);
  return elder && mayActFor(who, elder) ? orderView(order) : refuse('forbidden');
}

const rangeOfElder = (mealsTable: string, elderId: string, from: IsoDate, to: IsoDate) => ({
  TableName: mealsTable,
  IndexName: 'gsi2',
  KeyConditionExpression: 'gsi2pk = :elder AND gsi2sk BETWEEN :from AND :to',
  ExpressionAttributeValues: { ':elder': elderOrders(elderId), ':from': from, ':to': `${to}#~` },
});

/** All orders of an elder from one day to another, both included. */
export async function ordersOfElder(
  { db, mealsTable }: MealDeps,
  elderId: string,
  from: IsoDate,
  to: IsoDate,
): Promise<OrderRecord[]> {
  const items = await queryAll(db, rangeOfElder(mealsTable, elderId, from, to));
  return items.map((item) => OrderRecord.parse(item));
}

const PAGE = 30;

/** Where a page of an elder's orders can end: inside the days that are asked for. */
const pageEnd = (elderId: string, from: IsoDate, to: IsoDate) =>
  z.strictObject({
    pk: z.string().check(z.startsWith('ORDER#')),
    sk: z.literal('ORDER'),
    gsi2pk: z.literal(elderOrders(elderId)),
    gsi2sk: z.string().check(z.refine((key) => key >= from && key <= `${to}#~`)),
  });

/** The same, a page at a time, newest day first. */
export async function listOrdersOfElder(
  deps: MealDeps,
  who: Who,
  { elderId, from, to, cursor }: { elderId: string; from: IsoDate; to: IsoDate; cursor?: string | undefined },
): Promise<Answer<{ orders: MealOrderView[]; cursor?: string }>> {
  const elder = await readElder(deps, elderId);
  if (!elder) return refuse('not-found');
  if (!mayActFor(who, elder)) return refuse('forbidden');
  if (from > to) return refuse('invalid-request', [{ path: 'query.to', message: 'ends before it starts' }]);
  const start = decodeCursor(cursor, pageEnd(elderId, from, to));
  if (start === 'unreadable') return refuse('invalid-request', [{ path: 'query.cursor' }]);
  const { Items = [], LastEvaluatedKey } = await deps.db.send(
    new QueryCommand({
      ...rangeOfElder(deps.mealsTable, elderId, from, to),
      ScanIndexForward: false,
      Limit: PAGE,
      ExclusiveStartKey: start,
    }),
  );
  return {
    orders: Items.map((item) => orderView(OrderRecord.parse(item))),
    ...(LastEvaluatedKey && { cursor: encodeCursor(LastEvaluatedKey) }),
  };
}

export async function ordersOfSitting(
  { db, mealsTable }: Pick<MealDeps, 'db' | 'mealsTable'>,
  canteenId: string,
  date: IsoDate,
  sitting: SittingName,
): Promise<OrderRecord[]> {
  const items = await queryAll(db, {
    TableName: mealsTable,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :sitting',
    ExpressionAttributeValues: { ':sitting': sittingOrders(canteenId, date, sitting) },
  });
  return items.map((item) => OrderRecord.parse(item));
}

/** The elders of these orders as they are now, by id. */
export async function eldersOf(
  { db, eldersTable }: MealDeps,
  orders: readonly OrderRecord[],
): Promise<ReadonlyMap<string, ElderRecord>> {
  const ids = [...new Set(orders.map(({ elderId }) => elderId))];
  const items = await batchGetAll(db, eldersTable, ids.map(elderKey));
  return new Map(items.map((item) => ElderRecord.parse(item)).map((elder) => [elder.elderId, elder]));
}

/** The same orders as the table has them now: an index may lag behind. */
export async function rereadOrders(
  { db, mealsTable }: MealDeps,
  orders: readonly OrderRecord[],
): Promise<OrderRecord[]> {
  const items = await batchGetAll(
    db,
    mealsTable,
    orders.map(({ orderId }) => orderKey(orderId)),
  );
  return items.map((item) => OrderRecord.parse(item));
}
