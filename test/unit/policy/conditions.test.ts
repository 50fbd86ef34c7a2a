import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../shared/policy/condition.ts';
import type { ExampleElder, ExampleRequest } from '../../../shared/policy/example.ts';
import { aPolicy, aTier, quoteFor, reasonOf } from './a-policy.ts';

/** The reason of a tier with this condition: whether the elder is in it, and why. */
function reasonFor(
  when: Condition,
  elder: ExampleElder,
  request: Partial<ExampleRequest> = {},
  counting?: 'month' | 'next-month' | 'year',
) {
  const policy = aPolicy({
    ...(counting === undefined ? {} : { ageCounting: counting }),
    classes: [
      { code: 'star', name: { zh: '三星', en: 'three stars' }, when: { tag: { is: 'model-worker' } }, source: 'x' },
    ],
    conditions: {
      poor: { name: { zh: '困难', en: 'in need' }, when: { tag: { is: ['low-income', 'minimum-living'] } } },
    },
    meals: { tiers: [aTier('one', { when })] },
  });
  return reasonOf(quoteFor(policy, elder, request), 'tier:one');
}
const holds = (...args: Parameters<typeof reasonFor>): boolean => reasonFor(...args).outcome === 'applied';

describe('a condition on age', () => {
  it('holds from the birthday on, and both ends belong to it', () => {
    const band = { age: { min: 65, max: 74 } };
    expect(holds(band, { birthDate: '1961-12-01' })).toBe(true);
    expect(holds(band, { birthDate: '1961-12-02' })).toBe(false);
    expect(holds(band, { birthDate: '1951-12-02' })).toBe(true);
    expect(holds(band, { birthDate: '1951-12-01' })).toBe(false);
  });

  it('tells the age and what was asked in both languages', () => {
    expect(reasonFor({ age: { min: 80 } }, { age: 82 }).text).toEqual({
      zh: '82岁，符合80岁以上 → one档，自付6元',
      en: 'Aged 82, which is 80 or over → tier one, pays 6 yuan',
    });
    expect(reasonFor({ age: { min: 80 } }, { age: 79 }).text.zh).toBe('79岁，未满80岁 → 不属one档');
    expect(reasonFor({ age: { max: 79 } }, { age: 80 }).text.zh).toBe('80岁，超过79岁 → 不属one档');
    expect(reasonFor({ age: { min: 65, max: 74 } }, { age: 80 }).text.zh).toBe('80岁，不在65至74岁之内 → 不属one档');
  });

  it('counts by calendar year, from the month, or from the next month where the document says so', () => {
    const eighty = { age: { min: 80 } };
    expect(holds(eighty, { birthDate: '1946-12-31' }, {}, 'year')).toBe(true);
    expect(holds(eighty, { birthDate: '1947-01-01' }, {}, 'year')).toBe(false);
    expect(holds(eighty, { birthDate: '1946-12-31' }, {}, 'month')).toBe(true);
    expect(holds(eighty, { birthDate: '1946-12-01' }, {}, 'next-month')).toBe(false);
    expect(holds(eighty, { birthDate: '1946-11-30' }, {}, 'next-month')).toBe(true);
  });

  it('counts in its own way where the condition says so', () => {
    expect(holds({ age: { min: 80, counting: 'year' } }, { birthDate: '1946-12-31' })).toBe(true);
  });

  it('takes somebody born on 29 February for a year older on 1 March of a common year', () => {
    const born = { birthDate: '1944-02-29' };
    expect(holds({ age: { min: 83 } }, born, { on: '2027-02-28' })).toBe(false);
    expect(holds({ age: { min: 83 } }, born, { on: '2027-03-01' })).toBe(true);
  });
});

