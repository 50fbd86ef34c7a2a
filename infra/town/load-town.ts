import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteCommand, type BatchWriteCommandInput, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Town } from './town.ts';
import { TOWN_TABLES, type TownItem, type TownTable } from './town-item.ts';

export interface LoadProgress {
  readonly items: number;
  /** Elders of the communities that are written in full. */
  readonly elders: number;
  readonly of: number;
}

interface TownTables {
  readonly db: DynamoDBDocumentClient;
  readonly eldersTable: string;
  readonly mealsTable: string;
  readonly sessionsTable: string;
  /** Where there are no alerts, what they would know is left out. */
  readonly alertsTable?: string | undefined;
}

export interface LoadTarget extends TownTables {
  readonly onProgress?: (progress: LoadProgress) => void;
  /** The longest first pause before items are sent again, in milliseconds; it doubles each time. */
  readonly pauseMs?: number;
}

/** What one BatchWriteItem takes at most. */
const ITEMS_A_BATCH = 25;
const PARALLEL = 8;
const MAX_ROUNDS = 10;

/**
 * Writes a town into its tables, reading it as it goes. What the database leaves unprocessed is sent again, each time
 * after a longer pause. Answers how many items of each table were written. Throws when the database refuses a batch, or leaves
 * the same items undone ten times.
 */
export async function loadTown(
  town: Town,
  { onProgress, pauseMs = 25, ...tables }: LoadTarget,
): Promise<Record<TownTable, number>> {
  const written = { elders: 0, meals: 0, sessions: 0, alerts: 0 };
  const { eldersTable, mealsTable, sessionsTable, alertsTable } = tables;
  const names = { elders: eldersTable, meals: mealsTable, sessions: sessionsTable, alerts: alertsTable };
  const sum = () => written.elders + written.meals + written.sessions + written.alerts;
  let elders = 0;
  for (const community of town.communities()) {
    const batches = batchesOf(community.items(), (table) => names[table] !== undefined);
    const work = async (): Promise<void> => {
      // One generator, shared: each worker takes the next batch from it.
      for (let next = batches.next(); !next.done; next = batches.next()) {
        await write(tables.db, next.value, names, pauseMs);
        for (const { table } of next.value) written[table] += 1;
        onProgress?.({ items: sum(), elders, of: town.elders });
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    elders += community.elders;
  }
  onProgress?.({ items: sum(), elders, of: town.elders });
  return written;
}

function* batchesOf(items: Iterable<TownItem>, isWanted: (table: TownTable) => boolean): Generator<TownItem[]> {
  let batch: TownItem[] = [];
  for (const item of items) {
    if (!isWanted(item.table)) continue;
    batch.push(item);
    if (batch.length < ITEMS_A_BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

type Requests = NonNullable<BatchWriteCommandInput['RequestItems']>;

async function write(
  db: DynamoDBDocumentClient,
  batch: readonly TownItem[],
  names: Readonly<Record<TownTable, string | undefined>>,
  pauseMs: number,
): Promise<void> {
  let left: Requests = {};
  for (const table of TOWN_TABLES) {
    const own = batch.filter((each) => each.table === table);
    const name = names[table];
    if (own.length > 0 && name !== undefined) left[name] = own.map(({ item }) => ({ PutRequest: { Item: item } }));
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (round > 0) await sleep(Math.random() * pauseMs * 2 ** (round - 1));
    const { UnprocessedItems = {} } = await db.send(new BatchWriteCommand({ RequestItems: left }));
    if (Object.keys(UnprocessedItems).length === 0) return;
    left = UnprocessedItems;
  }
  throw new Error(`the database left items unwritten after ${MAX_ROUNDS} rounds`);
}
