import { describe, expect, it } from 'vitest';
import { checkDocument, checkDocuments } from '../../../infra/policies/check.ts';
import { mistakeText } from '../../../infra/policies/mistake.ts';
import { aPolicy, aRule, aSubsidy, aTier, from, named } from './a-policy.ts';

type Json = Record<string, unknown>;

/** What the checker says of the test city with these sections put in place of its own. */
function told(over: Json, meals: Json = {}): string[] {
  const { meals: own, ...rest } = aPolicy();
  const document = { ...rest, meals: { ...own, ...meals }, ...over };
  return checkDocument(JSON.stringify(document)).mistakes.map((mistake) => mistakeText(mistake));
}
const tiers = (...list: Json[]): Json => ({ tiers: list });
const when = (condition: unknown): Json => tiers(aTier('one', { when: condition as never }));
const pays = (payment: unknown): Json => tiers(aTier('one', { pays: payment as never }));
const funding = (portions: unknown): Json => tiers(aTier('one', { funding: portions as never }));

it('finds nothing wrong with the test city', () => {
  expect(told({})).toEqual([]);
});

describe('the shape of a document', () => {
  it.each<[string, Json, Json, string]>([
    [
      'a field that no policy has',
      { validform: '2026-01-01' },
      {},
      'validform: unknown field "validform"; did you mean "validFrom"?',
    ],
    ['a field that is like none', { xyzzyplugh: 1 }, {}, 'xyzzyplugh: unknown field "xyzzyplugh"; take it out'],
    ['a field that is missing', { id: undefined }, {}, 'id: it is missing; it must be a text in quotes'],
    [
      'a text where a number belongs',
      {},
      pays({ fixed: '6' }),
      'meals.tiers[0].pays.fixed: found "6"; it must be a number',
    ],
    [
      'half a fen',
      {},
      pays({ fixed: 0.5 }),
      'meals.tiers[0].pays.fixed: found 0.5; it must be a whole number (amounts are in fen: 12 yuan is 1200)',
    ],
    ['a negative amount', {}, pays({ fixed: -1 }), 'meals.tiers[0].pays.fixed: found -1; it must be 0 or more'],
    ['more than 100 %', {}, pays({ percent: 140 }), 'meals.tiers[0].pays.percent: found 140; it must be 100 or less'],
    [
      'a third digit of a percentage',
      {},
      pays({ percent: 33.333 }),
      'meals.tiers[0].pays.percent: found 33.333; at most two digits after the point',
    ],
    [
      'a date of another form',
      { validFrom: '2026/1/1' },
      {},
      'validFrom: found "2026/1/1"; it must be a day as YYYY-MM-DD, such as 2026-12-01',
    ],
    [
      'a day that no calendar has',
      { validFrom: '2026-02-30' },
      {},
      'validFrom: found "2026-02-30"; not a day of the calendar',
    ],
    [
      'an id with capitals',
      { id: 'TestCity' },
      {},
      'id: found "TestCity"; it must be lower-case letters, digits and dashes, at most 40, such as "75-plus"',
    ],
    [
      'an area code of five digits',
      { area: { code: '13980', name: named('x') } },
      {},
      'area.code: found "13980"; it must be an area code of 4, 6, 9, 12 or 15 digits',
    ],
    ['a name in one language', { title: { zh: '测试市' } }, {}, 'title.en: it is missing; it must be a text in quotes'],
    [
      'an unknown way of counting ages',
      { ageCounting: 'lunar' },
      {},
      'ageCounting: found "lunar"; it must be one of "day", "month", "next-month", "year"',
    ],
    ['no examples', { examples: [] }, {}, 'examples: found []; it needs at least 1 entry'],
    [
      'a rule without its source',
      {},
      tiers({ ...aTier('one'), source: undefined }),
      'meals.tiers[0].source: it is missing; it must be a text in quotes',
    ],
    [
      'a reserved rule without its source',
      { grants: [{ amount: 1 }] },
      {},
      'grants[0].source: it is missing; it must be a text in quotes',
    ],
    [
      'a last day before the first',
      { validUntil: '2025-12-31' },
      {},
      'validUntil: found "2025-12-31"; `validUntil` is before `validFrom`',
    ],
    [
      'a party that is no payer',
      { parties: { district: { payer: 'person', name: named('x') } } },
      {},
      'parties.district.payer: found "person"; it must be one of "government", "charity", "enterprise"',
    ],
    [
      'a party whose id has blanks',
      { parties: { 'the district': { payer: 'government', name: named('x') } } },
      {},
      'parties["the district"]: a name that cannot be used; names are lower-case letters, digits and dashes',
    ],
  ])('is refused with %s', (_, over, meals, words) => {
    expect(told(over, meals)).toContain(words);
  });
});

