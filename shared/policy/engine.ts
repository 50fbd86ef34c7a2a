import type { FundingLeg, FundingShares, Quote, Reason } from '../contracts/quote.ts';
import type { IsoDate } from '../values/dates.ts';
import { type CompiledMeals, type CompiledPolicy, DELIVERY_BIT } from './compile.ts';
import type { Period } from './condition.ts';
import { deliver } from './delivery.ts';
import type { ElderFacts, QuoteRequest } from './facts.ts';
import { aCase, type Case, type Finding } from './finding.ts';
import { roomOf } from './fund.ts';
import { workOutMeal } from './meal.ts';
import { explainGroup, explainLimits, explainTiers } from './meal-reasons.ts';
import { itemWords, type Words, yuanEn, yuanZh } from './words.ts';

export { type CompiledPolicy, compilePolicy } from './compile.ts';
export { policyFor } from './versions.ts';

/** The code and name of a class or tier. */
export interface CodeAndName {
  code: string;
  name: { zh: string; en: string };
}

const PERSON: Words = Object.freeze({ zh: '老人自付', en: 'the elder' });

/** Whether the policy has a price for an item, so that it can be quoted. */
export const offers = (policy: CompiledPolicy, item: string): boolean => policy.meals?.prices.has(item) ?? false;

/**
 * What a meal costs an elder on a day and who pays it, with a reason for each rule that counted and each that did not.
 * Pure. Amounts in fen; the shares and the legs add up to the price. The reasons are shared and frozen: copy one to change it.
 * Throws `RangeError` for an item that the policy has no price for: ask `offers` first.
 */
export function quote(policy: CompiledPolicy, elder: ElderFacts, request: QuoteRequest): Quote {
  const { meals, parties } = policy;
  if (meals === undefined || !meals.prices.has(request.item)) {
    throw new RangeError(`policy ${policy.id} ${policy.version} has no price for ${request.item}`);
  }
  const because: Reason[] = [];
  const of = aCase(elder, request);
  if (meals.asksClass) judgeClass(policy, of, because);
  const price = listPrice(meals, of, because);
  const meal = workOutMeal(meals, of, price, {
    count: parties.ids.length,
    room: () => roomOf(parties, of.usage),
  });
  explainTiers(meals, meal, because);
  meals.groups.forEach((group, index) => {
    const judged = meal.groups[index];
    if (judged !== undefined) explainGroup(group, judged, because);
  });
  explainLimits(meals, meal, because);
  const delivery =
    request.eating === 'delivery'
      ? deliver(meals.delivery, of, meal, (meal.closed & DELIVERY_BIT) !== 0, because)
      : { fee: 0, person: 0 };

  const person = meal.person + delivery.person;
  const shares: FundingShares = { person, government: 0, charity: 0, enterprise: 0, voucher: 0 };
  const legs: FundingLeg[] = person > 0 ? [{ payer: 'person', party: 'person', name: PERSON, amount: person }] : [];
  parties.of.forEach(({ payer, name }, index) => {
    const amount = meal.paid[index] ?? 0;
    if (amount === 0) return;
    shares[payer] += amount;
    legs.push({ payer, party: parties.ids[index] ?? payer, name, amount });
  });
  return {
    policy: { id: policy.id, version: policy.version },
    item: request.item,
    on: request.on,
    tier: codeAndName(meals.tiers[meal.tiers.winner]?.rule),
    price: price + delivery.fee,
    deliveryFee: delivery.fee,
    shares,
    legs,
    because,
  };
}

/** The elder's care class on a day: the one that an assessment gave, else the first whose condition holds; null for none. */
export function classOf(policy: CompiledPolicy, elder: ElderFacts, on: IsoDate): CodeAndName | null {
  const of = aCase(elder, { item: '', on });
  return codeAndName(policy.classes[findClass(policy, of).winner]?.rule);
}

/** The meal tier that would price this meal; null where none of the policy's tiers holds. */
export function tierOf(policy: CompiledPolicy, elder: ElderFacts, request: QuoteRequest): CodeAndName | null {
  return offers(policy, request.item) ? quote(policy, elder, request).tier : null;
}

/** A part of `Usage`. */
export type UsageNeed = Period | 'items' | 'parties';

/**
 * What a policy's rules ask of earlier meals: the caller fills these parts of `usage` for it. `items` when it counts some
 * items alone,
 * `parties` when a payer has a cap of its own per day or month.
 */
