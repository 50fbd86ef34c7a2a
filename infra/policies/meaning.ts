import { paysAll } from '../../shared/policy/compile.ts';
import type { Condition } from '../../shared/policy/condition.ts';
import type { Meals, MealTier, PriceRule } from '../../shared/policy/meals.ts';
import { compilePayment } from '../../shared/policy/pay.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import { ladderMistakes } from './ladder.ts';
import { cutAtAges, isImpossible, type Logic, surelyMeets, type Way, waysToMeet } from './logic.ts';
import { type Mistake, pathText, shown } from './mistake.ts';
import { conditionsOf } from './references.ts';

/** What cannot be meant: rules that nobody can meet or that can never count, subsidies that nobody pays, prices that end. */
export function meaningMistakes(policy: Policy): Mistake[] {
  const logic: Logic = {
    named: new Map(Object.entries(policy.conditions ?? {}).map(([id, { when }]) => [id, when])),
    ageCounting: policy.ageCounting ?? 'day',
  };
  return [
    ...conditionsOf(policy).flatMap(({ path, condition }) => impossible(pathText(path), condition, logic)),
    ...lateClasses(policy, logic),
    ...(policy.meals === undefined ? [] : mealMistakes(policy, policy.meals, logic)),
    ...(policy.alerts === undefined ? [] : ladderMistakes(policy.alerts)),
  ];
}

const mealMistakes = (policy: Policy, meals: Meals, logic: Logic): Mistake[] => [
  ...prices(meals, logic),
  ...losers(policy, meals, logic),
  ...unfunded(meals),
  ...delivery(meals),
];

function impossible(path: string, condition: Condition | undefined, logic: Logic): Mistake[] {
  const ways = waysToMeet(condition, logic);
  if (ways === undefined || ways.some((way) => !isImpossible(way, logic))) return [];
  return [
    {
      path,
      found: 'nobody can meet this condition',
      right: 'its parts contradict one another: change or take out one',
    },
  ];
}

/** The ways in which a condition can be met at all, cut at the ages of other conditions. */
function possibleWays(
  condition: Condition | undefined,
  others: readonly (Condition | undefined)[],
  logic: Logic,
): Way[] {
  const ways = waysToMeet(condition, logic) ?? [];
  return ways.filter((way) => !isImpossible(way, logic)).flatMap((way) => cutAtAges(way, others, logic));
}

/** Of rules of which the first that holds counts: those that can never count, as an earlier one holds whenever they do. */
function neverFirst(
  rules: readonly { when?: Condition | undefined }[],
  logic: Logic,
): { late: number; early: number }[] {
  return rules.flatMap(({ when }, late) => {
    const earlier = rules.slice(0, late);
    const ways = possibleWays(when, [when, ...earlier.map((rule) => rule.when)], logic);
    const met = ways.map((way) => earlier.findIndex((rule) => surelyMeets(way, rule.when, logic)));
    const [early] = met;
    return early === undefined || met.includes(-1) ? [] : [{ late, early }];
  });
}

function lateClasses({ classes = [] }: Policy, logic: Logic): Mistake[] {
  // A class without a condition is given by an assessment alone: it takes nobody away from those after it.
  const placed = classes.map((rule, index) => ({ ...rule, index })).filter(({ when }) => when !== undefined);
  return neverFirst(placed, logic).map(({ late, early }) => ({
    path: `classes[${placed[late]?.index}]`,
    found: `class ${shown(placed[late]?.code)} can never be given by its condition`,
    right: `whoever meets it meets an earlier one, such as ${shown(placed[early]?.code)}: put the narrower class first`,
  }));
}

function prices({ prices: rules }: Meals, logic: Logic): Mistake[] {
  const byItem = Map.groupBy(
    rules.map((rule, index) => ({ ...rule, index })),
    ({ item }) => item,
  );
  return [...byItem].flatMap(([item, own]): Mistake[] => {
    const last = own.at(-1) as PriceRule & { index: number };
    const open: Mistake[] =
      last.when === undefined
        ? []
        : [
            {
              path: `meals.prices[${last.index}].when`,
              found: `every price for ${shown(item)} has a condition`,
              right: 'end the item with a price without `when`, for everybody else',
            },
          ];
    const never = neverFirst(own, logic).map(({ late, early }) => ({
      path: `meals.prices[${own[late]?.index}]`,
      found: `the price ${shown(own[late]?.id)} can never count`,
      right: `whoever meets it meets an earlier one, such as ${shown(own[early]?.id)}: put the narrower price first`,
    }));
    return [...open, ...never];
  });
}

