import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder } from '../../../functions/meals/cancel-order.ts';
import { readSitting, takenOf } from '../../../functions/meals/canteen-store.ts';
import { readOrder } from '../../../functions/meals/order-store.ts';
import { placeOrder } from '../../../functions/meals/place-order.ts';
import type { PlaceMealOrder } from '../../../shared/contracts/meal-orders.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import {
  aCanteen,
  aLunch,
  aMealTown,
  anElder,
  daughter,
  done,
  id,
  type MealTown,
  NOW,
  otherStaff,
  staff,
  stranger,
  TODAY,
  TOMORROW,
} from '../../support/a-town.ts';

let town: MealTown;
beforeAll(async () => {
  town = await aMealTown();
  await town.putCanteen(aCanteen());
  await town.publish(TODAY, 'lunch');
  await town.publish(TOMORROW, 'lunch');
  await town.publish(TOMORROW, 'dinner');
});
afterAll(() => town.dynamo.stop());

let serial = 100;
/** A new elder of the daughter's, so that tests do not meet each other's orders. */
const newElder = async (over: Parameters<typeof anElder>[0] = {}) => {
  const elder = anElder({ elderId: id(++serial), ...over });
  await town.putElder(elder);
  return elder.elderId;
};
const newId = () => id(++serial);
const place = (form: PlaceMealOrder, { who = daughter, orderId = newId(), now = NOW } = {}) =>
  placeOrder(town, who, { orderId, form, now });

const refusedWith = async (answer: ReturnType<typeof place>) => {
  const value = await answer;
  return isRefusal(value) ? value.refused : 'accepted';
};
const taken = async (slotId: string, date = TOMORROW) => {
  const sitting = await readSitting(town, 'binhe', date, 'lunch');
  if (!sitting) throw new Error('no sitting');
  return (await takenOf(town, [sitting]))[0]?.get(slotId);
};

