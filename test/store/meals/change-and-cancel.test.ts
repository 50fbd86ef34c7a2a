import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder } from '../../../functions/meals/cancel-order.ts';
import { readSitting, takenOf } from '../../../functions/meals/canteen-store.ts';
import { changeOrder } from '../../../functions/meals/change-order.ts';
import { checkIn, undoCheckIn } from '../../../functions/meals/check-in.ts';
import { placeOrder } from '../../../functions/meals/place-order.ts';
import { quoteMeal } from '../../../functions/meals/quote-meal.ts';
import type { Who } from '../../../functions/platform/who.ts';
import type { ChangeMealOrder } from '../../../shared/contracts/meal-orders.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import {
  aCanteen,
  aLunch,
  aMealTown,
  anElder,
  cook,
  daughter,
  done,
  id,
  type MealTown,
  NOW,
  staff,
  stranger,
  TODAY,
  TOMORROW,
} from '../../support/a-town.ts';

const AFTER_CLOSING = '2026-12-01T02:00:00.000Z';
const AT_LUNCH = '2026-12-01T03:30:00.000Z';
const AFTER_LUNCH = '2026-12-01T05:00:00.000Z';

let town: MealTown;
beforeAll(async () => {
  town = await aMealTown();
  await town.putCanteen(aCanteen());
  await town.publish(TODAY, 'lunch');
  await town.publish(TOMORROW, 'lunch');
});
afterAll(() => town.dynamo.stop());

let serial = 100;
const ordered = async (elder: Parameters<typeof anElder>[0] = {}, form: Parameters<typeof aLunch>[0] = {}) => {
  const elderId = id(++serial);
  await town.putElder(anElder({ elderId, ...elder }));
  return done(
    await placeOrder(town, daughter, { orderId: id(++serial), form: aLunch({ elderId, ...form }), now: NOW }),
  );
};
const code = (answer: unknown) => (isRefusal(answer) ? answer.refused : 'accepted');
const taken = async (slotId: string, date = TOMORROW) => {
  const sitting = await readSitting(town, 'binhe', date, 'lunch');
  return sitting && (await takenOf(town, [sitting]))[0]?.get(slotId);
};

describe('changing an order', () => {
  const change = (orderId: string, form: ChangeMealOrder, who: Who = daughter, now = NOW) =>
    changeOrder(town, who, { orderId, form, now });

  it('moves it to another slot, giving the old place back', async () => {
    const order = await ordered();
    const [early, late] = [(await taken('early')) ?? 0, (await taken('late')) ?? 0];
    const changed = done(await change(order.orderId, { rev: 1, slotId: 'late', dishIds: ['pork'] }));
    expect(changed).toMatchObject({ slot: { slotId: 'late' }, dishes: [{ dishId: 'pork' }], rev: 2 });
    expect([await taken('early'), await taken('late')]).toEqual([early - 1, late + 1]);
  });

  it('prices it anew when it is to be delivered', async () => {
    const order = await ordered({
      tags: [{ tag: 'disabled', grade: 1, evidence: { kind: '残疾证' }, since: '2020-01-01' }],
    });
    expect(order.quote.shares.person).toBe(0);
    const changed = done(await change(order.orderId, { rev: 1, eating: 'delivery' }));
    expect(changed.quote).toMatchObject({ deliveryFee: 0, shares: { person: 0 } });
  });

  it('answers the same change again with what it made of the order', async () => {
    const order = await ordered();
    const form = { rev: 1, slotId: 'late' };
    const first = done(await change(order.orderId, form));
    expect(await change(order.orderId, form)).toEqual({ replayed: first });
  });

  it('lets one of 50 changes of the same revision win', async () => {
    const order = await ordered();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        change(order.orderId, { rev: 1, slotId: n % 2 ? 'late' : 'early', note: `第${n}` }),
      ),
    );
    expect(answers.filter((answer) => code(answer) === 'accepted')).toHaveLength(1);
  });

  it('refuses a stale revision, a stranger, a full slot, a late family and a clash', async () => {
    const order = await ordered({ allergens: ['crustacean'] });
    const { orderId } = order;
    expect(code(await change(orderId, { rev: 7 }))).toBe('rev-stale');
    expect(code(await change(orderId, { rev: 1 }, stranger))).toBe('forbidden');
    expect(code(await change(orderId, { rev: 1, slotId: 'never' }))).toBe('slot-unknown');
    expect(code(await change(orderId, { rev: 1, dishIds: ['shrimp'] }))).toBe('diet-clash');
    expect(code(await change(orderId, { rev: 1, seenCopay: 1 }))).toBe('price-changed');
    expect(code(await change(id(77), { rev: 1 }))).toBe('not-found');
    const today = await ordered({}, { date: TODAY });
    expect(code(await change(today.orderId, { rev: 1, slotId: 'late' }, daughter, AFTER_CLOSING))).toBe(
      'past-closing-time',
    );
    expect(code(await change(today.orderId, { rev: 1, slotId: 'late' }, staff, AFTER_CLOSING))).toBe('reason-required');
    expect(
      code(await change(today.orderId, { rev: 1, slotId: 'late', reason: '家属来电' }, staff, AFTER_CLOSING)),
    ).toBe('accepted');
    done(await cancelOrder(town, daughter, { orderId, now: NOW }));
    expect(code(await change(orderId, { rev: 2, slotId: 'late' }))).toBe('already-cancelled');
  });
});

