import type { Reason } from '../contracts/quote.ts';
import type { CompiledGroup, CompiledMeals, CompiledSubsidy, CompiledTier } from './compile.ts';
import type { Finding } from './finding.ts';
import type { Cut, Grant, GroupResult, MealResult } from './meal.ts';
import { mealsEn, ofItems, PERIOD_WORDS, type Words, yuanEn, yuanZh } from './words.ts';

const CUTS: Readonly<Record<Cut, Words>> = {
  minimum: { zh: '因最低自付', en: 'because of the least that the elder pays' },
  payer: { zh: '因出资方已到上限', en: 'because a payer has reached its cap' },
  group: { zh: '因同组补贴封顶', en: 'because of the cap on subsidies of this kind' },
  limit: { zh: '因补贴额度用完', en: 'because the allowance is used up' },
};
const CUT_ORDER: readonly Cut[] = ['minimum', 'payer', 'group', 'limit'];
const cutNumber = ({ cut }: Grant): number => (cut === undefined ? 0 : 1 + CUT_ORDER.indexOf(cut));

/** Why the elder is in this tier and not in the others. */
export function explainTiers({ tiers }: CompiledMeals, { tiers: judged, price }: MealResult, because: Reason[]): void {
  const winner = tiers[judged.winner];
  const best = judged.own[judged.winner] ?? 0;
  for (const tier of tiers) {
    const found = judged.found[tier.index] as Finding;
    const own = judged.own[tier.index] ?? 0;
    because.push(tierReason(tier, found, own, winner, best, judged, price));
  }
}

function tierReason(
  { rule: { name }, index, reasons }: CompiledTier,
  found: Finding,
  own: number,
  winner: CompiledTier | undefined,
  best: number,
  judged: GroupResult,
  price: number,
): Reason {
  if (!found.met || winner === undefined) {
    return reasons.give('not-met', found, 0, 0, 0, ({ zh, en }) => ({
      zh: `${zh} → 不属${name.zh}`,
      en: `${en} → not ${name.en}`,
    }));
  }
  if (index !== winner.index) {
    const { name: other } = winner.rule;
    return reasons.give('lost', found, winner.index, own, best, ({ zh, en }) => ({
      zh: `${zh}，也可按${name.zh}（自付${yuanZh(own)}），但${other.zh}自付${yuanZh(best)}${best < own ? '更优惠' : '在先'}`,
      en: `${en}: could be ${name.en} (pays ${yuanEn(own)}), but ${other.en} pays ${yuanEn(best)}${best < own ? ', which is better' : ' and comes first'}`,
    }));
  }
  if (judged.blocked) {
    return reasons.give('limited', found, 0, own, price, ({ zh, en }) => ({
      zh: `${zh} → ${name.zh}，应自付${yuanZh(own)}；补贴次数已用完，按全价${yuanZh(price)}`,
      en: `${en} → ${name.en}, would pay ${yuanEn(own)}; no subsidised meal is left, so the full ${yuanEn(price)}`,
    }));
  }
  const grant = judged.grants[index];
  if (grant !== undefined && grant.cut !== undefined) {
    const cut = CUTS[grant.cut];
    return reasons.give('limited', found, cutNumber(grant), own, grant.person, ({ zh, en }) => ({
      zh: `${zh} → ${name.zh}，应自付${yuanZh(own)}；${cut.zh}，自付${yuanZh(grant.person)}`,
      en: `${en} → ${name.en}, would pay ${yuanEn(own)}; ${cut.en}, pays ${yuanEn(grant.person)}`,
    }));
  }
  return reasons.give('applied', found, 0, own, 0, ({ zh, en }) => ({
    zh: `${zh} → ${name.zh}，自付${yuanZh(own)}`,
    en: `${en} → ${name.en}, pays ${yuanEn(own)}`,
  }));
}

/** What each subsidy of a group gave, or why it did not. */
export function explainGroup({ rules }: CompiledGroup, judged: GroupResult, because: Reason[]): void {
  for (const rule of rules) because.push(subsidyReason(rule, rules, judged));
}

