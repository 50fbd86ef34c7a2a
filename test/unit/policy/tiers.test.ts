import { describe, expect, it } from 'vitest';
import { classOf, compilePolicy, offers, quote, tierOf } from '../../../shared/policy/engine.ts';
import { elderFacts } from '../../../shared/policy/example.ts';
import { aPolicy, aTier, ON, quoteFor, reasonOf } from './a-policy.ts';

const elder = { age: 70 };

describe('meal tiers', () => {
  it('let the one win in which the elder pays least, wherever it stands', () => {
    const dear = aTier('dear', { pays: { fixed: 800 } });
    const cheap = aTier('cheap', { pays: { fixed: 300 } });
    for (const tiers of [
      [dear, cheap],
      [cheap, dear],
    ]) {
      const quoted = quoteFor(aPolicy({ meals: { tiers } }), elder);
      expect(quoted.tier).toEqual({ code: 'cheap', name: { zh: 'cheap档', en: 'tier cheap' } });
      expect(quoted.shares).toEqual({ person: 300, government: 900, charity: 0, enterprise: 0, voucher: 0 });
      expect(reasonOf(quoted, 'tier:dear')).toMatchObject({
        outcome: 'lost',
        text: {
          zh: '人人适用，也可按dear档（自付8元），但cheap档自付3元更优惠',
          en: 'It is for everybody: could be tier dear (pays 8 yuan), but tier cheap pays 3 yuan, which is better',
        },
      });
    }
  });

  it('let the first of equals win', () => {
    const quoted = quoteFor(aPolicy({ meals: { tiers: [aTier('first'), aTier('second')] } }), elder);
    expect(quoted.tier?.code).toBe('first');
    expect(reasonOf(quoted, 'tier:second').text.zh).toContain('first档自付6元在先');
  });

  it('leave the full price to somebody in none of them', () => {
    const quoted = quoteFor(aPolicy({ meals: { tiers: [aTier('old', { when: { age: { min: 80 } } })] } }), elder);
    expect(quoted).toMatchObject({ tier: null, price: 1200, shares: { person: 1200, government: 0 } });
    expect(reasonOf(quoted, 'tier:old')).toMatchObject({ outcome: 'not-met' });
  });

  it('never make a meal dearer than its price', () => {
    const quoted = quoteFor(aPolicy({ meals: { tiers: [aTier('rich', { pays: { fixed: 5000 } })] } }), elder);
    expect(quoted.shares.person).toBe(1200);
  });

  it('may ask another payment for another item', () => {
    const policy = aPolicy({
      meals: {
        prices: [
          { id: 'lunch', item: 'lunch', price: 1200, source: 'x' },
          { id: 'dinner', item: 'dinner', price: 900, source: 'x' },
        ],
        tiers: [aTier('one', { pays: { fixed: 600 }, paysFor: { dinner: { fixed: 250 } } })],
      },
    });
    expect(quoteFor(policy, elder).shares.person).toBe(600);
    expect(quoteFor(policy, elder, { item: 'dinner' })).toMatchObject({ price: 900, shares: { person: 250 } });
  });

  it('carry the source of their rule into the reason', () => {
    const policy = aPolicy({ meals: { tiers: [aTier('one', { source: 'Notice 12, clause 3' })] } });
    expect(reasonOf(quoteFor(policy, elder), 'tier:one').source).toBe('Notice 12, clause 3');
  });
});

describe('what the elder pays', () => {
  const pays = (payment: NonNullable<ReturnType<typeof aTier>['pays']>, price = 1250): number =>
    quoteFor(
      aPolicy({
        meals: { prices: [{ id: 'l', item: 'lunch', price, source: 'x' }], tiers: [aTier('one', { pays: payment })] },
      }),
      elder,
    ).shares.person;

  it('is a fixed amount, a percentage, the price less something, or all of it', () => {
    expect(pays({ fixed: 500 })).toBe(500);
    expect(pays({ percent: 40 })).toBe(500);
    expect(pays({ less: 300 })).toBe(950);
    expect(pays({ less: 9900 })).toBe(0);
    expect(pays({ full: true })).toBe(1250);
  });

  it('is rounded as the document says, half up to the fen where it says nothing', () => {
    expect(pays({ percent: 33.33 }, 1001)).toBe(334);
    expect(pays({ percent: 50 }, 1001)).toBe(501);
    expect(pays({ percent: 33, round: { to: 10, mode: 'down' } })).toBe(410);
    expect(pays({ percent: 33, round: { to: 10, mode: 'up' } })).toBe(420);
    expect(pays({ percent: 33, round: { to: 50, mode: 'nearest' } })).toBe(400);
    expect(pays({ percent: 40, round: { to: 10, mode: 'up' } })).toBe(500);
  });

  it('stays between its own ends', () => {
    expect(pays({ percent: 10, atLeast: 200 })).toBe(200);
    expect(pays({ percent: 90, atMost: 800 })).toBe(800);
    expect(pays({ full: true, atMost: 1000 })).toBe(1000);
  });
});

