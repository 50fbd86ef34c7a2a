import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder } from '../../../functions/meals/cancel-order.ts';
import { readSitting } from '../../../functions/meals/canteen-store.ts';
import { checkIn } from '../../../functions/meals/check-in.ts';
import { elderStandingChanged } from '../../../functions/meals/elder-standing-changed.ts';
import { fillAll } from '../../../functions/meals/fill-standing-orders.ts';
import { mealChanged } from '../../../functions/meals/meal-changed.ts';
import { getMealFigures } from '../../../functions/meals/meal-figures.ts';
import { orderItem } from '../../../functions/meals/order.ts';
import { listOrdersOfElder, ordersOfElder } from '../../../functions/meals/order-queries.ts';
import { readOrder } from '../../../functions/meals/order-store.ts';
import { placeOrder } from '../../../functions/meals/place-order.ts';
import { placeOrders } from '../../../functions/meals/place-orders.ts';
import { getKitchenSheet, getKitchenSheetCsv, listSittingOrders } from '../../../functions/meals/run-sitting.ts';
import { settleAll } from '../../../functions/meals/settle-sittings.ts';
import { listStandingOrders, putStandingOrder, stopStandingOrder } from '../../../functions/meals/standing-orders.ts';
import type { DomainEvent } from '../../../shared/contracts/events.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { mealRoutes } from '../../../shared/routes/meals.ts';
import { addDays } from '../../../shared/values/dates.ts';
import {
  aCanteen,
  aLunch,
  aMealTown,
  anElder,
  COMMUNITY,
  cook,
  daughter,
  done,
  GRID,
  id,
  type MealTown,
  NOW,
  staff,
  stranger,
  TODAY,
  TOMORROW,
} from '../../support/a-town.ts';

const AT_LUNCH = '2026-12-01T03:30:00.000Z';
const AFTER_LUNCH = '2026-12-01T04:21:00.000Z';

let town: MealTown;
beforeAll(async () => {
  town = await aMealTown();
  await town.putCanteen(aCanteen());
  for (let day = 0; day < 9; day++) await town.publish(addDays(TODAY, day), 'lunch');
});
afterAll(() => town.dynamo.stop());

let serial = 100;
const newElder = async (over: Parameters<typeof anElder>[0] = {}) => {
  const elder = anElder({ elderId: id(++serial), ...over });
  await town.putElder(elder);
  return elder;
};
const order = async (elderId: string, form: Parameters<typeof aLunch>[0] = {}) =>
  done(await placeOrder(town, daughter, { orderId: id(++serial), form: aLunch({ elderId, ...form }), now: NOW }));
const code = (answer: unknown) => (isRefusal(answer) ? answer.refused : 'accepted');
const sheetOf = async (date: string) =>
  done(await getKitchenSheet(town, cook, { canteenId: 'binhe', date, sitting: 'lunch' }, NOW));
const event = (elderId: string, type: 'elder-died' | 'elder-resumed'): DomainEvent =>
  type === 'elder-died'
    ? { type, elderId, area: GRID, diedOn: TODAY, at: NOW }
    : { type, elderId, area: GRID, at: NOW };

