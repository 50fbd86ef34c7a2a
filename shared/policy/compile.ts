import { type CompiledAlerts, compileAlerts } from './compile-alerts.ts';
import { compileCondition, type Names } from './compile-condition.ts';
import type { AgeCounting, Condition } from './condition.ts';
import type { Test } from './finding.ts';
import { compileFund, type Fund, type Parties, partiesOf } from './fund.ts';
import type { DeliveryRule, Limit, Meals, MealTier, MinimumPay, PriceRule, Subsidy, SubsidyGroup } from './meals.ts';
import { compileBenefit, compilePayment } from './pay.ts';
import type { Funding, Payment, Rounding } from './payment.ts';
import type { CareClass, DeployedPolicy } from './policy.ts';
import { type Reasons, reasonsOf } from './reasons.ts';

/** A rule with its condition and its reasons compiled. */
interface Compiled<T> {
  readonly rule: T;
  readonly index: number;
  readonly test: Test;
  readonly reasons: Reasons;
}

/** A rule that can pay a part of a price. `fund` is undefined where the elder pays all of it. */
type Paying<T> = Compiled<T> & { readonly fund: Fund | undefined };

export type CompiledTier = Paying<MealTier> & { pays(item: string, price: number): number };
export type CompiledSubsidy = Paying<Subsidy> & {
  gives(price: number, person: number): number;
  /** Bits of the groups with which it does not go together. */
  readonly notWith: number;
};
export interface CompiledGroup {
  readonly group: SubsidyGroup;
  readonly bit: number;
  readonly rules: readonly CompiledSubsidy[];
}
type CompiledLimit = Compiled<Limit> & { readonly covers: number };
export type CompiledDelivery = Paying<DeliveryRule> & { pays(fee: number): number };

export interface CompiledMeals {
  /** Per item, in the document's order. */
  readonly prices: ReadonlyMap<string, readonly Compiled<PriceRule>[]>;
  readonly tiers: readonly CompiledTier[];
  readonly groups: readonly CompiledGroup[];
  readonly minimumPay: readonly Compiled<MinimumPay>[];
  readonly limits: readonly CompiledLimit[];
  readonly delivery: readonly CompiledDelivery[];
  /** Whether any rule for meals asks for the elder's care class. */
  readonly asksClass: boolean;
}

/** A policy ready to quote: its rules as functions. Made once per document; holds no state but remembered words. */
export interface CompiledPolicy {
  readonly policy: DeployedPolicy;
  readonly id: string;
  readonly version: string;
  readonly area: DeployedPolicy['area'];
  readonly validFrom: string;
  readonly validUntil?: string | undefined;
  readonly parties: Parties;
  readonly classes: readonly Compiled<CareClass>[];
  readonly meals: CompiledMeals | undefined;
  readonly alerts: CompiledAlerts | undefined;
}

/** The bits by which limits and exclusions name what they are about. */
export const TIERS_BIT = 1;
export const DELIVERY_BIT = 2;
const EVERYTHING = -1;
const groupBit = (index: number): number => 4 << index;

/** Compiles a checked document; throws `RangeError` where one that was not checked refers to what it does not have. */
export function compilePolicy(policy: DeployedPolicy): CompiledPolicy {
  const names = namesOf(policy);
  const parties = partiesOf(policy.parties ?? {});
  const classes = (policy.classes ?? []).map((rule, index) =>
    compiled(rule, index, `class:${rule.code}`, rule.when, names),
  );
  return {
    policy,
    id: policy.id,
    version: policy.version,
    area: policy.area,
    validFrom: policy.validFrom,
    validUntil: policy.validUntil,
    parties,
    classes,
    meals: policy.meals && compileMeals(policy.meals, names, parties),
    alerts: policy.alerts && compileAlerts(policy.alerts, { ...names, classRules: policy.classes ?? [] }),
  };
}

function namesOf(policy: DeployedPolicy): Names {
  const ageCounting: AgeCounting = policy.ageCounting ?? 'day';
  return {
    ageCounting,
    classes: new Map((policy.classes ?? []).map(({ code, name }) => [code, name])),
    tiers: new Map((policy.meals?.tiers ?? []).map(({ code, name }) => [code, name])),
    named: new Map(Object.entries(policy.conditions ?? {})),
  };
}

