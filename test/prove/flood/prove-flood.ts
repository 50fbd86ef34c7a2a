import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { mostWithin } from '../../../functions/alerts/channels/ration.ts';
import { startLocalCloud } from '../../../infra/local/local-cloud.ts';
import type { Received } from '../../../infra/local/stand-ins/received.ts';
import type { AlertBoard } from '../../../shared/contracts/alerts.ts';
import { privateKeyOf, sign } from '../../api/support/tokens.ts';
import { documentClientAt } from '../../support/loaded-cloud.ts';
import { figuresOf } from '../alerts/hearing.ts';
import { pressAll } from '../alerts/press.ts';
import { DISPATCHER, DISTRICT, loadCircles } from '../alerts/world.ts';

/** Real presses, in quiet and again during the flood; each elder presses once. */
const REAL = 50;
/** Real presses a second: the flood takes longer than all of them. */
const REAL_PER_SECOND = 2;
const PATIENCE_MS = 30_000;
/** How many requests of the flood are under way at once. */
const AT_ONCE = 16;
/** Nothing has moved for so long: what was to come has come. */
const STILL_MS = 15_000;

export interface FloodSize {
  /** Presses of the first stranger alone. */
  readonly alone: number;
  readonly strangers: number;
  /** Presses of each of them. */
  readonly each: number;
}
export const WHOLE_FLOOD: FloodSize = { alone: 2000, strangers: 100, each: 200 };

export interface FloodFigures {
  stranger_presses: number;
  stranger_presses_answered: number;
  stranger_presses_kept: number;
  presses_per_s: number;
  real: number;
  real_hidden: number;
  real_heard_by_nobody: number;
  real_ring_p95_ms: number;
  real_ring_p95_quiet_ms: number;
  lines_on_board: number;
  messages_to_one_number: number;
  cap: number;
}

/**
 * One stranger with a script, then a hundred, while real people press: who called for help must be on the first page of the board, be
 * heard as soon as ever, and nobody's telephone may be rung to death. Strangers name elders who are not theirs, or nobody.
 */