describe('a condition', () => {
  it.each<[string, unknown, string]>([
    [
      'nothing in it',
      {},
      'meals.tiers[0].when: found {}; a condition needs at least one key (leave `when` out for a rule that is for everybody)',
    ],
    [
      'a key that no condition has',
      { agee: { min: 80 } },
      'meals.tiers[0].when.agee: unknown field "agee"; did you mean "age"?',
    ],
    [
      'a tag that does not exist',
      { tag: { is: 'poor' } },
      'meals.tiers[0].when.tag.is: found "poor"; it must be one of "no-support"',
    ],
    ['a range without ends', { age: {} }, 'meals.tiers[0].when.age: found {}; a range needs `min`, `max` or both'],
    ['a range the wrong way round', { age: { min: 74, max: 65 } }, '`min` is above `max`: nobody can be in that range'],
    ['an ability without ends', { ability: {} }, 'ability needs `atLeast`, `atMost` or both'],
    [
      'abilities the wrong way round',
      { ability: { atLeast: 'severe', atMost: 'mild' } },
      '`atLeast` is graver than `atMost`',
    ],
    ['dates without ends', { dates: {} }, 'dates need `from`, `until` or both'],
    ['dates the wrong way round', { dates: { from: '2026-02-01', until: '2026-01-01' } }, '`from` is after `until`'],
    ['an eighth weekday', { weekday: 8 }, 'meals.tiers[0].when.weekday: found 8; it must be 7 or less'],
    [
      'a season that is no month and day',
      { season: { from: '11-15', until: '3-15' } },
      'meals.tiers[0].when.season.until: found "3-15"; it must be a month and day as MM-DD, such as 11-15',
    ],
    [
      'a mistake deep inside',
      { any: [{ age: { min: 60 } }, { not: { age: { min: 'x' } } }] },
      'meals.tiers[0].when.any[1].not.age.min: found "x"; it must be a number',
    ],
    [
      'a class that does not exist',
      { class: 'a' },
      'meals.tiers[0].when.class: no class is called "a"; `classes` has none: add it there',
    ],
    [
      'an item without a price',
      { item: 'lunhc' },
      'meals.tiers[0].when.item: no item is called "lunhc"; did you mean "lunch"?',
    ],
    [
      'a name that does not exist',
      { is: 'poor' },
      'meals.tiers[0].when.is: no condition is called "poor"; `conditions` has none: add it there',
    ],
    [
      'the tier inside a tier',
      { tier: 'one' },
      'meals.tiers[0].when.tier: a condition on `tier`; `tier` is not known yet at this place: take it out',
    ],
    [
      'an area elsewhere',
      { area: '620102' },
      'meals.tiers[0].when.area: area "620102" lies outside the policy’s area "1398"; nobody there comes under this policy: name an area that begins with 1398',
    ],
    [
      'a fifth grade of disability',
      { tag: { is: 'disabled', grade: { max: 5 } } },
      'meals.tiers[0].when.tag.grade: grade {"max":5}; disability has the grades 1 (the gravest) to 4',
    ],
    [
      'a grade of what has none',
      { tag: { is: 'low-income', grade: { max: 2 } } },
      'meals.tiers[0].when.tag.grade: a grade for "low-income"; only "disabled" and "preferential-treatment" have grades',
    ],
  ])('is refused with %s', (_, condition, words) => {
    expect(told({}, when(condition)).join('\n')).toContain(words);
  });

  it.each<[string, unknown]>([
    ['two ages that exclude one another', { all: [{ age: { min: 80 } }, { age: { max: 70 } }] }],
    [
      'a tag that must and must not be there',
      { tag: { is: 'disabled' }, not: { tag: { is: ['disabled', 'dementia'] } } },
    ],
    ['two items at once', { all: [{ item: 'lunch' }, { item: 'dinner' }] }],
    ['an age outside all that `not` leaves', { age: { min: 60, max: 70 }, not: { age: { min: 50, max: 90 } } }],
    ['two areas at once', { all: [{ area: '139801' }, { area: '139802001' }] }],
    ['a condition and its opposite by name', { is: 'old', not: { age: { min: 70 } } }],
  ])('is refused when nobody can meet it: %s', (_, condition) => {
    const over = { conditions: { old: { name: named('old'), when: { age: { min: 80 } } } } };
    const meals = {
      prices: ['lunch', 'dinner'].map((item) => ({ id: item, item, price: 1200, source: 'x' })),
      ...when(condition),
    };
    expect(told(over, meals).filter((text) => text.startsWith('meals.tiers[0].when'))).toEqual([
      'meals.tiers[0].when: nobody can meet this condition; its parts contradict one another: change or take out one',
    ]);
  });

  it('is refused when it refers to itself by way of another', () => {
    const conditions = {
      a: { name: named('a'), when: { is: 'b' } },
      b: { name: named('b'), when: { any: [{ age: { min: 60 } }, { is: 'a' }] } },
    };
    expect(told({ conditions })).toEqual([
      'conditions.a: it refers to itself, directly or by way of others; write out one of the conditions of the circle',
      'conditions.b: it refers to itself, directly or by way of others; write out one of the conditions of the circle',
    ]);
  });

  it('is refused in a class when it asks for the meal by way of a name', () => {
    const over = {
      conditions: { lunching: { name: named('l'), when: { item: 'lunch' } } },
      classes: [{ code: 'a', name: named('a'), when: { is: 'lunching' }, source: 'x' }],
    };
    expect(told(over)).toEqual([
      'classes[0].when.is: the condition "lunching" asks for `item`; `item` is not known yet at this place: use another condition here',
    ]);
  });
});

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