export function usageNeeds(policy: CompiledPolicy): readonly UsageNeed[] {
  const text = JSON.stringify(policy.policy.meals ?? {}) + JSON.stringify(policy.policy.conditions ?? {});
  const needs: UsageNeed[] = (['day', 'week', 'month', 'year'] as const).filter((period) =>
    text.includes(`"per":"${period}"`),
  );
  const byParty = policy.parties.of.some(({ perDay, perMonth }) => (perDay ?? perMonth) !== undefined);
  if (text.includes('"items":[')) needs.push('items');
  return byParty ? [...needs, 'parties'] : needs;
}

function codeAndName(rule: CodeAndName | { code: string; name: Words } | undefined): CodeAndName | null {
  return rule === undefined ? null : { code: rule.code, name: rule.name };
}

function findClass({ classes }: CompiledPolicy, of: Case): { winner: number; found: Finding[] } {
  const found = classes.map(({ test }) => test(of));
  const given = classes.findIndex(({ rule }) => rule.code === of.elder.careClass);
  const winner =
    given >= 0 ? given : found.findIndex(({ met }, index) => met && classes[index]?.rule.when !== undefined);
  return { winner, found };
}

/** Finds the elder's care class for the conditions that ask for it, with its reasons. */
function judgeClass(policy: CompiledPolicy, of: Case, because: Reason[]): void {
  const { winner, found } = findClass(policy, of);
  const won = policy.classes[winner];
  const assessed = won !== undefined && won.rule.code === of.elder.careClass;
  of.careClass = won?.rule.code ?? '';
  policy.classes.forEach(({ rule: { name, when }, index, reasons }) => {
    const finding = found[index] as Finding;
    const byAssessment = when === undefined;
    if (index === winner) {
      because.push(
        reasons.give('applied', finding, assessed ? 1 : 0, 0, 0, ({ zh, en }) => ({
          zh: `${assessed ? '经评估' : zh} → 类别${name.zh}`,
          en: `${assessed ? 'assessed' : en} → class ${name.en}`,
        })),
      );
    } else if (finding.met && !byAssessment && won !== undefined) {
      because.push(
        reasons.give('lost', finding, index * 2 + (assessed ? 1 : 0), winner, 0, ({ zh, en }) => ({
          zh: `${zh}，也符合${name.zh}，但已${assessed ? '评估' : '先归'}为${won.rule.name.zh}`,
          en: `${en}: fits class ${name.en} too, but ${assessed ? 'is assessed as' : 'comes first into'} ${won.rule.name.en}`,
        })),
      );
    } else {
      because.push(
        reasons.give('not-met', finding, 0, 0, 0, ({ zh, en }) => ({
          zh: `${byAssessment ? '未经评估' : zh} → 不属${name.zh}`,
          en: `${byAssessment ? 'not assessed so' : en} → not class ${name.en}`,
        })),
      );
    }
  });
}

/** The list price of the meal: the first rule of its item that holds, with the canteen's own price where it may set one. */
function listPrice(meals: CompiledMeals, of: Case, because: Reason[]): number {
  const { item, listPrice: own } = of.request;
  const words = itemWords(item);
  for (const { rule, test, reasons } of meals.prices.get(item) ?? []) {
    const found = test(of);
    if (!found.met) {
      because.push(
        reasons.give('not-met', found, 0, rule.price, 0, ({ zh, en }) => ({
          zh: `${zh} → 不按${words.zh}${yuanZh(rule.price)}计`,
          en: `${en} → not the ${words.en} price of ${yuanEn(rule.price)}`,
        })),
      );
      continue;
    }
    const { canteenSets } = rule;
    if (canteenSets === undefined || own === undefined) {
      because.push(
        reasons.give('applied', found, 0, rule.price, 0, () => ({
          zh: `${words.zh}标价${yuanZh(rule.price)}`,
          en: `${words.en} is listed at ${yuanEn(rule.price)}`,
        })),
      );
      return rule.price;
    }
    const price = Math.max(canteenSets.min, Math.min(canteenSets.max, own));
    because.push(
      reasons.give(price === own ? 'applied' : 'limited', found, 1, own, price, () => ({
        zh: `食堂${words.zh}定价${yuanZh(own)}${price === own ? '' : `，超出允许范围，按${yuanZh(price)}计`}`,
        en: `the canteen’s price for ${words.en} is ${yuanEn(own)}${price === own ? '' : `, outside what is allowed, so ${yuanEn(price)}`}`,
      })),
    );
    return price;
  }
  throw new RangeError(`no price for ${item} holds: a checked policy ends each item with a price for everybody`);
}
