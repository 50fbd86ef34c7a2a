import { describe, expect, it } from 'vitest';
import { compilePolicy, usageNeeds } from '../../../shared/policy/engine.ts';
import type { Meals } from '../../../shared/policy/meals.ts';
import { aPolicy, aRule, aSubsidy, aTier, named, partsOf, quoteFor, reasonOf } from './a-policy.ts';

const elder = { age: 70 };
type Group = NonNullable<Meals['subsidies']>[number];
const stack = (...rules: Group['rules']): Group => ({ id: 'stack', combine: 'stack', rules });
const withGroups = (subsidies: Group[], meals: Partial<Meals> = {}) =>
  aPolicy({ meals: { tiers: [aTier('one')], subsidies, ...meals } });

describe('a limit on meals', () => {
  const policy = withGroups([stack(aSubsidy('top'))], { limits: [aRule('daily', { per: 'day' as const, meals: 1 })] });

  it('lets the next meal be at full price', () => {
    const quoted = quoteFor(policy, elder, { usage: { day: { count: 1, subsidy: 700 } } });
    expect(quoted).toMatchObject({ tier: { code: 'one' }, shares: { person: 1200 } });
    expect(reasonOf(quoted, 'daily')).toMatchObject({
      outcome: 'applied',
      text: {
        zh: '当日此前已补贴1次，每日限1次：已用完，按全价',
        en: '1 subsidised meal before on that day, at most 1 a day: used up, so the full price',
      },
    });
    expect(reasonOf(quoted, 'tier:one')).toMatchObject({ outcome: 'limited' });
    expect(reasonOf(quoted, 'top')).toMatchObject({ outcome: 'limited' });
  });

  it('leaves the meals before it alone', () => {
    const quoted = quoteFor(policy, elder);
    expect(quoted.shares.person).toBe(500);
    expect(reasonOf(quoted, 'daily').text.zh).toBe('当日此前已补贴0次，每日限1次：未达上限');
  });

  it('covers only what it names', () => {
    const partly = withGroups([stack(aSubsidy('top'))], {
      limits: [aRule('daily', { per: 'day' as const, meals: 1, covers: ['tiers'] })],
    });
    expect(quoteFor(partly, elder, { usage: { day: { count: 1, subsidy: 700 } } }).shares.person).toBe(1100);
  });

  it('is for those whom it names', () => {
    const some = withGroups([], {
      limits: [aRule('daily', { per: 'day' as const, meals: 1, when: { tier: 'other' } })],
      tiers: [aTier('one'), aTier('other', { pays: { fixed: 900 } })],
    });
    const quoted = quoteFor(some, elder, { usage: { day: { count: 1, subsidy: 700 } } });
    expect(quoted.shares.person).toBe(600);
    expect(reasonOf(quoted, 'daily')).toMatchObject({
      outcome: 'not-met',
      text: { zh: '就餐类别不是other档，不受此限' },
    });
  });

  it('counts the meals of some items alone, and is for them alone', () => {
    const prices = ['lunch', 'dinner'].map((item) => ({ id: item, item, price: 1200, source: 'x' }));
    const lunches = withGroups([], {
      prices,
      limits: [aRule('lunches', { per: 'month' as const, meals: 22, items: ['lunch'] })],
    });
    const had = (lunch: number, dinner: number) => ({
      month: { count: lunch + dinner, subsidy: 0 },
      items: { lunch: { month: { count: lunch, subsidy: 0 } }, dinner: { month: { count: dinner, subsidy: 0 } } },
    });
    expect(quoteFor(lunches, elder, { usage: had(21, 9) }).shares.person).toBe(600);
    expect(quoteFor(lunches, elder, { usage: had(22, 0) }).shares.person).toBe(1200);
    expect(quoteFor(lunches, elder, { item: 'dinner', usage: had(22, 0) }).shares.person).toBe(600);
    expect(reasonOf(quoteFor(lunches, elder, { usage: had(21, 9) }), 'lunches').text).toEqual({
      zh: '当月午餐此前已补贴21次，每月限22次：未达上限',
      en: '21 subsidised meals of lunch before in that month, at most 22 a month: within the limit',
    });
    // A caller that does not tell items apart is held to all meals together.
    expect(quoteFor(lunches, elder, { usage: { month: { count: 22, subsidy: 0 } } }).shares.person).toBe(1200);
    expect(usageNeeds(compilePolicy(lunches))).toEqual(['month', 'items']);
  });

  it('counts per week, month and year too, and tells which of them it needs', () => {
    for (const per of ['week', 'month', 'year'] as const) {
      const limited = withGroups([], { limits: [aRule('limit', { per, meals: 22 })] });
      expect(quoteFor(limited, elder, { usage: { [per]: { count: 21, subsidy: 0 } } }).shares.person).toBe(600);
      expect(quoteFor(limited, elder, { usage: { [per]: { count: 22, subsidy: 0 } } }).shares.person).toBe(1200);
      expect(usageNeeds(compilePolicy(limited))).toEqual([per]);
    }
  });
});

