import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Instant, toInstant } from '../../../shared/values/dates.ts';
import { batchGetAll } from '../../platform/batch-get.ts';
import { inParallel } from '../../platform/in-parallel.ts';
import { log } from '../../platform/log.ts';
import { keepPress } from '../keep/keep-press.ts';
import { alertKey, UNKEPT, UNKEPT_AGAIN, WATCHED, watchKey } from '../keys.ts';
import { readable } from '../readable.ts';
import { AlertRecord, PressRecord } from '../records.ts';
import type { LadderDeps } from './call-wave.ts';
import { escalate } from './escalate.ts';
import { reopen } from './reopen.ts';

/** What a timer or the queue should have done by now is done here, seconds after it was due. */
const TIMER_SECONDS = 20;
const PRESS_SECONDS = 10;
/** How many presses one sweep keeps, and how many things it does side by side. */
const MOST_PRESSES = 500;
const WIDTH = 10;

/** What a sweep found. */
export interface Swept {
  /** Presses that nobody had kept. */
  readonly presses: number;
  /** Alerts whose timer was lost. */
  readonly alerts: number;
  /** How long the alert that has waited longest has been waiting for an answer, seconds; drills do not count. 0: none waits. */
  readonly oldestSeconds: number;
}

/** Each minute: does the work of timers and messages that were lost. One that fails keeps no other from being done. */
export async function sweep(deps: LadderDeps, now: Instant): Promise<Swept> {
  const presses = await unkeptPresses(deps, now);
  await inParallel(WIDTH, presses, (press) => attempt('press', press.pressId, () => keepPress(deps, press, now)));
  const open = await openAlerts(deps);
  const overdue = open.filter(({ dueAt }) => dueAt !== undefined && dueAt <= before(now, TIMER_SECONDS));
  await inParallel(WIDTH, overdue, (alert) =>
    attempt('alert', alert.alertId, () =>
      alert.state === 'calling'
        ? escalate(deps, { alertId: alert.alertId, wave: alert.wave + 1 }, now)
        : reopen(deps, alert, now),
    ),
  );
  return { presses: presses.length, alerts: overdue.length, oldestSeconds: oldestSeconds(open, now) };
}

function oldestSeconds(open: readonly AlertRecord[], now: Instant): number {
  const since = open.filter(({ drill }) => !drill).flatMap(({ waitingSince }) => waitingSince ?? []);
  return Math.max(0, ...since.map((at) => Math.round((Date.parse(now) - Date.parse(at)) / 1000)));
}

const before = (now: Instant, seconds: number): Instant => toInstant(Date.parse(now) - seconds * 1000);

async function attempt(what: string, id: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    await log.error('sweep failed', { what, id, error: error instanceof Error ? error : new Error(String(error)) });
  }
}

async function unkeptPresses(deps: LadderDeps, now: Instant): Promise<PressRecord[]> {
  const until = before(now, PRESS_SECONDS);
  const first = await indexed(deps, { of: UNKEPT, until, most: MOST_PRESSES });
  // Repeats come when nobody else is waiting; their own queue is at them.
  const rest = first.length > 0 ? [] : await indexed(deps, { of: UNKEPT_AGAIN, until, most: MOST_PRESSES });
  return readable([...first, ...rest], PressRecord);
}

/** Every alert that is open, canaries apart. The pointers of those that were closed are taken off on the way. */
async function openAlerts(deps: LadderDeps): Promise<AlertRecord[]> {
  const pointers = await indexed(deps, { of: WATCHED });
  const keys = pointers.map(({ alertId }) => alertKey(String(alertId)));
  const alerts = await readable(await batchGetAll(deps.db, deps.alertsTable, keys), AlertRecord);
  const [closed, open] = [alerts.filter(isClosed), alerts.filter((alert) => !isClosed(alert))];
  await inParallel(WIDTH, closed, ({ alertId }) => attempt('pointer', alertId, () => takeOff(deps, alertId)));
  return open;
}

const isClosed = ({ closedAt }: AlertRecord): boolean => closedAt !== undefined;

async function takeOff({ db, alertsTable }: LadderDeps, alertId: string): Promise<void> {
  await db.send(
    new UpdateCommand({ TableName: alertsTable, Key: watchKey(alertId), UpdateExpression: 'REMOVE gsi1pk, gsi1sk' }),
  );
}

interface Asked {
  readonly of: string;
  /** Not those that sort after this. */
  readonly until?: string;
  readonly most?: number;
}

/** The oldest items under a key of the first index. */
async function indexed(
  { db, alertsTable }: LadderDeps,
  { of, until, most = Number.POSITIVE_INFINITY }: Asked,
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await db.send(
      new QueryCommand({
        TableName: alertsTable,
        IndexName: 'gsi1',
        KeyConditionExpression: `gsi1pk = :of${until === undefined ? '' : ' AND gsi1sk <= :until'}`,
        ExpressionAttributeValues: { ':of': of, ...(until !== undefined && { ':until': until }) },
        ExclusiveStartKey,
      }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined && items.length < most);
  return items.slice(0, most);
}
