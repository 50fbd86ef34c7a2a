import { describe, expect, it } from 'vitest';
import type { Meals } from '../../../shared/policy/meals.ts';
import { aPolicy, aRule, aSubsidy, aTier, partsOf, quoteFor, reasonOf } from './a-policy.ts';

const elder = { age: 70 };
type Group = NonNullable<Meals['subsidies']>[number];
const highest = (...rules: Group['rules']): Group => ({ id: 'high', combine: 'highest', rules });
const stack = (...rules: Group['rules']): Group => ({ id: 'stack', combine: 'stack', rules });
const withGroups = (subsidies: Group[], meals: Partial<Meals> = {}) =>
  aPolicy({ meals: { tiers: [aTier('one')], subsidies, ...meals } });

describe('an exclusive group', () => {
  const policy = withGroups([highest(aSubsidy('small'), aSubsidy('large', { gives: { amount: 300 } }))]);

  it('gives only its highest subsidy', () => {
    const quoted = quoteFor(policy, elder);
    expect(quoted.shares.person).toBe(300);
    expect(reasonOf(quoted, 'large')).toMatchObject({
      outcome: 'applied',
      text: { zh: '人人适用 → large补贴3元，自付减至3元' },
    });
    expect(reasonOf(quoted, 'small')).toMatchObject({
      outcome: 'lost',
      text: { zh: '人人适用，也可享受small补贴1元，但large补贴3元更高，不叠加' },
    });
  });

  it('gives the first of equals', () => {
    const quoted = quoteFor(
      withGroups([
        highest(
          aSubsidy('first', { funding: [{ party: 'charity', weight: 1 }] }),
          aSubsidy('second', { funding: [{ party: 'company', weight: 1 }] }),
        ),
      ]),
      elder,
    );
    expect(partsOf(quoted)).toEqual({ person: 500, district: 600, charity: 100 });
  });
});

describe('a stacking group', () => {
  it('gives all its subsidies in their order, each on what is left', () => {
    const quoted = quoteFor(
      withGroups([
        stack(
          aSubsidy('half', { gives: { percent: 50, of: 'person' }, funding: [{ party: 'charity', weight: 1 }] }),
          aSubsidy('one', { funding: [{ party: 'company', weight: 1 }] }),
        ),
      ]),
      elder,
    );
    expect(partsOf(quoted)).toEqual({ person: 200, district: 600, charity: 300, company: 100 });
  });

  it('ends at its cap', () => {
    const quoted = quoteFor(
      withGroups([
        { ...stack(aSubsidy('a', { gives: { amount: 200 } }), aSubsidy('b', { gives: { amount: 200 } })), cap: 250 },
      ]),
      elder,
    );
    expect(quoted.shares.person).toBe(350);
    expect(reasonOf(quoted, 'b')).toMatchObject({
      outcome: 'limited',
      text: { zh: '人人适用，应享受b补贴2元；因同组补贴封顶，补贴0.50元' },
    });
  });

  it('stops when nothing is left to pay', () => {
    const quoted = quoteFor(withGroups([stack(aSubsidy('all', { gives: { downTo: 0 } }), aSubsidy('more'))]), elder);
    expect(quoted.shares.person).toBe(0);
    expect(reasonOf(quoted, 'more')).toMatchObject({
      outcome: 'lost',
      text: { zh: '人人适用，但已无自付金额，无需more补贴' },
    });
  });
});

describe('a subsidy', () => {
  it('takes off an amount, a percentage, or everything above an amount, up to its own cap', () => {
    const left = (gives: Group['rules'][number]['gives']) =>
      quoteFor(withGroups([stack(aSubsidy('s', { gives }))]), elder).shares.person;
    expect(left({ amount: 150 })).toBe(450);
    expect(left({ percent: 25 })).toBe(300);
    expect(left({ percent: 25, of: 'person' })).toBe(450);
    expect(left({ downTo: 100 })).toBe(100);
    expect(left({ percent: 50, cap: 200 })).toBe(400);
    expect(left({ amount: 5000 })).toBe(0);
  });

  it('does not go together with what it excludes, where that has given something', () => {
    const policy = aPolicy({
      meals: {
        tiers: [aTier('old', { when: { age: { min: 80 } } })],
        subsidies: [stack(aSubsidy('company', { gives: { amount: 900 }, notWith: ['tiers'] }))],
      },
    });
    const old = quoteFor(policy, { age: 82 });
    expect(old.shares.person).toBe(600);
    expect(reasonOf(old, 'company')).toMatchObject({
      outcome: 'lost',
      text: { zh: '人人适用，但company补贴不与已享受的补贴重复享受' },
    });
    expect(quoteFor(policy, { age: 70 }).shares.person).toBe(300);
  });

  it('may ask for the tier that priced the meal', () => {
    const policy = withGroups([stack(aSubsidy('s', { when: { tier: 'one' } }))]);
    expect(quoteFor(policy, elder).shares.person).toBe(500);
    expect(
      quoteFor(aPolicy({ meals: { ...policy.meals, tiers: [aTier('one', { when: { age: { min: 99 } } })] } }), elder)
        .shares.person,
    ).toBe(1200);
  });
});

describe('the least that an elder pays', () => {
  const policy = withGroups([stack(aSubsidy('all', { gives: { downTo: 0 } }))], {
    minimumPay: [aRule('one-yuan', { amount: 100, when: { not: { tag: { is: 'no-support' as const } } } })],
  });

  it('is kept, whatever the subsidies', () => {
    const quoted = quoteFor(policy, elder);
    expect(quoted.shares.person).toBe(100);
    expect(reasonOf(quoted, 'one-yuan')).toMatchObject({ outcome: 'applied' });
    expect(reasonOf(quoted, 'all').text.zh).toContain('因最低自付');
  });

  it('is not asked of those whom it leaves out, and says nothing changed where nothing did', () => {
    expect(quoteFor(policy, { age: 70, tags: ['no-support'] }).shares.person).toBe(0);
    const plain = aPolicy({ meals: { tiers: [aTier('one')], minimumPay: [aRule('one-yuan', { amount: 100 })] } });
    expect(reasonOf(quoteFor(plain, elder), 'one-yuan')).toMatchObject({
      outcome: 'not-met',
      text: { zh: '人人适用，每餐至少自付1元（不影响本餐）' },
    });
  });

  it('is never more than the price', () => {
    const dear = aPolicy({ meals: { tiers: [aTier('one')], minimumPay: [aRule('m', { amount: 99_900 })] } });
    expect(quoteFor(dear, elder)).toMatchObject({ price: 1200, shares: { person: 1200 } });
  });
});
