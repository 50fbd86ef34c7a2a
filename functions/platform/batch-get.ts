import { BatchGetCommand, type BatchGetCommandOutput, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

type Key = { readonly pk: string; readonly sk: string };

/** BatchGetItem takes at most 100 keys. */
const MOST_KEYS = 100;
const ROUNDS = 6;

/** Reads any number of items of one table, consistently, in no order; those that do not exist are left out. No key twice. */
export async function batchGetAll(
  db: DynamoDBDocumentClient,
  table: string,
  keys: readonly Key[],
): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for (let from = 0; from < keys.length; from += MOST_KEYS) {
    let Keys: Record<string, unknown>[] = keys.slice(from, from + MOST_KEYS);
    for (let round = 0; Keys.length > 0; round++) {
      if (round === ROUNDS) throw new Error(`${Keys.length} items of ${table} stayed unread after ${ROUNDS} rounds`);
      if (round > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** round));
      const reply: BatchGetCommandOutput = await db.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
      );
      found.push(...(reply.Responses?.[table] ?? []));
      Keys = reply.UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }
  return found;
}