describe('the kitchen sheet', () => {
  const date = addDays(TODAY, 3);
  it('counts dishes, diets, tiers and ways of eating, and lists boxes by grid', async () => {
    const [plain, soft, far] = [
      await newElder(),
      await newElder({ diets: ['soft'], allergens: ['egg'] }),
      await newElder({ area: `${COMMUNITY}002`, address: '滨河路20号', name: '李秀英' }),
    ];
    await order(plain.elderId, { date });
    await order(soft.elderId, { date, dishIds: ['pork', 'rice'] });
    await order(far.elderId, { date, eating: 'delivery' });
    const sheet = await sheetOf(date);
    expect(sheet).toMatchObject({ meals: 3, served: 0 });
    expect(sheet.byDish).toEqual([
      { code: 'beef', name: '红烧牛肉', count: 2 },
      { code: 'pork', name: '回锅肉', count: 1 },
      { code: 'rice', name: '米饭', count: 3 },
    ]);
    expect(sheet.byDiet).toEqual([{ code: 'soft', name: 'soft', count: 1 }]);
    expect(sheet.byEating).toEqual([
      { code: 'dine-in', count: 2 },
      { code: 'pickup', count: 0 },
      { code: 'delivery', count: 1 },
    ]);
    expect(sheet.byTier.reduce((sum, tier) => sum + tier.count, 0)).toBe(3);
    expect(sheet.deliveries).toMatchObject([
      { grid: `${COMMUNITY}002`, labels: [{ elderName: '李秀英', address: '滨河路20号' }] },
    ]);
    expect(sheet.special.map(({ elderName }) => elderName)).toEqual(['王建国']);
  });

  it('leaves out who died or is paused at once, before any event has arrived', async () => {
    const [dying, leaving] = [await newElder(), await newElder()];
    await order(dying.elderId, { date });
    await order(leaving.elderId, { date });
    const before = (await sheetOf(date)).meals;
    await town.putElder({ ...dying, diedOn: TODAY, rev: 2 });
    await town.putElder({ ...leaving, absence: { reason: 'travel', from: date, until: date }, rev: 2 });
    expect((await sheetOf(date)).meals).toBe(before - 2);
  });

  it('tells neither diet nor address once the family has withdrawn its consent', async () => {
    const day = addDays(TODAY, 6);
    const elder = await newElder({ allergens: ['egg'], diets: ['soft'] });
    await order(elder.elderId, { date: day, eating: 'delivery' });
    const before = await sheetOf(day);
    expect(before.special).toMatchObject([{ allergens: ['egg'], diets: ['soft'] }]);
    expect(before.deliveries[0]?.labels[0]).toMatchObject({ address: elder.address, phone: elder.phone });
    const personId = daughter.personId;
    const withheld = [
      { personId, purpose: 'diet-to-canteen' as const },
      { personId, purpose: 'address-to-delivery' as const },
    ];
    await town.putElder({ ...elder, withheld, rev: 2 });
    const after = await sheetOf(day);
    expect(after).toMatchObject({ meals: 1, special: [], byDiet: [] });
    expect(JSON.stringify(after)).not.toContain(elder.address);
    expect(JSON.stringify(after)).not.toContain(elder.phone);
  });

  it('comes as CSV that a spreadsheet reads as text', async () => {
    const elder = await newElder({ name: '=HYPERLINK("x")' });
    await order(elder.elderId, { date });
    const csv = done(await getKitchenSheetCsv(town, cook, { canteenId: 'binhe', date, sitting: 'lunch' }));
    expect(csv.startsWith('\uFEFF时段 slot,姓名 name')).toBe(true);
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
    expect(csv.trim().split('\n')).toHaveLength((await sheetOf(date)).meals + 1);
  });

  it('is for those who run the canteen', async () => {
    const of = { canteenId: 'binhe', date, sitting: 'lunch' } as const;
    expect(code(await getKitchenSheet(town, { ...cook, canteenId: 'other' }, of, NOW))).toBe('forbidden');
    expect(code(await getKitchenSheet(town, { ...staff, area: '620102001002' }, of, NOW))).toBe('forbidden');
    expect(code(await getKitchenSheet(town, staff, { ...of, date: '2027-01-01' }, NOW))).toBe('not-found');
  });

  it('finds orders for check-in by a part of the name or the phone’s tail', async () => {
    const elder = await newElder({ name: '欧阳明月', phone: '19900007654' });
    await order(elder.elderId, { date });
    const of = { canteenId: 'binhe', date, sitting: 'lunch' } as const;
    for (const find of ['明月', '7654']) {
      expect(done(await listSittingOrders(town, cook, of, find)).orders).toMatchObject([
        { elderName: '欧阳明月', copay: 500 },
      ]);
    }
    expect(done(await listSittingOrders(town, cook, of, '没有此人')).orders).toEqual([]);
  });

  it('tells the counter nothing of an elder but what the list is made of', async () => {
    const day = addDays(TODAY, 5);
    const elder = await newElder({ allergens: ['egg'], diets: [] });
    await order(elder.elderId, { date: day });
    const reply = done(
      await listSittingOrders(town, cook, { canteenId: 'binhe', date: day, sitting: 'lunch' }, undefined),
    );
    expect(reply.orders).toHaveLength(1);
    expect(mealRoutes.listSittingOrders.reply.safeParse(reply).error).toBeUndefined();
  });
});