describe('a limit on subsidy', () => {
  const month = (left: Partial<NonNullable<Meals['limits']>[number]> = {}) =>
    withGroups([stack(aSubsidy('top', { funding: [{ party: 'charity', weight: 1 }] }))], {
      limits: [aRule('monthly', { per: 'month' as const, subsidy: 10_000, ...left })],
    });
  const havingHad = (subsidy: number, policy = month()) =>
    quoteFor(policy, elder, { usage: { month: { count: 9, subsidy } } });

  it('gives what is left, the last subsidy giving way first', () => {
    expect(partsOf(havingHad(9_300))).toEqual({ person: 500, district: 600, charity: 100 });
    expect(partsOf(havingHad(9_350))).toEqual({ person: 550, district: 600, charity: 50 });
    expect(partsOf(havingHad(9_800))).toEqual({ person: 1000, district: 200 });
    expect(partsOf(havingHad(10_000))).toEqual({ person: 1200 });
    expect(reasonOf(havingHad(9_800), 'tier:one').text.zh).toBe(
      '人人适用 → one档，应自付6元；因补贴额度用完，自付10元',
    );
    expect(reasonOf(havingHad(9_800), 'monthly')).toMatchObject({
      outcome: 'applied',
      text: { zh: '当月此前已补贴98元，每月限100元：额度不足' },
    });
  });

  it('gives nothing when less is left than the meal needs, where the document says so', () => {
    expect(partsOf(havingHad(9_350, month({ notEnough: 'none' })))).toEqual({ person: 1200 });
  });

  it('is not reached by a meal that takes exactly what is left', () => {
    expect(reasonOf(havingHad(9_300), 'monthly')).toMatchObject({
      outcome: 'not-met',
      text: { zh: '当月此前已补贴93元，每月限100元：未超上限' },
    });
  });

  it('lets a capped payer pay the smaller subsidy from its whole cap', () => {
    const company = { payer: 'enterprise' as const, name: named('company'), perMeal: 500 };
    const policy = aPolicy({
      parties: { company },
      meals: {
        tiers: [aTier('one', { pays: { fixed: 800 } })],
        limits: [aRule('meal', { per: 'meal' as const, subsidy: 300 })],
        funding: [{ party: 'company', weight: 1 }],
      },
    });
    expect(partsOf(quoteFor(policy, elder))).toEqual({ person: 900, company: 300 });
  });

  it('caps each meal', () => {
    const capped = month({ per: 'meal', subsidy: 400 });
    expect(partsOf(quoteFor(capped, elder))).toEqual({ person: 800, district: 400 });
  });
});

describe('delivery', () => {
  const delivery: Meals['delivery'] = [
    aRule('free', {
      name: named('free'),
      when: { ability: { atLeast: 'severe' as const } },
      fee: 300,
      pays: { fixed: 0 },
      funding: [{ party: 'charity', weight: 1 }],
    }),
    aRule('half', { name: named('half'), when: { age: { min: 80 } }, fee: 300, pays: { percent: 50 } }),
    aRule('all', { name: named('all'), fee: 300 }),
  ];
  const policy = aPolicy({
    meals: { tiers: [aTier('one')], delivery, limits: [aRule('daily', { per: 'day' as const, meals: 1 })] },
  });
  const delivered = { eating: 'delivery' as const };

  it('adds its fee to the price, for delivered meals alone', () => {
    expect(quoteFor(policy, elder, delivered)).toMatchObject({
      price: 1500,
      deliveryFee: 300,
      shares: { person: 900, government: 600 },
    });
    expect(quoteFor(policy, elder, { eating: 'pickup' })).toMatchObject({ price: 1200, deliveryFee: 0 });
  });

  it('is paid by others for those whom the document names, the most favourable rule winning', () => {
    const quoted = quoteFor(policy, { age: 82, abilityLevel: 'complete' }, delivered);
    expect(partsOf(quoted)).toEqual({ person: 600, district: 600, charity: 300 });
    expect(reasonOf(quoted, 'half')).toMatchObject({ outcome: 'lost' });
    expect(reasonOf(quoted, 'free').text.zh).toBe('完全失能，符合重度失能以上 → free规定：送餐费3元，自付0元');
    expect(partsOf(quoteFor(policy, { age: 82 }, delivered))).toEqual({ person: 750, district: 750 });
  });

  it('costs its full fee with a meal beyond the limit', () => {
    const quoted = quoteFor(
      policy,
      { age: 82, abilityLevel: 'complete' },
      { ...delivered, usage: { day: { count: 1, subsidy: 900 } } },
    );
    expect(partsOf(quoted)).toEqual({ person: 1500 });
    expect(reasonOf(quoted, 'free')).toMatchObject({ outcome: 'limited' });
  });

  it('stays free with a meal beyond a limit that does not cover it', () => {
    const kept = aPolicy({
      meals: { ...policy.meals, limits: [aRule('daily', { per: 'day' as const, meals: 1, covers: ['tiers'] })] },
    });
    const quoted = quoteFor(
      kept,
      { age: 82, abilityLevel: 'complete' },
      { ...delivered, usage: { day: { count: 1, subsidy: 900 } } },
    );
    expect(partsOf(quoted)).toEqual({ person: 1200, charity: 300 });
  });

  it('costs its full fee beyond the limit for those too who share the fee with somebody', () => {
    const shared = [aRule('shared', { name: named('shared'), fee: 300, pays: { percent: 50 } })];
    const halved = aPolicy({ meals: { ...policy.meals, delivery: shared } });
    const second = { ...delivered, usage: { day: { count: 1, subsidy: 900 } } };
    expect(partsOf(quoteFor(halved, elder, delivered))).toEqual({ person: 750, district: 750 });
    expect(partsOf(quoteFor(halved, elder, second))).toEqual({ person: 1500 });
    expect(reasonOf(quoteFor(halved, elder, second), 'shared')).toMatchObject({ outcome: 'limited' });
  });

  it('costs nothing where the document has no rule for it', () => {
    expect(quoteFor(aPolicy(), elder, delivered)).toMatchObject({ price: 1200, deliveryFee: 0 });
  });
});
