import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  ScanCommand,
  type ScanCommandOutput,
  type StreamViewType,
  type TableDescription,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { asArray, asObject, asText, type Json, type JsonObject } from './json.ts';
import { physicalName } from './resource-types.ts';
import type { Templates } from './template.ts';

export interface LocalTable {
  name: string;
  /** The address of its stream at the engine. */
  streamArn: string | undefined;
  /** The attribute that tells when an item expires, epoch seconds. */
  ttl: string | undefined;
  keys: string[];
}

/**
 * Creates the template's tables where they are missing, with their streams still closed. One that exists with other keys is
 * refused: its data would not fit.
 */
export async function createTables(db: DynamoDBClient, templates: Templates): Promise<void> {
  await Promise.all(
    templates.ofType('AWS::DynamoDB::Table').map(async (resource) => {
      const properties = templates.resolved(resource);
      const name = physicalName(resource);
      const existing = await describe(db, name);
      if (existing) refuseOtherShape(name, existing, properties);
      else await db.send(new CreateTableCommand(creation(name, properties)));
    }),
  );
}

/** Opens the streams that the template asks for, where they are not open already: no event follows from what was written before. */
export function openStreams(db: DynamoDBClient, templates: Templates): Promise<LocalTable[]> {
  return Promise.all(
    templates.ofType('AWS::DynamoDB::Table').map(async (resource) => {
      const properties = templates.resolved(resource);
      const TableName = physicalName(resource);
      const view = asObject(properties.StreamSpecification).StreamViewType as StreamViewType | undefined;
      if (view && (await describe(db, TableName))?.StreamSpecification?.StreamEnabled !== true) {
        const StreamSpecification = { StreamEnabled: true, StreamViewType: view };
        await db.send(new UpdateTableCommand({ TableName, StreamSpecification }));
      }
      const ttl = asObject(properties.TimeToLiveSpecification);
      return {
        name: TableName,
        streamArn: (await describe(db, TableName))?.LatestStreamArn,
        ttl: ttl.Enabled === true ? asText(ttl.AttributeName) : undefined,
        keys: asArray(properties.KeySchema).map((key) => asText(asObject(key).AttributeName)),
      };
    }),
  );
}

async function describe(db: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await db.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function creation(TableName: string, properties: JsonObject): CreateTableCommandInput {
  const indexes = (list: Json): Json =>
    asArray(list).map((index) => ({ ...asObject(index), ProvisionedThroughput: undefined }));
  // The template's property names are those of the API; the stream is opened afterwards.
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: properties.KeySchema,
    AttributeDefinitions: properties.AttributeDefinitions,
    ...(properties.GlobalSecondaryIndexes
      ? { GlobalSecondaryIndexes: indexes(properties.GlobalSecondaryIndexes) }
      : {}),
    ...(properties.LocalSecondaryIndexes ? { LocalSecondaryIndexes: properties.LocalSecondaryIndexes } : {}),
  } as unknown as CreateTableCommandInput;
}

function refuseOtherShape(name: string, existing: TableDescription, properties: JsonObject): void {
  const shape = (keys: unknown, indexes: unknown): string => {
    const list = asArray(indexes as Json).map((index) => ({
      name: asObject(index).IndexName,
      keys: asObject(index).KeySchema,
    }));
    return JSON.stringify([keys, list.sort((a, b) => asText(a.name).localeCompare(asText(b.name)))]);
  };
  const now = shape(existing.KeySchema, existing.GlobalSecondaryIndexes);
  const wanted = shape(properties.KeySchema, properties.GlobalSecondaryIndexes);
  if (now !== wanted) {
    throw new Error(
      `the data folder holds table ${name} with other keys than the template's: start over with --fresh, or choose another --data`,
    );
  }
}

/** How often expired items are looked for. DynamoDB itself promises no more than "within a few days". */
const SWEEP_EVERY_MS = 10 * 60 * 1000;

/** Deletes items whose time has passed, in small steps so that requests do not feel it. */
export async function sweepExpired(
  db: DynamoDBClient,
  tables: readonly LocalTable[],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(SWEEP_EVERY_MS, undefined, { signal }).catch(() => {});
    for (const table of tables) if (!signal.aborted && table.ttl) await sweepOnce(db, table, Date.now(), signal);
  }
}

/** Deletes what has expired at `now` (epoch milliseconds). Answers how many items. */
export async function sweepOnce(
  db: DynamoDBClient,
  table: LocalTable,
  now: number,
  signal?: AbortSignal,
): Promise<number> {
  let deleted = 0;
  let from: ScanCommandOutput['LastEvaluatedKey'];
  const page = (): Promise<ScanCommandOutput> =>
    db.send(
      new ScanCommand({
        TableName: table.name,
        Limit: 500,
        FilterExpression: '#ttl < :now',
        ProjectionExpression: table.keys.map((_, index) => `#key${index}`).join(', '),
        ExpressionAttributeNames: {
          '#ttl': table.ttl ?? '',
          ...Object.fromEntries(table.keys.map((key, index) => [`#key${index}`, key])),
        },
        ExpressionAttributeValues: { ':now': { N: String(Math.floor(now / 1000)) } },
        ExclusiveStartKey: from,
      }),
    );
  do {
    const { Items = [], LastEvaluatedKey } = await page();
    for (let at = 0; at < Items.length; at += 25) {
      const some = Items.slice(at, at + 25).map((Key) => ({ DeleteRequest: { Key } }));
      await db.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: some } }));
    }
    deleted += Items.length;
    from = LastEvaluatedKey;
    if (from) await sleep(20);
  } while (from && !signal?.aborted);
  return deleted;
}
