import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RefusalBody, refusalStatus } from '../../../shared/contracts/refusal.ts';
import { type RouteName, routes } from '../../../shared/routes.ts';
import type { Row } from '../authorisation/row.ts';
import { rows } from '../authorisation/rows.ts';
import { aWorld, type Caller, type World } from '../authorisation/worlds.ts';
import { changedBetween, loadItems, type Stored, startTestCloud, type TestCloud } from '../support/cloud.ts';
import { type Answer, pathWith, requestTo, routeOf, type Sent } from '../support/http.ts';
import { signAsker } from '../support/tokens.ts';
import { BAD_SEGMENTS, strangeCursors } from './addresses.ts';
import { BAD_TEXT, mutationsOf, placesIn, rawBodies, withAt } from './mutations.ts';

const names = Object.keys(routes) as RouteName[];
/** Raising an alert refuses no input: what it cannot read it keeps (test/api/raise-alert.test.ts). */
const withBody = names.filter((name) => routeOf(name).body && name !== 'raiseAlert');
const withQuery = names.filter((name) => routeOf(name).query);
const withParams = names.filter((name) => routeOf(name).params && name !== 'raiseAlert');

/** Fields whose value is a whole file, judged row by row: the answer is a report, not a refusal. */
const FILES = ['csv'];

/** Each route is asked in a world of its own, by somebody whom it lets in: only the input can be what is wrong. */
const callerOf = (name: RouteName): Caller => {
  const { role } = routeOf(name);
  return role === 'public' ? 'nobody' : (role[0] as Caller);
};
const worlds = new Map(names.map((name, n) => [name, aWorld(n, callerOf(name), 'own')]));
const right = (name: RouteName) => (rows[name] as Row).asks(worlds.get(name) as World);
const tokens = new Map<RouteName, string>();

let town: TestCloud;
let pristine: Stored;

beforeAll(async () => {
  town = await startTestCloud(
    loadItems(function* () {
      for (const { items } of worlds.values()) yield* items;
    }),
  );
  for (const [name, { who }] of worlds) if (who) tokens.set(name, await signAsker(who, town));
  pristine = await town.stored();
});
afterAll(() => town?.stop());

const ask = (name: RouteName, parts = right(name)): Sent => requestTo(name, parts, tokens.get(name));

/** Why an answer is not the refusal that it should be; undefined when it is. */
function notRefused({ status, json, headers }: Answer, code = 'invalid-request'): string | undefined {
  const body = RefusalBody.safeParse(json);
  if (!body.success) return `${status}, no refusal: ${JSON.stringify(json)?.slice(0, 150)}`;
  if (body.data.code !== code) return `${status} ${body.data.code} instead of ${code}`;
  if (status !== refusalStatus(code as typeof body.data.code)) return `${code} with status ${status}`;
  if (code === 'invalid-request' && !body.data.details?.length) return 'it does not say what is wrong';
  return headers['content-type'] === 'application/json; charset=utf-8' ? undefined : `as ${headers['content-type']}`;
}