describe('many orders at once', () => {
  it('answers each for itself, in the order asked', async () => {
    const date = addDays(TODAY, 4);
    const [fine, dead, elsewhere] = [
      await newElder(),
      await newElder({ diedOn: TODAY }),
      await newElder({ area: '620102001002001' }),
    ];
    const orders = [fine, dead, elsewhere].map(({ elderId }) => ({
      orderId: id(++serial),
      ...aLunch({ elderId, date }),
    }));
    const { answers } = await placeOrders(town, staff, orders, NOW);
    expect(answers.map((answer) => answer.refusal?.code ?? answer.order?.state)).toEqual([
      'placed',
      'elder-died',
      'forbidden',
    ]);
    expect(answers.map((answer) => answer.orderId)).toEqual(orders.map((each) => each.orderId));
    expect((await placeOrders(town, staff, orders, NOW)).answers[0]).toMatchObject({ replayed: true });
  });
});

describe('a weekly order', () => {
  const form = {
    canteenId: 'binhe',
    sitting: 'lunch',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    slotId: 'late',
    eating: 'dine-in',
    from: TODAY,
  } as const;
  const put = (
    elderId: string,
    over: Partial<typeof form> & { until?: string } = {},
    who = daughter,
    standingOrderId = id(++serial),
  ) =>
    putStandingOrder(town, who, {
      elderId,
      standingOrderId,
      form: { ...form, ...over, weekdays: [...form.weekdays] },
      now: NOW,
    });
  const live = async (elderId: string) =>
    (await ordersOfElder(town, elderId, TODAY, addDays(TODAY, 30)))
      .filter(({ state }) => state === 'placed')
      .map(({ date }) => date);

  it('fills the published days of the coming week with dishes that suit, and fills nothing twice', async () => {
    const { elderId } = await newElder({ diets: ['halal'], allergens: ['crustacean'] });
    const standing = done(await put(elderId));
    expect(standing).toMatchObject({ stoppedAt: null, canteenName: '滨河长者食堂' });
    const dates = await live(elderId);
    expect(dates).toEqual(Array.from({ length: 8 }, (_, day) => addDays(TODAY, day)));
    await fillAll(town, NOW);
    expect(await live(elderId)).toEqual(dates);
    const [first] = await ordersOfElder(town, elderId, TODAY, TODAY);
    expect(first?.dishes.map(({ dishId }) => dishId)).toEqual(['beef', 'greens', 'rice']);
    expect(done(await listStandingOrders(town, daughter, elderId)).standingOrders).toHaveLength(1);
  });

  it('does not order a day again that somebody cancelled', async () => {
    const { elderId } = await newElder();
    done(await put(elderId));
    const [first] = await ordersOfElder(town, elderId, TOMORROW, TOMORROW);
    done(await cancelOrder(town, daughter, { orderId: first?.orderId ?? '', now: NOW }));
    await fillAll(town, NOW);
    expect(await live(elderId)).not.toContain(TOMORROW);
  });

  it('stops on the days of a pause, and goes on after it', async () => {
    const elder = await newElder();
    done(await put(elder.elderId));
    await town.putElder({
      ...elder,
      absence: { reason: 'hospital', from: TOMORROW, until: addDays(TODAY, 2) },
      rev: 2,
    });
    await elderStandingChanged(town, event(elder.elderId, 'elder-resumed'), NOW);
    expect(await live(elder.elderId)).not.toContain(TOMORROW);
    await town.putElder({ ...elder, rev: 3 });
    await elderStandingChanged(town, event(elder.elderId, 'elder-resumed'), NOW);
    expect(await live(elder.elderId)).toContain(TOMORROW);
    await elderStandingChanged(town, event(elder.elderId, 'elder-resumed'), NOW);
    expect((await live(elder.elderId)).filter((date) => date === TOMORROW)).toHaveLength(1);
  });

  it('ends with the elder’s life, and with it every order to come', async () => {
    const elder = await newElder();
    done(await put(elder.elderId));
    await town.putElder({ ...elder, diedOn: TODAY, rev: 2 });
    await elderStandingChanged(town, event(elder.elderId, 'elder-died'), NOW);
    expect(await live(elder.elderId)).toEqual([]);
    expect(done(await listStandingOrders(town, daughter, elder.elderId)).standingOrders).toMatchObject([
      { stoppedAt: NOW },
    ]);
    await fillAll(town, NOW);
    expect(await live(elder.elderId)).toEqual([]);
  });

  it('takes its orders along when it is stopped, and answers a repeat alike', async () => {
    const { elderId } = await newElder();
    const { standingOrderId } = done(await put(elderId));
    const stopped = done(await stopStandingOrder(town, daughter, { elderId, standingOrderId, now: NOW }));
    expect(stopped.stoppedAt).toBe(NOW);
    expect(await live(elderId)).toEqual([]);
    expect(await stopStandingOrder(town, daughter, { elderId, standingOrderId, now: NOW })).toEqual({
      replayed: stopped,
    });
  });

  it('refuses what no canteen could fill, strangers, and other content under its id', async () => {
    const { elderId } = await newElder();
    expect(code(await put(elderId, {}, stranger))).toBe('forbidden');
    expect(code(await put(elderId, { slotId: 'never' as 'late' }))).toBe('slot-unknown');
    expect(code(await put(elderId, { canteenId: 'nowhere' as 'binhe' }))).toBe('not-found');
    const standingOrderId = id(++serial);
    done(await put(elderId, {}, daughter, standingOrderId));
    expect(await put(elderId, {}, daughter, standingOrderId)).toHaveProperty('replayed');
    expect(code(await put(elderId, { until: TOMORROW }, daughter, standingOrderId))).toBe('id-reused');
    const dead = await newElder({ diedOn: TODAY });
    expect(code(await put(dead.elderId))).toBe('elder-died');
  });
});

