import { describe, expect, it } from 'vitest';
import { AlertPlan as StoredPlan } from '../../../functions/alerts/records.ts';
import {
  type AlertPlan,
  alertPlan,
  alertPolicyFor,
  DEFAULT_ALERT_RULES,
  explainPlan,
} from '../../../shared/policy/alert-plan.ts';
import { AlertRules } from '../../../shared/policy/alert-rules.ts';
import { compilePolicy } from '../../../shared/policy/engine.ts';
import type { ElderFacts } from '../../../shared/policy/facts.ts';
import { aLadder, aWave, inShort, planOf, withAlerts } from './a-ladder.ts';
import { aPolicy, named } from './a-policy.ts';

const AT = '2026-12-01T06:00:00.000Z';

describe('the ladder where no policy speaks of alerts', () => {
  it('calls the desk and the family at once, then outwards to the emergency services', () => {
    const plan = alertPlan(undefined, undefined, 'key', AT);
    expect(inShort(plan)).toEqual([
      '0 dispatchers family',
      '60 grid-worker',
      '120 community-duty',
      '180 neighbours volunteers',
      '240 call-centre',
      '300 emergency-services dispatchers family',
    ]);
    expect(plan).toMatchObject({
      policy: 'default',
      joinSeconds: 120,
      callOffSeconds: 10,
      nextStepSeconds: 300,
      repeatSeconds: 120,
    });
  });

  it('is that of a policy without the section, too', () => {
    expect(alertPlan(compilePolicy(aPolicy()), undefined, 'key', AT)).toEqual(
      alertPlan(undefined, undefined, 'key', AT),
    );
  });

  it('is written by the same schema as any city’s', () => {
    expect(AlertRules.parse(DEFAULT_ALERT_RULES)).toEqual(DEFAULT_ALERT_RULES);
  });
});

describe('a ladder', () => {
  it('is what the alerts table stores, and names its policy', () => {
    const plan: StoredPlan = planOf(withAlerts(aLadder([aWave('grid')])));
    expect(StoredPlan.parse(plan)).toEqual(plan);
    const back: AlertPlan = StoredPlan.parse(plan);
    expect(back.policy).toBe('test-city/1');
  });

  it('takes the times that the policy gives, and the usual ones for what it leaves out', () => {
    expect(planOf(withAlerts(aLadder([], { joinSeconds: 0, repeatSeconds: 45 })))).toMatchObject({
      joinSeconds: 0,
      callOffSeconds: 10,
      nextStepSeconds: 300,
      repeatSeconds: 45,
    });
  });

  it('has the board among the channels of every wave, and every channel that rings where none is named', () => {
    const policy = withAlerts(
      aLadder([aWave('voice', { channels: ['voice'] }), aWave('all', { after: 90, call: ['call-centre'] })]),
    );
    expect(planOf(policy).waves.map(({ channels }) => channels)).toEqual([
      ['inbox', 'wechat', 'sms', 'voice'],
      ['inbox', 'voice'],
      ['inbox', 'wechat', 'sms', 'voice', 'partner'],
    ]);
  });

  it('calls waves of the same second as one, each callee once and by the channels of both', () => {
    const policy = withAlerts(
      aLadder([
        aWave('a', { channels: ['sms'] }),
        aWave('b', { call: ['neighbours', 'grid-worker'], channels: ['voice'] }),
      ]),
    );
    expect(planOf(policy).waves[1]).toEqual({
      after: 60,
      callees: ['grid-worker', 'neighbours'],
      channels: ['inbox', 'sms', 'voice'],
    });
  });

  it('calls the desk and the family at once even where an unchecked document forgot them', () => {
    const policy = withAlerts({ waves: [aWave('grid')], source: 'x' });
    expect(inShort(planOf(policy))).toEqual(['0 dispatchers family', '60 grid-worker']);
    expect(planOf(policy).waves[0]?.channels).toEqual(['inbox', 'wechat', 'sms', 'voice']);
  });

  it('climbs even where the waves of an unchecked document are out of order', () => {
    const policy = withAlerts(aLadder([aWave('late', { after: 300 }), aWave('early', { after: 30 })]));
    expect(planOf(policy).waves.map(({ after }) => after)).toEqual([0, 30, 300]);
  });

  it('leaves out a wave of another source', () => {
    const policy = withAlerts(aLadder([aWave('fire', { after: 0, call: ['neighbours'], sources: ['smoke'] })]));
    expect(inShort(planOf(policy, { age: 70 }, { source: 'smoke' }))).toEqual(['0 dispatchers family neighbours']);
    expect(inShort(planOf(policy, { age: 70 }, { source: 'key' }))).toEqual(['0 dispatchers family']);
  });

  it.each([
    ['06:59', false],
    ['07:00', true],
    ['21:59', true],
    ['22:00', false],
  ])('has a wave by day at %s in China: %s', (time, called) => {
    const policy = withAlerts(aLadder([aWave('day', { times: { from: '07:00', until: '22:00' } })]));
    expect(planOf(policy, { age: 70 }, { time }).waves.length).toBe(called ? 2 : 1);
    const night = withAlerts(aLadder([aWave('night', { times: { from: '22:00', until: '07:00' } })]));
    expect(planOf(night, { age: 70 }, { time }).waves.length).toBe(called ? 1 : 2);
  });

  it('of the stage’s own test rings the board and the test channel, and nobody’s telephone', () => {
    const policy = withAlerts(aLadder([aWave('grid'), aWave('fire', { after: 0, call: ['emergency-services'] })]));
    expect(planOf(policy, undefined, { source: 'canary' }).waves).toEqual([
      { after: 0, callees: ['dispatchers', 'family'], channels: ['inbox', 'canary'] },
    ]);
  });

  it('of a drill goes the whole way, but never to the emergency services', () => {
    const policy = withAlerts(
      aLadder([
        aWave('grid'),
        aWave('ambulance', { after: 90, call: ['emergency-services'] }),
        aWave('both', { after: 120, call: ['emergency-services', 'neighbours'] }),
      ]),
    );
    expect(inShort(planOf(policy, { age: 70 }, { drill: true }))).toEqual([
      '0 dispatchers family',
      '60 grid-worker',
      '120 neighbours',
    ]);
    expect(inShort(alertPlan(undefined, undefined, 'key', AT, { drill: true })).at(-1)).toBe('300 dispatchers family');
  });
});

