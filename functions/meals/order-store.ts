import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { SittingName } from '../../shared/contracts/canteens.ts';
import type { IsoDate } from '../../shared/values/dates.ts';
import { ElderRecord, elderKey } from '../elders/elder-record.ts';
import { batchGet } from '../platform/batch-get.ts';
import type { Step } from '../platform/transact.ts';
import type { MealDeps } from './deps.ts';
import { mealMonthKey, orderKey, sittingKey, slotKey } from './keys.ts';
import { emptyMonth, MealMonth } from './meal-month.ts';
import { OrderRecord, orderItem } from './order.ts';
import { SittingRecord } from './sitting.ts';

/** All that a write of an order is judged by, as read in one consistent batch. */
export interface OrderContext {
  readonly elder: ElderRecord | undefined;
  readonly sitting: SittingRecord | undefined;
  readonly month: MealMonth;
  readonly order: OrderRecord | undefined;
}

export interface OrderPlace {
  readonly orderId: string;
  readonly elderId: string;
  readonly canteenId: string;
  readonly date: IsoDate;
  readonly sitting: SittingName;
}

export async function readOrderContext(
  { db, mealsTable, eldersTable }: MealDeps,
  place: OrderPlace,
): Promise<OrderContext> {
  const { [mealsTable]: meals = [], [eldersTable]: elders = [] } = await batchGet(db, {
    [mealsTable]: [
      orderKey(place.orderId),
      sittingKey(place.canteenId, place.date, place.sitting),
      mealMonthKey(place.elderId, place.date),
    ],
    [eldersTable]: [elderKey(place.elderId)],
  });
  const bySort = (prefix: string) => meals.find((item) => String(item.sk).startsWith(prefix));
  const [sitting, month, order] = [bySort('SITTING#'), bySort('MONTH#'), bySort('ORDER')];
  return {
    elder: elders[0] && ElderRecord.parse(elders[0]),
    sitting: sitting && SittingRecord.parse(sitting),
    month: month ? MealMonth.parse(month) : emptyMonth(place.elderId, place.date),
    order: order && OrderRecord.parse(order),
  };
}

export async function readOrder({ db, mealsTable }: MealDeps, orderId: string): Promise<OrderRecord | undefined> {
  const { Item } = await db.send(
    new GetCommand({ TableName: mealsTable, Key: orderKey(orderId), ConsistentRead: true }),
  );
  return Item && OrderRecord.parse(Item);
}

/** Puts a new order; fails, telling the one that is there, when the id is taken. */
export const putNewOrder = (table: string, order: OrderRecord): Step<'order'> => ({
  step: 'order',
  Put: {
    TableName: table,
    Item: orderItem(order),
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

/** Puts the next revision of an order over the one that was read. */
export const putNextOrder = (table: string, order: OrderRecord): Step<'order'> => ({
  step: 'order',
  Put: {
    TableName: table,
    Item: orderItem(order),
    ConditionExpression: 'rev = :read',
    ExpressionAttributeValues: { ':read': order.rev - 1 },
  },
});

type SlotOf = Pick<OrderRecord, 'canteenId' | 'date' | 'sitting' | 'slot'>;
const slotKeyOf = ({ canteenId, date, sitting, slot }: SlotOf) => slotKey(canteenId, date, sitting, slot.slotId);

/** Takes one place of a slot; fails when it is full or closed. */
export const takePlace = (table: string, order: SlotOf): Step<'slot'> => ({
  step: 'slot',
  Update: {
    TableName: table,
    Key: slotKeyOf(order),
    UpdateExpression: 'SET taken = taken + :one',
    ConditionExpression: 'taken < #capacity AND isOpen = :true',
    ExpressionAttributeNames: { '#capacity': 'capacity' },
    ExpressionAttributeValues: { ':one': 1, ':true': true },
  },
});

/** Gives a place of a slot back. */
export const givePlaceBack = (table: string, order: SlotOf): Step<'place-given-back'> => ({
  step: 'place-given-back',
  Update: {
    TableName: table,
    Key: slotKeyOf(order),
    UpdateExpression: 'SET taken = taken - :one',
    ConditionExpression: 'taken > :zero',
    ExpressionAttributeValues: { ':one': 1, ':zero': 0 },
  },
});
