import type { Quote } from '../../../shared/contracts/quote.ts';
import { compilePolicy, quote } from '../../../shared/policy/engine.ts';
import { type ExampleElder, type ExampleRequest, elderFacts, quoteRequest } from '../../../shared/policy/example.ts';
import type { Meals } from '../../../shared/policy/meals.ts';
import { Policy } from '../../../shared/policy/policy.ts';

/** A Tuesday. */
export const ON = '2026-12-01';
const SOURCE = 'Rules made up for a test';

/** The same city from another day on, with an example of that day. */
export const from = (validFrom: string): Pick<Policy, 'validFrom' | 'examples'> => ({
  validFrom,
  examples: aPolicy().examples.map((example) =>
    'request' in example ? { ...example, request: { ...example.request, on: validFrom } } : example,
  ),
});

/** A document for area 1398 with a lunch of 12 yuan, the district and the street as payers, and what `over` adds. */
export function aPolicy({ meals, ...over }: Partial<Omit<Policy, 'meals'>> & { meals?: Partial<Meals> } = {}): Policy {
  return {
    id: 'test-city',
    version: '1',
    title: { zh: '测试市', en: 'Test city' },
    area: { code: '1398', name: { zh: '测试市', en: 'Test city' } },
    validFrom: '2026-01-01',
    sources: [{ title: SOURCE }],
    parties: {
      district: { payer: 'government', name: { zh: '区财政', en: 'District' } },
      street: { payer: 'government', name: { zh: '街道', en: 'Street' } },
      charity: { payer: 'charity', name: { zh: '慈善会', en: 'Charity' } },
      company: { payer: 'enterprise', name: { zh: '某企业', en: 'Company' } },
    },
    examples: [
      { name: 'any', elder: { age: 50 }, request: { item: 'lunch', on: ON }, expect: { price: 1200, person: 1200 } },
    ],
    ...over,
    meals: {
      prices: [{ id: 'lunch', item: 'lunch', price: 1200, source: SOURCE }],
      funding: [{ party: 'district', weight: 1 }],
      ...meals,
    },
  };
}

/** A tier that everybody of `min` years is in. */
export const aTier = (code: string, over: Partial<NonNullable<Meals['tiers']>[number]> = {}) => ({
  code,
  name: { zh: `${code}档`, en: `tier ${code}` },
  pays: { fixed: 600 },
  source: SOURCE,
  ...over,
});

export const aSubsidy = (id: string, over: Partial<NonNullable<Meals['subsidies']>[number]['rules'][number]> = {}) => ({
  id,
  name: { zh: `${id}补贴`, en: `${id} subsidy` },
  gives: { amount: 100 },
  source: SOURCE,
  ...over,
});

export const aRule = <T extends object>(id: string, over: T) => ({ id, source: SOURCE, ...over });
export const named = (id: string) => ({ zh: `${id}规定`, en: `rule ${id}` });

/** Quotes a lunch on a Tuesday for an elder written by hand. The document is read by its schema first. */
export function quoteFor(policy: Policy, elder: ExampleElder, request: Partial<ExampleRequest> = {}): Quote {
  const asked = { item: 'lunch', on: ON, ...request };
  return quote(compilePolicy(asDocument(policy)), elderFacts(elder, asked.on, policy), quoteRequest(asked));
}

const asDocument = (policy: Policy): Policy => {
  // Left-out fields may be `undefined` in a test; a document has no such thing.
  return Policy.parse(JSON.parse(JSON.stringify(policy)));
};

/** The reason that a rule gave. */
export function reasonOf(quoted: Quote, rule: string) {
  const reason = quoted.because.find((one) => one.rule === rule);
  if (reason === undefined)
    throw new Error(`no reason for ${rule}; there are ${quoted.because.map((one) => one.rule)}`);
  return reason;
}

/** What each named party pays. */
export const partsOf = (quoted: Quote): Record<string, number> =>
  Object.fromEntries(quoted.legs.map(({ party, amount }) => [party, amount]));