describe('a wave with a condition', () => {
  const policy = withAlerts(aLadder([aWave('alone', { when: { tag: { is: 'living-alone' } } })], {}));
  const seventy: ElderFacts = { birthDate: '1956-01-01', area: '1398', tags: [] };
  const callsFor = (when: unknown, elder: ElderFacts | undefined, at = AT): boolean =>
    alertPlan(
      withAlerts(aLadder([aWave('one', { when: when as never })]), {
        classes: [
          { code: 'a', name: named('a'), when: { age: { min: 80 } }, source: 'x' },
          { code: 'b', name: named('b'), when: { ability: { atLeast: 'severe' } }, source: 'x' },
          { code: 'c', name: named('c'), when: { age: { min: 60 } }, source: 'x' },
        ],
        conditions: { old: { name: named('old'), when: { age: { min: 80 } } } },
      }),
      elder,
      'key',
      at,
    ).waves.length === 2;

  it('is called where the condition holds, and left out where it surely does not', () => {
    expect(planOf(policy, { age: 70, tags: ['living-alone'] }).waves.length).toBe(2);
    expect(planOf(policy, { age: 70 }).waves.length).toBe(1);
  });

  it('is called where nothing is known of the elder, whatever it asks', () => {
    for (const when of [
      { tag: { is: 'living-alone' } },
      { not: { tag: { is: 'living-alone' } } },
      { age: { min: 80 } },
      { not: { is: 'old' } },
      { class: 'a' },
      { area: '139801' },
      { localHousehold: false },
      { all: [{ age: { min: 80 } }, { not: { class: 'c' } }] },
    ]) {
      expect([when, callsFor(when, undefined)]).toEqual([when, true]);
    }
  });

  it.each<[string, unknown, Partial<ElderFacts>, boolean]>([
    ['an ability that was never assessed', { ability: { atLeast: 'severe' } }, {}, true],
    ['an ability that was never assessed, excluded', { not: { ability: { atLeast: 'severe' } } }, {}, true],
    ['an ability that was assessed', { ability: { atLeast: 'severe' } }, { abilityLevel: 'mild' }, false],
    [
      'a disability without its grade',
      { tag: { is: 'disabled', grade: { max: 2 } } },
      { tags: [{ tag: 'disabled' }] },
      true,
    ],
    [
      'a disability of another grade',
      { tag: { is: 'disabled', grade: { max: 2 } } },
      { tags: [{ tag: 'disabled', grade: 3 }] },
      false,
    ],
    ['a birth date that is none', { age: { min: 80 } }, { birthDate: '' }, true],
    ['a home that is known less closely than it asks', { area: '139801' }, { area: '1398' }, true],
    ['no home at all', { area: '139801' }, { area: '' }, true],
    ['a home elsewhere', { area: '139801' }, { area: '139802' }, false],
    ['unknown or false: false', { ability: { atLeast: 'severe' }, age: { min: 80 } }, {}, false],
    ['unknown or true: true', { any: [{ ability: { atLeast: 'severe' } }, { age: { min: 60 } }] }, {}, true],
    ['a class that hangs on what is unknown', { class: 'b' }, {}, true],
    ['a class that comes after one that may hold', { class: 'c' }, {}, true],
    ['a class that cannot be the elder’s whatever is unknown', { class: 'a' }, {}, false],
    ['one of the classes that are possible', { class: ['b', 'c'] }, {}, true],
    ['a class that an assessment gave', { class: 'c' }, { careClass: 'b' }, false],
    ['a condition by its name', { is: 'old' }, {}, false],
    ['what only a meal can tell', { eating: 'delivery' }, {}, true],
    ['facts that break the judging', { tag: { is: 'dementia' } }, { tags: null as never }, true],
  ])('is judged with %s', (_, when, over, called) => {
    expect(callsFor(when, { ...seventy, ...over })).toBe(called);
  });

  it('is judged by the day of the press in China, not of London', () => {
    // 2026-12-01 is a Tuesday; at 16:30Z it is Wednesday already in China.
    expect(callsFor({ weekday: 3 }, seventy, '2026-12-01T16:30:00.000Z')).toBe(true);
    expect(callsFor({ weekday: 2 }, seventy, '2026-12-01T16:30:00.000Z')).toBe(false);
    expect(callsFor({ weekday: 2 }, undefined, '2026-12-01')).toBe(true);
  });

  it('is called where the moment cannot be read', () => {
    expect(callsFor({ weekday: 3 }, seventy, 'noon')).toBe(true);
    expect(callsFor({ age: { min: 80 } }, seventy, '')).toBe(true);
  });
});