function subsidyReason(
  { rule: { name }, index, reasons }: CompiledSubsidy,
  rules: readonly CompiledSubsidy[],
  judged: GroupResult,
): Reason {
  const found = judged.found[index] as Finding;
  const own = judged.own[index] ?? 0;
  if (!found.met) {
    return reasons.give('not-met', found, 0, 0, 0, ({ zh, en }) => ({
      zh: `${zh} → 不享受${name.zh}`,
      en: `${en} → ${name.en} does not apply`,
    }));
  }
  if (judged.excluded[index]) {
    return reasons.give('lost', found, 0, 0, 0, ({ zh, en }) => ({
      zh: `${zh}，但${name.zh}不与已享受的补贴重复享受`,
      en: `${en}, but ${name.en} does not go together with the subsidy already given`,
    }));
  }
  if (own === 0) {
    return reasons.give('lost', found, 1, 0, 0, ({ zh, en }) => ({
      zh: `${zh}，但已无自付金额，无需${name.zh}`,
      en: `${en}, but nothing is left to pay, so no ${name.en} is needed`,
    }));
  }
  if (judged.blocked) {
    return reasons.give('limited', found, 0, own, 0, ({ zh, en }) => ({
      zh: `${zh}，应享受${name.zh}${yuanZh(own)}；补贴次数已用完，不再补贴`,
      en: `${en}: ${name.en} would take ${yuanEn(own)} off; no subsidised meal is left`,
    }));
  }
  const grant = judged.grants[index];
  if (grant === undefined) {
    const winner = rules[judged.winner];
    const best = judged.own[judged.winner] ?? 0;
    return reasons.give('lost', found, 2 + judged.winner, own, best, ({ zh, en }) => ({
      zh: `${zh}，也可享受${name.zh}${yuanZh(own)}，但${winner?.rule.name.zh}${yuanZh(best)}${best > own ? '更高' : '在先'}，不叠加`,
      en: `${en}: ${name.en} would take ${yuanEn(own)} off, but ${winner?.rule.name.en} takes ${yuanEn(best)} off${best > own ? ', which is more' : ' and comes first'}; only one counts`,
    }));
  }
  if (grant.cut !== undefined) {
    const cut = CUTS[grant.cut];
    return reasons.give('limited', found, cutNumber(grant), own, grant.placed, ({ zh, en }) => ({
      zh: `${zh}，应享受${name.zh}${yuanZh(own)}；${cut.zh}，补贴${yuanZh(grant.placed)}`,
      en: `${en}: ${name.en} would take ${yuanEn(own)} off; ${cut.en}, it takes ${yuanEn(grant.placed)} off`,
    }));
  }
  return reasons.give('applied', found, 0, own, grant.person, ({ zh, en }) => ({
    zh: `${zh} → ${name.zh}${yuanZh(own)}，自付减至${yuanZh(grant.person)}`,
    en: `${en} → ${name.en} takes ${yuanEn(own)} off, leaving ${yuanEn(grant.person)}`,
  }));
}

/** How each limit stands, and each minimum. */
export function explainLimits(meals: CompiledMeals, result: MealResult, because: Reason[]): void {
  meals.limits.forEach(({ rule, index, reasons }) => {
    const judged = result.limits[index];
    if (judged === undefined) return;
    const { found, used, reached } = judged;
    const { zh: period, each, en: periodEn, per } = PERIOD_WORDS[rule.per];
    const which = ofItems(rule.items);
    if (!found.met) {
      because.push(
        reasons.give('not-met', found, 0, 0, 0, ({ zh, en }) => ({
          zh: `${zh}，不受此限`,
          en: `${en}: this limit is for others`,
        })),
      );
      return;
    }
    const most = rule.meals ?? rule.subsidy ?? 0;
    because.push(
      reasons.give(reached ? 'applied' : 'not-met', found, 0, used, most, () =>
        rule.meals !== undefined
          ? {
              zh: `${period}${which.zh}此前已补贴${used}次，${each}限${most}次：${reached ? '已用完，按全价' : '未达上限'}`,
              en: `${mealsEn(used)}${which.en} before ${periodEn}, at most ${most} ${per}: ${reached ? 'used up, so the full price' : 'within the limit'}`,
            }
          : {
              zh: `${period}${which.zh}此前已补贴${yuanZh(used)}，${each}限${yuanZh(most)}：${reached ? '额度不足' : '未超上限'}`,
              en: `${yuanEn(used)} of subsidy${which.en} before ${periodEn}, at most ${yuanEn(most)} ${per}: ${reached ? 'not enough is left' : 'within the limit'}`,
            },
      ),
    );
  });
  meals.minimumPay.forEach(({ rule, index, reasons }) => {
    const found = result.minimumFound[index];
    if (found === undefined) return;
    const cut =
      index === result.floorRule &&
      [result.tiers, ...result.groups].some(({ grants }) => grants.some((grant) => grant?.cut === 'minimum'));
    because.push(
      reasons.give(cut ? 'applied' : 'not-met', found, 0, rule.amount, 0, ({ zh, en }) =>
        found.met
          ? {
              zh: `${zh}，每餐至少自付${yuanZh(rule.amount)}${cut ? '' : '（不影响本餐）'}`,
              en: `${en}: at least ${yuanEn(rule.amount)} a meal${cut ? '' : ' (changes nothing here)'}`,
            }
          : { zh: `${zh}，不受最低自付限制`, en: `${en}: no minimum applies` },
      ),
    );
  });
}