describe('examples', () => {
  const example = (expected: Json, request: Json = {}): Json => ({
    examples: [
      {
        name: 'an elder of 82',
        elder: { age: 82 },
        request: { item: 'lunch', on: '2026-12-01', ...request },
        expect: expected,
      },
    ],
  });
  const meals = tiers(aTier('one'));

  it('that give another result are told with both results and the rules that decided', () => {
    expect(
      told(
        example({ price: 1200, person: 200, tier: 'two', shares: { charity: 1 }, parties: { district: 1000 } }),
        meals,
      ),
    ).toEqual([
      expect.stringMatching(
        /^examples\[0\]\.expect\.person: "an elder of 82" expects 200 \(2 yuan\), but the rules give 600 \(6 yuan\); .*\[tier:one\] It is for everybody → tier one, pays 6 yuan$/,
      ),
      expect.stringContaining('examples[0].expect.tier: "an elder of 82" expects two, but the rules give one'),
      expect.stringContaining(
        'examples[0].expect.shares.charity: "an elder of 82" expects 1 (0.01 yuan), but the rules give 0 (0 yuan)',
      ),
      expect.stringContaining(
        'examples[0].expect.parties.district: "an elder of 82" expects 1000 (10 yuan), but the rules give 600 (6 yuan)',
      ),
    ]);
  });

  it('that ask for an item without a price are refused', () => {
    expect(told(example({ price: 1200, person: 600 }, { item: 'dinner' }), meals)).toEqual([
      'examples[0].request: policy test-city 1 has no price for dinner; ask for an item that has a price',
    ]);
  });

  it('on a day without the policy are refused', () => {
    expect(told(example({ price: 1200, person: 600 }, { on: '2025-12-31' }), meals)).toEqual([
      'examples[0].request.on: the policy is not in force on 2025-12-31; name a day from 2026-01-01 on',
    ]);
  });

  it('need an age or a birth date, and tags that exist', () => {
    const withElder = (elder: Json) =>
      told({
        examples: [
          { name: 'x', elder, request: { item: 'lunch', on: '2026-12-01' }, expect: { price: 1200, person: 1200 } },
        ],
      });
    expect(withElder({})).toEqual(['examples[0].elder: found {}; give the elder exactly one of `age`, `birthDate`']);
    expect(withElder({ age: 70, tags: ['disable:1'] }).join()).toContain(
      'examples[0].elder.tags[0]: found "disable:1"; not a tag; the tags are no-support',
    );
    expect(withElder({ age: 70, tags: [{ tag: 'disabled', grad: 1 }] })).toEqual([
      'examples[0].elder.tags[0].grad: unknown field "grad"; did you mean "grade"?',
    ]);
  });
});

