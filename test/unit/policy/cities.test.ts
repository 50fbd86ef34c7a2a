import { describe, expect, it } from 'vitest';
import { compilePolicies } from '../../../infra/policies/compile.ts';
import { ALERT_SOURCES } from '../../../shared/contracts/alerts.ts';
import { Quote } from '../../../shared/contracts/quote.ts';
import { alertPlan, alertPolicyFor } from '../../../shared/policy/alert-plan.ts';
import { compilePolicy, policyFor, quote } from '../../../shared/policy/engine.ts';
import { type ExampleElder, type ExampleRequest, elderFacts, quoteRequest } from '../../../shared/policy/example.ts';
import type { ElderFacts } from '../../../shared/policy/facts.ts';
import { partsOf, reasonOf } from './a-policy.ts';

const policies = compilePolicies().map((policy) => compilePolicy(policy));
const NORTH = '139901002003004';
const CHENGGUAN = '620102001002003';

function lunchOf(area: string, elder: ExampleElder, request: Partial<ExampleRequest> = {}): Quote {
  const asked = { item: 'lunch', on: '2026-12-01', ...request };
  const policy = policyFor(policies, area, asked.on);
  if (policy === undefined) throw new Error(`no policy for ${area}`);
  return Quote.parse(quote(policy, elderFacts({ area, ...elder }, asked.on, policy.policy), quoteRequest(asked)));
}

describe('the northern city', () => {
  it.each<[string, ExampleElder, string | null, number]>([
    ['a no-support elder', { age: 70, tags: ['no-support'] }, 'jia', 0],
    ['a destitute elder', { age: 70, tags: ['destitute'] }, 'jia', 0],
    ['an elder of 80', { age: 80 }, 'yi', 200],
    ['an elder of 79', { age: 79 }, 'ding', 600],
    ['an elder with preferential treatment', { age: 61, tags: ['preferential-treatment'] }, 'yi', 200],
    ['an elder of low income', { age: 61, tags: ['low-income'] }, 'yi', 200],
    ['an elder on the minimum living allowance', { age: 61, tags: ['minimum-living'] }, 'yi', 200],
    ['a disabled elder in hardship', { age: 61, tags: ['disabled:4', 'in-hardship'] }, 'yi', 200],
    ['a disabled elder', { age: 61, tags: ['disabled:1'] }, 'ding', 600],
    ['an empty-nest elder in hardship', { age: 61, tags: ['empty-nest', 'in-hardship'] }, 'bing', 400],
    ['an elder alone in hardship', { age: 61, tags: ['living-alone', 'in-hardship'] }, 'bing', 400],
    ['an empty-nest elder with means', { age: 61, tags: ['empty-nest'] }, 'ding', 600],
    ['an elder who lost the only child', { age: 61, tags: ['lost-only-child'] }, 'bing', 400],
    ['an elder who lost the only child, at 80', { age: 80, tags: ['lost-only-child'] }, 'yi', 200],
    ['an elder of 60 with means', { age: 60 }, 'ding', 600],
    ['somebody of 59', { age: 59 }, null, 1200],
  ])('asks of %s what its table says', (_, elder, tier, person) => {
    const quoted = lunchOf(NORTH, elder);
    expect(quoted.tier?.code ?? null).toBe(tier);
    expect(quoted).toMatchObject({ price: 1200, deliveryFee: 0, shares: { person, government: 1200 - person } });
  });

  it('tells a daughter why her father of 82 pays 2 yuan and who pays the rest', () => {
    const quoted = lunchOf(NORTH, { age: 82 });
    expect(reasonOf(quoted, 'tier:yi').text.zh).toBe('82岁，符合80岁以上 → 乙类，自付2元');
    expect(reasonOf(quoted, 'tier:ding').text.zh).toBe(
      '82岁，符合60岁以上，也可按丁类（自付6元），但乙类自付2元更优惠',
    );
    expect(partsOf(quoted)).toEqual({ person: 200, 'civil-affairs': 1000 });
  });

  it('lets a community set its price and add from its project fund', () => {
    const quoted = lunchOf('139903005002001', { age: 65 }, { listPrice: 1500 });
    expect(partsOf(quoted)).toEqual({ person: 500, 'civil-affairs': 900, 'community-fund': 100 });
  });
});

