import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from '../../../functions/platform/in-parallel.ts';
import { readPerson } from '../../../functions/sessions/person-store.ts';
import { type LocalCloud, startLocalCloud } from '../../../infra/local/local-cloud.ts';
import { privateKeyOf, sign } from '../../api/support/tokens.ts';
import { ADMIN, whoOf } from '../../support/endings.ts';
import { documentClientAt } from '../../support/loaded-cloud.ts';
import { seeded } from '../orders/load.ts';
import { type Answered, askOf, sender } from './asking.ts';
import { type Asked, type DismissedFigures, figuresOf } from './figures.ts';
import { type Cast, castOf, loadCast } from './world.ts';

const SEED = 20;
const BYSTANDERS = 60;
/** So long everybody works before anything changes, and goes on after the last change. */
const BEFORE_MS = 10_000;
const AFTER_MS = 75_000;
/** Changes are made by so many at a time, and each as often as it takes. */
const HANDS = 4;
const TRIES = 30;

export interface DismissedSize {
  readonly changes: number;
  /** Requests that are under way at any moment, of all people together. */
  readonly inFlight: number;
}

interface Playing {
  readonly cast: readonly Cast[];
  readonly tokens: ReadonlyMap<string, string>;
  readonly send: ReturnType<typeof sender>;
}

/**
 * People work, so many at once; the sessions of some are ended in the midst of it, in random ways; all go on asking. Proven when
 * nobody acted on a request that was sent more than a minute after, nobody came back, and no bystander was refused.
 */
export async function proveDismissed(say: (words: string) => void, { changes, inFlight }: DismissedSize) {
  say(`${changes} sessions end while ${inFlight} requests are under way …`);
  const data = mkdtempSync(join(tmpdir(), 'anxin-prove-'));
  const cast = castOf(changes, BYSTANDERS, SEED);
  const cloud = await startLocalCloud({ port: 0, data, quiet: true, load: loadCast(cast) });
  try {
    const key = privateKeyOf(readFileSync(join(data, 'session-key.pem'), 'utf8'));
    const tokens = new Map<string, string>();
    for (const person of [ADMIN, ...cast.map((each) => each.person)])
      tokens.set(person.personId, await sign(whoOf(person), key));
    const send = sender({ AnxinApi: cloud.apis.AnxinApi ?? '', AnxinAlerts: cloud.apis.AnxinAlerts ?? '' });
    const playing: Playing = { cast, tokens, send };
    const over = new AbortController();
    const work = workUntil(over.signal, playing, inFlight);
    await sleep(BEFORE_MS);
    const changedAt = await endAll(playing);
    say(`all ended; everybody goes on for ${AFTER_MS / 1000} s …`);
    await sleep(AFTER_MS);
    over.abort();
    const figures = figuresOf(await work, changedAt, await returned(cloud, cast));
    return { isProven: isProven(figures, changes), parts: figures };
  } finally {
    await cloud.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** Everybody asks, one request after the other, in so many hands, until it is over. */
async function workUntil(over: AbortSignal, { cast, tokens, send }: Playing, inFlight: number): Promise<Asked[]> {
  const random = seeded(SEED + 1);
  const asked: Asked[] = [];
  await inParallel(inFlight, Array.from({ length: inFlight }).keys(), async () => {
    while (!over.aborted) {
      const { person } = cast[Math.floor(random() * cast.length)] as Cast;
      const { name, parts } = askOf(person, random);
      const sentAt = Date.now();
      const { status } = await send(name, parts, tokens.get(person.personId));
      asked.push({ personId: person.personId, sentAt, answeredAt: Date.now(), status });
    }
  });
  return asked;
}

/** Ends the sessions of those of the cast whose time it is. Answers, by person, when that was answered. */
async function endAll({ cast, tokens, send }: Playing): Promise<Map<string, number>> {
  const changedAt = new Map<string, number>();
  const admin = tokens.get(ADMIN.personId) ?? '';
  await inParallel(HANDS, cast, async ({ person, how, end }) => {
    if (end === undefined) return;
    const token = tokens.get(person.personId) ?? '';
    let last: Answered = { status: 0, json: undefined };
    // Who asks again to be signed out, because the answer was lost, is told that they are.
    const isDone = () => last.status === 200 || (how === 'signed out' && last.status === 401);
    for (let attempt = 0; attempt < TRIES && !isDone(); attempt++)
      last = await end({ person, token, refreshToken: '' }, { call: send, admin });
    if (!isDone()) throw new Error(`${person.role} was not ${how}: ${last.status} ${last.json?.code}`);
    changedAt.set(person.personId, Date.now());
  });
  return changedAt;
}

/** How many of those who were dismissed are in the table as if they worked here. */
async function returned(cloud: LocalCloud, cast: readonly Cast[]): Promise<number> {
  const db = documentClientAt(cloud.engines.dynamodb);
  const store = { db, sessionsTable: cloud.environment.SESSIONS_TABLE ?? '' };
  let back = 0;
  for (const { person, how } of cast)
    if (how === 'dismissed' && (await readPerson(store, person.personId))?.removedAt === null) back += 1;
  db.destroy();
  return back;
}

const isProven = (figures: DismissedFigures, changes: number): boolean =>
  figures.changes === changes &&
  figures.acted_before > 0 &&
  figures.refused_after_minute > 0 &&
  figures.acted_after_minute + figures.bystanders_refused + figures.returned === 0;
