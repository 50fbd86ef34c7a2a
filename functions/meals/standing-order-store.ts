import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ElderRecord, elderToRead } from '../elders/elder-record.ts';
import { queryAll } from './canteen-store.ts';
import type { MealDeps } from './deps.ts';
import { standingOrderKey, standingOrdersAt } from './keys.ts';
import { StandingOrderRecord, standingOrderItem } from './standing-order.ts';

export async function readElder({ db, eldersTable }: MealDeps, elderId: string): Promise<ElderRecord | undefined> {
  const { Item } = await db.send(new GetCommand(elderToRead(eldersTable, elderId)));
  return Item && ElderRecord.parse(Item);
}

export async function readStandingOrder(
  { db, mealsTable }: MealDeps,
  elderId: string,
  standingOrderId: string,
): Promise<StandingOrderRecord | undefined> {
  const Key = standingOrderKey(elderId, standingOrderId);
  const { Item } = await db.send(new GetCommand({ TableName: mealsTable, Key, ConsistentRead: true }));
  return Item && StandingOrderRecord.parse(Item);
}

/** Writes a weekly order: a new one only where there is none. Tells whether it was written. */
export async function writeStandingOrder(
  { db, mealsTable }: MealDeps,
  standing: StandingOrderRecord,
  isNew: boolean,
): Promise<boolean> {
  try {
    await db.send(
      new PutCommand({
        TableName: mealsTable,
        Item: standingOrderItem(standing),
        ...(isNew && { ConditionExpression: 'attribute_not_exists(pk)' }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

export async function standingOrdersOfElder(
  { db, mealsTable }: MealDeps,
  elderId: string,
): Promise<StandingOrderRecord[]> {
  const items = await queryAll(db, {
    TableName: mealsTable,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
    ExpressionAttributeValues: { ':pk': `ELDER#${elderId}`, ':sk': 'STANDING#' },
    ConsistentRead: true,
  });
  return items.map((item) => StandingOrderRecord.parse(item));
}

export async function standingOrdersOfCanteen(
  { db, mealsTable }: MealDeps,
  canteenId: string,
): Promise<StandingOrderRecord[]> {
  const items = await queryAll(db, {
    TableName: mealsTable,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :pk',
    ExpressionAttributeValues: { ':pk': standingOrdersAt(canteenId) },
  });
  return items.map((item) => StandingOrderRecord.parse(item));
}
