import { describe, expect, it } from 'vitest';
import { missedRunning } from '../../../functions/meals/missed-running.ts';
import type { OrderState } from '../../../shared/contracts/meal-orders.ts';

/** A lunch of the n-th of December. */
const lunch = (day: number, state: OrderState) => ({
  orderId: `lunch-${day}`,
  state,
  endsAt: `2026-12-${String(day).padStart(2, '0')}T05:00:00.000Z`,
});
const [first, second, third] = [lunch(1, 'missed'), lunch(2, 'missed'), lunch(3, 'missed')];

describe('how many meals running were missed', () => {
  it('is one when there was none before', () => {
    expect(missedRunning(first, [])).toBe(1);
    expect(missedRunning(first, [first])).toBe(1);
  });

  it('goes back to the last one that was eaten', () => {
    expect(missedRunning(third, [second, third, first])).toBe(3);
    expect(missedRunning(third, [first, lunch(2, 'served'), third])).toBe(1);
    expect(missedRunning(third, [lunch(1, 'served'), second, third])).toBe(2);
  });

  it('passes over cancelled ones', () => {
    expect(missedRunning(third, [first, lunch(2, 'cancelled'), third])).toBe(2);
  });

  it('counts one whose sitting is over and not settled yet', () => {
    expect(missedRunning(third, [lunch(2, 'placed'), third])).toBe(2);
  });

  it('does not look at what came afterwards', () => {
    expect(missedRunning(second, [first, second, lunch(3, 'served'), lunch(4, 'placed')])).toBe(2);
  });
});
