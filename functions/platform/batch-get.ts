import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { pause } from './transact.ts';

type Key = { readonly pk: string; readonly sk: string };
type Item = Record<string, unknown>;

/** BatchGetItem takes at most 100 keys. */
const MOST_KEYS = 100;
const ROUNDS = 6;

/**
 * Reads up to 100 items of several tables in one consistent batch, by table and in no order; those that do not exist are left
 * out. No key twice. What the database leaves unread is asked for again.
 */
export async function batchGet(
  db: DynamoDBDocumentClient,
  keys: Readonly<Record<string, readonly Key[]>>,
): Promise<Readonly<Record<string, Item[]>>> {
  const found: Record<string, Item[]> = {};
  let ask: BatchGetCommandInput['RequestItems'] = Object.fromEntries(
    Object.entries(keys).map(([table, ofTable]) => [table, { Keys: [...ofTable], ConsistentRead: true }]),
  );
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await pause(round);
    const reply: BatchGetCommandOutput = await db.send(new BatchGetCommand({ RequestItems: ask }));
    for (const [table, items] of Object.entries(reply.Responses ?? {}))
      found[table] = [...(found[table] ?? []), ...items];
    ask = reply.UnprocessedKeys ?? {};
    if (Object.keys(ask).length === 0) return found;
  }
  throw new Error(`items of ${Object.keys(ask ?? {}).join(', ')} stayed unread after ${ROUNDS} rounds`);
}

/** Reads any number of items of one table, consistently, in no order; those that do not exist are left out. No key twice. */
export async function batchGetAll(db: DynamoDBDocumentClient, table: string, keys: readonly Key[]): Promise<Item[]> {
  const found: Item[] = [];
  for (let from = 0; from < keys.length; from += MOST_KEYS) {
    const read = await batchGet(db, { [table]: keys.slice(from, from + MOST_KEYS) });
    found.push(...(read[table] ?? []));
  }
  return found;
}
