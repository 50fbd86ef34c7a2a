import { splitByWeights } from '../values/money.ts';
import type { Usage } from './facts.ts';
import type { Funding, Party } from './payment.ts';

/** The parties of a policy in a fixed order, so that a quote can keep what each pays in a list. */
export interface Parties {
  readonly ids: readonly string[];
  readonly of: readonly Party[];
  /** Whether any party has a cap of its own. */
  readonly capped: boolean;
}

export function partiesOf(parties: Readonly<Record<string, Party>>): Parties {
  const of = Object.values(parties);
  return {
    ids: Object.keys(parties),
    of,
    capped: of.some(({ perMeal, perDay, perMonth }) => (perMeal ?? perDay ?? perMonth) !== undefined),
  };
}

/** What each party may still pay for this elder's meal, in fen; undefined when no party has a cap. */
export function roomOf(parties: Parties, usage: Usage): number[] | undefined {
  if (!parties.capped) return undefined;
  return parties.of.map(({ perMeal = Infinity, perDay = Infinity, perMonth = Infinity }, index) => {
    const before = usage.parties?.[parties.ids[index] ?? ''];
    return Math.max(0, Math.min(perMeal, perDay - (before?.day ?? 0), perMonth - (before?.month ?? 0)));
  });
}

/** A rule's funding, compiled. `place` adds what each party pays of `amount` to `paid` and answers what they pay together. */
export interface Fund {
  /** Whether the parties can pay less than they are asked for. */
  readonly capped: boolean;
  place(amount: number, paid: number[], room: number[] | undefined): number;
}

interface Share {
  readonly party: number;
  readonly size: number;
  readonly cap: number;
}

/**
 * Compiles who pays a subsidy: fixed amounts first, in order; then percentages of the whole subsidy; what these leave goes
 * by weight. Split by largest remainder. What a capped party does not pay goes to the weights, and else stays with the elder.
 */
export function compileFund(funding: Funding, parties: Parties): Fund {
  const shares = (key: 'fixed' | 'percent' | 'weight'): Share[] =>
    funding
      .filter((portion) => portion[key] !== undefined)
      .map((portion) => ({
        party: indexOf(portion.party, parties),
        size: portion[key] ?? 0,
        cap: portion.cap ?? Infinity,
      }));
  const fixed = shares('fixed');
  const percent = shares('percent').map((share) => ({ ...share, size: Math.round(share.size * 100) }));
  const weights = shares('weight');
  const percentWeights = [
    ...percent.map(({ size }) => size),
    10_000 - percent.reduce((sum, { size }) => sum + size, 0),
  ];
  const capped = parties.capped || funding.some(({ cap }) => cap !== undefined);

  const [only] = weights;
  if (!capped && funding.length === 1 && only !== undefined) return payAlone(only.party);
  return capped ? { capped, place } : remembered(place);

  function place(amount: number, paid: number[], room: number[] | undefined): number {
    let left = amount;
    const given = new Map<number, number>();
    const pay = ({ party, cap }: Share, wanted: number): void => {
      const before = given.get(party) ?? 0;
      const most = Math.min(left, cap - before, (room?.[party] ?? Infinity) - before);
      const part = Math.max(0, Math.min(wanted, most));
      given.set(party, before + part);
      left -= part;
    };
    for (const share of fixed) pay(share, share.size);
    if (percent.length > 0) {
      const parts = splitByWeights(amount, percentWeights);
      percent.forEach((share, index) => {
        pay(share, parts[index] ?? 0);
      });
    }
    let open = weights;
    while (left > 0 && open.length > 0) {
      const before = left;
      const parts = splitByWeights(
        left,
        open.map(({ size }) => size),
      );
      open.forEach((share, index) => {
        pay(share, parts[index] ?? 0);
      });
      if (left === before) break;
      open = open.filter(({ party, cap }) => (given.get(party) ?? 0) < Math.min(cap, room?.[party] ?? Infinity));
    }
    for (const [party, part] of given) {
      paid[party] = (paid[party] ?? 0) + part;
      if (room !== undefined) room[party] = (room[party] ?? 0) - part;
    }
    return amount - left;
  }
}

/** More amounts than this are forgotten and split anew. */
const MOST_KEPT = 10_000;

/** Without caps the same amount is always split alike: splits are kept by amount. */
function remembered(place: Fund['place']): Fund {
  const kept = new Map<number, number[]>();
  return {
    capped: false,
    place(amount, paid) {
      let parts = kept.get(amount);
      if (parts === undefined) {
        if (kept.size >= MOST_KEPT) kept.clear();
        parts = [];
        place(amount, parts, undefined);
        kept.set(amount, parts);
      }
      parts.forEach((part, party) => {
        paid[party] = (paid[party] ?? 0) + part;
      });
      return amount;
    },
  };
}

/** The commonest funding: one party pays all. */
const payAlone = (party: number): Fund => ({
  capped: false,
  place(amount, paid) {
    paid[party] = (paid[party] ?? 0) + amount;
    return amount;
  },
});

function indexOf(id: string, parties: Parties): number {
  const index = parties.ids.indexOf(id);
  if (index < 0) throw new RangeError(`no party is named "${id}"`);
  return index;
}
