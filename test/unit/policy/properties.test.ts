import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Quote } from '../../../shared/contracts/quote.ts';
import type { Condition } from '../../../shared/policy/condition.ts';
import { compilePolicy, quote } from '../../../shared/policy/engine.ts';
import { ABILITY_LEVELS, type ElderFacts, type QuoteRequest, TAGS } from '../../../shared/policy/facts.ts';
import type { Meals } from '../../../shared/policy/meals.ts';
import { listOf } from '../../../shared/policy/one-or-more.ts';
import { Policy } from '../../../shared/policy/policy.ts';
import { ageOn, weekdayOf } from '../../../shared/values/dates.ts';
import { elders, policies, requests } from './random-policy.ts';

const ANY = { plain: false, capped: true };
const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
const quoteBy = (policy: Policy, elder: ElderFacts, request: QuoteRequest): Quote =>
  quote(compilePolicy(policy), elder, request);
const mealsOf = (policy: Policy): Meals => {
  if (policy.meals === undefined) throw new Error('a random policy has meals');
  return policy.meals;
};

describe('a quote by any policy, for any elder', () => {
  it('keeps the contract of quotes, and its shares and legs add up to the price with none below zero', () => {
    fc.assert(
      fc.property(policies(ANY), elders, requests, (policy, elder, request) => {
        Policy.parse(policy);
        const quoted = Quote.parse(quoteBy(policy, elder, request));
        expect(sum(Object.values(quoted.shares))).toBe(quoted.price);
        expect(sum(quoted.legs.map(({ amount }) => amount))).toBe(quoted.price);
        expect(quoted.legs.every(({ amount }) => amount > 0)).toBe(true);
        for (const side of ['person', 'government', 'charity', 'enterprise', 'voucher'] as const) {
          expect(sum(quoted.legs.filter(({ payer }) => payer === side).map(({ amount }) => amount))).toBe(
            quoted.shares[side],
          );
        }
      }),
      { numRuns: 600 },
    );
  });

  it('gives one reason for each rule of the meal, in both languages', () => {
    fc.assert(
      fc.property(policies(ANY), elders, requests, (policy, elder, request) => {
        const { because } = quoteBy(policy, elder, request);
        const meals = mealsOf(policy);
        const rules = [
          ...meals.prices.map(({ id }) => id),
          ...(meals.tiers ?? []).map(({ code }) => `tier:${code}`),
          ...(meals.subsidies ?? []).flatMap((group) => group.rules.map(({ id }) => id)),
          ...(meals.limits ?? []).map(({ id }) => id),
          ...(meals.minimumPay ?? []).map(({ id }) => id),
          ...(request.eating === 'delivery' ? (meals.delivery ?? []).map(({ id }) => id) : []),
        ];
        expect(
          because
            .map(({ rule }) => rule)
            .filter((rule) => !rule.startsWith('class:'))
            .sort(),
        ).toEqual(rules.sort());
        for (const { text } of because) {
          expect(text.zh).toMatch(/[\u4e00-\u9fff]/);
          expect(text.en).toMatch(/^[A-Z0-9]/);
          expect(`${text.zh}${text.en}`).not.toMatch(/undefined|NaN|Infinity|\[object/);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('never passes a cap: of a payer, of a group, of a limit, nor the least that the elder pays', () => {
    fc.assert(
      fc.property(policies(ANY), elders, requests, (policy, elder, { eating: _, ...dineIn }) => {
        // Without delivery every leg is of the meal.
        const quoted = quoteBy(policy, elder, dineIn);
        const meals = mealsOf(policy);
        const company = policy.parties?.company;
        const paid = quoted.legs.find(({ party }) => party === 'company')?.amount ?? 0;
        const before = dineIn.usage?.parties?.company?.month ?? 0;
        expect(paid).toBeLessThanOrEqual(company?.perMeal ?? Infinity);
        expect(paid).toBeLessThanOrEqual(Math.max(0, (company?.perMonth ?? Infinity) - before));
        const subsidy = quoted.price - quoted.shares.person;
        const holds = (rule: string) =>
          quoted.because.some((reason) => reason.rule === rule && !reason.text.zh.endsWith('不受此限'));
        for (const limit of meals.limits ?? []) {
          if (!holds(limit.id)) continue;
          const used = limit.per === 'meal' ? { count: 0, subsidy: 0 } : dineIn.usage?.[limit.per];
          if (limit.subsidy !== undefined)
            expect(subsidy).toBeLessThanOrEqual(Math.max(0, limit.subsidy - (used?.subsidy ?? 0)));
          if (limit.meals !== undefined && limit.covers === undefined && (used?.count ?? 0) >= limit.meals)
            expect(subsidy).toBe(0);
        }
        for (const { id, amount } of meals.minimumPay ?? []) {
          if (quoted.because.some(({ rule, text }) => rule === id && text.zh.includes('不受最低自付限制'))) continue;
          expect(quoted.shares.person).toBeGreaterThanOrEqual(Math.min(amount, quoted.price));
        }
      }),
      { numRuns: 600 },
    );
  });

  it('is the same from a policy that has quoted much as from one compiled anew', () => {
    fc.assert(
      fc.property(
        policies(ANY),
        fc.array(fc.tuple(elders, requests), { minLength: 2, maxLength: 30 }),
        (policy, asked) => {
          const warm = compilePolicy(policy);
          for (const [elder, request] of asked) quote(warm, elder, request);
          for (const [elder, request] of asked)
            expect(quote(warm, elder, request)).toEqual(quoteBy(policy, elder, request));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the order of rules', () => {
  const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });

  it('changes nothing at the price or what the elder pays: of tiers, of exclusive groups’ rules, of limits, of parties', () => {
    fc.assert(
      fc.property(
        policies({ plain: false, capped: false }).chain((policy) => {
          const meals = mealsOf(policy);
          const groups = (meals.subsidies ?? []).map((group) =>
            group.combine === 'highest'
              ? shuffled(group.rules).map((rules) => ({ ...group, rules }))
              : fc.constant(group),
          );
          return fc
            .record({
              tiers: shuffled(meals.tiers ?? []),
              limits: shuffled(meals.limits ?? []),
              minimumPay: shuffled(meals.minimumPay ?? []),
              delivery: shuffled(meals.delivery ?? []),
              subsidies: fc.tuple(...groups),
              parties: shuffled(Object.entries(policy.parties ?? {})),
            })
            .map(({ parties, ...rest }): [Policy, Policy] => [
              policy,
              { ...policy, parties: Object.fromEntries(parties), meals: { ...meals, ...rest } },
            ]);
        }),
        elders,
        requests,
        ([policy, other], elder, request) => {
          const one = quoteBy(policy, elder, request);
          const two = quoteBy(other, elder, request);
          expect([two.price, two.shares.person]).toEqual([one.price, one.shares.person]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a better claim', () => {
  it('never costs more: one tag more, where tiers exclude one another and no condition says `not`', () => {
    fc.assert(
      fc.property(
        policies({ plain: true, capped: false }),
        elders,
        requests,
        fc.constantFrom(...TAGS),
        (policy, elder, request, tag) => {
          const { tiers, prices, funding } = mealsOf(policy);
          // Classes exclude one another too, but by order, not by what they are worth.
          const bare: Policy = { ...policy, classes: [], meals: { prices, funding, tiers } };
          const richer = { ...elder, tags: [...elder.tags, { tag, grade: 1 }] };
          expect(quoteBy(bare, richer, request).shares.person).toBeLessThanOrEqual(
            quoteBy(bare, elder, request).shares.person,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never costs more: one subsidy more in a group', () => {
    fc.assert(
      fc.property(policies({ plain: true, capped: false }), elders, requests, (policy, elder, request) => {
        const { tiers = [], prices, funding, subsidies = [] } = mealsOf(policy);
        const by = (groups: Meals['subsidies']) =>
          quoteBy({ ...policy, meals: { prices, funding, tiers, subsidies: groups } }, elder, request).shares.person;
        const [first] = subsidies;
        if (first === undefined) return;
        const { notWith: _, ...extra } = { ...(first.rules[0] as (typeof first.rules)[number]), id: 'extra' };
        expect(by([{ ...first, rules: [...first.rules, extra] }])).toBeLessThanOrEqual(by([first]));
      }),
      { numRuns: 300 },
    );
  });
});

describe('conditions', () => {
  it('hold exactly when a plain reading of them says so', () => {
    fc.assert(
      fc.property(policies(ANY), elders, requests, (policy, elder, request) => {
        const meals = mealsOf(policy);
        const quoted = quoteBy({ ...policy, ageCounting: 'day' }, elder, request);
        for (const { code, when } of meals.tiers ?? []) {
          const reason = quoted.because.find(({ rule }) => rule === `tier:${code}`);
          expect(reason?.outcome !== 'not-met').toBe(when === undefined || reads(when, policy, elder, request));
        }
      }),
      { numRuns: 800 },
    );
  });
});

/** A condition read as it stands, slowly and without words: what the compiled one must agree with. */
function reads(condition: Condition, policy: Policy, elder: ElderFacts, request: QuoteRequest): boolean {
  const again = (one: Condition): boolean => reads(one, policy, elder, request);
  const within = (value: number, { min = 0, max = 1e9 }: { min?: number | undefined; max?: number | undefined }) =>
    value >= min && value <= max;
  const careClass = () => policy.classes?.find(({ when }) => when !== undefined && again(when))?.code;
  const checks: { [K in keyof Required<Condition>]?: (value: NonNullable<Condition[K]>) => boolean } = {
    all: (list) => list.every(again),
    any: (list) => list.some(again),
    not: (one) => !again(one),
    is: (name) => again(policy.conditions?.[name]?.when ?? {}),
    age: (range) => within(ageOn(elder.birthDate, request.on), range),
    tag: ({ is, grade }) =>
      elder.tags.some(
        (held) =>
          listOf(is).includes(held.tag) &&
          (grade === undefined || (held.grade !== undefined && within(held.grade, grade))),
      ),
    ability: ({ atLeast = 'intact' }) =>
      elder.abilityLevel !== undefined && ABILITY_LEVELS.indexOf(elder.abilityLevel) >= ABILITY_LEVELS.indexOf(atLeast),
    area: (codes) => listOf(codes).some((code) => elder.area.startsWith(code)),
    class: (codes) => listOf(codes).some((code) => code === careClass()),
    localHousehold: (wanted) => (elder.localHousehold ?? true) === wanted,
    eating: (modes) => listOf(modes).some((mode) => mode === request.eating),
    canteen: (slugs) => listOf(slugs).some((slug) => slug === request.canteen),
    weekday: (days) => listOf(days).includes(weekdayOf(request.on)),
    used: ({ per, ...range }) => within(request.usage?.[per]?.count ?? 0, range),
  };
  return Object.entries(condition).every(([key, value]) => {
    const check = checks[key as keyof Condition] as ((value: unknown) => boolean) | undefined;
    if (check === undefined) throw new Error(`no plain reading of ${key}`);
    return check(value);
  });
}