function compiled<T extends { source: string }>(
  rule: T,
  index: number,
  id: string,
  when: Condition | undefined,
  names: Names,
): Compiled<T> {
  return { rule, index, test: compileCondition(when, names), reasons: reasonsOf(id, rule.source) };
}

function compileMeals(meals: Meals, names: Names, parties: Parties): CompiledMeals {
  const groups = meals.subsidies ?? [];
  const bits = new Map<string, number>([
    ['tiers', TIERS_BIT],
    ['delivery', DELIVERY_BIT],
    ...groups.map(({ id }, index) => [id, groupBit(index)] as const),
  ]);
  const bitsOf = (ids: readonly string[]): number =>
    ids.reduce((sum, id) => sum | known(bits.get(id), `no group is named "${id}"`), 0);
  const fundOf = (rule: string, funding: Funding | undefined, needed: boolean): Fund | undefined => {
    if (!needed) return undefined;
    return compileFund(known(funding ?? meals.funding, `nobody funds the rule "${rule}"`), parties);
  };

  return {
    prices: pricesByItem(meals.prices, names),
    tiers: (meals.tiers ?? []).map((rule, index) => ({
      ...compiled(rule, index, `tier:${rule.code}`, rule.when, names),
      fund: fundOf(
        rule.code,
        rule.funding,
        !paysAll(rule.pays) || Object.values(rule.paysFor ?? {}).some((pays) => !paysAll(pays)),
      ),
      pays: paymentByItem(rule, meals.rounding),
    })),
    groups: groups.map((group, at) => ({
      group,
      bit: groupBit(at),
      rules: group.rules.map((rule, index) => ({
        ...compiled(rule, index, rule.id, rule.when, names),
        fund: fundOf(rule.id, rule.funding, true),
        gives: compileBenefit(rule.gives, meals.rounding),
        notWith: bitsOf(rule.notWith ?? []),
      })),
    })),
    minimumPay: (meals.minimumPay ?? []).map((rule, index) => compiled(rule, index, rule.id, rule.when, names)),
    limits: (meals.limits ?? []).map((rule, index) => ({
      ...compiled(rule, index, rule.id, limitedTo(rule), names),
      covers: rule.covers === undefined ? EVERYTHING : bitsOf(rule.covers),
    })),
    delivery: (meals.delivery ?? []).map((rule, index) => ({
      ...compiled(rule, index, rule.id, rule.when, names),
      fund: fundOf(rule.id, rule.funding, rule.pays !== undefined && !paysAll(rule.pays)),
      pays: rule.pays === undefined ? (fee: number) => fee : compilePayment(rule.pays, meals.rounding),
    })),
    asksClass: asksFor('class', [meals, [...names.named.values()]]),
  };
}

/** Whom and what a limit is for: its condition, and its items where it names some. */
function limitedTo({ items, when }: Limit): Condition | undefined {
  if (items === undefined) return when;
  return when === undefined ? { item: items } : { all: [{ item: items }, when] };
}

/** Whether a payment always is the whole price. */
export const paysAll = (pays: Payment): boolean => pays.full === true && pays.atMost === undefined;

function paymentByItem(tier: MealTier, rounding: Rounding | undefined): (item: string, price: number) => number {
  const standard = compilePayment(tier.pays, rounding);
  if (tier.paysFor === undefined) return (_, price) => standard(price);
  const byItem = new Map(Object.entries(tier.paysFor).map(([item, pays]) => [item, compilePayment(pays, rounding)]));
  return (item, price) => (byItem.get(item) ?? standard)(price);
}

function pricesByItem(rules: readonly PriceRule[], names: Names): Map<string, Compiled<PriceRule>[]> {
  const byItem = new Map<string, Compiled<PriceRule>[]>();
  rules.forEach((rule, index) => {
    const list = byItem.get(rule.item) ?? [];
    list.push(compiled(rule, index, rule.id, rule.when, names));
    byItem.set(rule.item, list);
  });
  return byItem;
}

/** Whether a condition anywhere inside asks for `key`. */
function asksFor(key: keyof Condition, inside: unknown): boolean {
  if (typeof inside !== 'object' || inside === null) return false;
  return Object.entries(inside).some(([name, value]) => (name === key && value !== undefined) || asksFor(key, value));
}

function known<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new RangeError(message);
  return value;
}
