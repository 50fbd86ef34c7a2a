import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elderItems } from '../../../functions/elders/elder-items.ts';
import { inParallel } from '../../../functions/platform/in-parallel.ts';
import type { StoredPerson } from '../../../functions/sessions/person.ts';
import { personItems } from '../../../functions/sessions/person-items.ts';
import { refusalMessage } from '../../../shared/contracts/refusal.ts';
import { ROLES } from '../../../shared/contracts/roles.ts';
import { type RouteName, routes } from '../../../shared/routes.ts';
import { anElder, COMMUNITY, id } from '../../support/a-town.ts';
import { ADMIN, aPerson, ENDED, refreshTokenOf, type Worker, whoOf } from '../../support/endings.ts';
import { changedBetween, eventually, loadItems, startTestCloud, type TestCloud } from '../support/cloud.ts';
import { type Answer, routeOf } from '../support/http.ts';
import { privateKeyOf, sign } from '../support/tokens.ts';
import { rows } from './rows.ts';
import { aWorld, type World } from './worlds.ts';

/** Whatever ended a session is known everywhere within a minute. */
const MINUTE_MS = 60_000;
const AT_ONCE = 6;
const elder = anElder({ elderId: id(0x990000), area: `${COMMUNITY}001`, phone: undefined });

const ended = ENDED.map((each, n) => ({ ...each, person: aPerson(n, each.role) }));
const bystanders = ROLES.map((role, n) => ({ role, person: aPerson(500 + n, role) }));

/** Raising takes whatever was once signed: its presses are judged after their yes. */
const closed = (Object.keys(routes) as RouteName[]).filter(
  (name) => routeOf(name).role !== 'public' && name !== 'raiseAlert',
);
const takes = (name: RouteName, role: string): boolean => (routeOf(name).role as readonly string[]).includes(role);
/** A request that is right in form, for things that are nowhere: only the session is judged. */
const asks = (name: RouteName, role: (typeof ROLES)[number]) =>
  (rows[name].asks as (world: World) => object)(aWorld(90_000, role, 'own'));

let town: TestCloud;
let admin: string;
const workers = new Map<StoredPerson, Worker>();
const workerOf = (person: StoredPerson): Worker => workers.get(person) as Worker;
let endedAt = 0;

beforeAll(async () => {
  const people = [ADMIN, ...[...ended, ...bystanders].map(({ person }) => person)];
  town = await startTestCloud(
    loadItems(function* () {
      for (const person of people) for (const item of personItems(person)) yield { table: 'sessions', item };
      for (const item of elderItems(elder)) yield { table: 'elders', item };
    }),
  );
  const key = privateKeyOf(town.sessionKey);
  for (const person of people) {
    const refreshToken = await refreshTokenOf(town.db, town.tables.sessions, person);
    workers.set(person, { person, token: await sign(whoOf(person), key), refreshToken });
  }
  admin = workerOf(ADMIN).token;
});
afterAll(() => town?.stop());

const ask = (name: RouteName, { person, token }: Worker): Promise<Answer> =>
  town.call(name, asks(name, person.role), token);
const isOver = ({ status, json }: Answer): boolean => status === 401 && json.code === 'session-expired';

/** Asks until the session is refused; gives up a minute after it was ended, and answers what was said instead. */
async function notOver(name: RouteName, worker: Worker): Promise<string | undefined> {
  let answer = await ask(name, worker);
  while (!isOver(answer) && Date.now() - endedAt < MINUTE_MS) answer = await ask(name, worker);
  return isOver(answer) ? undefined : `${answer.status} ${answer.text.slice(0, 100)}`;
}

