import fc from 'fast-check';
import type { Condition } from '../../../shared/policy/condition.ts';
import { ABILITY_LEVELS, type ElderFacts, type QuoteRequest, TAGS } from '../../../shared/policy/facts.ts';
import type { Meals } from '../../../shared/policy/meals.ts';
import type { Benefit, Funding, Payment } from '../../../shared/policy/payment.ts';
import type { Policy } from '../../../shared/policy/policy.ts';
import { addDays } from '../../../shared/values/dates.ts';
import { aPolicy, aRule, aSubsidy, aTier, named } from './a-policy.ts';

const PARTIES = ['district', 'street', 'charity', 'company'] as const;
const AREAS = ['1398', '139801', '139802', '139801001'];
const fen = (max: number) => fc.integer({ min: 0, max });
const optional = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arb, { nil: undefined });
/** An object without the keys whose value is undefined, as a document has it. */
const tidy = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const range = (min: number, max: number) =>
  fc
    .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
    .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .oneof(
      fc.record({ min: fc.integer({ min: 55, max: 95 }) }),
      fc.record({ max: fc.integer({ min: 55, max: 95 }) }),
      range(55, 95),
    )
    .map((age) => ({ age })),
  fc
    .record({
      is: fc.oneof(fc.constantFrom(...TAGS), fc.uniqueArray(fc.constantFrom(...TAGS), { minLength: 1, maxLength: 3 })),
    })
    .map((tag) => ({ tag })),
  range(1, 4).map((grade): Condition => ({ tag: { is: 'disabled', grade } })),
  fc.constantFrom(...ABILITY_LEVELS).map((atLeast): Condition => ({ ability: { atLeast } })),
  fc.constantFrom(...AREAS).map((area) => ({ area })),
  fc.boolean().map((localHousehold) => ({ localHousehold })),
  fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }).map((weekday) => ({ weekday })),
  fc.constantFrom('dine-in' as const, 'pickup' as const, 'delivery' as const).map((eating) => ({ eating })),
  fc.constantFrom('east', 'west').map((canteen) => ({ canteen })),
  fc.integer({ min: 0, max: 25 }).map((max): Condition => ({ used: { per: 'month', max } })),
  fc.constantFrom('a', 'b').map((one) => ({ class: one })),
  fc.constantFrom('old', 'poor').map((is) => ({ is })),
);

/** Conditions of up to three levels; without `not` where `plain`. */
export const condition = (plain: boolean, depth = 2): fc.Arbitrary<Condition> =>
  depth === 0
    ? leaf
    : fc.oneof(
        { weight: 3, arbitrary: leaf },
        {
          weight: 1,
          arbitrary: fc.array(condition(plain, depth - 1), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
        },
        {
          weight: 1,
          arbitrary: fc.array(condition(plain, depth - 1), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
        },
        { weight: 1, arbitrary: fc.tuple(leaf, leaf).map(([one, two]): Condition => ({ ...one, ...two })) },
        ...(plain ? [] : [{ weight: 1, arbitrary: condition(plain, depth - 1).map((not) => ({ not })) }]),
      );

const rounding = optional(
  fc.record({
    to: fc.constantFrom(1, 10, 50, 100),
    mode: fc.constantFrom('up' as const, 'down' as const, 'nearest' as const),
  }),
);
const percent = fc.integer({ min: 0, max: 10_000 }).map((value) => value / 100);

const payment: fc.Arbitrary<Payment> = fc.oneof(
  fen(2000).map((fixed) => ({ fixed })),
  fc.record({ percent, round: rounding, atLeast: optional(fen(300)) }),
  fc.record({ less: fen(1500), atLeast: optional(fen(300)) }),
  fc.constant({ full: true as const }),
);
const benefit: fc.Arbitrary<Benefit> = fc.oneof(
  fen(900).map((amount) => ({ amount })),
  fc.record({
    percent,
    of: fc.constantFrom('price' as const, 'person' as const),
    round: rounding,
    cap: optional(fen(500)),
  }),
  fen(300).map((downTo) => ({ downTo })),
);

/** Who pays: by weights, by percentages that add up, or mixed; with caps where `capped`. */
const funding = (capped: boolean): fc.Arbitrary<Funding> =>
  fc
    .tuple(
      fc.shuffledSubarray([...PARTIES], { minLength: 1 }),
      fc.integer({ min: 0, max: 2 }),
      fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 4, maxLength: 4 }),
      optional(fen(600)),
    )
    .map(([parties, kind, numbers, cap]) => {
      const limit = capped && cap !== undefined ? { cap } : {};
      if (kind === 1 && parties.length > 1) {
        const share = Math.floor(10_000 / parties.length) / 100;
        const rest = Math.round((100 - share * (parties.length - 1)) * 100) / 100;
        return parties.map((party, index) => ({
          party,
          percent: index === 0 ? rest : share,
          ...(index === 0 ? limit : {}),
        }));
      }
      return parties.map((party, index) =>
        kind === 2 && index > 0
          ? {
              party,
              ...(index % 2 === 0 ? { percent: (numbers[index] ?? 1) / 10 } : { fixed: numbers[index] ?? 1 }),
              ...limit,
            }
          : { party, weight: numbers[index] ?? 1, ...(index === 0 ? limit : {}) },
      );
    });

