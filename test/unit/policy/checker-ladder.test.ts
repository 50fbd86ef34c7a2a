import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../infra/policies/check.ts';
import { mistakeText } from '../../../infra/policies/mistake.ts';
import { CALLEES } from '../../../shared/contracts/callees.ts';
import { aLadder, aWave } from './a-ladder.ts';
import { aPolicy } from './a-policy.ts';
import { type Json, told } from './told.ts';

const waves = (...list: Json[]): Json => ({ alerts: aLadder(list as never) });
const section = (over: Json): Json => ({ alerts: { ...aLadder(), ...over } });
const CENTRE = { name: { zh: '中心', en: 'Centre' }, callee: 'call-centre', webhook: 'https://centre.example/alerts' };
const RESCUE = { name: { zh: '急救', en: 'Rescue' }, callee: 'emergency-services', phone: '120' };
const watch = (over: Json): Json => section({ watch: { source: 'x', ...over } });
const drill = (over: Json): Json => watch({ drill: { every: 'month', dayOfMonth: 1, timeOfDay: '09:00', ...over } });

it('finds nothing wrong with the ladder of the test city, nor with one that has partners', () => {
  expect(told(section({}))).toEqual([]);
  const calls = aWave('out', { call: ['call-centre', 'emergency-services'] });
  expect(told({ alerts: aLadder([calls], { partners: { a: CENTRE, b: RESCUE } as never }) })).toEqual([]);
});

