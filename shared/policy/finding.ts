import type { AgeCounting, Period } from './condition.ts';
import type { ElderFacts, QuoteRequest, Usage, Used } from './facts.ts';
import { clip, type Words } from './words.ts';

/**
 * Whether a condition holds, and the fact that decided it in words. Findings are made once for each fact that occurs and
 * then shared, so that a quote's reasons cost no new text: equal facts give the very same object.
 */
export interface Finding extends Words {
  readonly met: boolean;
}

export const finding = (met: boolean, zh: string, en: string): Finding => ({ met, zh: clip(zh), en: clip(en) });

/** One elder and one meal, with what conditions ask of them more than once. */
export interface Case {
  readonly elder: ElderFacts;
  readonly request: QuoteRequest;
  readonly usage: Usage;
  careClass: string;
  tier: string;
}

const NOTHING: Used = { count: 0, subsidy: 0 };
const UNUSED: Usage = { day: NOTHING, month: NOTHING };

export const aCase = (elder: ElderFacts, request: QuoteRequest): Case => ({
  elder,
  request,
  usage: request.usage ?? UNUSED,
  careClass: '',
  tier: '',
});

/** What was used in a period: of all meals, or of some items alone where the usage tells them apart. */
export function usedIn(usage: Usage, per: Period, items?: readonly string[]): Used {
  if (items === undefined || usage.items === undefined) return usage[per] ?? NOTHING;
  const used = { count: 0, subsidy: 0 };
  for (const item of items) {
    const { count, subsidy } = usage.items[item]?.[per] ?? NOTHING;
    used.count += count;
    used.subsidy += subsidy;
  }
  return used;
}

/** A condition, compiled. */
export type Test = (of: Case) => Finding;

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;
const yearOf = (date: string): number =>
  digit(date, 0) * 1000 + digit(date, 1) * 100 + digit(date, 2) * 10 + digit(date, 3);
const monthNumberOf = (date: string): number => digit(date, 5) * 10 + digit(date, 6);
const dayNumberOf = (date: string): number => digit(date, 8) * 10 + digit(date, 9);

/** Age in full years, as the policy counts it. 0 for somebody not yet born. */
export function ageAs(counting: AgeCounting, birthDate: string, on: string): number {
  const years = yearOf(on) - yearOf(birthDate);
  if (counting === 'year') return Math.max(0, years);
  const months = monthNumberOf(on) - monthNumberOf(birthDate);
  const reached =
    counting === 'next-month'
      ? months > 0
      : months > 0 || (months === 0 && (counting === 'month' || dayNumberOf(on) >= dayNumberOf(birthDate)));
  return Math.max(0, reached ? years : years - 1);
}

/** A finding made of others, shared by what it is made of. */
interface Joined {
  readonly next: Map<Finding, Joined>;
  made: Finding | undefined;
}
const joined = (): Joined => ({ next: new Map(), made: undefined });

/** More combinations than this are forgotten and made anew: no memory grows with the number of elders. */
const MOST_KEPT = 20_000;

/** Makes findings from lists of findings, remembering what it has made. */
export function joiner(make: (parts: readonly Finding[]) => Finding): (parts: readonly Finding[]) => Finding {
  let root = joined();
  let kept = 0;
  return (parts) => {
    let node = root;
    for (const part of parts) {
      let next = node.next.get(part);
      if (next === undefined) {
        next = joined();
        node.next.set(part, next);
        kept += 1;
      }
      node = next;
    }
    node.made ??= make(parts);
    const { made } = node;
    if (kept > MOST_KEPT) {
      root = joined();
      kept = 0;
    }
    return made;
  };
}

/** Makes findings by a whole number (an age, a grade, a count), remembering what it has made. */
export function byNumber(make: (value: number) => Finding): (value: number) => Finding {
  const made = new Map<number, Finding>();
  return (value) => {
    let found = made.get(value);
    if (found === undefined) {
      if (made.size > MOST_KEPT) made.clear();
      found = make(value);
      made.set(value, found);
    }
    return found;
  };
}

/** Both ends of a range belong to it; an end that is left out is open. */
export type Range = { readonly min?: number | undefined; readonly max?: number | undefined };
export const inside = (value: number, { min, max }: Range): boolean =>
  (min === undefined || value >= min) && (max === undefined || value <= max);

/** A condition on a text of which a few values are asked for: one finding for each of them, one for any other. */
export function oneOf(
  values: readonly string[],
  met: (value: string) => Finding,
  other: Finding,
): (value: string) => Finding {
  const found = new Map(values.map((value) => [value, met(value)]));
  return (value) => found.get(value) ?? other;
}
