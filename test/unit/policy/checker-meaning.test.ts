import { describe, expect, it } from 'vitest';
import { aPolicy, aRule, aSubsidy, aTier, named } from './a-policy.ts';
import { funding, type Json, pays, tiers, told } from './told.ts';

describe('what is paid, and by whom', () => {
  it.each<[string, Json, string]>([
    [
      'two payments in one',
      pays({ fixed: 100, percent: 10 }),
      'give exactly one of `fixed`, `percent`, `less`, `full`',
    ],
    [
      'a rounding of what needs none',
      pays({ fixed: 100, round: { to: 10, mode: 'up' } }),
      '`round` belongs to `percent`',
    ],
    ['no payment', pays({ round: { to: 10, mode: 'up' } }), 'give exactly one of `fixed`, `percent`, `less`, `full`'],
    ['bounds the wrong way round', pays({ full: true, atLeast: 500, atMost: 100 }), '`atLeast` is above `atMost`'],
    [
      'percentages above 100',
      funding([
        { party: 'district', percent: 60 },
        { party: 'street', percent: 50 },
      ]),
      'the percentages add up to more than 100',
    ],
    [
      'percentages below 100 and nobody for the rest',
      funding([
        { party: 'district', percent: 50 },
        { party: 'street', percent: 40 },
      ]),
      'make them 100, or give one party a `weight`',
    ],
    [
      'a fixed amount and nobody for the rest',
      funding([{ party: 'district', fixed: 300 }]),
      'make them 100, or give one party a `weight`',
    ],
    [
      'a fixed amount beside 100 %',
      funding([
        { party: 'street', fixed: 100 },
        { party: 'district', percent: 100 },
      ]),
      'together they cannot add up to the subsidy',
    ],
    [
      'a party twice',
      funding([
        { party: 'district', weight: 1 },
        { party: 'district', weight: 2 },
      ]),
      'a party is named twice',
    ],
    [
      'a portion of two kinds',
      funding([{ party: 'district', weight: 1, fixed: 100 }]),
      'give exactly one of `fixed`, `percent`, `weight`',
    ],
    [
      'a party that does not exist',
      funding([{ party: 'distrct', weight: 1 }]),
      'meals.tiers[0].funding[0].party: no party is called "distrct"; did you mean "district"?',
    ],
    [
      'a tier that nobody funds',
      { ...tiers(aTier('one')), funding: undefined },
      'meals.tiers[0]: nobody pays this subsidy; give the rule a `funding`',
    ],
    [
      'a subsidy that nobody funds',
      { subsidies: [{ id: 'g', combine: 'stack', rules: [aSubsidy('s')] }], funding: undefined },
      'meals.subsidies[0].rules[0]: nobody pays this subsidy',
    ],
    [
      'a reduced delivery that nobody funds',
      { delivery: [aRule('d', { name: named('d'), fee: 100, pays: { fixed: 0 } })], funding: undefined },
      'meals.delivery[0]: nobody pays this subsidy',
    ],
    [
      'two benefits in one',
      { subsidies: [{ id: 'g', combine: 'stack', rules: [aSubsidy('s', { gives: { amount: 1, downTo: 0 } })] }] },
      'give exactly one of `amount`, `percent`, `downTo`',
    ],
    [
      'a payment for an item without a price',
      tiers(aTier('one', { paysFor: { diner: { fixed: 0 } } })),
      'meals.tiers[0].paysFor.diner: no item is called "diner"; `meals.prices` has lunch',
    ],
  ])('is refused with %s', (_, meals, words) => {
    expect(told({}, meals).join('\n')).toContain(words);
  });

  it('may be left without funding where the elder pays all', () => {
    expect(told({}, { ...tiers(aTier('one', { pays: { full: true } })), funding: undefined })).toEqual([]);
  });
});

