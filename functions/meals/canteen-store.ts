import { type DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { SittingName } from '../../shared/contracts/canteens.ts';
import { communityOf, districtOf } from '../../shared/values/areas.ts';
import type { IsoDate } from '../../shared/values/dates.ts';
import { batchGetAll } from '../platform/batch-get.ts';
import { CanteenRecord } from './canteen.ts';
import type { MealDeps } from './deps.ts';
import { canteenKey, sittingKey, slotKey } from './keys.ts';
import { SittingRecord, type Taken } from './sitting.ts';

type Table = Pick<MealDeps, 'db' | 'mealsTable'>;

/** All items of a query, page by page. */
export async function queryAll(
  db: DynamoDBDocumentClient,
  input: Parameters<typeof paginateQuery>[1],
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for await (const page of paginateQuery({ client: db }, input)) items.push(...(page.Items ?? []));
  return items;
}

export async function readCanteen({ db, mealsTable }: Table, canteenId: string): Promise<CanteenRecord | undefined> {
  const { Item } = await db.send(
    new GetCommand({ TableName: mealsTable, Key: canteenKey(canteenId), ConsistentRead: true }),
  );
  return Item && CanteenRecord.parse(Item);
}

/** The canteens inside an area of district level or below. */
export async function canteensIn({ db, mealsTable }: Table, area: string): Promise<CanteenRecord[]> {
  const items = await queryAll(db, {
    TableName: mealsTable,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :district AND begins_with(gsi1sk, :community)',
    ExpressionAttributeValues: { ':district': `CANTEENS#${districtOf(area)}`, ':community': communityOf(area) },
  });
  return items.map((item) => CanteenRecord.parse(item));
}

/** Every district that has a canteen. */
export async function districtsWithCanteens({ db, mealsTable }: Table): Promise<string[]> {
  const items = await queryAll(db, {
    TableName: mealsTable,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': 'DISTRICTS' },
  });
  return items.map((item) => String(item.sk));
}

export async function readSitting(
  { db, mealsTable }: Table,
  canteenId: string,
  date: IsoDate,
  sitting: SittingName,
): Promise<SittingRecord | undefined> {
  const { Item } = await db.send(
    new GetCommand({ TableName: mealsTable, Key: sittingKey(canteenId, date, sitting), ConsistentRead: true }),
  );
  return Item && SittingRecord.parse(Item);
}

/** The sittings of a canteen from one day to another, both included, by day. */
export async function sittingsBetween(
  { db, mealsTable }: Table,
  canteenId: string,
  from: IsoDate,
  to: IsoDate,
): Promise<SittingRecord[]> {
  const items = await queryAll(db, {
    TableName: mealsTable,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': canteenKey(canteenId).pk,
      ':from': `SITTING#${from}`,
      ':to': `SITTING#${to}#~`,
    },
  });
  return items.map((item) => SittingRecord.parse(item));
}

/** How many meals of each slot are taken, for each of the sittings. */
export async function takenOf({ db, mealsTable }: Table, sittings: readonly SittingRecord[]): Promise<Taken[]> {
  const keys = sittings.flatMap(({ canteenId, date, sitting, slots }) =>
    slots.map(({ slotId }) => slotKey(canteenId, date, sitting, slotId)),
  );
  const items = await batchGetAll(db, mealsTable, keys);
  const taken = new Map(items.map((item) => [String(item.pk), Number(item.taken)]));
  return sittings.map(
    ({ canteenId, date, sitting, slots }) =>
      new Map(slots.map(({ slotId }) => [slotId, taken.get(slotKey(canteenId, date, sitting, slotId).pk) ?? 0])),
  );
}
