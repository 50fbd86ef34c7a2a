import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RouteName } from '../../../shared/routes.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';
import { aHome, type Home } from '../support/home.ts';
import type { Parts } from '../support/http.ts';

let town: TestCloud;
beforeAll(async () => {
  town = await startTestCloud();
});
afterAll(() => town?.stop());

/** News of a removal reaches alerts by streams, and a recent answer is remembered for seconds: together less than a minute. */
const WITHIN_THE_MINUTE = { timeout: 60_000, interval: 250 };

let home: Home;
/** What the dismissed person, or a bystander of the same community, gets. */
const asks = async (name: RouteName, parts: Parts, token = home.staff) => {
  const { status, json } = await town.call(name, parts, token);
  return { status, code: json?.code };
};
const GONE = { status: 401, code: 'session-expired' };

/** Lists of both APIs; of the last two a recent answer will do. */
const LISTS = ['listStaff', 'listElders', 'peopleOnDuty', 'alertReport', 'listCanteens', 'alertBoard'] as const;
const listing = (name: (typeof LISTS)[number]): Parts => ({
  params: { area: home.community },
  ...(name === 'alertReport' && { query: { month: '2026-10' } }),
});

describe('whoever was dismissed a moment ago, with the session of before', () => {
  beforeEach(async () => {
    home = await aHome(town);
    // Who they were is remembered from now on, where a recent answer will do.
    for (const name of LISTS) expect(await asks(name, listing(name)), name).toMatchObject({ status: 200 });
    expect(await asks('removeStaff', { params: { personId: home.staffId } }, home.district)).toMatchObject({
      status: 200,
    });
  });
  const cook = () => ({
    name: '某人',
    phone: home.newPhone,
    role: 'canteen-staff',
    area: home.community,
    canteenId: home.canteenId,
  });

  it('does not register themselves anew', async () => {
    const own = {
      params: { personId: home.staffId },
      body: { ...cook(), role: 'community-staff', canteenId: undefined },
    };
    expect(await asks('putStaff', own)).toEqual(GONE);
    const { json } = await town.call('listStaff', { params: { area: home.community } }, home.district);
    expect(JSON.stringify(json)).not.toContain(home.staffId);
  });

  it('registers no accomplice', async () => {
    const personId = crypto.randomUUID();
    expect(await asks('putStaff', { params: { personId }, body: cook() })).toEqual(GONE);
    const { json } = await town.call('listStaff', { params: { area: home.community } }, home.district);
    expect(JSON.stringify(json)).not.toContain(personId);
  });

  it('gets no code that would tie a private account to an elder', async () => {
    expect(await asks('makeBindingCode', { params: { elderId: home.elder.elderId } })).toEqual(GONE);
  });

  it.each(LISTS)(
    'reads no list within the minute: %s',
    async (name) => {
      await vi.waitFor(async () => expect(await asks(name, listing(name))).toEqual(GONE), WITHIN_THE_MINUTE);
    },
    70_000,
  );

  it('takes nothing from those who stay', async () => {
    const area = home.community.slice(0, 6);
    expect(await asks('listStaff', { params: { area } }, home.district)).toMatchObject({ status: 200 });
    expect(await asks('peopleOnDuty', { params: { area } }, home.district)).toMatchObject({ status: 200 });
    expect(
      await asks('placeMealOrder', { params: { orderId: crypto.randomUUID() }, body: home.placing() }, home.family),
    ).toMatchObject({ status: 200 });
  });
});