describe('the section alerts is refused with', () => {
  it.each<[string, Json, string]>([
    ['no waves', section({ waves: [] }), 'alerts.waves: found []; it needs at least 1 entry'],
    ['no source', section({ source: undefined }), 'alerts.source: it is missing; it must be a text in quotes'],
    ['half a second', section({ joinSeconds: 0.5 }), 'alerts.joinSeconds: found 0.5; it must be a whole number'],
    [
      'more than a minute to call it off',
      section({ callOffSeconds: 61 }),
      'alerts.callOffSeconds: found 61; it must be 60 or less',
    ],
    [
      'no time at all for a next step',
      section({ nextStepSeconds: 0 }),
      'alerts.nextStepSeconds: found 0; it must be 30 or more',
    ],
    [
      'a field that it does not have',
      section({ repeatSecond: 60 }),
      'alerts.repeatSecond: unknown field "repeatSecond"; did you mean "repeatSeconds"?',
    ],
    [
      'a callee that nobody is',
      waves(aWave('a', { call: ['neighbour' as never] })),
      'alerts.waves[1].call[0]: found "neighbour"; it must be one of "dispatchers", "family"',
    ],
    [
      'the stage’s test channel',
      waves(aWave('a', { channels: ['canary' as never] })),
      'alerts.waves[1].channels[0]: found "canary"; it must be one of "inbox", "wechat", "sms", "voice", "partner"',
    ],
    [
      'the stage’s test as a source',
      waves(aWave('a', { sources: ['canary' as never] })),
      'alerts.waves[1].sources[0]: found "canary"; it must be one of "app", "key"',
    ],
    ['nobody in a wave', waves(aWave('a', { call: [] })), 'alerts.waves[1].call: found []; it needs at least 1 entry'],
    [
      'a time of day that no clock shows',
      waves(aWave('a', { times: { from: '7:00', until: '22:00' } })),
      'alerts.waves[1].times.from: found "7:00"; it must be a time of day as HH:MM, such as 09:15',
    ],
    [
      'times that are none',
      waves(aWave('a', { times: { from: '07:00', until: '07:00' } })),
      'alerts.waves[1].times: from 07:00 until 07:00; that is no time at all: leave `times` out for the whole day',
    ],
    [
      'a wave that comes late in the list',
      waves(aWave('a', { after: 90 }), aWave('b', { after: 60 })),
      'alerts.waves[2].after: 60 seconds, after a wave at 90; write the waves in the order of their time',
    ],
    [
      'an id that is used twice',
      waves(aWave('a'), aWave('a')),
      'alerts.waves[2].id: "a" is used twice; alerts.waves[1].id has it already: choose another',
    ],
    [
      'a callee that is named twice',
      waves(aWave('a', { call: ['neighbours', 'neighbours'] })),
      'alerts.waves[1].call[1]: "neighbours" for the second time; name it once',
    ],
    [
      'people told without a ring',
      waves(aWave('a', { channels: ['inbox', 'wechat'] })),
      'alerts.waves[1].call[0]: "grid-worker" would be told without a ring; the inbox and WeChat (one message for each consent) ring no telephone: add "sms" or "voice" to `channels`, or leave them out',
    ],
    [
      'a call centre that nobody named',
      waves(aWave('a', { call: ['neighbours', 'call-centre'] })),
      'alerts.waves[1].call[1]: nobody is named whom "call-centre" would reach; name one under `alerts.partners`, with a `phone` or a `webhook`: {"…": {"callee": "call-centre", …}}',
    ],
    [
      'emergency services for smoke alone, called for everything',
      {
        alerts: aLadder([aWave('a', { call: ['emergency-services'], sources: ['smoke', 'key'] })], {
          partners: { fire: { ...RESCUE, sources: ['smoke'] } } as never,
        }),
      },
      'alerts.waves[1].call[0]: nobody is named whom "emergency-services" would reach for alerts of key;',
    ],
    [
      'a partner that no channel reaches',
      {
        alerts: aLadder([aWave('a', { call: ['call-centre'], channels: ['voice'] })], {
          partners: { centre: CENTRE } as never,
        }),
      },
      'alerts.waves[1].channels: no channel of this wave reaches `alerts.partners.centre`; a partner’s `phone` is reached by "voice", its `webhook` by "partner": add the one that it has',
    ],
    [
      'a partner that cannot be reached at all',
      section({ partners: { a: { name: CENTRE.name, callee: 'call-centre' } } }),
      'alerts.partners.a: found {"name":{"zh":"中心","en":"Centre"},"callee":"call-centre"}; nobody can be reached: give the partner a `phone`, a `webhook` or both',
    ],
    [
      'a webhook in the clear',
      section({ partners: { a: { ...CENTRE, webhook: 'http://centre.example' } } }),
      'alerts.partners.a.webhook: found "http://centre.example"; it must be an https address without blanks or a name and password in it',
    ],
    [
      'a webhook with a password in it',
      section({ partners: { a: { ...CENTRE, webhook: 'https://me:secret@centre.example/x' } } }),
      'it must be an https address without blanks or a name and password in it',
    ],
    [
      'a telephone number that is none',
      section({ partners: { a: { ...RESCUE, phone: 'call me' } } }),
      'alerts.partners.a.phone: found "call me"; it must be a telephone number of 3 to 20 digits and dashes, such as 120 or 0931-8880120',
    ],
    [
      'a partner that is the family',
      section({ partners: { a: { ...RESCUE, callee: 'family' } } }),
      'alerts.partners.a.callee: found "family"; it must be one of "call-centre", "emergency-services"',
    ],
    [
      'a drill on the 31st',
      drill({ dayOfMonth: 31 }),
      'alerts.watch.drill.dayOfMonth: found 31; it must be 28 or less',
    ],
    ['a drill every week', drill({ every: 'week' }), 'alerts.watch.drill.every: found "week"; it must be "month"'],
    [
      'a silence shorter than two heartbeats',
      watch({ deviceSilentHours: { key: 1, other: 26 }, heartbeatMinutes: 60 }),
      'alerts.watch.deviceSilentHours: a device that speaks every 60 minutes counts as silent after 1 hours; leave time for two heartbeats at least: one alone gets lost now and then',
    ],
    [
      'hours of silence for some kinds only',
      watch({ deviceSilentHours: { key: 12 } }),
      'alerts.watch.deviceSilentHours.other: it is missing; it must be a number',
    ],
    [
      'more in a minute than in three',
      section({ targets: { within60: 0.995, source: 'x' } }),
      'alerts.targets.within60: 0.995 within 60 seconds, but 0.99 within 180; whatever is answered within 60 seconds is answered within 180 too: `within180` cannot be less',
    ],
    [
      'a target in percent',
      section({ targets: { within60: 97.5, source: 'x' } }),
      'alerts.targets.within60: found 97.5; it must be 1 or less',
    ],
  ])('%s', (_, over, words) => {
    expect(told(over).join('\n')).toContain(words);
  });

  it('a first wave that is not at once', () => {
    const late = { alerts: { waves: [aWave('a', { after: 5, call: ['dispatchers', 'family'] })], source: 'x' } };
    expect(told(late)[0]).toBe(
      'alerts.waves[0].after: the first wave is called 5 seconds after the press; begin with 0: somebody must hear at once',
    );
  });

  it.each<[string, Json[], string[]]>([
    ['the desk without the family', [aWave('a', { after: 0, call: ['dispatchers'] })], ['family']],
    ['the family without the desk', [aWave('a', { after: 0, call: ['family'] })], ['dispatchers']],
    [
      'the family of some alone',
      [
        aWave('a', { after: 0, call: ['dispatchers'] }),
        aWave('b', { after: 0, call: ['family'], when: { age: { min: 80 } } }),
      ],
      ['family'],
    ],
    [
      'both by day alone',
      [aWave('a', { after: 0, call: ['dispatchers', 'family'], times: { from: '07:00', until: '22:00' } })],
      ['dispatchers', 'family'],
    ],
    [
      'both for smoke alone',
      [aWave('a', { after: 0, call: ['dispatchers', 'family'], sources: ['smoke'] })],
      ['dispatchers', 'family'],
    ],
  ])('at once only %s, with the reason why both', (_, list, missing) => {
    expect(told({ alerts: { waves: list, source: 'x' } })).toEqual(
      missing.map(
        (callee) =>
          `alerts.waves[0].call: not every alert calls "${callee}" at once; a wave at 0 without \`when\`, \`sources\` and \`times\` must call dispatchers and family: Wuhan’s 一键通 rings the platform and the family at the same moment, so that none is missed`,
      ),
    );
  });

  it('nothing, where two waves at 0 call the desk and the family', () => {
    const list = [aWave('a', { after: 0, call: ['dispatchers'] }), aWave('b', { after: 0, call: ['family'] })];
    expect(told({ alerts: { waves: list, source: 'x' } })).toEqual([]);
  });
});

