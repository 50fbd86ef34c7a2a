import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BindingView } from '../../../shared/contracts/elders.ts';
import type { RouteName } from '../../../shared/routes.ts';
import { anElderForm } from '../../support/elders-desk.ts';
import { changedBetween, startTestCloud, type TestCloud, today } from '../support/cloud.ts';
import { aHome, type Home } from '../support/home.ts';
import type { Parts } from '../support/http.ts';
import { privateKeyOf, sign } from '../support/tokens.ts';

let town: TestCloud;
beforeAll(async () => {
  town = await startTestCloud();
});
afterAll(() => town?.stop());

/** Two families in two communities, with canteens, staff and orders of their own. */
let mine: Home;
let theirs: Home;
beforeEach(async () => {
  [mine, theirs] = [await aHome(town), await aHome(town)];
});

/** Asks, and sees that nothing came of it. */
async function refusedAs(code: string, name: RouteName, parts: Parts, token: string): Promise<void> {
  const before = await town.stored();
  const { status, json, text } = await town.call(name, parts, token);
  expect([status >= 400 && status < 500, json?.code], text).toEqual([true, code]);
  expect(text).not.toContain(theirs.elder.elderId);
  expect(changedBetween(before, await town.stored())).toEqual([]);
}

describe('an id of theirs beside one of mine opens nothing', () => {
  it('their order’s id with an order for my elder', () =>
    refusedAs(
      'id-reused',
      'placeMealOrder',
      { params: { orderId: theirs.orders.ahead.orderId }, body: mine.placing() },
      mine.family,
    ));

  it('their order’s id with the very order that they placed', () => {
    const { elderId, canteenId, date } = theirs.orders.ahead;
    const body = theirs.placing({ elderId, canteenId, date });
    return refusedAs(
      'forbidden',
      'placeMealOrder',
      { params: { orderId: theirs.orders.ahead.orderId }, body },
      mine.family,
    );
  });

  it('their standing order under my elder', () => {
    const params = { elderId: mine.elder.elderId, standingOrderId: theirs.standingOrderId };
    return refusedAs('not-found', 'stopStandingOrder', { params }, mine.family);
  });

  it('their family member under my elder', async () => {
    const params = { elderId: mine.elder.elderId, personId: theirs.memberId };
    await refusedAs('forbidden', 'unbind', { params }, mine.family);
    await refusedAs('not-found', 'unbind', { params }, mine.staff);
  });

  it('their elder among many of mine: that row alone is refused', async () => {
    const rows = [mine, theirs].map((home) => ({
      orderId: crypto.randomUUID(),
      ...home.placing({ canteenId: mine.canteenId }),
    }));
    const { json } = await town.call('placeMealOrders', { body: { orders: rows } }, mine.staff);
    const told = json.answers.map(
      (each: { refusal?: { code: string }; order?: { state: string } }) => each.refusal?.code ?? each.order?.state,
    );
    expect(told).toEqual(['placed', 'forbidden']);
  });
});

