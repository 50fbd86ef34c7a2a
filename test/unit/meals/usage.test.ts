import { expect, it } from 'vitest';
import { emptyMonth, usageOf, withMeal } from '../../../functions/meals/meal-month.ts';

it('counts the subsidised meals of the day and the month, together and by sitting', () => {
  let month = emptyMonth('elder', '2026-12-02');
  month = withMeal(month, '2026-12-01', 'lunch', { orderId: 'a', subsidy: 1000 });
  month = withMeal(month, '2026-12-02', 'lunch', { orderId: 'b', subsidy: 900 });
  month = withMeal(month, '2026-12-02', 'dinner', { orderId: 'c', subsidy: 500 });
  month = withMeal(month, '2026-12-03', 'lunch', { orderId: 'd', subsidy: 0 });
  expect(usageOf(month, '2026-12-02')).toEqual({
    day: { count: 2, subsidy: 1400 },
    month: { count: 3, subsidy: 2400 },
    items: {
      lunch: { day: { count: 1, subsidy: 900 }, month: { count: 2, subsidy: 1900 } },
      dinner: { day: { count: 1, subsidy: 500 }, month: { count: 1, subsidy: 500 } },
    },
  });
  expect(usageOf(month, '2026-12-02', 'b').month).toEqual({ count: 2, subsidy: 1500 });
});