describe('the reasons of a ladder', () => {
  const policy = withAlerts(
    aLadder([
      aWave('alone', { call: ['neighbours'], when: { tag: { is: 'living-alone' } } }),
      aWave('fire', { after: 90, call: ['emergency-services'], channels: ['voice'], sources: ['smoke', 'infrared'] }),
      aWave('day', { after: 120, times: { from: '07:00', until: '22:00' } }),
      aWave('monday', { after: 150, when: { weekday: 1 } }),
    ]),
  );
  const facts: ElderFacts = { birthDate: '1956-01-01', area: '1398', tags: [] };
  const told = (elder: ElderFacts | undefined, at = '2026-12-01T15:00:00.000Z') =>
    explainPlan(policy, elder, 'key', at).map(({ rule, outcome, text }) => [rule, outcome, text.zh, text.en]);

  it('say of each wave when, who and how, and why one is left out', () => {
    expect(told(facts)).toEqual([
      [
        'wave:first',
        'applied',
        '立即通知值守坐席、家属：站内、微信、短信、电话',
        'At once calls the desk and the family by the board, WeChat, SMS and telephone',
      ],
      [
        'wave:alone',
        'not-met',
        '不属于独居老人 → 60秒后不通知邻居',
        'Does not count as living alone → does not call neighbours after 60 seconds',
      ],
      [
        'wave:fire',
        'not-met',
        '来源为一键通，本级只用于烟感、红外 → 90秒后不通知应急救援',
        'Raised by the phone key, only for the smoke sensor and the infrared sensor → does not call the emergency services after 90 seconds',
      ],
      [
        'wave:day',
        'not-met',
        '23:00不在07:00至22:00之间 → 120秒后不通知网格员',
        'At 23:00, not between 07:00 and 22:00 → does not call the grid worker after 120 seconds',
      ],
      [
        'wave:monday',
        'not-met',
        '当天为周二，须为周一 → 150秒后不通知网格员',
        'It is a Tuesday, not on a Monday → does not call the grid worker after 150 seconds',
      ],
    ]);
  });

  it('say that a wave counts because its condition cannot be judged', () => {
    expect(told(undefined)[1]).toEqual([
      'wave:alone',
      'applied',
      '60秒后通知邻居：站内、微信、短信、电话（老人情况不明，无法判断，宁多勿漏）',
      'After 60 seconds calls neighbours by the board, WeChat, SMS and telephone (nothing is known of the elder: cannot be judged, so it counts)',
    ]);
  });

  it('say why a wave holds, with the rule’s source', () => {
    const [, alone] = explainPlan(policy, { ...facts, tags: [{ tag: 'living-alone' }] }, 'key', AT);
    expect(alone).toMatchObject({
      text: { zh: '60秒后通知邻居：站内、微信、短信、电话（属于独居老人）' },
      source: 'Rules made up for a test',
    });
  });

  it('say that a drill spares the emergency services', () => {
    const because = explainPlan(undefined, undefined, 'key', AT, { drill: true });
    expect(because.at(-1)?.text.zh).toBe(
      '300秒后通知值守坐席、家属：站内、微信、短信、电话、系统对接（演练不惊动应急救援）',
    );
  });
});

describe('the policy whose ladder counts', () => {
  const city = withAlerts(aLadder(), { id: 'city', area: { code: '1398', name: named('city') } });
  const mealsOnly = compilePolicy({ ...aPolicy(), id: 'district', area: { code: '139801', name: named('d') } });

  it('is the nearest that speaks of alerts: a district that writes of meals alone keeps its city’s', () => {
    expect(alertPolicyFor([mealsOnly, city], '139801001002', '2026-12-01')?.id).toBe('city');
    expect(alertPolicyFor([mealsOnly], '139801001002', '2026-12-01')).toBeUndefined();
  });

  it('is a district’s own where it has one', () => {
    const own = withAlerts(aLadder(), { id: 'own', area: { code: '139801', name: named('d') } });
    expect(alertPolicyFor([city, own], '139801001002', '2026-12-01')?.id).toBe('own');
    expect(alertPolicyFor([city, own], '139802001002', '2026-12-01')?.id).toBe('city');
    expect(alertPolicyFor([city, own], '', '2026-12-01')).toBeUndefined();
  });
});
