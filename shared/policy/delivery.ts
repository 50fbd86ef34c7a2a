import type { Reason } from '../contracts/quote.ts';
import type { CompiledDelivery } from './compile.ts';
import type { Case, Finding } from './finding.ts';
import type { MealResult } from './meal.ts';
import { yuanEn, yuanZh } from './words.ts';

/**
 * The delivery fee and what the elder pays of it, in fen: of the rules that hold the one that costs the elder least; of
 * equals the lower fee, and then the first. Where a limit has closed delivery subsidies, the fee that is for everybody is paid in full.
 */
export function deliver(
  rules: readonly CompiledDelivery[],
  of: Case,
  meal: MealResult,
  closed: boolean,
  because: Reason[],
): { fee: number; person: number } {
  const found = rules.map(({ test }) => test(of));
  const costs = rules.map(({ rule, pays }) => pays(rule.fee));
  let winner = -1;
  for (const { index, rule } of rules) {
    if (!found[index]?.met || (closed && rule.when !== undefined)) continue;
    const less = (costs[index] ?? 0) - (costs[winner] ?? Infinity);
    if (less < 0 || (less === 0 && rule.fee < (rules[winner]?.rule.fee ?? 0))) winner = index;
  }
  const won = rules[winner];
  const fee = won?.rule.fee ?? 0;
  const wanted = closed ? 0 : fee - (costs[winner] ?? fee);
  const placed = wanted > 0 && won?.fund !== undefined ? won.fund.place(wanted, meal.paid, meal.room) : 0;
  const person = fee - placed;

  for (const { rule, index, reasons } of rules) {
    const { name } = rule;
    const finding = found[index] as Finding;
    const own = costs[index] ?? 0;
    if (!finding.met) {
      because.push(
        reasons.give('not-met', finding, 0, 0, 0, ({ zh, en }) => ({
          zh: `${zh} → 不按${name.zh}`,
          en: `${en} → ${name.en} does not apply`,
        })),
      );
    } else if (index === winner) {
      const outcome = placed < wanted || (closed && own < fee) ? 'limited' : 'applied';
      because.push(
        reasons.give(outcome, finding, closed ? 1 : 0, person, fee, ({ zh, en }) => ({
          zh: `${zh} → ${name.zh}：送餐费${yuanZh(fee)}，自付${yuanZh(person)}`,
          en: `${en} → ${name.en}: delivery fee ${yuanEn(fee)}, pays ${yuanEn(person)}`,
        })),
      );
    } else if (closed && rule.when !== undefined) {
      because.push(
        reasons.give('limited', finding, 2, own, 0, ({ zh, en }) => ({
          zh: `${zh}，应按${name.zh}；补贴次数已用完`,
          en: `${en}: would be ${name.en}; no subsidised meal is left`,
        })),
      );
    } else {
      because.push(
        reasons.give('lost', finding, 3 + winner, own, person, ({ zh, en }) => ({
          zh: `${zh}，也可按${name.zh}（自付${yuanZh(own)}），但${won?.rule.name.zh}自付${yuanZh(person)}`,
          en: `${en}: could be ${name.en} (pays ${yuanEn(own)}), but ${won?.rule.name.en} pays ${yuanEn(person)}`,
        })),
      );
    }
  }
  return { fee, person };
}