describe('a file that is no JSON', () => {
  it.each<[string, string, string]>([
    [
      'a comma too many',
      '{\n  "id": "x",\n}',
      'line 3, column 1: found "}"; a field’s name in double quotes must stand here (and no comma before a closing })',
    ],
    [
      'a comma too many in a list',
      '{"a": [1,\n 2,]}',
      'line 2, column 4: found "]"; no comma may stand before a closing ]',
    ],
    ['a comma too few', '{"a": 1\n "b": 2}', 'line 2, column 2: found "\\""; a comma or } must stand here'],
    ['a comment', '{\n  // the city\n}', 'line 2, column 3: a comment; JSON has no comments: take it out'],
    ['curly quotes', '{ “id”: 1 }', 'line 1, column 3: found "“"; a field’s name in double quotes'],
    [
      'a text that does not end',
      '{"a": "x\n"}',
      'line 1, column 7: found "\\""; a text must stand in straight double quotes, closed on the same line',
    ],
    ['no colon', '{"a" 1}', 'line 1, column 6: found "1"; a colon must stand'],
    ['a number of another form', '{"a": 06}', 'line 1, column 7: found "0"; a value must stand here'],
    ['an end too early', '{"a": [', 'line 1, column 8: the text ends here; a value must stand here'],
    ['nothing', '', 'line 1, column 1: the text ends here; a value must stand here'],
    ['something behind the end', '{}\n{}', 'line 2, column 1: found "{"; nothing may follow the document'],
    ['a field twice', '{"a": 1, "a": 2}', 'line 1, column 10: the field "a" for the second time; give it once'],
    ['a million levels', '['.repeat(1_000_000), 'at most 100 levels of { } and [ ] are read'],
    ['more than is read', ' '.repeat(2_000_001), 'at most 2000000 are read'],
  ])('is told by line and column: %s', (_, text, words) => {
    const { mistakes } = checkDocument(text);
    expect(mistakes).toHaveLength(1);
    expect(mistakes.map((mistake) => mistakeText(mistake))[0]).toContain(words);
  });

  it('is refused as a document too when it is JSON of another kind', () => {
    expect(checkDocument('[]').mistakes.map((mistake) => mistakeText(mistake))).toEqual([
      'the document: found []; it must be an object in { }',
    ]);
  });
});

describe('documents side by side', () => {
  const texts = (...list: Json[]) =>
    checkDocuments(
      list.map((over, index) => ({ file: `${index}.json`, text: JSON.stringify({ ...aPolicy(), ...over }) })),
    ).map(({ mistakes }) => mistakes.map((mistake) => mistakeText(mistake)));

  it('may follow one another, the later taking over', () => {
    expect(texts({}, { version: '2', ...from('2027-01-01') })).toEqual([[], []]);
    expect(texts({ validUntil: '2026-12-31' }, { version: '2', ...from('2027-01-01') })).toEqual([[], []]);
  });

  it('are refused when a version ends after the next has begun', () => {
    expect(texts({ validUntil: '2027-03-31' }, { version: '2', ...from('2027-01-01') })).toEqual([
      [],
      [
        'validUntil: 0.json ends on 2027-03-31, after 1.json has begun on 2027-01-01; both are for area 1398; let the first end the day before, or leave its `validUntil` out: the later version takes over by itself',
      ],
    ]);
  });

  it('are refused when two begin on one day for one area', () => {
    expect(texts({}, { id: 'other' })[1]).toEqual([
      'validFrom: 0.json is for area 1398 from 2026-01-01 too; only one can be in force: change the area or the first day of one',
    ]);
  });

  it('are refused when two have the same id and version', () => {
    expect(texts({}, { ...from('2027-01-01') })[1]?.[0]).toContain('version: test-city 1 is also in 0.json');
  });
});

describe('remarks', () => {
  const remarked = (over: Json, meals: Json = {}) =>
    checkDocument(JSON.stringify({ ...aPolicy(), ...over, meals: { ...aPolicy().meals, ...meals } })).remarks.join(
      '\n',
    );

  it('ask whether a small price is meant in yuan', () => {
    expect(remarked({}, { prices: [{ id: 'p', item: 'lunch', price: 12, source: 'x' }] })).toContain(
      'meals.prices[0].price: 12 is 0.12 yuan, amounts are in fen; 12 yuan is 1200',
    );
  });

  it('name what is not used, not shown by an example, or not counted by orders', () => {
    const text = remarked(
      { conditions: { old: { name: named('o'), when: { age: { min: 80 } } } } },
      { ...tiers(aTier('one')), limits: [aRule('l', { per: 'week', meals: 5 })] },
    );
    expect(text).toContain('no example expects tier "one": add one');
    expect(text).toContain('parties.company pays for nothing');
    expect(text).toContain('conditions.old is used nowhere');
    expect(text).toContain('meal orders do not count by week yet: not deployable');
  });
});