describe('a condition on a tag', () => {
  it('holds for each tag of its list', () => {
    const when: Condition = { tag: { is: ['destitute', 'no-support'] } };
    expect(holds(when, { age: 70, tags: ['no-support'] })).toBe(true);
    expect(holds(when, { age: 70, tags: ['low-income'] })).toBe(false);
    expect(reasonFor(when, { age: 70 }).text.zh).toContain('不属于特困人员、三无老人');
  });

  it('holds only on the days of the tag, both ends included', () => {
    const when: Condition = { tag: { is: 'low-income' } };
    const tags = [{ tag: 'low-income' as const, since: '2026-11-01', until: '2026-12-01' }];
    expect(holds(when, { age: 70, tags }, { on: '2026-10-31' })).toBe(false);
    expect(holds(when, { age: 70, tags }, { on: '2026-11-01' })).toBe(true);
    expect(holds(when, { age: 70, tags }, { on: '2026-12-01' })).toBe(true);
    expect(holds(when, { age: 70, tags }, { on: '2026-12-02' })).toBe(false);
  });

  it('asks for the grade where it names one', () => {
    const severe: Condition = { tag: { is: 'disabled', grade: { max: 2 } } };
    expect(holds(severe, { age: 70, tags: ['disabled:2'] })).toBe(true);
    expect(holds(severe, { age: 70, tags: ['disabled:3'] })).toBe(false);
    expect(holds(severe, { age: 70, tags: ['disabled'] })).toBe(false);
    expect(reasonFor(severe, { age: 70, tags: ['disabled:3'] }).text.zh).toContain('残疾3级，不在1至2级之内');
    expect(reasonFor(severe, { age: 70, tags: ['disabled'] }).text.zh).toContain('等级未填');
  });

  it('finds the right one of two tags of a kind', () => {
    const severe: Condition = { tag: { is: 'disabled', grade: { max: 2 } } };
    expect(holds(severe, { age: 70, tags: ['disabled:4', 'disabled:1'] })).toBe(true);
  });
});

describe('a condition on the elder', () => {
  it('asks for a level of ability, and does not hold for somebody not assessed', () => {
    const when: Condition = { ability: { atLeast: 'severe' } };
    expect(holds(when, { age: 70, abilityLevel: 'complete' })).toBe(true);
    expect(holds(when, { age: 70, abilityLevel: 'moderate' })).toBe(false);
    expect(holds(when, { age: 70 })).toBe(false);
    expect(holds({ ability: { atMost: 'mild' } }, { age: 70, abilityLevel: 'intact' })).toBe(true);
  });

  it('asks for the area by its prefix', () => {
    const when: Condition = { area: ['139801', '139802'] };
    expect(holds(when, { age: 70, area: '139802003004005' })).toBe(true);
    expect(holds(when, { age: 70, area: '139803003004005' })).toBe(false);
  });

  it('takes an elder for a local household unless told otherwise', () => {
    expect(holds({ localHousehold: true }, { age: 70 })).toBe(true);
    expect(holds({ localHousehold: true }, { age: 70, localHousehold: false })).toBe(false);
    expect(holds({ localHousehold: false }, { age: 70, localHousehold: false })).toBe(true);
  });

  it('asks for the care class, found by its condition or given by an assessment', () => {
    const when: Condition = { class: 'star' };
    expect(holds(when, { age: 70, tags: ['model-worker'] })).toBe(true);
    expect(holds(when, { age: 70, careClass: 'star' })).toBe(true);
    expect(holds(when, { age: 70 })).toBe(false);
  });

  it('knows the birthday and its month', () => {
    expect(holds({ birthday: 'day' }, { birthDate: '1940-12-01' })).toBe(true);
    expect(holds({ birthday: 'day' }, { birthDate: '1940-12-02' })).toBe(false);
    expect(holds({ birthday: 'month' }, { birthDate: '1940-12-02' })).toBe(true);
  });
});

