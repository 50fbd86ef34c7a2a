import { describe, expect, it } from 'vitest';
import { checkDocument, checkDocuments } from '../../../infra/policies/check.ts';
import { mistakeText } from '../../../infra/policies/mistake.ts';
import { aPolicy, aRule, aTier, from, named } from './a-policy.ts';
import { type Json, tiers, told } from './told.ts';

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

  it('are refused when a version ends on the very day on which the next begins', () => {
    expect(texts({ validUntil: '2027-01-01' }, { version: '2', ...from('2027-01-01') })[1]?.join()).toContain(
      'validUntil: ',
    );
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