/** Tiers that can never win: whoever meets one meets another in which they pay no more. */
function losers({ parties = {} }: Policy, meals: Meals, logic: Logic): Mistake[] {
  // A payer's cap can make a tier dearer than it says: nothing is certain then.
  if (Object.values(parties).some(({ perMeal, perDay, perMonth }) => (perMeal ?? perDay ?? perMonth) !== undefined))
    return [];
  const tiers = meals.tiers ?? [];
  return tiers.flatMap((tier, index) => {
    const ways = possibleWays(
      tier.when,
      tiers.map(({ when }) => when),
      logic,
    );
    const beaten = ways.map((way) =>
      tiers.findIndex(
        (other, at) =>
          at !== index && surelyMeets(way, other.when, logic) && neverDearer(other, at < index, tier, way, meals),
      ),
    );
    const [by] = beaten;
    if (by === undefined || beaten.includes(-1)) return [];
    return [
      {
        path: `meals.tiers[${index}]`,
        found: `tier ${shown(tier.code)} can never win`,
        right: `whoever meets it also meets another in which they pay no more, such as ${shown(tiers[by]?.code)}: change a condition or what they pay, or take it out`,
      },
    ];
  });
}

/** Whether the elder never pays more in `other` than in `tier`, at any price of the meals that the way allows. */
function neverDearer(other: MealTier, isEarlier: boolean, tier: MealTier, way: Way, meals: Meals): boolean {
  if (canFallShort(other, meals)) return false;
  return meals.prices
    .filter(({ item }) => surelyMeets(way, { not: { item } }, { named: new Map(), ageCounting: 'day' }) === false)
    .every((rule) => {
      const [own, others] = [paysOf(tier, rule.item, meals), paysOf(other, rule.item, meals)];
      return pricesOf(rule)?.every((price) => {
        const less = own(price) - others(price);
        return less > 0 || (less === 0 && isEarlier);
      });
    });
}

const canFallShort = ({ funding }: MealTier, meals: Meals): boolean =>
  (funding ?? meals.funding ?? []).some(({ cap }) => cap !== undefined);

const paysOf = (tier: MealTier, item: string, meals: Meals): ((price: number) => number) =>
  compilePayment(tier.paysFor?.[item] ?? tier.pays, meals.rounding);

/** Prices that a canteen may set are tried one by one up to this many: 200 yuan between the lowest and the highest. */
const MOST_PRICES = 20_000;

/** The list price, and every price that canteens may set; `undefined` for too many to try. */
function pricesOf({ price, canteenSets }: PriceRule): number[] | undefined {
  if (canteenSets === undefined) return [price];
  const { min, max } = canteenSets;
  if (max - min > MOST_PRICES) return undefined;
  return [price, ...Array.from({ length: max - min + 1 }, (_, step) => min + step)];
}

function unfunded(meals: Meals): Mistake[] {
  if (meals.funding !== undefined) return [];
  const missing = (path: string): Mistake => ({
    path,
    found: 'nobody pays this subsidy',
    right: 'give the rule a `funding`, or `meals` one for all rules: [{"party": "…", "weight": 1}]',
  });
  const leavesRest = (tier: MealTier): boolean =>
    [tier.pays, ...Object.values(tier.paysFor ?? {})].some((pays) => !paysAll(pays));
  return [
    ...(meals.tiers ?? []).flatMap((tier, index) =>
      tier.funding === undefined && leavesRest(tier) ? [missing(`meals.tiers[${index}]`)] : [],
    ),
    ...(meals.subsidies ?? []).flatMap(({ rules }, at) =>
      rules.flatMap(({ funding }, index) =>
        funding === undefined ? [missing(`meals.subsidies[${at}].rules[${index}]`)] : [],
      ),
    ),
    ...(meals.delivery ?? []).flatMap(({ pays, funding }, index) =>
      pays !== undefined && !paysAll(pays) && funding === undefined ? [missing(`meals.delivery[${index}]`)] : [],
    ),
  ];
}

function delivery({ delivery: rules }: Meals): Mistake[] {
  if (rules === undefined) return [];
  const open = rules.filter(({ when }) => when === undefined).length;
  if (open === 1) return [];
  return [
    {
      path: 'meals.delivery',
      found: open === 0 ? 'every delivery rule has a condition' : `${open} delivery rules are for everybody`,
      right: 'have exactly one rule without `when`: the fee of everybody else',
    },
  ];
}
