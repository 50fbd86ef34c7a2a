import { compilePolicy, usageNeeds } from '../../shared/policy/engine.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import { yuanEn } from '../../shared/policy/words.ts';
import { ladderRemarks } from './ladder.ts';
import { conditionsOf } from './references.ts';

/** Things that are allowed, but seldom meant: told, and no reason to refuse a document. */
export const remarksOn = (policy: Policy): string[] => [
  ...smallPrices(policy),
  ...tiersWithoutExample(policy),
  ...ladderRemarks(policy),
  ...unused(policy),
  ...reservedSections(policy),
  ...uncountedPeriods(policy).map(
    (period) =>
      `limits by ${period} are quoted from the usage given, but meal orders do not count by ${period} yet: not deployable`,
  ),
];

function smallPrices({ meals }: Policy): string[] {
  return (meals?.prices ?? [])
    .map((rule, index) => ({ ...rule, index }))
    .filter(({ price }) => price > 0 && price < 100)
    .map(
      ({ price, index }) =>
        `meals.prices[${index}].price: ${price} is ${yuanEn(price)}, amounts are in fen; 12 yuan is 1200`,
    );
}

function tiersWithoutExample({ meals, examples }: Policy): string[] {
  const shown = new Set(examples.map((example) => ('request' in example ? example.expect.tier : undefined)));
  return (meals?.tiers ?? [])
    .filter(({ code }) => !shown.has(code))
    .map(({ code }) => `no example expects tier "${code}": add one`);
}

function unused(policy: Policy): string[] {
  const text = JSON.stringify([policy.meals, policy.classes]);
  const conditions = JSON.stringify(conditionsOf(policy).map(({ condition }) => condition ?? {}));
  return [
    ...Object.keys(policy.parties ?? {})
      .filter((id) => !text.includes(`"party":"${id}"`))
      .map((id) => `parties.${id} pays for nothing`),
    ...Object.keys(policy.conditions ?? {})
      .filter((id) => !conditions.includes(`"is":"${id}"`))
      .map((id) => `conditions.${id} is used nowhere`),
  ];
}

const RESERVED = ['grants', 'itemCaps', 'birthday', 'approvals', 'settlement', 'visits'] as const;

const reservedSections = (policy: Policy): string[] =>
  RESERVED.filter((section) => policy[section] !== undefined).map(
    (section) => `${section} is kept as it is written, but nothing reads it yet`,
  );

/** What meal orders count of an elder's earlier meals; the rest a deployed policy cannot limit by. */
const COUNTED_BY_ORDERS = ['day', 'month', 'items'];

/** What a policy limits by and meal orders do not count yet: `week`, `year`, `parties`. */
export const uncountedPeriods = (policy: Policy): string[] =>
  usageNeeds(compilePolicy(policy)).filter((period) => !COUNTED_BY_ORDERS.includes(period));
