import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';

/** The table that alerts own. */
export interface AlertsTable {
  readonly db: DynamoDBDocumentClient;
  readonly alertsTable: string;
}

type Key = { readonly pk: string; readonly sk: string };
type Item = Record<string, unknown>;

/** Reads one item, consistently. */
export async function readItem({ db, alertsTable }: AlertsTable, Key: Key): Promise<Item | undefined> {
  const { Item } = await db.send(new GetCommand({ TableName: alertsTable, Key, ConsistentRead: true }));
  return Item;
}

/** Changes one item and answers it as it is now; undefined when its condition failed. */
export async function updateItem(
  { db, alertsTable }: AlertsTable,
  Key: Key,
  update: Omit<UpdateCommandInput, 'TableName' | 'Key'>,
): Promise<Item | undefined> {
  try {
    const { Attributes } = await db.send(
      new UpdateCommand({ TableName: alertsTable, Key, ReturnValues: 'ALL_NEW', ...update }),
    );
    return Attributes ?? {};
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

/**
 * An update that makes an item hold exactly these attributes, besides those that are not named: what is undefined is removed.
 * Names are escaped, so that any attribute can be named.
 */
export function settingAll(attributes: Readonly<Record<string, unknown>>) {
  const entries = Object.entries(attributes);
  const set = entries.filter(([, value]) => value !== undefined);
  const gone = entries.filter(([, value]) => value === undefined);
  const names = Object.fromEntries(entries.map(([name]) => [`#${name}`, name]));
  return {
    set: set.map(([name]) => `#${name} = :${name}`).join(', '),
    remove: gone.map(([name]) => `#${name}`),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
  };
}