describe('list prices', () => {
  const policy = aPolicy({
    meals: {
      prices: [
        { id: 'festival', item: 'lunch', price: 2000, when: { days: ['2026-10-18'] }, source: 'x' },
        { id: 'usual', item: 'lunch', price: 1200, canteenSets: { min: 1000, max: 1500 }, source: 'x' },
      ],
    },
  });

  it('are those of the first rule that holds', () => {
    expect(quoteFor(policy, elder, { on: '2026-10-18' }).price).toBe(2000);
    const quoted = quoteFor(policy, elder);
    expect(quoted.price).toBe(1200);
    expect(reasonOf(quoted, 'festival').outcome).toBe('not-met');
  });

  it('may be set by the canteen within bounds', () => {
    expect(quoteFor(policy, elder, { listPrice: 1340 }).price).toBe(1340);
    const high = quoteFor(policy, elder, { listPrice: 9000 });
    expect(high.price).toBe(1500);
    expect(reasonOf(high, 'usual')).toMatchObject({
      outcome: 'limited',
      text: { zh: '食堂午餐定价90元，超出允许范围，按15元计' },
    });
    expect(quoteFor(policy, elder, { on: '2026-10-18', listPrice: 1300 }).price).toBe(2000);
  });

  it('tell which items can be quoted, and refuse the others', () => {
    const compiled = compilePolicy(policy);
    expect(offers(compiled, 'lunch')).toBe(true);
    expect(offers(compiled, 'dinner')).toBe(false);
    const facts = elderFacts(elder, ON, aPolicy());
    expect(() => quote(compiled, facts, { item: 'dinner', on: ON })).toThrow('no price for dinner');
    expect(tierOf(compiled, facts, { item: 'dinner', on: ON })).toBeNull();
  });
});

describe('care classes', () => {
  const policy = aPolicy({
    classes: [
      { code: 'a', name: { zh: 'A类', en: 'class A' }, when: { tag: { is: 'no-support' } }, source: 'x' },
      { code: 'b', name: { zh: 'B类', en: 'class B' }, when: { age: { min: 80 } }, source: 'x' },
      { code: 'star', name: { zh: '三星', en: 'three stars' }, source: 'x' },
    ],
    meals: {
      tiers: [aTier('a', { when: { class: 'a' }, pays: { fixed: 0 } }), aTier('b', { when: { class: ['b', 'star'] } })],
    },
  });
  const compiled = compilePolicy(policy);
  const classFor = (who: Parameters<typeof elderFacts>[0]) =>
    classOf(compiled, elderFacts(who, ON, aPolicy()), ON)?.code ?? null;

  it('exclude one another: the first that holds counts', () => {
    expect(classFor({ age: 82, tags: ['no-support'] })).toBe('a');
    expect(classFor({ age: 82 })).toBe('b');
    expect(classFor({ age: 70 })).toBeNull();
  });

  it('are given by an assessment before any condition, and without a condition only by one', () => {
    expect(classFor({ age: 82, careClass: 'star' })).toBe('star');
    expect(classFor({ age: 82, careClass: 'unknown-here' })).toBe('b');
  });

  it('are told with their reasons where a meal depends on them', () => {
    const quoted = quoteFor(policy, { age: 82, tags: ['no-support'] });
    expect(reasonOf(quoted, 'class:a')).toMatchObject({ outcome: 'applied', text: { zh: '属于三无老人 → 类别A类' } });
    expect(reasonOf(quoted, 'class:b')).toMatchObject({ outcome: 'lost' });
    expect(reasonOf(quoted, 'class:star')).toMatchObject({ outcome: 'not-met', text: { zh: '未经评估 → 不属三星' } });
    expect(reasonOf(quoteFor(policy, { age: 70, careClass: 'star' }), 'class:star').text.zh).toBe('经评估 → 类别三星');
    expect(quoted.shares.person).toBe(0);
  });

  it('are left out of the reasons where no meal depends on them', () => {
    const quoted = quoteFor({ ...policy, ...aPolicy(), classes: policy.classes }, { age: 82 });
    expect(quoted.because.map(({ rule }) => rule)).toEqual(['lunch']);
  });
});
