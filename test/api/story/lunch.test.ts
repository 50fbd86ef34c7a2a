import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SittingView } from '../../../shared/contracts/canteens.ts';
import type { ElderView } from '../../../shared/contracts/elders.ts';
import type { KitchenSheet } from '../../../shared/contracts/kitchen.ts';
import type { MealOrderView } from '../../../shared/contracts/meal-orders.ts';
import type { Session } from '../../../shared/contracts/people.ts';
import type { Quote, Reason } from '../../../shared/contracts/quote.ts';
import { ageOn } from '../../../shared/values/dates.ts';
import { anElderForm } from '../../support/elders-desk.ts';
import { daysFromToday, eventually, today } from '../support/cloud.ts';
import { areaOf, CITIES, type DemoTown, startDemoTown } from '../support/demo-town.ts';
import { ALL_DAY } from '../support/home.ts';

let town: DemoTown;
beforeAll(async () => {
  town = await startDemoTown();
});
afterAll(() => town?.stop());

const newId = (): string => crypto.randomUUID();

describe.each(CITIES)('a daughter orders lunch for her father in $city ($says)', ({ city, copay, tier }) => {
  let daughter: Session;
  let cook: Session;
  let staff: Session;
  let father: ElderView;
  let menu: SittingView;
  let sheetBefore: KitchenSheet;
  let order: Record<string, unknown>;
  const tomorrow = daysFromToday(1);
  const orderId = newId();
  const standingOrderId = newId();

  const sitting = (date = tomorrow) => ({ canteenId: menu.canteenId, date, sitting: 'lunch' });
  const sheet = async (date = tomorrow): Promise<KitchenSheet> =>
    (await town.call('getKitchenSheet', { params: sitting(date) }, cook.token)).json;
  const ordersOf = async (elderId: string): Promise<MealOrderView[]> => {
    const query = { from: tomorrow, to: daysFromToday(7) };
    return (await town.call('listElderMealOrders', { params: { elderId }, query }, staff.token)).json.orders;
  };
  const orderedOn = (elderId: string, date: string, state: string) => async () =>
    (await ordersOf(elderId)).find((each) => each.date === date && each.state === state);

  it('signs in with the code that WeChat gives her, and sees her father, who is 82', async () => {
    daughter = await town.signIn(city, 'daughter');
    expect(daughter.person.role).toBe('family');
    const { json } = await town.call('listMyElders', {}, daughter.token);
    expect(json.elders).toHaveLength(1);
    father = json.elders[0];
    expect(ageOn(father.birthDate, today())).toBe(82);
  });

  it('finds the canteen of his community, and tomorrow’s menu', async () => {
    const near = await town.call('listCanteens', { params: { area: father.area.slice(0, 12) } }, daughter.token);
    const [{ canteenId }] = near.json.canteens;
    const query = { from: tomorrow, to: tomorrow };
    const { json } = await town.call('listSittings', { params: { canteenId }, query }, daughter.token);
    menu = json.sittings.find((each: SittingView) => each.sitting === 'lunch');
    expect(menu).toMatchObject({ canteenId, date: tomorrow, open: true });
    expect(menu.dishes.length).toBeGreaterThan(3);
  });

  it('is told what he pays, who pays the rest and why, in two languages', async () => {
    const query = { elderId: father.elderId, ...sitting(), eating: 'dine-in' };
    const quote: Quote = (await town.call('quoteMeal', { query }, daughter.token)).json;
    expect(quote.shares.person).toBe(copay);
    expect(Object.values(quote.shares).reduce((a, b) => a + b, 0)).toBe(quote.price);
    expect(quote.legs.reduce((sum, { amount }) => sum + amount, 0)).toBe(quote.price);
    expect(quote.legs.some(({ payer, name }) => payer === 'government' && name.zh !== '' && name.en !== '')).toBe(true);
    const applied = quote.because.filter(({ outcome }: Reason) => outcome === 'applied');
    expect(applied.some(({ text }) => text.zh.includes(tier))).toBe(true);
    expect(quote.because.some(({ outcome }) => outcome === 'not-met' || outcome === 'lost')).toBe(true);
    for (const { text } of quote.because) {
      expect(text.zh).toMatch(/\p{Script=Han}/u);
      expect(text.en).not.toMatch(/^\s*$/);
    }
    expect(quote.because.some(({ source }) => source !== undefined)).toBe(true);
  });

  it('orders, at the price that she has seen', async () => {
    cook = await town.signIn(city, 'canteen');
    staff = await town.signIn(city, 'community');
    sheetBefore = await sheet();
    const fits = (course: string) =>
      menu.dishes.find(
        (dish) => dish.course === course && !dish.allergens.some((each) => father.allergens.includes(each)),
      );
    order = {
      elderId: father.elderId,
      ...sitting(),
      slotId: menu.slots[0]?.slotId,
      eating: 'dine-in',
      dishIds: [fits('main')?.dishId, fits('staple')?.dishId],
      seenCopay: copay,
    };
    const { status, json, headers } = await town.call(
      'placeMealOrder',
      { params: { orderId }, body: order },
      daughter.token,
    );
    expect([status, headers['idempotency-replayed']]).toEqual([200, undefined]);
    expect(json).toMatchObject({
      orderId,
      state: 'placed',
      elderName: father.name,
      quote: { shares: { person: copay } },
    });
    expect(json.quote.policy.id).toBe(city);
  });

  it('gets the same answer again when she sends it twice, and no second meal', async () => {
    const first = await town.call('getMealOrder', { params: { orderId } }, daughter.token);
    const again = await town.call('placeMealOrder', { params: { orderId }, body: order }, daughter.token);
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([200, 'true']);
    expect(again.json).toEqual(first.json);
    const other = { ...order, note: '少放盐' };
    const reused = await town.call('placeMealOrder', { params: { orderId }, body: other }, daughter.token);
    expect([reused.status, reused.json.code]).toEqual([409, 'id-reused']);
    const twice = await town.call('placeMealOrder', { params: { orderId: newId() }, body: order }, daughter.token);
    expect([twice.status, twice.json.code]).toEqual([409, 'already-ordered']);
  });

  it('stands on the canteen’s kitchen sheet: one meal more, with what he must not eat', async () => {
    const now = await sheet();
    expect(now.meals).toBe(sheetBefore.meals + 1);
    expect(now.special.find((each) => each.orderId === orderId)).toMatchObject({ allergens: father.allergens });
    const csv = await town.call('getKitchenSheetCsv', { params: sitting() }, cook.token);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.text).toContain(father.name);
  });

  it('is not checked in today for tomorrow', async () => {
    const { status, json } = await town.call('checkIn', { params: { orderId }, body: { by: 'qr' } }, cook.token);
    expect([status, json.code]).toEqual([422, 'wrong-day']);
  });

  it('changes it before closing, and cancels it; the place is free at once', async () => {
    const late = menu.slots[1]?.slotId ?? '';
    const body = { rev: 1, slotId: late, eating: 'pickup' };
    const changed = await town.call('changeMealOrder', { params: { orderId }, body }, daughter.token);
    expect(changed.json).toMatchObject({ rev: 2, eating: 'pickup', slot: { slotId: late } });
    const inLate = (of: KitchenSheet) => of.bySlot.find(({ slotId }) => slotId === late)?.count ?? 0;
    expect(inLate(await sheet())).toBe(inLate(sheetBefore) + 1);
    const cancelled = await town.call('cancelMealOrder', { params: { orderId }, body: {} }, daughter.token);
    expect(cancelled.json).toMatchObject({ state: 'cancelled' });
    expect((await sheet()).meals).toBe(sheetBefore.meals);
  });

  it('has him eat every day by a weekly order, which fills the coming sittings', async () => {
    const { canteenId } = menu;
    const body = {
      canteenId,
      sitting: 'lunch',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      slotId: order.slotId,
      eating: 'dine-in',
      from: tomorrow,
    };
    const params = { elderId: father.elderId, standingOrderId };
    expect((await town.call('putStandingOrder', { params, body }, daughter.token)).status).toBe(200);
    const filled = (await ordersOf(father.elderId)).filter((each) => each.standingOrderId === standingOrderId);
    expect(filled.map(({ date }) => date).sort()).toEqual([1, 2, 3, 4, 5, 6, 7].map(daysFromToday));
    expect(filled.every(({ state }) => state === 'placed')).toBe(true);
    expect((await sheet()).meals).toBe(sheetBefore.meals + 1);
  });

  it('pauses his meals for the hospital: off the sheet at once, the orders cancelled by the event', async () => {
    const params = { elderId: father.elderId };
    const body = { reason: 'hospital', from: tomorrow, until: daysFromToday(2) };
    expect((await town.call('pauseMeals', { params, body }, daughter.token)).json).toMatchObject({ absence: body });
    expect((await sheet()).meals).toBe(sheetBefore.meals);
    const gone = await eventually('cancelled', orderedOn(father.elderId, daysFromToday(2), 'cancelled'));
    expect(gone.steps.at(-1)).toMatchObject({ role: 'system', reason: 'meals paused' });
    expect(await orderedOn(father.elderId, daysFromToday(3), 'placed')()).toBeDefined();
  });

  it('has him back earlier: the weekly order serves him again', async () => {
    await town.call('resumeMeals', { params: { elderId: father.elderId } }, daughter.token);
    await eventually('filled again', orderedOn(father.elderId, tomorrow, 'placed'));
    expect((await sheet()).meals).toBe(sheetBefore.meals + 1);
  });

  it('the community orders today’s lunch for a neighbour without a phone, and the canteen checks her in', async () => {
    const elderId = newId();
    const form = anElderForm({
      area: `${areaOf(staff.person)}001`,
      name: '何秀英',
      idNumber: undefined,
      phone: undefined,
    });
    expect((await town.call('putElder', { params: { elderId }, body: form }, staff.token)).status).toBe(200);
    const query = { from: today(), to: today() };
    const published = await town.call('listSittings', { params: { canteenId: menu.canteenId }, query }, cook.token);
    const { rev = 0 } = published.json.sittings.find((each: SittingView) => each.sitting === 'lunch') ?? {};
    // The canteen serves all day, so that it does not matter at what time this runs.
    const slots = [{ slotId: 'all-day', from: '00:00', until: '23:59', capacity: 100 }];
    const body = { dishes: menu.dishes, choose: menu.choose, plan: { ...ALL_DAY, slots }, open: true, rev };
    expect((await town.call('putSitting', { params: sitting(today()), body }, cook.token)).status).toBe(200);

    const params = { orderId: newId() };
    const lunch = { ...order, elderId, date: today(), slotId: 'all-day', seenCopay: undefined };
    expect((await town.call('placeMealOrder', { params, body: lunch }, staff.token)).status).toBe(200);
    const found = await town.call(
      'listSittingOrders',
      { params: sitting(today()), query: { find: '秀英' } },
      cook.token,
    );
    expect(found.json.orders.map((each: MealOrderView) => each.orderId)).toEqual([params.orderId]);
    const servedBefore = (await sheet(today())).served;
    const checkIn = () => town.call('checkIn', { params, body: { by: 'name' } }, cook.token);
    expect((await checkIn()).json).toMatchObject({ state: 'served' });
    expect((await checkIn()).headers['idempotency-replayed']).toBe('true');
    expect((await sheet(today())).served).toBe(servedBefore + 1);
    expect((await town.call('undoCheckIn', { params }, cook.token)).json).toMatchObject({ state: 'placed' });
    expect((await checkIn()).json).toMatchObject({ state: 'served' });
  });

  it('when he dies: off the sheet at once, the weekly order stopped and its orders cancelled', async () => {
    const params = { elderId: father.elderId };
    expect((await town.call('recordDeath', { params, body: { diedOn: today() } }, staff.token)).status).toBe(200);
    expect((await sheet()).meals).toBe(sheetBefore.meals);
    const refused = await town.call('placeMealOrder', { params: { orderId: newId() }, body: order }, daughter.token);
    expect([refused.status, refused.json.code]).toEqual([422, 'elder-died']);
    await eventually('the weekly order is stopped', async () => {
      const { json } = await town.call('listStandingOrders', { params }, staff.token);
      return json.standingOrders.every((each: { stoppedAt: string | null }) => each.stoppedAt !== null);
    });
    await eventually('nothing is ordered any more', async () =>
      (await ordersOf(father.elderId)).every(({ state }) => state === 'cancelled'),
    );
  });
});