export interface Kind {
  /** Conditions without `not`. */
  readonly plain: boolean;
  /** Payers and portions with caps. */
  readonly capped: boolean;
}

const mealsOf = ({ plain, capped }: Kind): fc.Arbitrary<Meals> => {
  const when = optional(condition(plain));
  const group = fc.record({
    combine: fc.constantFrom('highest' as const, 'stack' as const),
    cap: optional(fen(800)),
    rules: fc.array(
      fc.record({
        when,
        gives: benefit,
        funding: optional(funding(capped)),
        notWith: optional(fc.constant<string[]>(['tiers'])),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  });
  const limit = fc.oneof(
    fc.record({
      per: fc.constantFrom('day' as const, 'month' as const),
      meals: fc.integer({ min: 0, max: 30 }),
      covers: optional(fc.constant<string[]>(['tiers'])),
      when,
    }),
    fc.record({
      per: fc.constantFrom('meal' as const, 'day' as const, 'month' as const),
      subsidy: fen(9000),
      notEnough: optional(fc.constantFrom('part' as const, 'none' as const)),
      when,
    }),
  );
  return fc
    .record({
      price: fc.integer({ min: 0, max: 3000 }),
      rounding,
      tiers: fc.array(fc.record({ when, pays: payment, funding: optional(funding(capped)) }), { maxLength: 5 }),
      groups: fc.array(group, { maxLength: 3 }),
      minimum: fc.array(fc.record({ amount: fen(300), when }), { maxLength: 2 }),
      limits: fc.array(limit, { maxLength: 3 }),
      fees: fc.array(fc.record({ fee: fen(500), when: condition(plain), pays: optional(payment) }), { maxLength: 2 }),
      funding: funding(capped),
    })
    .map(
      (made): Meals => ({
        prices: [{ id: 'lunch', item: 'lunch', price: made.price, canteenSets: { min: 0, max: 5000 }, source: 'x' }],
        rounding: made.rounding,
        tiers: made.tiers.map((tier, index) => aTier(`t${index}`, tier)),
        subsidies: made.groups.map(({ rules, ...rest }, at) => ({
          id: `g${at}`,
          ...rest,
          rules: rules.map((rule, index) => aSubsidy(`g${at}-s${index}`, rule)),
        })),
        minimumPay: made.minimum.map((rule, index) => aRule(`m${index}`, rule)),
        limits: made.limits.map((rule, index) => aRule(`l${index}`, rule)),
        delivery: [
          ...made.fees.map((rule, index) => aRule(`d${index}`, { name: named(`d${index}`), ...rule })),
          aRule('d-all', { name: named('all'), fee: 200 }),
        ],
        funding: made.funding,
      }),
    );
};

/** Documents that the schema takes and that can be compiled, with every kind of rule. */
export const policies = (kind: Kind): fc.Arbitrary<Policy> =>
  fc
    .record({
      meals: mealsOf(kind),
      ageCounting: fc.constantFrom('day' as const, 'month' as const, 'next-month' as const, 'year' as const),
      perMeal: optional(fen(700)),
      perMonth: optional(fen(5000)),
    })
    .map(({ meals, ageCounting, perMeal, perMonth }) => {
      const base = aPolicy();
      const caps = kind.capped ? { perMeal, perMonth } : {};
      return tidy({
        ...base,
        ageCounting,
        parties: { ...base.parties, company: { payer: 'enterprise' as const, name: named('c'), ...caps } },
        conditions: {
          old: { name: named('old'), when: { age: { min: 80 } } },
          poor: { name: named('poor'), when: { tag: { is: ['low-income' as const, 'minimum-living' as const] } } },
        },
        classes: [
          { code: 'a', name: named('a'), when: { tag: { is: 'no-support' as const } }, source: 'x' },
          { code: 'b', name: named('b'), when: { age: { min: 75 } }, source: 'x' },
        ],
        meals,
      });
    });

export const elders: fc.Arbitrary<ElderFacts> = fc.record({
  birthDate: fc.integer({ min: 0, max: 16_000 }).map((days) => addDays('1928-01-01', days)),
  area: fc.constantFrom('139801001001001', '139802001001001', '139803001001001'),
  tags: fc.array(fc.record({ tag: fc.constantFrom(...TAGS), grade: optional(fc.integer({ min: 1, max: 4 })) }), {
    maxLength: 4,
  }),
  abilityLevel: optional(fc.constantFrom(...ABILITY_LEVELS)),
  localHousehold: optional(fc.boolean()),
});

const used = (count: number) => fc.record({ count: fc.integer({ min: 0, max: count }), subsidy: fen(9500) });
export const requests: fc.Arbitrary<QuoteRequest> = fc.record({
  item: fc.constant('lunch'),
  on: fc.integer({ min: 0, max: 400 }).map((days) => addDays('2026-12-01', days)),
  eating: fc.constantFrom('dine-in' as const, 'pickup' as const, 'delivery' as const),
  canteen: optional(fc.constantFrom('east', 'west', 'north')),
  listPrice: optional(fen(5000)),
  usage: fc.record({
    day: used(2),
    month: used(31),
    parties: fc.record({ company: fc.record({ day: fen(1000), month: fen(5500) }) }),
  }),
});