describe('limits, groups, prices and delivery', () => {
  const group = (id: string, rule: Json = aSubsidy(`${id}-rule`)): Json => ({ id, combine: 'stack', rules: [rule] });
  const limit = (over: Json): Json => ({ limits: [aRule('l', { per: 'day', ...over })] });
  const price = (id: string, over: Json = {}): Json => ({ id, item: 'lunch', price: 1200, source: 'x', ...over });
  const delivery = (id: string, over: Json = {}): Json => aRule(id, { name: named(id), fee: 200, ...over });

  it.each<[string, Json, string]>([
    ['a limit on nothing', limit({}), 'give exactly one of `meals`, `subsidy`'],
    ['a limit on two things', limit({ meals: 1, subsidy: 1 }), 'give exactly one of `meals`, `subsidy`'],
    ['meals per meal', limit({ per: 'meal', meals: 1 }), 'a limit per meal is a `subsidy`'],
    ['`notEnough` of meals', limit({ meals: 1, notEnough: 'part' }), '`notEnough` belongs to `subsidy`'],
    ['`covers` of a subsidy', limit({ subsidy: 1, covers: ['tiers'] }), '`covers` belongs to `meals`'],
    [
      'a limit on an item without a price',
      limit({ meals: 1, items: ['diner'] }),
      'meals.limits[0].items[0]: no item is called "diner"',
    ],
    [
      'a limit that covers nothing known',
      limit({ meals: 1, covers: ['tier'] }),
      'meals.limits[0].covers[0]: no group is called "tier"; did you mean "tiers"?',
    ],
    [
      'an exclusion of a later group',
      { subsidies: [group('a', aSubsidy('s', { notWith: ['b'] })), group('b')] },
      'meals.subsidies[0].rules[0].notWith[0]: no earlier group is called "b"; before this group there has tiers',
    ],
    [
      'an id twice',
      { subsidies: [group('a'), group('a', aSubsidy('s'))] },
      'meals.subsidies[1].id: "a" is used twice; meals.subsidies[0].id has it already: choose another',
    ],
    [
      'a tier twice',
      tiers(aTier('one', { when: { age: { min: 70 } } }), aTier('one', { pays: { fixed: 900 } })),
      'meals.tiers[1].code: "one" is used twice',
    ],
    [
      'a group called as the tiers are',
      { subsidies: [group('tiers')] },
      'meals.subsidies[0].id: the id "tiers"; that word is taken: choose another id',
    ],
    [
      'a price range the wrong way round',
      { prices: [price('p', { canteenSets: { min: 900, max: 100 } })] },
      '`min` is above `max`',
    ],
    [
      'prices that end with a condition',
      { prices: [price('p', { when: { weekday: 1 } })] },
      'meals.prices[0].when: every price for "lunch" has a condition; end the item with a price without `when`, for everybody else',
    ],
    [
      'a price behind one for everybody',
      { prices: [price('p'), price('q')] },
      'meals.prices[1]: the price "q" can never count; whoever meets it meets an earlier one, such as "p": put the narrower price first',
    ],
    [
      'no delivery fee for everybody else',
      { delivery: [delivery('d', { when: { age: { min: 80 } } })] },
      'meals.delivery: every delivery rule has a condition; have exactly one rule without `when`: the fee of everybody else',
    ],
    [
      'two delivery fees for everybody',
      { delivery: [delivery('d'), delivery('e')] },
      'meals.delivery: 2 delivery rules are for everybody',
    ],
  ])('are refused with %s', (_, meals, words) => {
    expect(told({}, meals).join('\n')).toContain(words);
  });

  it('refuse a party with the elder’s own id', () => {
    expect(told({ parties: { ...aPolicy().parties, person: { payer: 'charity', name: named('p') } } })).toEqual([
      'parties.person: a party called "person"; that is the elder: choose another id',
    ]);
  });
});