describe('a condition on the meal', () => {
  it('asks for weekdays, spans of days, single days and seasons over New Year', () => {
    const elder = { age: 70 };
    expect(holds({ weekday: [6, 7] }, elder, { on: '2026-12-05' })).toBe(true);
    expect(holds({ weekday: [6, 7] }, elder, { on: '2026-12-04' })).toBe(false);
    expect(holds({ dates: { from: '2026-12-01', until: '2026-12-31' } }, elder)).toBe(true);
    expect(holds({ dates: { until: '2026-11-30' } }, elder)).toBe(false);
    expect(holds({ days: ['2026-10-18', '2026-12-01'] }, elder)).toBe(true);
    expect(holds({ season: { from: '11-15', until: '03-15' } }, elder, { on: '2027-01-10' })).toBe(true);
    expect(holds({ season: { from: '11-15', until: '03-15' } }, elder, { on: '2027-03-16' })).toBe(false);
    expect(holds({ season: { from: '06-01', until: '08-31' } }, elder, { on: '2026-07-01' })).toBe(true);
  });

  it('asks how it is eaten and where', () => {
    expect(holds({ eating: ['dine-in', 'pickup'] }, { age: 70 }, { eating: 'pickup' })).toBe(true);
    expect(holds({ eating: 'dine-in' }, { age: 70 }, { eating: 'delivery' })).toBe(false);
    expect(holds({ eating: 'dine-in' }, { age: 70 })).toBe(false);
    expect(holds({ canteen: 'east-gate' }, { age: 70 }, { canteen: 'east-gate' })).toBe(true);
    expect(holds({ canteen: 'east-gate' }, { age: 70 })).toBe(false);
  });

  it('asks how many subsidised meals came before', () => {
    const first: Condition = { used: { per: 'month', max: 21 } };
    expect(holds(first, { age: 70 }, { usage: { month: { count: 21, subsidy: 0 } } })).toBe(true);
    expect(holds(first, { age: 70 }, { usage: { month: { count: 22, subsidy: 0 } } })).toBe(false);
    expect(holds({ used: { per: 'week', min: 1 } }, { age: 70 })).toBe(false);
    const usage = { month: { count: 5, subsidy: 0 }, items: { lunch: { month: { count: 3, subsidy: 0 } } } };
    expect(holds({ used: { per: 'month', max: 3, items: ['lunch'] } }, { age: 70 }, { usage })).toBe(true);
    expect(holds({ used: { per: 'month', max: 3 } }, { age: 70 }, { usage })).toBe(false);
  });
});

describe('joined conditions', () => {
  it('hold together when several keys stand side by side', () => {
    const when: Condition = { age: { min: 60 }, tag: { is: 'disabled' } };
    expect(holds(when, { age: 60, tags: ['disabled'] })).toBe(true);
    expect(holds(when, { age: 59, tags: ['disabled'] })).toBe(false);
    expect(holds(when, { age: 60 })).toBe(false);
  });

  it('tell all that holds, or the first that does not', () => {
    const when: Condition = { all: [{ age: { min: 60 } }, { tag: { is: 'disabled' } }] };
    expect(reasonFor(when, { age: 66, tags: ['disabled'] }).text.zh).toBe(
      '66岁，符合60岁以上，且属于残疾 → one档，自付6元',
    );
    expect(reasonFor(when, { age: 66 }).text.zh).toBe('不属于残疾 → 不属one档');
  });

  it('tell the one that holds of several, or every one that does not', () => {
    const when: Condition = { any: [{ age: { min: 80 } }, { tag: { is: 'disabled' } }] };
    expect(reasonFor(when, { age: 66, tags: ['disabled'] }).text.zh).toBe('属于残疾 → one档，自付6元');
    expect(reasonFor(when, { age: 66 }).text.zh).toBe('66岁，未满80岁，也不属于残疾 → 不属one档');
  });

  it('turn round under `not`, and say what is excluded', () => {
    const when: Condition = { not: { tag: { is: 'living-alone' } } };
    expect(holds(when, { age: 70 })).toBe(true);
    expect(reasonFor(when, { age: 70, tags: ['living-alone'] }).text.zh).toBe('属于独居老人（属除外情形） → 不属one档');
  });

  it('go by their name, which the words tell', () => {
    expect(reasonFor({ is: 'poor' }, { age: 70, tags: ['low-income'] }).text).toEqual({
      zh: '属于“困难”（属于低收入） → one档，自付6元',
      en: 'Counts as in need (counts as low income) → tier one, pays 6 yuan',
    });
    expect(holds({ is: 'poor' }, { age: 70 })).toBe(false);
  });

  it('stay one line of at most 400 characters however much they ask for', () => {
    const long: Condition = {
      any: Array.from({ length: 40 }, (_, index) => ({ all: [{ age: { min: 100 + index } }, { is: 'poor' }] })),
    };
    const { zh, en } = reasonFor(long, { age: 66 }).text;
    expect(zh.length).toBeLessThanOrEqual(400);
    expect(en.length).toBeLessThanOrEqual(400);
    expect(en).toContain('→ not tier one');
  });
});
