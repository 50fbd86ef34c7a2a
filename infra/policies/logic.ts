import { AGE_COUNTINGS, type AgeCounting, type Condition } from '../../shared/policy/condition.ts';
import { ABILITY_LEVELS } from '../../shared/policy/facts.ts';
import { listOf } from '../../shared/policy/one-or-more.ts';

/**
 * What can be proved of conditions without trying elders: that nobody can meet one, or that whoever meets one meets another
 * too. Everything said here is certain; that something is not proved says nothing.
 */

/** One way to meet a condition: all its leaves hold. A leaf is a condition with one key, no `all`, `any`, `not` or `is`. */
export type Way = readonly Leaf[];
interface Leaf {
  readonly holds: boolean;
  readonly key: keyof Condition;
  readonly value: unknown;
}

export interface Logic {
  readonly named: ReadonlyMap<string, Condition>;
  readonly ageCounting: AgeCounting;
}

/** More ways than this are not followed up. */
const MOST_WAYS = 400;

/** The ways to meet a condition; `undefined` when they are too many. A condition that is left out has one way with no leaves. */
export function waysToMeet(condition: Condition | undefined, logic: Logic, holds = true): Way[] | undefined {
  if (condition === undefined) return holds ? [[]] : [];
  const parts = Object.entries(condition)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => waysOfKey(key as keyof Condition, value, logic, holds));
  return holds ? product(parts) : union(parts);
}

function waysOfKey(key: keyof Condition, value: unknown, logic: Logic, holds: boolean): Way[] | undefined {
  if (key === 'not') return waysToMeet(value as Condition, logic, !holds);
  if (key === 'is') return waysToMeet(logic.named.get(value as string), logic, holds);
  if (key !== 'all' && key !== 'any') return [[{ holds, key, value }]];
  const parts = (value as Condition[]).map((one) => waysToMeet(one, logic, holds));
  return (key === 'all') === holds ? product(parts) : union(parts);
}

function union(parts: readonly (Way[] | undefined)[]): Way[] | undefined {
  const ways: Way[] = [];
  for (const part of parts) {
    if (part === undefined) return undefined;
    ways.push(...part);
  }
  return ways.length > MOST_WAYS ? undefined : ways;
}

function product(parts: readonly (Way[] | undefined)[]): Way[] | undefined {
  let ways: Way[] = [[]];
  for (const part of parts) {
    if (part === undefined || ways.length * part.length > MOST_WAYS) return undefined;
    ways = ways.flatMap((way) => part.map((more) => [...way, ...more]));
  }
  return ways;
}

/** Whether a way contradicts itself, so that nobody can go it. */
export function isImpossible(way: Way, logic: Logic): boolean {
  if (AGE_COUNTINGS.some((counting) => agesOf(way, counting, logic).min > agesOf(way, counting, logic).max))
    return true;
  return way.some((leaf) => decides(way, leaf, logic) === !leaf.holds);
}

/** Whether everybody who goes this way meets the condition: certain when true. */
export function surelyMeets(way: Way, condition: Condition | undefined, logic: Logic, holds = true): boolean {
  if (condition === undefined) return holds;
  const checks = Object.entries(condition)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const key = name as keyof Condition;
      if (key === 'not') return surelyMeets(way, value as Condition, logic, !holds);
      if (key === 'is') return surelyMeets(way, logic.named.get(value as string), logic, holds);
      if (key !== 'all' && key !== 'any') return decides(way, { key, value }, logic) === holds;
      const list = (value as Condition[]).map((one) => surelyMeets(way, one, logic, holds));
      return (key === 'all') === holds ? list.every(Boolean) : list.some(Boolean);
    });
  return holds ? checks.every(Boolean) : checks.some(Boolean);
}

/** Facts of which an elder or a meal has exactly one. */
const SINGLE: readonly (keyof Condition)[] = [
  'item',
  'eating',
  'canteen',
  'class',
  'tier',
  'weekday',
  'localHousehold',
];