describe('a tier', () => {
  const never = (...list: Json[]): string[] =>
    told({}, tiers(...list))
      .filter((text) => text.includes('can never win'))
      .map((text) => text.slice(0, text.indexOf(':')));
  const cheap = { pays: { fixed: 100 } };

  it('is refused when whoever meets it meets a cheaper one', () => {
    expect(
      never(aTier('a', { when: { age: { min: 80 } } }), aTier('b', { when: { age: { min: 60 } }, ...cheap })),
    ).toEqual(['meals.tiers[0]']);
    expect(never(aTier('a', cheap), aTier('b', { when: { tag: { is: 'disabled', grade: { max: 2 } } } }))).toEqual([
      'meals.tiers[1]',
    ]);
    expect(
      never(
        aTier('a', { when: { tag: { is: ['disabled', 'dementia'] } }, ...cheap }),
        aTier('b', { when: { tag: { is: 'dementia' } } }),
      ),
    ).toEqual(['meals.tiers[1]']);
  });

  it('is refused when it is the second of equals', () => {
    expect(never(aTier('a', { when: { age: { min: 60 } } }), aTier('b', { when: { age: { min: 65 } } }))).toEqual([
      'meals.tiers[1]',
    ]);
  });

  it('is refused when several cheaper ones share out its ages', () => {
    expect(
      never(
        aTier('young', { when: { age: { min: 60, max: 74 } }, ...cheap }),
        aTier('old', { when: { age: { min: 75 } }, ...cheap }),
        aTier('all', { when: { age: { min: 65 } } }),
      ),
    ).toEqual(['meals.tiers[2]']);
  });

  it('stands when somebody is left to it', () => {
    expect(
      never(
        aTier('young', { when: { age: { min: 60, max: 73 } }, ...cheap }),
        aTier('old', { when: { age: { min: 75 } }, ...cheap }),
        aTier('all', { when: { age: { min: 65 } } }),
      ),
    ).toEqual([]);
    expect(
      never(
        aTier('a', { when: { tag: { is: 'disabled' } }, ...cheap }),
        aTier('b', { when: { tag: { is: ['disabled', 'dementia'] } } }),
      ),
    ).toEqual([]);
    expect(
      never(
        aTier('a', { when: { tag: { is: 'disabled', grade: { max: 2 } } }, ...cheap }),
        aTier('b', { when: { tag: { is: 'disabled' } } }),
      ),
    ).toEqual([]);
    expect(never(aTier('a', { when: { weekday: [6, 7] }, ...cheap }), aTier('b'))).toEqual([]);
    // A tag whose grade nobody has noted meets no range of grades, however wide.
    const graded = { tag: { is: 'preferential-treatment' as const, grade: { max: 10 } } };
    const any = { tag: { is: 'preferential-treatment' as const } };
    expect(never(aTier('a', { when: graded, ...cheap }), aTier('b', { when: any }))).toEqual([]);
  });

  it('stands when the cheaper one can run out of a payer', () => {
    expect(never(aTier('a', { ...cheap, funding: [{ party: 'district', weight: 1, cap: 50 }] }), aTier('b'))).toEqual(
      [],
    );
  });

  it('counts the prices that canteens may set', () => {
    const list = [aTier('fixed', { pays: { fixed: 600 } }), aTier('half', { pays: { percent: 50 } })];
    const prices = (canteenSets: Json) => [{ id: 'p', item: 'lunch', price: 1200, canteenSets, source: 'x' }];
    const text = (canteenSets: Json) => told({}, { ...tiers(...list), prices: prices(canteenSets) }).join();
    expect(text({ min: 1200, max: 2000 })).toContain('tier "half" can never win');
    expect(text({ min: 1000, max: 2000 })).not.toContain('can never win');
  });
});

describe('a class', () => {
  it('is refused when an earlier one always comes first', () => {
    const classes = [
      { code: 'c', name: named('c'), when: { age: { min: 60 } }, source: 'x' },
      { code: 'a', name: named('a'), when: { age: { min: 80 } }, source: 'x' },
    ];
    expect(told({ classes })).toEqual([
      'classes[1]: class "a" can never be given by its condition; whoever meets it meets an earlier one, such as "c": put the narrower class first',
    ]);
    expect(told({ classes: classes.toReversed() })).toEqual([]);
  });
});