describe('staff of a community do not reach beyond it', () => {
  it('by registering an elder in another', () => {
    const body = anElderForm({ area: `${theirs.community}001`, idNumber: undefined });
    return refusedAs('forbidden', 'putElder', { params: { elderId: crypto.randomUUID() }, body }, mine.staff);
  });

  it('by moving an elder of theirs to another, or from another to theirs', async () => {
    const edit = ({ elder }: Home, area: string) => ({
      params: { elderId: elder.elderId },
      body: anElderForm({ area, idNumber: undefined, phone: undefined, rev: elder.rev }),
    });
    await refusedAs('forbidden', 'putElder', edit(mine, `${theirs.community}001`), mine.staff);
    await refusedAs('forbidden', 'putElder', edit(theirs, `${mine.community}001`), mine.staff);
  });

  it('by setting up a canteen in another, or taking one over', async () => {
    const form = { name: '新食堂', address: '滨河路8号', phone: '0931-1234567', eating: ['dine-in'], sittings: {} };
    const put = (canteenId: string, area: string, rev: number) => ({
      params: { canteenId },
      body: { ...form, area, rev },
    });
    await refusedAs('forbidden', 'putCanteen', put('brand-new', theirs.community, 0), mine.staff);
    await refusedAs('forbidden', 'putCanteen', put(theirs.canteenId, mine.community, 1), mine.staff);
  });

  it('by making themselves, or anybody, more than they are', async () => {
    const form = { name: '某人', phone: mine.newPhone };
    const up = { ...form, role: 'district-staff', area: mine.community.slice(0, 6) };
    for (const personId of [mine.staffId, mine.cookId, crypto.randomUUID()]) {
      await refusedAs('forbidden', 'putStaff', { params: { personId }, body: up }, mine.staff);
    }
    const same = { ...form, role: 'community-staff', area: mine.community };
    await refusedAs('forbidden', 'putStaff', { params: { personId: theirs.cookId }, body: same }, mine.staff);
    await refusedAs('forbidden', 'removeStaff', { params: { personId: mine.staffId } }, mine.staff);
  });

  it('by making a cook of their own the cook of another’s canteen', async () => {
    const personId = crypto.randomUUID();
    const body = {
      name: '某厨',
      phone: mine.newPhone,
      role: 'canteen-staff',
      area: mine.community,
      canteenId: theirs.canteenId,
    };
    await town.call('putStaff', { params: { personId }, body }, mine.staff);
    const token = await sign(
      { personId, role: 'canteen-staff', area: mine.community, canteenId: theirs.canteenId },
      privateKeyOf(town.sessionKey),
    );
    const sitting = { canteenId: theirs.canteenId, date: theirs.orders.ahead.date, sitting: 'lunch' };
    await refusedAs('forbidden', 'getKitchenSheet', { params: sitting }, token);
    await refusedAs('forbidden', 'listSittingOrders', { params: sitting }, token);
    await refusedAs('forbidden', 'getMealOrder', { params: { orderId: theirs.orders.ahead.orderId } }, token);
    const checkIn = { params: { orderId: theirs.orders.today.orderId }, body: { by: 'name' } };
    await refusedAs('forbidden', 'checkIn', checkIn, token);
  });
});

describe('what is answered holds nothing of others', () => {
  it('a family member sees their own binding, not their sister’s', async () => {
    const { code } = (await town.call('makeBindingCode', { params: { elderId: mine.elder.elderId } }, mine.staff)).json;
    const body = { code, name: '王小妹', relation: 'daughter', consents: ['care-services'] };
    expect((await town.call('bind', { body }, theirs.family)).status).toBe(200);
    const seen = async (token: string) =>
      (await town.call('listBindings', { params: { elderId: mine.elder.elderId } }, token)).json.bindings.map(
        ({ personId }: BindingView) => personId,
      );
    expect(await seen(mine.family)).toEqual([mine.memberId]);
    expect(await seen(theirs.family)).toEqual([theirs.memberId]);
    expect((await seen(mine.staff)).sort()).toEqual([mine.memberId, theirs.memberId].sort());
  });

  it('a list of elders is of the one community, without whole phones and id numbers', async () => {
    await mine.elderIs({ phone: '13912345678', idNumber: '620102194405010012' });
    const { json, text } = await town.call('listElders', { params: { area: mine.community } }, mine.staff);
    expect(json.elders.every(({ area }: { area: string }) => area.startsWith(mine.community))).toBe(true);
    expect(text).not.toMatch(/13912345678|620102194405010012/);
  });

  it('an elder’s view has the id number’s last four, and none of the tags', async () => {
    await mine.elderIs({
      idNumber: '620102194405010012',
      tags: [{ tag: 'dementia', evidence: { kind: '诊断证明' }, since: today() }],
    });
    const { json, text } = await town.call('getElder', { params: { elderId: mine.elder.elderId } }, mine.family);
    expect(json.idNumberTail).toBe('0012');
    expect(text).not.toMatch(/62010219440501|dementia|诊断/);
  });
});
