import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TownTable } from '../../../infra/town/town-item.ts';
import { RefusalBody, refusalMessage } from '../../../shared/contracts/refusal.ts';
import type { Role } from '../../../shared/contracts/roles.ts';
import type { Feature } from '../../../shared/route.ts';
import { type RouteName, routes } from '../../../shared/routes.ts';
import { changedBetween, loadItems, type Stored, startTestCloud, type TestCloud } from '../support/cloud.ts';
import { type Answer, requestTo, routeOf } from '../support/http.ts';
import { badAuthorizations, badDeviceAuthorizations, signAsker } from '../support/tokens.ts';
import { expected } from './expected.ts';
import type { Row } from './row.ts';
import { rows } from './rows.ts';
import { aWorld, CALLERS, type Caller, PLACE_NAMES, type World } from './worlds.ts';

const names = Object.keys(routes) as RouteName[];
const rowOf = (name: RouteName): Row | undefined => (rows as Partial<Record<RouteName, Row>>)[name];

interface Cell extends World {
  readonly route: RouteName;
}

/** Nobody is at home nowhere: one place is enough for them. */
const placesOf = (caller: Caller) => (caller === 'nobody' ? (['own'] as const) : PLACE_NAMES);
/** Every route × caller × place, each with a world of its own. */
const made = names.flatMap((route) =>
  CALLERS.flatMap((caller) => placesOf(caller).map((place) => ({ route, caller, place }))),
);
const worlds = made.map(({ route, caller, place }, n) => ({ route, ...aWorld(n, caller, place) }));
/** What each feature looks at; the rest of a world is not loaded for its routes. */
const LOOKS_AT: Readonly<Record<Feature, readonly TownTable[]>> = {
  sessions: ['sessions'],
  elders: ['sessions', 'elders'],
  meals: ['sessions', 'elders', 'meals'],
  'raise-alert': ['alerts'],
  alerts: ['alerts'],
  circle: ['alerts'],
};
const cells: readonly Cell[] = worlds;
const cellsOf = (route: RouteName, isIn: boolean): Cell[] =>
  cells.filter((cell) => cell.route === route && (expected(route, cell.caller, cell.place) === 'in') === isIn);

let town: TestCloud;
let pristine: Stored;
const tokens = new Map<Cell, string>();

beforeAll(async () => {
  town = await startTestCloud(
    loadItems(function* () {
      for (const { route, items } of worlds) {
        yield* items.filter(({ table }) => LOOKS_AT[routeOf(route).feature].includes(table));
      }
    }),
  );
  await Promise.all(cells.map(async (cell) => cell.who && tokens.set(cell, await signAsker(cell.who, town))));
  pristine = await town.stored();
  // Some 3 700 worlds, each with an elder, a canteen and orders of its own: on a busy machine they take minutes to load.
}, 400_000);
afterAll(() => town?.stop());

const ask = (cell: Cell): Promise<Answer> => town.call(cell.route, rowOf(cell.route)?.asks(cell), tokens.get(cell));

/** Cells side by side, a few at a time; what went otherwise than expected, in words. */
async function wrong(
  of: readonly Cell[],
  judge: (cell: Cell, answer: Answer) => string | undefined,
): Promise<string[]> {
  const words: string[] = [];
  const left = of.values();
  const work = async () => {
    for (const cell of left) {
      const said = judge(cell, await ask(cell));
      if (said !== undefined) words.push(`${cell.caller}, ${cell.place}: ${said}`);
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  return words;
}

const shown = ({ status, text }: Answer): string => `${status} ${text.slice(0, 200)}`;

function notRefused({ route, caller, place }: Cell, answer: Answer): string | undefined {
  const inside = rowOf(route)?.refusedInside;
  if (inside) return answer.status === 200 && inside(answer) === 'forbidden' ? undefined : outside(answer);
  return outside(answer);

  function outside({ status, json }: Answer): string | undefined {
    const body = RefusalBody.safeParse(json);
    const wanted = expected(route, caller, place);
    const code = wanted === 401 ? 'unauthenticated' : 'forbidden';
    const isRight = status === wanted && body.success && body.data.code === code && body.data.details === undefined;
    return isRight ? undefined : `expected ${wanted} ${code}, got ${shown(answer)}`;
  }
}

function notLetIn({ route }: Cell, answer: Answer): string | undefined {
  const inside = rowOf(route)?.refusedInside?.(answer);
  return answer.status === 200 && inside === undefined ? undefined : `expected 200, got ${shown(answer)}`;
}

describe('the table', () => {
  it('has a row for each route, and none for what is no route', () => {
    expect(Object.keys(rows).sort()).toEqual([...names].sort());
  });

  it.each(names)('%s: each row is a request that the route’s own schemas accept', (name) => {
    const route = routeOf(name);
    const parts = rowOf(name)?.asks(cells[0] as Cell);
    for (const part of ['params', 'query', 'body'] as const) {
      const schema = route[part];
      if (schema) expect(schema.safeParse(parts?.[part] ?? {}).error).toBeUndefined();
      else expect(parts?.[part]).toBeUndefined();
    }
  });

  it('lets nobody in everywhere, and keeps nobody out everywhere but where the role is missing', () => {
    for (const name of names) {
      const { role } = routeOf(name);
      if (role === 'public') continue;
      expect(cellsOf(name, true).length, `${name} lets somebody in`).toBeGreaterThan(0);
      expect(new Set(cellsOf(name, true).map(({ caller }) => caller)), name).toEqual(new Set(role));
    }
  });
});

describe('refused, over HTTP', () => {
  it.each(names.filter((name) => cellsOf(name, false).length > 0))('%s', async (name) => {
    expect(await wrong(cellsOf(name, false), notRefused)).toEqual([]);
  });
});

describe('with a token that is not right', () => {
  const closed = names.filter((name) => routeOf(name).role !== 'public');
  it.each(closed)('%s', async (name) => {
    const [role] = routeOf(name).role as readonly Role[];
    const cell = cells.find((each) => each.route === name && each.caller === role && each.place === 'own') as Cell;
    const who = cell.who as NonNullable<Cell['who']>;
    const bad =
      who.role === 'device' ? await badDeviceAuthorizations(who, town) : await badAuthorizations(who, town.sessionKey);
    // A missed alert is worse than a false one: who was once signed in may raise one.
    if (name === 'raiseAlert') delete bad['a token that has expired'];
    const { headers: { authorization: _, ...headers } = {}, ...sent } = requestTo(name, rowOf(name)?.asks(cell));
    const tried = Object.entries(bad).map(async ([what, authorization]) => {
      const withIt = { ...headers, ...(authorization !== undefined && { authorization }) };
      const answer = await town.send({ ...sent, headers: withIt });
      const code = what.endsWith('has expired') ? 'session-expired' : 'unauthenticated';
      expect(answer.json, what).toEqual({ code, message: refusalMessage(code) });
      expect(answer.status, what).toBe(401);
    });
    await Promise.all(tried);
  });
});

describe('all that was refused', () => {
  it('changed nothing in any table', async () => {
    expect(changedBetween(pristine, await town.stored())).toEqual([]);
  });
});

describe('let in, over HTTP', () => {
  it.each(names)('%s', async (name) => {
    expect(await wrong(cellsOf(name, true), notLetIn)).toEqual([]);
  });
});
