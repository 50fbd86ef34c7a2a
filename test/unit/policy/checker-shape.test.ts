import { describe, expect, it } from 'vitest';
import { aTier, named } from './a-policy.ts';
import { type Json, pays, tiers, told, when } from './told.ts';

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