describe('a condition of a wave or a drill', () => {
  it('may not ask for the meal, by itself or by way of a name', () => {
    const conditions = { lunching: { name: { zh: '午餐', en: 'lunch' }, when: { item: 'lunch' } } };
    expect(told({ conditions, ...waves(aWave('a', { when: { eating: 'delivery' } })) })).toEqual([
      'alerts.waves[1].when.eating: a condition on `eating`; `eating` is not known yet at this place: take it out',
    ]);
    expect(told({ conditions, ...waves(aWave('a', { when: { is: 'lunching' } })) })).toEqual([
      'alerts.waves[1].when.is: the condition "lunching" asks for `item`; `item` is not known yet at this place: use another condition here',
    ]);
    expect(told(drill({ who: { tier: 'one' } }))).toEqual([
      'alerts.watch.drill.who.tier: a condition on `tier`; `tier` is not known yet at this place: take it out',
    ]);
  });

  it('must be one that somebody can meet, of names and areas that there are', () => {
    const all = [{ age: { min: 80 } }, { age: { max: 70 } }];
    expect(told(waves(aWave('a', { when: { all } })))).toEqual([
      'alerts.waves[1].when: nobody can meet this condition; its parts contradict one another: change or take out one',
    ]);
    expect(told(waves(aWave('a', { when: { is: 'frail' } })))).toEqual([
      'alerts.waves[1].when.is: no condition is called "frail"; `conditions` has none: add it there',
    ]);
    expect(told(drill({ who: { area: '620102' } })).join()).toContain(
      'alerts.watch.drill.who.area: area "620102" lies outside the policy’s area "1398"',
    );
  });
});