describe('before anything ends', () => {
  it('everybody is somebody, in every function', async () => {
    const seen: string[] = [];
    await inParallel(AT_ONCE, ended, async ({ person, how }) => {
      // One of each function, and those that remember for some seconds.
      for (const name of ['whoAmI', 'listCanteens', 'myInbox'] as const) {
        const { status } = await ask(name, workerOf(person));
        if (status !== 200) seen.push(`${person.role}, ${how}: ${name} ${status}`);
      }
    });
    expect(seen).toEqual([]);
  });

  it('everything ends as it should', async () => {
    const seen: string[] = [];
    await inParallel(AT_ONCE, ended, async ({ person, how, end }) => {
      const { status, json } = await end(workerOf(person), { call: town.call, admin });
      if (status !== 200) seen.push(`${person.role}, ${how}: ${status} ${json?.code}`);
    });
    endedAt = Date.now();
    expect(seen).toEqual([]);
  });

  it(
    'and is known within a minute where people are remembered, or told of',
    async () => {
      await inParallel(AT_ONCE, ended, async ({ person, how }) => {
        for (const name of ['listCanteens', 'myInbox'] as const)
          await eventually(
            `${person.role}, ${how}: ${name} is refused`,
            async () => isOver(await ask(name, workerOf(person))),
            endedAt + MINUTE_MS - Date.now(),
          );
      });
    },
    2 * MINUTE_MS,
  );
});

describe('with a session that was ended', () => {
  it.each(closed)('%s', async (name) => {
    const seen: string[] = [];
    await inParallel(
      AT_ONCE,
      ended.filter(({ role }) => takes(name, role)),
      async ({ person, how }) => {
        const said = await notOver(name, workerOf(person));
        if (said !== undefined) seen.push(`${person.role}, ${how}: ${said}`);
      },
    );
    expect(seen).toEqual([]);
  });

  it('refreshing says the same, in words', async () => {
    for (const { person } of ended) {
      const { refreshToken } = workerOf(person);
      const { status, json } = await town.call('signIn', { body: { by: 'refresh', refreshToken } });
      expect([status, json]).toEqual([401, { code: 'session-expired', message: refusalMessage('session-expired') }]);
    }
  });
});

describe('somebody of the same role, of whom nothing changed', () => {
  // Whoever signs out is a bystander no more.
  it.each(closed.filter((name) => name !== 'signOut'))('%s', async (name) => {
    for (const { person } of bystanders.filter(({ role }) => takes(name, role))) {
      const { status, text } = await ask(name, workerOf(person));
      expect([status === 401, status < 500], `${person.role}: ${status} ${text}`).toEqual([false, true]);
    }
  });
});

describe('who was dismissed this minute', () => {
  const gone = ended.filter(
    ({ how, role }) => how === 'dismissed' && role.endsWith('-staff') && role !== 'canteen-staff',
  );
  const member = { name: '同伙', phone: '13200000001', role: 'community-staff', area: COMMUNITY };

  /** Tries, and sees that nothing came of it. */
  async function inVain(name: RouteName, parts: object): Promise<void> {
    const before = await town.stored();
    for (const { person } of gone) {
      const answer = await town.call(name, parts, workerOf(person).token);
      expect(isOver(answer), `${person.role}: ${answer.status} ${answer.text}`).toBe(true);
      expect(answer.text).not.toContain(elder.name);
    }
    expect(changedBetween(before, await town.stored())).toEqual([]);
  }

  it('does not register themselves anew', async () => {
    for (const { person } of gone) await inVain('putStaff', { params: { personId: person.personId }, body: member });
  });

  it('registers no accomplice', () => inVain('putStaff', { params: { personId: id(0x999999) }, body: member }));

  it('makes no binding code for an account that nobody knows of', () =>
    inVain('makeBindingCode', { params: { elderId: elder.elderId } }));

  it('reads no list, and no elder', async () => {
    await inVain('listElders', { params: { area: COMMUNITY } });
    await inVain('listStaff', { params: { area: COMMUNITY } });
    await inVain('getElder', { params: { elderId: elder.elderId } });
    await inVain('getCareRecord', { params: { elderId: elder.elderId }, query: { reason: 'visit' } });
    await inVain('getMealFigures', {
      params: { area: COMMUNITY },
      query: { from: '2026-12-01', to: '2026-12-02' },
    });
  });
});