describe('the end of a sitting', () => {
  it('marks who did not come, tells it once, and writes figures that agree with the orders', async () => {
    const [came, forgot, left] = [await newElder(), await newElder(), await newElder()];
    const [served, missed, away] = [
      await order(came.elderId, { date: TODAY }),
      await order(forgot.elderId, { date: TODAY }),
      await order(left.elderId, { date: TODAY }),
    ];
    done(await checkIn(town, cook, { orderId: served.orderId, form: { by: 'qr' }, now: AT_LUNCH }));
    await town.putElder({ ...left, absence: { reason: 'hospital', from: TODAY }, rev: 2 });
    const live = done(await getMealFigures(town, { area: COMMUNITY, from: TODAY, to: TODAY, now: AT_LUNCH })).sum;

    expect((await settleAll(town, AT_LUNCH)).settled).toBe(0);
    expect((await settleAll(town, AFTER_LUNCH)).settled).toBe(1);
    expect((await settleAll(town, AFTER_LUNCH)).settled).toBe(0);
    const states = await Promise.all(
      [served, missed, away].map(async ({ orderId }) => (await readOrder(town, orderId))?.state),
    );
    expect(states).toEqual(['served', 'missed', 'cancelled']);
    expect((await readSitting(town, 'binhe', TODAY, 'lunch'))?.settledAt).toBe(AFTER_LUNCH);

    const figures = done(await getMealFigures(town, { area: COMMUNITY, from: TODAY, to: TODAY, now: AFTER_LUNCH })).sum;
    expect(figures.ordered).toBe(live.ordered - 1);
    expect(figures.cancelled).toBe(live.cancelled + 1);
    expect(figures.served + figures.missed).toBe(figures.ordered);
    expect(Object.values(figures.shares).reduce((a, b) => a + b, 0)).toBe(figures.total);

    const told: DomainEvent[] = [];
    const publish = async (each: DomainEvent) => void told.push(each);
    const imageOf = async (state?: 'placed') => {
      const stored = await readOrder(town, missed.orderId);
      if (!stored) throw new Error('the order is gone');
      return orderItem({ ...stored, state: state ?? stored.state });
    };
    const after = await imageOf();
    const change = {
      key: { pk: `ORDER#${missed.orderId}`, sk: 'ORDER' },
      before: await imageOf('placed'),
      after,
      at: NOW,
      changeId: '1',
    };
    await mealChanged(town, publish, change);
    await mealChanged(town, publish, { ...change, before: after });
    expect(told).toMatchObject([
      { type: 'meal-missed', orderId: missed.orderId, elderId: forgot.elderId, date: TODAY, running: 1 },
    ]);

    // Somebody who comes after all is served, and the figures follow.
    done(await checkIn(town, cook, { orderId: missed.orderId, form: { by: 'name' }, now: AFTER_LUNCH }));
    await mealChanged(town, publish, { ...change, before: after, after: await imageOf() });
    const recounted = done(
      await getMealFigures(town, { area: COMMUNITY, from: TODAY, to: TODAY, now: AFTER_LUNCH }),
    ).sum;
    expect([recounted.served, recounted.missed]).toEqual([figures.served + 1, figures.missed - 1]);
  });

  it('refuses figures of more than 62 days or backwards', async () => {
    expect(code(await getMealFigures(town, { area: COMMUNITY, from: TODAY, to: addDays(TODAY, 62), now: NOW }))).toBe(
      'invalid-request',
    );
    expect(code(await getMealFigures(town, { area: COMMUNITY, from: TOMORROW, to: TODAY, now: NOW }))).toBe(
      'invalid-request',
    );
  });
});