describe('cancelling an order', () => {
  it('frees its place, and answers the second cancellation like the first', async () => {
    const order = await ordered();
    const before = (await taken('early')) ?? 0;
    const first = done(await cancelOrder(town, daughter, { orderId: order.orderId, now: NOW }));
    expect(first.state).toBe('cancelled');
    expect(await cancelOrder(town, daughter, { orderId: order.orderId, now: NOW })).toEqual({ replayed: first });
    expect(await taken('early')).toBe(before - 1);
  });

  it('gives the place back once when 100 cancellations arrive at once', async () => {
    const order = await ordered();
    const before = (await taken('early')) ?? 0;
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => cancelOrder(town, daughter, { orderId: order.orderId, now: NOW })),
    );
    expect(answers.filter(isRefusal).map(({ refused }) => refused)).toEqual([]);
    expect(await taken('early')).toBe(before - 1);
  });

  it('takes staff and a reason after closing time, and nobody after the sitting', async () => {
    const { orderId } = await ordered({}, { date: TODAY });
    expect(code(await cancelOrder(town, stranger, { orderId, now: NOW }))).toBe('forbidden');
    expect(code(await cancelOrder(town, daughter, { orderId, now: AFTER_CLOSING }))).toBe('past-closing-time');
    expect(code(await cancelOrder(town, staff, { orderId, now: AFTER_CLOSING }))).toBe('reason-required');
    expect(code(await cancelOrder(town, staff, { orderId, now: AFTER_LUNCH, reason: '晚了' }))).toBe(
      'past-closing-time',
    );
    const cancelled = done(await cancelOrder(town, staff, { orderId, now: AFTER_CLOSING, reason: '住院' }));
    expect(cancelled.steps.at(-1)).toMatchObject({ what: 'cancelled', reason: '住院' });
  });
});

describe('checking in', () => {
  const come = (orderId: string, who = cook, now = AT_LUNCH) =>
    checkIn(town, who, { orderId, form: { by: 'name' }, now });

  it('serves the meal once, and takes a mistake back', async () => {
    const { orderId } = await ordered({}, { date: TODAY });
    const served = done(await come(orderId));
    expect(served.state).toBe('served');
    expect(await come(orderId)).toEqual({ replayed: served });
    expect(code(await cancelOrder(town, staff, { orderId, now: AFTER_CLOSING, reason: '错了' }))).toBe(
      'already-served',
    );
    expect(done(await undoCheckIn(town, cook, { orderId, now: AT_LUNCH })).state).toBe('placed');
    expect(code(await undoCheckIn(town, cook, { orderId, now: AT_LUNCH }))).toBe('not-served');
  });

  it('refuses another day, another canteen, a cancelled order and somebody who died', async () => {
    const tomorrow = await ordered();
    expect(code(await come(tomorrow.orderId))).toBe('wrong-day');
    const { orderId, elderId } = await ordered({}, { date: TODAY });
    expect(code(await come(orderId, { ...cook, canteenId: 'other' }))).toBe('forbidden');
    expect(code(await come(id(78)))).toBe('not-found');
    await town.putElder(anElder({ elderId, diedOn: TODAY, rev: 2 }));
    expect(code(await come(orderId))).toBe('elder-died');
    done(await cancelOrder(town, staff, { orderId, now: AFTER_CLOSING, reason: '离世' }));
    await town.putElder(anElder({ elderId, rev: 3 }));
    expect(code(await come(orderId))).toBe('already-cancelled');
  });
});

describe('asking for a price', () => {
  const query = (elderId: string) =>
    ({ elderId, canteenId: 'binhe', date: TOMORROW, sitting: 'lunch', eating: 'dine-in' }) as const;

  it('is the price that the order then has, also when it is ordered already', async () => {
    const elderId = id(++serial);
    await town.putElder(anElder({ elderId }));
    const quote = done(await quoteMeal(town, daughter, query(elderId)));
    const order = done(
      await placeOrder(town, daughter, { orderId: id(++serial), form: aLunch({ elderId }), now: NOW }),
    );
    expect(order.quote).toEqual(quote);
    expect(done(await quoteMeal(town, daughter, query(elderId)))).toEqual(quote);
  });

  it('refuses strangers, unknown elders, unknown sittings and the dead', async () => {
    const elderId = id(++serial);
    await town.putElder(anElder({ elderId, diedOn: TODAY }));
    expect(code(await quoteMeal(town, stranger, query(elderId)))).toBe('forbidden');
    expect(code(await quoteMeal(town, daughter, query(id(79))))).toBe('not-found');
    expect(code(await quoteMeal(town, daughter, query(elderId)))).toBe('elder-died');
    expect(code(await quoteMeal(town, daughter, { ...query(elderId), date: '2026-12-31' }))).toBe('sitting-not-open');
  });
});