export async function proveFlood(say: (words: string) => void, size: FloodSize) {
  const data = mkdtempSync(join(tmpdir(), 'anxin-flood-'));
  const cloud = await startLocalCloud({ port: 0, data, quiet: true, load: loadCircles(2 * REAL) });
  const db = documentClientAt(cloud.engines.dynamodb);
  const table = cloud.environment.ALERTS_TABLE ?? '';
  const api = cloud.apis.AnxinAlerts ?? '';
  const key = privateKeyOf(readFileSync(join(data, 'session-key.pem'), 'utf8'));
  const real = (from: number) =>
    pressAll({ api, key, alerts: REAL, from, perSecond: REAL_PER_SECOND, patienceMs: PATIENCE_MS });
  try {
    say(`${REAL} alerts in quiet …`);
    const quiet = await real(0);
    await settledOf(() => cloud.received().length);
    const before = await figuresOf(db, table, quiet, cloud.received());
    const desk = await sign({ personId: DISPATCHER, role: 'dispatcher', area: DISTRICT }, key);
    await closeAll(api, desk);

    say(
      `${size.alone} presses of one stranger, then ${size.strangers} strangers with ${size.each} each, and ${REAL} alerts …`,
    );
    const from = cloud.received().length;
    const started = Date.now();
    const [strange, pressed] = await Promise.all([flood(api, key, size), real(REAL)]);
    const floodSeconds = (Date.now() - started) / 1000;
    const kept = () => keptOf(db, table, strange.ids);
    await settledOf(async () => (await kept()) + cloud.received().length);
    const seconds = (Date.now() - started) / 1000;
    const during = await figuresOf(db, table, pressed, cloud.received());
    const board = await firstPage(api, desk);
    const onBoard = new Set(board.alerts.filter(({ unverified }) => !unverified).map(({ alertId }) => alertId));
    const figures: FloodFigures = {
      stranger_presses: strange.sent,
      stranger_presses_answered: strange.ids.length,
      stranger_presses_kept: await kept(),
      presses_per_s: Math.round(strange.sent / floodSeconds),
      real: pressed.length,
      real_hidden: pressed.filter(({ alertId }) => !onBoard.has(alertId)).length,
      real_heard_by_nobody: during.heard_by_nobody + during.lost,
      real_ring_p95_ms: during.ring_p95_ms,
      real_ring_p95_quiet_ms: before.ring_p95_ms,
      lines_on_board: board.open ?? board.alerts.length,
      messages_to_one_number: mostToOne(cloud.received().slice(from)),
      cap: mostWithin(Math.ceil(seconds)),
    };
    const isProven =
      figures.real_hidden + figures.real_heard_by_nobody === 0 &&
      figures.stranger_presses_kept === figures.stranger_presses_answered &&
      figures.lines_on_board <= 1 + size.strangers + REAL &&
      figures.messages_to_one_number <= figures.cap &&
      figures.real_ring_p95_ms <= 3 * figures.real_ring_p95_quiet_ms;
    return { isProven, figures };
  } finally {
    db.destroy();
    await cloud.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** Presses as fast as the machine takes them. Answers how many were sent, and the ids that got a yes. */
async function flood(api: string, key: Parameters<typeof sign>[1], { alone, strangers, each }: FloodSize) {
  const ids: string[] = [];
  let sent = 0;
  const wave = async (presses: Generator<string>) => {
    const work = async () => {
      for (const token of presses) {
        sent += 1;
        const alertId = crypto.randomUUID();
        const answer = await fetch(`${api}/alerts/${alertId}`, {
          method: 'PUT',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(sent % 2 === 0 ? {} : { elderId: crypto.randomUUID() }),
        }).catch(() => undefined);
        await answer?.body?.cancel();
        if (answer?.status === 200) ids.push(alertId);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  };
  const stranger = () => sign({ personId: crypto.randomUUID(), role: 'family' }, key);
  const [one, many] = [await stranger(), await Promise.all(Array.from({ length: strangers }, stranger))];
  await wave(repeat([one], alone));
  await wave(repeat(many, each));
  return { ids, sent };
}

function* repeat(tokens: readonly string[], times: number): Generator<string> {
  for (let n = 0; n < times; n++) yield* tokens;
}

const firstPage = async (api: string, token: string): Promise<AlertBoard> =>
  (await (
    await fetch(`${api}/areas/${DISTRICT}/alerts`, { headers: { authorization: `Bearer ${token}` } })
  ).json()) as AlertBoard;

/** The desk has dealt with everything there was. */
async function closeAll(api: string, token: string): Promise<void> {
  for (const { alertId } of (await firstPage(api, token)).alerts) {
    const answer = await fetch(`${api}/alerts/${alertId}/resolve`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ stepId: crypto.randomUUID(), outcome: 'comforted', note: '已处理' }),
    });
    if (answer.status !== 200) throw new Error(`alert ${alertId} could not be closed: ${answer.status}`);
  }
}

/** Presses that belong to an alert. */
async function keptOf(
  db: ReturnType<typeof documentClientAt>,
  TableName: string,
  ids: readonly string[],
): Promise<number> {
  const wanted = new Set(ids);
  let kept = 0;
  const scan = {
    TableName,
    FilterExpression: 'sk = :press AND attribute_exists(alertId)',
    ExpressionAttributeValues: { ':press': 'PRESS' },
    ProjectionExpression: 'pressId',
  };
  for await (const { Items = [] } of paginateScan({ client: db }, scan))
    kept += Items.filter(({ pressId }) => wanted.has(String(pressId))).length;
  return kept;
}

/** Waits until a count stands still. */
async function settledOf(count: () => number | Promise<number>): Promise<void> {
  let [last, since] = [await count(), Date.now()];
  while (Date.now() - since < STILL_MS) {
    await sleep(2000);
    const now = await count();
    if (now !== last) [last, since] = [now, Date.now()];
  }
}

/** The most that one number got by one channel. */
function mostToOne(received: readonly Received[]): number {
  const counts = new Map<string, number>();
  for (const { channel, to } of received) {
    if (channel !== 'sms' && channel !== 'voice') continue;
    counts.set(`${channel} ${to}`, (counts.get(`${channel} ${to}`) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