/** What the way says of a leaf: that it holds, that it does not, or nothing. */
function decides(way: Way, { key, value }: Pick<Leaf, 'key' | 'value'>, logic: Logic): boolean | undefined {
  if (key === 'age') return decidesAge(way, value as NonNullable<Condition['age']>, logic);
  for (const leaf of way) {
    if (leaf.key !== key) continue;
    if (JSON.stringify(leaf.value) === JSON.stringify(value)) return leaf.holds;
    const [held, asked] = [setOf(key, leaf.value), setOf(key, value)];
    const inside = isInside(key, held, asked);
    if (leaf.holds && inside) return true;
    if (!leaf.holds && isInside(key, asked, held)) return false;
    if (leaf.holds && SINGLE.includes(key) && held.every((one) => !asked.includes(one))) return false;
    if (leaf.holds && key === 'area' && held.every((one) => asked.every((two) => areApart(one, two)))) return false;
    if (leaf.holds && key === 'ability' && held.every((one) => !asked.includes(one))) return false;
  }
  return undefined;
}

const areApart = (a: string, b: string): boolean => !a.startsWith(b) && !b.startsWith(a);

const isInside = (key: keyof Condition, few: readonly string[], many: readonly string[]): boolean =>
  few.length > 0 &&
  few.every((one) => (key === 'area' ? many.some((prefix) => one.startsWith(prefix)) : many.includes(one)));

/** A leaf's value as the set of facts that meet it; empty where it is no such set. */
function setOf(key: keyof Condition, value: unknown): string[] {
  if (key === 'tag') {
    const { is, grade } = value as NonNullable<Condition['tag']>;
    // Each tag with each of its grades is a fact of its own; without `grade` any will do, none given (0) included.
    const grades = Array.from({ length: 11 }, (_, index) => index).filter(
      (one) => grade === undefined || (one > 0 && one >= (grade.min ?? 1) && one <= (grade.max ?? 10)),
    );
    return listOf(is).flatMap((tag) => grades.map((one) => `${tag}:${one}`));
  }
  if (key === 'ability') {
    const { atLeast = 'intact', atMost = 'complete' } = value as NonNullable<Condition['ability']>;
    return ABILITY_LEVELS.slice(ABILITY_LEVELS.indexOf(atLeast), ABILITY_LEVELS.indexOf(atMost) + 1);
  }
  if (key === 'area' || SINGLE.includes(key)) return listOf(value as string | string[]).map(String);
  return [];
}

interface Ages {
  readonly min: number;
  readonly max: number;
}

/** The ages that a way leaves open, by one way of counting them. */
function agesOf(way: Way, counting: AgeCounting, logic: Logic): Ages {
  let ages: Ages = { min: 0, max: 200 };
  for (const { key, holds, value } of way) {
    if (key !== 'age') continue;
    const { min = 0, max = 200, counting: own = logic.ageCounting } = value as NonNullable<Condition['age']>;
    if (own !== counting) continue;
    if (holds) ages = { min: Math.max(ages.min, min), max: Math.min(ages.max, max) };
    else if (min <= ages.min) ages = { min: Math.max(ages.min, max + 1), max: ages.max };
    else if (max >= ages.max) ages = { min: ages.min, max: Math.min(ages.max, min - 1) };
  }
  return ages;
}

function decidesAge(way: Way, asked: NonNullable<Condition['age']>, logic: Logic): boolean | undefined {
  const ages = agesOf(way, asked.counting ?? logic.ageCounting, logic);
  const { min = 0, max = 200 } = asked;
  if (ages.min >= min && ages.max <= max) return true;
  return ages.max < min || ages.min > max ? false : undefined;
}

/** The ways of a condition, cut at the ages that other conditions speak of: each piece is on one side of every such age. */
export function cutAtAges(way: Way, others: readonly (Condition | undefined)[], logic: Logic): Way[] {
  const bounds = new Set<number>();
  for (const other of others) for (const age of agesIn(other, logic)) bounds.add(age);
  const starts = [0, ...[...bounds].sort((a, b) => a - b)];
  return starts
    .map(
      (min, index): Way => [
        ...way,
        { holds: true, key: 'age', value: { min, max: (starts[index + 1] ?? 201) - 1, counting: logic.ageCounting } },
      ],
    )
    .filter((piece) => !isImpossible(piece, logic));
}

/** The first years of age on either side of which a condition can differ. */
function agesIn(condition: unknown, logic: Logic): number[] {
  if (typeof condition !== 'object' || condition === null) return [];
  return Object.entries(condition).flatMap(([key, value]) => {
    if (key === 'is' && typeof value === 'string') return agesIn(logic.named.get(value), logic);
    if (key !== 'age') return agesIn(value, logic);
    const { min, max } = value as Ages;
    return [...(min === undefined ? [] : [min]), ...(max === undefined ? [] : [max + 1])];
  });
}
