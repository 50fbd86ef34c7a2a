import * as z from 'zod/mini';
import type { SittingName } from '../../shared/contracts/canteens.ts';
import type { Usage } from '../../shared/policy/facts.ts';
import { type IsoDate, monthOf } from '../../shared/values/dates.ts';
import type { Step } from '../platform/transact.ts';
import { mealMonthKey } from './keys.ts';

/**
 * An elder's live orders of one month, by `DD#sitting`: it holds the rule "one live order for each sitting", and what the
 * policy's limits per day and month count. `subsidy` is what others paid, in fen. Written under the condition that its `rev`
 * is the one that was read, so no limit can be passed by two orders at the same time.
 */
export const MealMonth = z.object({
  elderId: z.string(),
  month: z.string(),
  meals: z.record(z.string(), z.object({ orderId: z.string(), subsidy: z.int() })),
  rev: z.int(),
});
export type MealMonth = z.infer<typeof MealMonth>;

const sittingInMonth = (date: IsoDate, sitting: SittingName): string => `${date.slice(8)}#${sitting}`;

export const emptyMonth = (elderId: string, date: IsoDate): MealMonth => ({
  elderId,
  month: monthOf(date),
  meals: {},
  rev: 0,
});

export const orderInMonth = (month: MealMonth, date: IsoDate, sitting: SittingName): string | undefined =>
  month.meals[sittingInMonth(date, sitting)]?.orderId;

/** The subsidised meals of the day and the month, all together and by sitting, without the order `except`. */
export function usageOf(month: MealMonth, date: IsoDate, except?: string): Usage {
  const nothing = () => ({ day: { count: 0, subsidy: 0 }, month: { count: 0, subsidy: 0 } });
  const items: Record<string, ReturnType<typeof nothing>> = {};
  const all = nothing();
  for (const [key, { orderId, subsidy }] of Object.entries(month.meals)) {
    if (orderId === except || subsidy === 0) continue;
    const [day, sitting = ''] = key.split('#');
    items[sitting] ??= nothing();
    for (const usage of [all, items[sitting]]) {
      usage.month.count += 1;
      usage.month.subsidy += subsidy;
      if (day !== date.slice(8)) continue;
      usage.day.count += 1;
      usage.day.subsidy += subsidy;
    }
  }
  return { ...all, items };
}

export function withMeal(
  month: MealMonth,
  date: IsoDate,
  sitting: SittingName,
  meal: { orderId: string; subsidy: number },
): MealMonth {
  return { ...month, meals: { ...month.meals, [sittingInMonth(date, sitting)]: meal }, rev: month.rev + 1 };
}

export function withoutMeal(month: MealMonth, date: IsoDate, sitting: SittingName): MealMonth {
  const { [sittingInMonth(date, sitting)]: _, ...meals } = month.meals;
  return { ...month, meals, rev: month.rev + 1 };
}

export const mealMonthItem = (month: MealMonth) => ({ ...mealMonthKey(month.elderId, `${month.month}-01`), ...month });

/** Writes the month, if nobody has since it was read. */
export const putMealMonth = (table: string, month: MealMonth): Step<'month'> => ({
  step: 'month',
  Put: {
    TableName: table,
    Item: mealMonthItem(month),
    ...(month.rev === 1
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'rev = :read', ExpressionAttributeValues: { ':read': month.rev - 1 } }),
  },
});