describe('an elder’s orders', () => {
  it('come a page at a time, newest day first, and a cursor of another list is refused', async () => {
    const elder = await newElder();
    const sample = await order(elder.elderId, { date: addDays(TODAY, 5) });
    const stored = await readOrder(town, sample.orderId);
    if (!stored) throw new Error('the order is gone');
    for (let n = 0; n < 40; n++) {
      const copy = { ...stored, orderId: id(++serial), date: addDays('2026-10-01', n) };
      await town.db.send(new PutCommand({ TableName: town.mealsTable, Item: orderItem(copy) }));
    }
    const ask = { elderId: elder.elderId, from: '2026-10-01', to: '2026-12-31' };
    const first = done(await listOrdersOfElder(town, daughter, ask));
    const second = done(await listOrdersOfElder(town, daughter, { ...ask, cursor: first.cursor }));
    const dates = [...first.orders, ...second.orders].map(({ date }) => date);
    expect(dates).toHaveLength(41);
    expect(dates).toEqual([...dates].sort().reverse());
    const other = await newElder();
    expect(
      code(await listOrdersOfElder(town, daughter, { ...ask, elderId: other.elderId, cursor: first.cursor })),
    ).toBe('invalid-request');
    expect(code(await listOrdersOfElder(town, daughter, { ...ask, cursor: 'bm90IGpzb24' }))).toBe('invalid-request');
    expect(code(await listOrdersOfElder(town, daughter, { ...ask, from: '2027-01-01' }))).toBe('invalid-request');
    expect(code(await listOrdersOfElder(town, stranger, ask))).toBe('forbidden');
  });
});