describe('Chengguan in Lanzhou', () => {
  it.each<[string, ExampleElder, string | null, number]>([
    ['somebody of 64', { age: 64 }, null, 1500],
    ['an elder of 65', { age: 65 }, '65-74', 600],
    ['an elder of 74', { age: 74 }, '65-74', 600],
    ['an elder of 75', { age: 75 }, '75-plus', 500],
    ['an elder of 100', { age: 100 }, '75-plus', 500],
    ['a no-support elder of 65', { age: 65, tags: ['no-support'] }, 'no-support', 0],
    ['a no-support elder of 90', { age: 90, tags: ['no-support'] }, 'no-support', 0],
    ['a disabled elder of grade 1', { age: 65, tags: ['disabled:1'] }, 'severely-disabled', 0],
    ['a disabled elder of grade 2', { age: 90, tags: ['disabled:2'] }, 'severely-disabled', 0],
    ['a disabled elder of grade 3', { age: 65, tags: ['disabled:3'] }, '65-74', 600],
  ])('asks of %s what its rules say', (_, elder, tier, person) => {
    const quoted = lunchOf(CHENGGUAN, elder);
    expect(quoted.tier?.code ?? null).toBe(tier);
    expect(quoted).toMatchObject({ price: 1500, shares: { person, government: 1500 - person } });
  });

  it('delivers free to the severely disabled and those without support, and for a fee to the others', () => {
    for (const tag of ['disabled:1', 'disabled:2', 'no-support']) {
      const quoted = lunchOf(CHENGGUAN, { age: 70, tags: [tag] }, { eating: 'delivery' });
      expect(quoted).toMatchObject({ price: 1500, deliveryFee: 0, shares: { person: 0 } });
    }
    const other = lunchOf(CHENGGUAN, { age: 70 }, { eating: 'delivery' });
    expect(other).toMatchObject({ price: 1700, deliveryFee: 200, shares: { person: 800, government: 900 } });
  });

  it('subsidises one lunch a day, and no dinner', () => {
    const second = lunchOf(CHENGGUAN, { age: 80 }, { usage: { day: { count: 1, subsidy: 1000 } } });
    expect(second.shares).toMatchObject({ person: 1500, government: 0 });
    expect(lunchOf(CHENGGUAN, { age: 80 }, { item: 'dinner' }).shares).toMatchObject({ person: 1500, government: 0 });
  });
});

describe('the ladder of either city', () => {
  const sources = ALERT_SOURCES.filter((source) => source !== 'canary');
  const people: (ElderFacts | undefined)[] = [
    undefined,
    { birthDate: '1960-01-01', area: '', tags: [], abilityLevel: 'intact' },
    { birthDate: '1930-01-01', area: '', tags: [{ tag: 'living-alone' }, { tag: 'dementia' }] },
  ];
  const ladders = policies.flatMap((policy) =>
    sources.flatMap((source) =>
      people.flatMap((elder) =>
        ['T18:30:00.000Z', 'T04:00:00.000Z'].map((time) => alertPlan(policy, elder, source, `2026-12-01${time}`)),
      ),
    ),
  );

  it('calls the desk and the family at once by telephone, by day and by night, for any source', () => {
    expect(ladders.length).toBe(96);
    for (const { waves } of ladders) {
      expect(waves[0]).toMatchObject({ after: 0, callees: expect.arrayContaining(['dispatchers', 'family']) });
      expect(waves[0]?.channels).toEqual(expect.arrayContaining(['inbox', 'sms', 'voice']));
    }
  });

  it('sends somebody to the door within two minutes, and has 120 within five', () => {
    for (const { waves } of ladders) {
      const calledBy = (after: number) => waves.filter((wave) => wave.after <= after).flatMap(({ callees }) => callees);
      expect(calledBy(120)).toEqual(expect.arrayContaining(['grid-worker', 'community-duty']));
      expect(calledBy(300)).toContain('emergency-services');
    }
  });

  it('ends with a wave that can be repeated: the desk, the family and 120', () => {
    for (const { waves, repeatSeconds } of ladders) {
      expect(waves.at(-1)?.callees.toSorted()).toEqual(['dispatchers', 'emergency-services', 'family']);
      expect(repeatSeconds).toBeLessThanOrEqual(120);
    }
  });

  it('is not that of the other', () => {
    const [north, chengguan] = ['139901002003', '620102001002'].map((area) => {
      const policy = alertPolicyFor(policies, area, '2026-12-01');
      return alertPlan(policy, undefined, 'key', '2026-12-01');
    });
    expect(north?.policy).toBe('north-city/2026-01');
    expect(chengguan?.policy).toBe('lanzhou-chengguan/2026-01');
    expect(north?.waves).not.toEqual(chengguan?.waves);
  });
});

describe('both cities side by side', () => {
  it('each price their own elders, and nobody elsewhere', () => {
    expect(lunchOf(NORTH, { age: 82 }).policy.id).toBe('north-city');
    expect(lunchOf(CHENGGUAN, { age: 82 }).policy.id).toBe('lanzhou-chengguan');
    expect(policyFor(policies, '620103001001001', '2026-12-01')).toBeUndefined();
    expect(policyFor(policies, NORTH, '2025-12-31')).toBeUndefined();
  });
});