describe('an example of a ladder', () => {
  const example = (alert: Json, over: Json = {}): Json => ({
    ...waves(
      aWave('alone', { call: ['neighbours'], when: { tag: { is: 'living-alone' } } }),
      aWave('grid', { after: 90 }),
    ),
    examples: [
      { name: 'a widow', elder: { age: 82, tags: ['living-alone'] }, alert: { source: 'key', ...alert }, ...over },
    ],
  });
  const first = { at: 0, call: ['family', 'dispatchers'] };
  const right = [
    first,
    { at: 60, call: ['neighbours'], channels: ['voice', 'sms', 'wechat'] },
    { at: 90, call: ['grid-worker'] },
  ];

  it('that is right is found so, in whatever order its callees and channels stand', () => {
    expect(told(example({ expect: right }))).toEqual([]);
  });

  it('that expects other callees, channels or seconds is told with what the rules give, and why', () => {
    const expected = [first, { at: 60, call: ['volunteers'], channels: ['voice'] }, { at: 80, call: ['grid-worker'] }];
    const mistakes = told(example({ expect: expected }));
    expect(mistakes).toEqual([
      expect.stringContaining(
        'examples[0].alert.expect[1].call: "a widow" expects volunteers at 60 s, but the rules give neighbours; mend the rules or the example. Because: [wave:first] At once calls the desk and the family',
      ),
      expect.stringContaining(
        'examples[0].alert.expect[1].channels: "a widow" expects voice at 60 s, but the rules give inbox, wechat, sms, voice;',
      ),
      expect.stringContaining(
        'examples[0].alert.expect[2].at: "a widow" expects a wave at 80 s, but the rules give waves at 0 s, 60 s, 90 s;',
      ),
      expect.stringContaining(
        'examples[0].alert.expect: "a widow" expects nobody at 90 s, but the rules give grid-worker then;',
      ),
    ]);
    expect(mistakes[0]).toContain('[wave:alone] After 60 seconds calls neighbours');
  });

  it.each<[string, Json, Json, string]>([
    [
      'an unknown source',
      { source: 'bell', expect: right },
      {},
      'examples[0].alert.source: found "bell"; it must be one of "app", "key"',
    ],
    [
      'a day before the policy',
      { on: '2025-12-31', expect: right },
      {},
      'examples[0].alert.on: the policy is not in force on 2025-12-31; name a day from 2026-01-01 on',
    ],
    ['no ladder', {}, {}, 'examples[0].alert.expect: it is missing; it must be a list in [ ]'],
    ['a second twice', { expect: [first, first] }, {}, 'two waves at the same second: write them as one'],
    [
      'a field that it does not have',
      { expect: right, sorce: 'x' },
      {},
      'examples[0].alert.sorce: unknown field "sorce"; did you mean "source"?',
    ],
    [
      'a mistake in its elder',
      { expect: right },
      { elder: {} },
      'examples[0].elder: found {}; give the elder exactly one of `age`, `birthDate`',
    ],
    [
      'a meal beside it',
      { expect: right },
      { request: { item: 'lunch', on: '2026-12-01' } },
      'examples[0].request: unknown field "request"',
    ],
  ])('is refused with %s', (_, alert, over, words) => {
    expect(told(example(alert, over)).join('\n')).toContain(words);
  });
});

describe('remarks on a ladder', () => {
  const remarks = (over: Json): readonly string[] =>
    checkDocument(JSON.stringify({ ...aPolicy(), ...over })).remarks.filter((text) => /ladder|wave|alerts/.test(text));

  it('name what is seldom meant', () => {
    expect(
      remarks({
        alerts: aLadder([aWave('out', { after: 5, call: ['emergency-services'] })], {
          partners: { a: CENTRE, b: RESCUE } as never,
        }),
      }),
    ).toEqual([
      'no example expects a ladder: add one with `alert`',
      'alerts.partners.a: no wave calls call-centre',
      'wave "out" is the last, which is repeated until somebody answers, and does not call dispatchers',
      'wave "out" is the last, which is repeated until somebody answers, and does not call family',
      'wave "out" calls the emergency services before the elder has had the 10 seconds to call it off',
    ]);
    expect(remarks(section({}))).toContain(
      'the ladder never leaves the neighbourhood: no wave calls the call centre or 120',
    );
  });

  it('are none on a document without the section, nor on smoke that calls the emergency services at once', () => {
    expect(remarks({})).toEqual([]);
    const fire = aWave('fire', { after: 0, call: ['emergency-services'], sources: ['smoke'] });
    const last = aWave('last', { after: 90, call: ['dispatchers', 'family', 'emergency-services'] });
    expect(remarks({ alerts: aLadder([fire, last], { partners: { b: RESCUE } as never }) })).toEqual([
      'no example expects a ladder: add one with `alert`',
    ]);
  });
});

describe('a city that writes of alerts alone, unlike any other', () => {
  const TEXT = readFileSync(new URL('./fixtures/island-city.json', import.meta.url), 'utf8');
  type Document = { examples: { alert: { expect: { at: number; call: string[] }[] } }[] };

  it('is written as a document alone, and every ladder comes out as it says', () => {
    const { mistakes, remarks } = checkDocument(TEXT);
    expect(mistakes.map((mistake) => mistakeText(mistake))).toEqual([]);
    expect(remarks).toEqual([]);
  });

  it('is held to every wave of its examples: another expectation is a mistake', () => {
    const { examples } = JSON.parse(TEXT) as Document;
    const places = examples.flatMap(({ alert }, index) => alert.expect.map((_, wave) => [index, wave] as const));
    expect(places.length).toBeGreaterThan(20);
    for (const [index, wave] of places) {
      const changed = JSON.parse(TEXT) as Document;
      const call = changed.examples[index]?.alert.expect[wave]?.call ?? [];
      call.push(CALLEES.find((callee) => !call.includes(callee)) ?? '');
      const { mistakes } = checkDocument(JSON.stringify(changed));
      expect(mistakes.map(({ path }) => path)).toEqual([`examples[${index}].alert.expect[${wave}].call`]);
    }
  });
});