/** Sends everything, a few at a time; answers, in words, what was not refused as it should be. */
async function wrong(sent: Iterable<{ what: string; sent: Sent; code?: string }>): Promise<string[]> {
  const words: string[] = [];
  const left = sent[Symbol.iterator]();
  const work = async () => {
    for (let next = left.next(); !next.done; next = left.next()) {
      const said = notRefused(await town.send(next.value.sent), next.value.code);
      if (said !== undefined) words.push(`${next.value.what}: ${said}`);
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  return words;
}

/** Right as it stands, or the tests below would prove nothing. (Not sent: it would be carried out.) */
it.each(withBody)('%s: the body that is spoilt below is right', (name) => {
  expect(routeOf(name).body?.safeParse(right(name).body).error).toBeUndefined();
});

describe('a body with one thing wrong', () => {
  it.each(withBody)('%s', async (name) => {
    const { body, ...parts } = right(name);
    const isRight = (value: unknown) =>
      routeOf(name).body?.safeParse(JSON.parse(JSON.stringify(value))).success === true;
    const all = [...mutationsOf(body, FILES)];
    const allowed = all
      .filter((mutation) => mutation.code === undefined && isRight(mutation.body))
      .map(({ what }) => what);
    // What the contract says may be left out or null. Anything else that slips through would show here.
    expect(allowed.filter((what) => !/: (missing|null instead)$/.test(what))).toEqual([]);
    const bad = all.filter(({ what }) => !allowed.includes(what));
    expect(await wrong(bad.map((each) => ({ ...each, sent: ask(name, { ...parts, body: each.body }) })))).toEqual([]);
  });
});

describe('a body that is no message at all', () => {
  it.each(withBody)('%s', async (name) => {
    // Where nothing is needed, nothing is right.
    const isEmptyRight = routeOf(name).body?.safeParse({}).success === true;
    const raw = Object.entries(rawBodies(right(name).body)).filter(
      ([what]) => !(isEmptyRight && what === 'an empty object'),
    );
    const sent = raw.map(([what, { bytes, code }]) => ({
      what,
      code,
      sent: { ...ask(name), body: bytes },
    }));
    expect(await wrong(sent)).toEqual([]);
  });

  it('is judged by what is in it, whatever it says it is', async () => {
    const types = ['text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded', 'image/png', ''];
    const sent = types.flatMap((type) =>
      Object.entries({ '{"elderId":1}': 'invalid-request', 'elderId=1': 'malformed-json', '': 'malformed-json' }).map(
        ([body, code]) => {
          const base = ask('placeMealOrder');
          return {
            what: `${type} ${body}`,
            code,
            sent: { ...base, body, headers: { ...base.headers, 'content-type': type } },
          };
        },
      ),
    );
    expect(await wrong(sent)).toEqual([]);
  });
});

describe('a body of anything', () => {
  it.each(withBody)('%s', async (name) => {
    const { body, ...parts } = right(name);
    const schema = routeOf(name).body;
    const places = [...placesIn(body)].filter(({ path }) => !FILES.includes(String(path.at(-1))));
    const spoilt = fc
      .tuple(
        fc.constantFrom(...places),
        fc.oneof(fc.jsonValue({ noUnicodeString: false }), fc.string({ unit: 'binary' }), fc.double()),
      )
      .map(([{ path }, value]) => withAt(body, path, value))
      .filter((value) => schema?.safeParse(JSON.parse(JSON.stringify(value ?? null))).success === false);
    await fc.assert(
      fc.asyncProperty(spoilt, async (value) => {
        const answer = await town.send(ask(name, { ...parts, body: value ?? null }));
        // Chance also hits on keys and characters for which a body is not even read.
        const isUnread = answer.json?.code === 'malformed-json';
        expect(notRefused(answer, isUnread ? 'malformed-json' : 'invalid-request')).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  });
});

describe('a query that is not right', () => {
  it.each(withQuery)('%s', async (name) => {
    const { query = {}, ...parts } = right(name);
    const schema = routeOf(name).query;
    const spoilt: [what: string, query: Record<string, string>][] = [['unknown', { ...query, unknown: '1' }]];
    for (const key of Object.keys((schema as unknown as { shape: object }).shape)) {
      const { [key]: value, ...without } = query;
      spoilt.push([`no ${key}`, without]);
      for (const [what, text] of Object.entries(BAD_TEXT)) {
        // No address can carry half a character.
        if (what.includes('surrogate')) continue;
        // And none more than some ten thousand bytes.
        spoilt.push([`${key} with ${what}`, { ...query, [key]: text.length > 1000 ? 'a'.repeat(5000) : text }]);
      }
      if (value !== undefined) spoilt.push([`${key} twice`, { ...query, [key]: `${value},${value}` }]);
    }
    const bad = spoilt.filter(([what, each]) => !(/^no /.test(what) && schema?.safeParse(each).success));
    expect(await wrong(bad.map(([what, each]) => ({ what, sent: ask(name, { ...parts, query: each }) })))).toEqual([]);
  });

  it.each(names.filter((name) => !withQuery.includes(name) && name !== 'raiseAlert'))(
    '%s takes none at all',
    async (name) => {
      expect(await wrong([{ what: 'a query', sent: ask(name, { ...right(name), query: { page: '1' } }) }])).toEqual([]);
    },
  );

  it.each(['listSittings', 'listElderMealOrders', 'getMealFigures'] as const)(
    '%s: days in the wrong order',
    async (name) => {
      const query = { from: '2026-12-02', to: '2026-12-01' };
      expect(await wrong([{ what: 'from after to', sent: ask(name, { ...right(name), query }) }])).toEqual([]);
    },
  );

  it.each(['listSittings', 'getMealFigures'] as const)('%s: more days than are told at once', async (name) => {
    const query = { from: '1900-01-01', to: '2199-12-31' };
    expect(await wrong([{ what: 'three centuries', sent: ask(name, { ...right(name), query }) }])).toEqual([]);
  });

  it.each(['listSittings', 'listElderMealOrders', 'getMealFigures'] as const)(
    '%s: the first and the last day of the calendar are days like others',
    async (name) => {
      for (const day of ['1900-01-01', '2199-12-31']) {
        const query = { from: day, to: day };
        expect((await town.send(ask(name, { ...right(name), query }))).status, day).toBe(200);
      }
    },
  );

  it('a day that is none', async () => {
    const days = [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '1899-12-31',
      '2200-01-01',
      '2026-1-1',
      '20261201',
      '2026-12-01T00:00:00Z',
      '٢٠٢٦-١٢-٠١',
    ];
    const sent = days.map((from) => ({
      what: from,
      sent: ask('listSittings', { ...right('listSittings'), query: { from, to: from } }),
    }));
    expect(await wrong(sent)).toEqual([]);
  });

  it.each(['listElders', 'getAccessLog', 'listElderMealOrders'] as const)(
    '%s: a cursor that is none of its own',
    async (name) => {
      const { query = {}, ...parts } = right(name);
      const { elder, community } = worlds.get(name) as World;
      const cursors = strangeCursors(elder.elderId, community, query.from);
      const sent = cursors.map((cursor) => ({
        what: cursor,
        sent: ask(name, { ...parts, query: { ...query, cursor } }),
      }));
      expect(await wrong(sent)).toEqual([]);
    },
  );
});

describe('a path that is not right', () => {
  it.each(withParams)('%s', async (name) => {
    const route = routeOf(name);
    const { params = {} } = right(name);
    const base = ask(name);
    const words: string[] = [];
    for (const key of Object.keys(params)) {
      for (const [what, segment] of Object.entries(BAD_SEGMENTS)) {
        const marked = pathWith(route, { ...params, [key]: 'MARK' }).replace('MARK', segment);
        const query = base.path.includes('?') ? base.path.slice(base.path.indexOf('?')) : '';
        const answer = await town.send({ ...base, path: marked + query });
        // What reaches no function is refused by the gateway itself, in its own words.
        const decoded = /%(?![\da-f]{2})|%f0%28|%e5%ae/i.test(segment) ? undefined : decodeURIComponent(segment);
        // A word can be right in form: then there is nothing of that name, or nothing that one may see.
        const isWord = decoded !== undefined && route.params?.safeParse({ ...params, [key]: decoded }).success;
        if (isWord && ['not-found', 'forbidden'].includes(answer.json?.code)) continue;
        // A line of an inbox that is not there is as good as read.
        if (isWord && name === 'readInboxEntry' && answer.status === 200) continue;
        const byGateway = [400, 404].includes(answer.status) && typeof answer.json?.message === 'string';
        const said = byGateway ? undefined : notRefused(answer);
        if (said !== undefined) words.push(`${key}: ${what}: ${said}`);
      }
    }
    expect(words).toEqual([]);
  });

  it.each([
    '/../etc/passwd',
    '//elders',
    '/elders/..;/staff',
    '/elders/%2e%2e/%2e%2e',
    `/${'a/'.repeat(2000)}`,
    '/elders?%',
    '/elders?a=%ff&a[]=1',
  ])('%s leads nowhere', async (path) => {
    const { status } = await town.send({ method: 'GET', path, headers: ask('listMyElders').headers ?? {} });
    expect([400, 404]).toContain(status);
  });
});

describe('all that was refused', () => {
  it('has left nothing in any table, and changed nothing there', async () => {
    expect(changedBetween(pristine, await town.stored())).toEqual([]);
  });
});