describe('placing a meal order', () => {
  it('prices the lunch of an 82-year-old by the policy and takes one place', async () => {
    const elderId = await newElder();
    const before = await taken('early');
    const order = done(await place(aLunch({ elderId })));
    expect(order).toMatchObject({
      state: 'placed',
      elderName: '王建国',
      slot: { slotId: 'early', from: '11:00' },
      rev: 1,
    });
    expect(order.quote).toMatchObject({ price: 1500, shares: { person: 500, government: 1000 } });
    expect(await taken('early')).toBe((before ?? 0) + 1);
  });

  it('answers an equal repeat with the first order, and takes no second place', async () => {
    const elderId = await newElder();
    const orderId = newId();
    const first = done(await place(aLunch({ elderId }), { orderId }));
    const before = await taken('early');
    expect(await place(aLunch({ elderId }), { orderId })).toEqual({ replayed: first });
    expect(await taken('early')).toBe(before);
  });

  it('refuses other content under a used id', async () => {
    const elderId = await newElder();
    const orderId = newId();
    done(await place(aLunch({ elderId }), { orderId }));
    expect(await refusedWith(place(aLunch({ elderId, slotId: 'late' }), { orderId }))).toBe('id-reused');
  });

  it('refuses a second order for the same sitting, and takes it once the first is cancelled', async () => {
    const elderId = await newElder();
    const first = done(await place(aLunch({ elderId })));
    expect(await refusedWith(place(aLunch({ elderId })))).toBe('already-ordered');
    done(await cancelOrder(town, daughter, { orderId: first.orderId, now: NOW }));
    expect(await refusedWith(place(aLunch({ elderId })))).toBe('accepted');
  });

  it('subsidises one lunch a day and asks the full price of dinner where the policy says so', async () => {
    const elderId = await newElder();
    done(await place(aLunch({ elderId })));
    const dinner = done(await place(aLunch({ elderId, sitting: 'dinner', slotId: 'dinner' })));
    expect(dinner.quote.shares).toMatchObject({ person: 1500, government: 0 });
  });

  it('refuses a full slot', async () => {
    await town.publish('2026-12-03', 'lunch', {
      plan: {
        closesAt: '09:30',
        closesDaysBefore: 0,
        slots: [{ slotId: 'one', from: '11:00', until: '12:00', capacity: 1 }],
      },
    });
    const [first, second] = [await newElder(), await newElder()];
    const form = { date: '2026-12-03', slotId: 'one' };
    expect(await refusedWith(place(aLunch({ elderId: first, ...form })))).toBe('accepted');
    expect(await refusedWith(place(aLunch({ elderId: second, ...form })))).toBe('slot-full');
  });

  const refusals: [
    code: string,
    elder: Parameters<typeof anElder>[0],
    form: Partial<PlaceMealOrder>,
    how?: Parameters<typeof place>[1],
  ][] = [
    ['not-found', {}, { elderId: id(1) }],
    ['forbidden', {}, {}, { who: stranger }],
    ['forbidden', {}, {}, { who: otherStaff }],
    ['elder-died', { diedOn: TODAY }, {}],
    ['elder-paused', { absence: { reason: 'hospital', from: TODAY } }, {}],
    ['elder-paused', { absence: { reason: 'travel', from: TOMORROW, until: TOMORROW } }, {}],
    ['canteen-elsewhere', { area: '620103001001001' }, {}],
    ['sitting-not-open', {}, { date: '2026-12-30' }],
    ['slot-unknown', {}, { slotId: 'midnight' }],
    ['not-on-menu', {}, { dishIds: ['lobster'] }],
    ['not-on-menu', {}, { dishIds: ['beef', 'pork'] }],
    ['diet-clash', { allergens: ['crustacean'] }, { dishIds: ['shrimp', 'rice'] }],
    ['diet-clash', { diets: ['halal'] }, { dishIds: ['pork'] }],
    ['diet-clash', { allergens: ['crustacean'] }, { dishIds: ['shrimp'], confirmDietClash: true }],
    [
      'consent-required',
      { withheld: [{ personId: id(9001), purpose: 'address-to-delivery' }] },
      { eating: 'delivery' },
    ],
    ['price-changed', {}, { seenCopay: 100 }],
    ['past-closing-time', {}, { date: TODAY }, { now: '2026-12-01T01:30:00.001Z' }],
    ['reason-required', {}, { date: TODAY }, { now: '2026-12-01T01:31:00.000Z', who: staff }],
    ['past-closing-time', {}, { date: TODAY, reason: '社区同意' }, { now: '2026-12-01T04:20:00.001Z', who: staff }],
  ];
  it.each(refusals)('refuses with %s: %j %j', async (code, elder, form, how) => {
    const elderId = await newElder(elder);
    expect(await refusedWith(place(aLunch({ elderId, ...form }), how))).toBe(code);
  });

  it('tells the new price when it is not the one that was seen', async () => {
    const elderId = await newElder();
    expect(await place(aLunch({ elderId, seenCopay: 100 }))).toMatchObject({ details: [{ copay: 500 }] });
  });

  it('lets staff confirm a diet clash, and order late with a reason', async () => {
    const clashing = await newElder({ allergens: ['crustacean'] });
    const confirmed = done(
      await place(aLunch({ elderId: clashing, dishIds: ['shrimp'], confirmDietClash: true }), { who: staff }),
    );
    expect(confirmed.dietClashConfirmed).toBe(true);
    const late = await newElder();
    const form = aLunch({ elderId: late, date: TODAY, reason: '家属来电' });
    const order = done(await place(form, { who: staff, now: '2026-12-01T01:31:00.000Z' }));
    expect(order.steps[0]).toMatchObject({ what: 'placed', role: 'community-staff', reason: '家属来电' });
  });

  it('takes orders until the very moment of closing', async () => {
    const elderId = await newElder();
    expect(await refusedWith(place(aLunch({ elderId, date: TODAY }), { now: '2026-12-01T01:30:00.000Z' }))).toBe(
      'accepted',
    );
  });

  it('keeps the order as it was written', async () => {
    const elderId = await newElder();
    const order = done(await place(aLunch({ elderId, note: '少油' })));
    expect(await readOrder(town, order.orderId)).toMatchObject({
      note: '少油',
      quote: order.quote,
      area: '620102001001',
    });
  });
});

describe('racing for places', () => {
  it('gives a slot of 30 to exactly 30 of 300 at once', async () => {
    await town.publish('2026-12-04', 'lunch');
    const elders = await Promise.all(Array.from({ length: 300 }, () => newElder()));
    const answers = await Promise.all(
      elders.map((elderId) => refusedWith(place(aLunch({ elderId, date: '2026-12-04' })))),
    );
    expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(30);
    expect(new Set(answers)).toEqual(new Set(['accepted', 'slot-full']));
    expect(await taken('early', '2026-12-04')).toBe(30);
  });

  it('takes one of 100 orders of the same elder and sitting', async () => {
    await town.publish('2026-12-05', 'lunch');
    const elderId = await newElder();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => refusedWith(place(aLunch({ elderId, date: '2026-12-05' })))),
    );
    expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(1);
    expect(await taken('early', '2026-12-05')).toBe(1);
  });

  it('places one order when the same request arrives 100 times at once', async () => {
    await town.publish('2026-12-06', 'lunch');
    const elderId = await newElder();
    const orderId = newId();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => place(aLunch({ elderId, date: '2026-12-06' }), { orderId })),
    );
    expect(answers.filter(isRefusal)).toEqual([]);
    expect(answers.filter((answer) => !('replayed' in answer))).toHaveLength(1);
    expect(await taken('early', '2026-12-06')).toBe(1);
  });
});
