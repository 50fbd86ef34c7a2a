import { describe, expect, it } from 'vitest';
import { compilePolicy, policyFor, quote, usageNeeds } from '../../../shared/policy/engine.ts';
import { elderFacts } from '../../../shared/policy/example.ts';
import { aPolicy, aRule, aSubsidy, aTier, ON, partsOf, quoteFor, reasonOf } from './a-policy.ts';

const elder = { age: 70 };

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

  it('keeps a cap over several rounds of passing on', () => {
    const quoted = funded(
      [
        { party: 'company', weight: 1, cap: 700 },
        { party: 'district', weight: 1, cap: 100 },
      ],
      200,
    );
    expect(partsOf(quoted)).toEqual({ person: 400, company: 700, district: 100 });
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
