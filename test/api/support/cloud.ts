import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteCommand, type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../../infra/local/local-cloud.ts';
import type { TownItem, TownTable } from '../../../infra/town/town-item.ts';
import type { ApiName, Route } from '../../../shared/route.ts';
import { type RouteName, routes } from '../../../shared/routes.ts';
import { addDays, dateInChina, type IsoDate, toInstant } from '../../../shared/values/dates.ts';
import { documentClientAt } from '../../support/loaded-cloud.ts';
import { type Answer, type Parts, requestTo, type Sent, send } from './http.ts';

const VARIABLE: Readonly<Record<TownTable, string>> = {
  elders: 'ELDERS_TABLE',
  meals: 'MEALS_TABLE',
  sessions: 'SESSIONS_TABLE',
  alerts: 'ALERTS_TABLE',
};
const TABLES = Object.keys(VARIABLE) as TownTable[];

/** Every item of every table, by table and key, as text. */
export type Stored = ReadonlyMap<string, string>;

/** The local cloud of one test file, running the synthesized template on a data folder of its own. */
export interface TestCloud {
  readonly cloud: LocalCloud;
  /** The address of each API. */
  readonly apis: Readonly<Record<ApiName, string>>;
  /** The key that signs sessions, PEM. */
  readonly sessionKey: string;
  /** The key that signs devices' tokens, PEM. */
  readonly deviceKey: string;
  readonly db: DynamoDBDocumentClient;
  readonly tables: Readonly<Record<TownTable, string>>;
  send(sent: Sent): Promise<Answer>;
  call(name: RouteName, parts?: Parts, token?: string): Promise<Answer>;
  put(items: Iterable<TownItem>): Promise<void>;
  stored(): Promise<Stored>;
  stop(): Promise<void>;
}

/** Today in China. Read after `notAtMidnight`, it stays today as long as a test file runs. */
export const today = (): IsoDate => dateInChina(toInstant(Date.now()));
export const daysFromToday = (days: number): IsoDate => addDays(today(), days);

const DAY_MS = 86_400_000;
const CHINA_MS = 8 * 3_600_000;
const LONGEST_FILE_MS = 120_000;

/** Tests speak of today and tomorrow: when the day in China is about to end, they wait for the next one. */
async function notAtMidnight(): Promise<void> {
  const left = DAY_MS - ((Date.now() + CHINA_MS) % DAY_MS);
  if (left < LONGEST_FILE_MS) await sleep(left + 1000);
}

export async function startTestCloud(load?: LocalCloudOptions['load'], faults = ''): Promise<TestCloud> {
  await notAtMidnight();
  const data = mkdtempSync(join(tmpdir(), 'anxin-api-'));
  const cloud = await startLocalCloud({ port: 0, data, quiet: true, faults, ...(load && { load }) });
  const apis = { AnxinApi: cloud.apis.AnxinApi ?? '', AnxinAlerts: cloud.apis.AnxinAlerts ?? '' };
  const sendTo = (sent: Sent) => send(apis[sent.api ?? 'AnxinApi'], sent);
  const db = documentClientAt(cloud.engines.dynamodb);
  const tables = Object.fromEntries(
    TABLES.map((table) => [table, cloud.environment[VARIABLE[table]] ?? '']),
  ) as TestCloud['tables'];
  return {
    cloud,
    apis,
    db,
    tables,
    sessionKey: readFileSync(join(data, 'session-key.pem'), 'utf8'),
    deviceKey: readFileSync(join(data, 'device-key.pem'), 'utf8'),
    send: sendTo,
    call: async (name, parts, token) => fitting(name, await sendTo(requestTo(name, parts, token))),
    put: (items) => putItems(db, tables, items),
    stored: () => storedIn(db, tables),
    async stop() {
      db.destroy();
      await cloud.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** An answer as it came. One of success must be what the route table says, and hold nothing besides: else this throws. */
function fitting(name: RouteName, answer: Answer): Answer {
  const { reply }: Route = routes[name];
  if (answer.status !== 200 || 'contentType' in reply) return answer;
  const parsed = reply.safeParse(answer.json);
  if (!parsed.success)
    throw new Error(`${name} answers something else than its reply: ${JSON.stringify(parsed.error.issues)}`);
  return answer;
}

/** Fills the tables before anything runs: it is the past, and no event follows from it. */
export const loadItems =
  (items: () => Iterable<TownItem>): NonNullable<LocalCloudOptions['load']> =>
  async ({ endpoint, tables }) => {
    const db = documentClientAt(endpoint);
    const names = Object.fromEntries(TABLES.map((table) => [table, tables[VARIABLE[table]] ?? '']));
    await putItems(db, names as TestCloud['tables'], items());
    db.destroy();
    return [];
  };

const ITEMS_A_BATCH = 25;

async function putItems(
  db: DynamoDBDocumentClient,
  tables: TestCloud['tables'],
  items: Iterable<TownItem>,
): Promise<void> {
  const all = [...items];
  for (let start = 0; start < all.length; start += ITEMS_A_BATCH) {
    const byTable = Map.groupBy(all.slice(start, start + ITEMS_A_BATCH), ({ table }) => tables[table]);
    const RequestItems = Object.fromEntries(
      [...byTable].map(([table, each]) => [table, each.map(({ item }) => ({ PutRequest: { Item: item } }))]),
    );
    await db.send(new BatchWriteCommand({ RequestItems }));
  }
}

/** Alerts keep copies of elders and people: they come by events, a moment after what they copy. */
const isCopy = (key: string): boolean => /^alerts (CIRCLE#\S+ CARD$|(FAMILY-OF|PERSON|DUTY)#)/.test(key);

/** The stage's own test: its device, its alerts, and what hangs on them. It comes by itself, at any time. */
function canaryIds(items: Iterable<Record<string, unknown>>): string[] {
  return [...items].flatMap(({ canary, kind, source, alertId, deviceId, pressId }) => {
    if (canary === true) return [String(alertId)];
    if (kind === 'canary') return [String(deviceId)];
    return source === 'canary' && pressId !== undefined ? [String(pressId)] : [];
  });
}

async function storedIn(db: DynamoDBDocumentClient, tables: TestCloud['tables']): Promise<Stored> {
  const items = new Map<string, Record<string, unknown>>();
  for (const table of TABLES) {
    for await (const { Items = [] } of paginateScan(
      { client: db },
      { TableName: tables[table], ConsistentRead: true },
    )) {
      for (const item of Items) items.set(`${table} ${item.pk} ${item.sk}`, item);
    }
  }
  const canaries = canaryIds(items.values());
  const kept = [...items].filter(([key]) => !isCopy(key) && !canaries.some((id) => key.includes(id)));
  return new Map(kept.map(([key, item]) => [key, textOf(item)]));
}

/** Attributes come back in any order. */
const textOf = (item: Record<string, unknown>): string =>
  JSON.stringify(item, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** What differs between two moments: keys of items that came, went or changed. */
export function changedBetween(before: Stored, after: Stored): string[] {
  const came = [...after].filter(([key, item]) => before.get(key) !== item).map(([key]) => key);
  const went = [...before.keys()].filter((key) => !after.has(key));
  return [...came, ...went];
}

/** Asks again until the answer is one, for what follows by an event a moment later. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined | false>, ms = 20_000): Promise<T> {
  const until = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer as T;
    if (Date.now() > until) throw new Error(`${what}: not within ${ms / 1000} s`);
    await sleep(50);
  }
}
