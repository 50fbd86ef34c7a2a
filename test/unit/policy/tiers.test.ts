import { describe, expect, it } from 'vitest';
import { classOf, compilePolicy, offers, policyFor, quote, tierOf, usageNeeds } from '../../../shared/policy/engine.ts';
import { elderFacts } from '../../../shared/policy/example.ts';
import { aPolicy, aRule, aSubsidy, aTier, ON, partsOf, quoteFor, reasonOf } from './a-policy.ts';

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

describe('who pays', () => {
  const funded = (funding: NonNullable<ReturnType<typeof aTier>['funding']>, pays = 201, parties = aPolicy().parties) =>
    quoteFor(aPolicy({ parties, meals: { tiers: [aTier('one', { pays: { fixed: pays }, funding })] } }), elder);

  it('shares 6:4 between district and street to the fen', () => {
    const quoted = funded([
      { party: 'district', weight: 6 },
      { party: 'street', weight: 4 },
    ]);
    expect(partsOf(quoted)).toEqual({ person: 201, district: 599, street: 400 });
    expect(quoted.shares.government).toBe(999);
  });

  it('takes fixed amounts first, then percentages of the subsidy, then the weights', () => {
    const quoted = funded([
      { party: 'company', fixed: 200 },
      { party: 'charity', percent: 10 },
      { party: 'district', weight: 1 },
    ]);
    expect(partsOf(quoted)).toEqual({ person: 201, company: 200, charity: 100, district: 699 });
    expect(quoted.shares).toEqual({ person: 201, government: 699, charity: 100, enterprise: 200, voucher: 0 });
  });

  it('adds percentages up to the fen', () => {
    const quoted = funded([
      { party: 'company', percent: 33.33 },
      { party: 'charity', percent: 33.33 },
      { party: 'district', percent: 33.34 },
    ]);
    expect(Object.values(partsOf(quoted)).reduce((a, b) => a + b)).toBe(1200);
  });

  it('lets a fixed amount take no more than there is', () => {
    const quoted = funded(
      [
        { party: 'company', fixed: 500 },
        { party: 'district', weight: 1 },
      ],
      900,
    );
    expect(partsOf(quoted)).toEqual({ person: 900, company: 300 });
  });

  it('passes on to the weights what a capped party does not pay', () => {
    const quoted = funded(
      [
        { party: 'company', weight: 1, cap: 100 },
        { party: 'district', weight: 1 },
      ],
      200,
    );
    expect(partsOf(quoted)).toEqual({ person: 200, company: 100, district: 900 });
  });

  it('leaves with the elder what nobody pays, and says so', () => {
    const quoted = funded([{ party: 'company', weight: 1, cap: 700 }], 200);
    expect(partsOf(quoted)).toEqual({ person: 500, company: 700 });
    expect(reasonOf(quoted, 'tier:one')).toMatchObject({
      outcome: 'limited',
      text: { zh: '人人适用 → one档，应自付2元；因出资方已到上限，自付5元' },
    });
  });

  it('keeps a party’s cap per meal over all rules, and per day and month over what it paid before', () => {
    const company = {
      payer: 'enterprise' as const,
      name: { zh: '某企业', en: 'Company' },
      perMeal: 500,
      perDay: 600,
      perMonth: 3000,
    };
    const policy = aPolicy({
      parties: { company },
      meals: {
        funding: [{ party: 'company', weight: 1 }],
        tiers: [aTier('one', { pays: { fixed: 800 } })],
        subsidies: [{ id: 'more', combine: 'stack', rules: [aSubsidy('extra', { gives: { amount: 300 } })] }],
      },
    });
    const paid = (day: number, month: number) =>
      partsOf(quoteFor(policy, elder, { usage: { parties: { company: { day, month } } } }));
    expect(paid(0, 0)).toEqual({ person: 700, company: 500 });
    expect(paid(450, 450)).toEqual({ person: 1050, company: 150 });
    expect(paid(0, 2990)).toEqual({ person: 1190, company: 10 });
    expect(paid(700, 700)).toEqual({ person: 1200 });
    expect(usageNeeds(compilePolicy(policy))).toEqual(['parties']);
  });

  it('prefers the tier that really costs the elder least when a cap makes another fall short', () => {
    const policy = aPolicy({
      meals: {
        tiers: [
          aTier('capped', { pays: { fixed: 0 }, funding: [{ party: 'company', weight: 1, cap: 100 }] }),
          aTier('sure', { pays: { fixed: 500 } }),
        ],
      },
    });
    expect(quoteFor(policy, elder)).toMatchObject({ tier: { code: 'sure' }, shares: { person: 500 } });
  });
});

describe('the policy in force', () => {
  const city = { ...aPolicy(), id: 'city', area: { code: '1398', name: { zh: '市', en: 'city' } } };
  const district = {
    ...city,
    id: 'district',
    area: { code: '139801', name: { zh: '区', en: 'district' } },
    validUntil: '2026-06-30',
  };
  const next = { ...city, id: 'city', version: '2', validFrom: '2027-01-01' };
  const policies = [city, district, next];

  it('is that of the longest area code', () => {
    expect(policyFor(policies, '139801001001001', '2026-03-01')?.id).toBe('district');
    expect(policyFor(policies, '139802001001001', '2026-03-01')?.id).toBe('city');
  });

  it('is the version that began last, on its first day already', () => {
    expect(policyFor(policies, '1398', '2026-12-31')?.version).toBe('1');
    expect(policyFor(policies, '1398', '2027-01-01')?.version).toBe('2');
    expect(policyFor([next, city], '1398', '2027-01-01')?.version).toBe('2');
  });

  it('falls back to the wider area after a last day', () => {
    expect(policyFor(policies, '139801001001001', '2026-06-30')?.id).toBe('district');
    expect(policyFor(policies, '139801001001001', '2026-07-01')?.id).toBe('city');
  });

  it('is none outside every area and before the first day', () => {
    expect(policyFor(policies, '1397', '2026-03-01')).toBeUndefined();
    expect(policyFor(policies, '1398', '2025-12-31')).toBeUndefined();
  });

  it('is found among compiled policies too, and stands in the quote', () => {
    const compiled = policies.map((policy) => compilePolicy(policy));
    const inForce = policyFor(compiled, '1398', '2027-02-01');
    expect(
      inForce && quote(inForce, elderFacts(elder, '2027-02-01', aPolicy()), { item: 'lunch', on: '2027-02-01' }).policy,
    ).toEqual({
      id: 'city',
      version: '2',
    });
  });
});

describe('a quote', () => {
  it('is the same however often it is asked, and cannot be changed through its reasons', () => {
    const compiled = compilePolicy(
      aPolicy({ meals: { tiers: [aTier('one')], limits: [aRule('daily', { per: 'day' as const, meals: 1 })] } }),
    );
    const facts = elderFacts(elder, ON, aPolicy());
    const first = quote(compiled, facts, { item: 'lunch', on: ON });
    expect(() => {
      (first.because[0] as { outcome: string }).outcome = 'lost';
    }).toThrow();
    expect(quote(compiled, facts, { item: 'lunch', on: ON })).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });
});
