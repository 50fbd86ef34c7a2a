import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listDevices, listElderDevices } from '../../../../functions/alerts/circle/device-lists.ts';
import { registerDevice, revokeDevice, testDevice } from '../../../../functions/alerts/circle/devices.ts';
import { heartbeat } from '../../../../functions/alerts/circle/heartbeat.ts';
import { keepCard } from '../../../../functions/alerts/circle/keep-card.ts';
import { findSilentDevices } from '../../../../functions/alerts/circle/silent-devices.ts';
import { deviceKey } from '../../../../functions/alerts/keys.ts';
import type { DeviceCaller } from '../../../../functions/platform/device-token.ts';
import type { DeviceForm } from '../../../../shared/contracts/circle.ts';
import { isRefusal } from '../../../../shared/contracts/refusal.ts';
import { toInstant } from '../../../../shared/values/dates.ts';
import { COMMUNITY, daughter, GRID, id, NOW, staff, stranger, TODAY } from '../../../support/a-town.ts';
import {
  aCircleDesk,
  anElderTold,
  type CircleDesk,
  dispatcher,
  districtStaff,
  elsewhere,
  gridWorker,
} from '../../../support/circle-desk.ts';

let desk: CircleDesk;
beforeAll(async () => {
  desk = await aCircleDesk();
  await desk.furnish();
});
afterAll(() => desk.dynamo.stop());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const later = (ms: number) => toInstant(Date.parse(NOW) + ms);
const seconds = (at: string) => Math.floor(Date.parse(at) / 1000);
const aForm = (over: Partial<DeviceForm> = {}): DeviceForm => ({ kind: 'key', area: GRID, elderId: id(1), ...over });

async function register(deviceId: string, over?: Partial<DeviceForm>, now = NOW) {
  const answer = await registerDevice(desk, staff, { deviceId, form: aForm(over), now });
  if (isRefusal(answer) || 'replayed' in answer) throw new Error(JSON.stringify(answer));
  return answer;
}
async function whoIs(token: string): Promise<DeviceCaller> {
  const who = await desk.verifyDevice(`Bearer ${token}`);
  if (isRefusal(who)) throw new Error(who.refused);
  return who;
}
const beat = async (deviceId: string, token: string, now = NOW, body = {}) =>
  heartbeat(desk, await whoIs(token), { deviceId, body, now });

describe('a device that is registered', () => {
  it('gets a token that says which it is, whose and where, and stands with the elder and the area', async () => {
    const { device, token } = await register(id(11), { place: '卧室' });
    expect(device).toEqual({
      deviceId: id(11),
      kind: 'key',
      area: GRID,
      elderId: id(1),
      place: '卧室',
      registeredAt: NOW,
      rev: 1,
    });
    expect(await whoIs(token)).toEqual({
      role: 'device',
      deviceId: id(11),
      kind: 'key',
      area: GRID,
      elderId: id(1),
      issuedAt: seconds(NOW),
    });
    expect(await listElderDevices(desk, daughter, id(1))).toMatchObject({ devices: [{ deviceId: id(11) }] });
    expect(await listDevices(desk, { area: COMMUNITY })).toMatchObject({ devices: [{ deviceId: id(11) }] });
    expect(await listDevices(desk, { area: '620102001002' })).toEqual({ devices: [] });
  });

  it('gets another token for the same again, as the first may have been lost, and is not changed', async () => {
    await register(id(12));
    const again = await register(id(12), {}, later(HOUR));
    expect(again.device).toMatchObject({ rev: 1, registeredAt: NOW });
    expect((await whoIs(again.token)).issuedAt).toBe(seconds(later(HOUR)));
  });

  it('moves to another elder: it leaves the first one’s list', async () => {
    await keepCard(desk, anElderTold({ elderId: id(2) }), NOW);
    await register(id(13));
    await register(id(13), { elderId: id(2) }, later(HOUR));
    const listed = async (elderId: string) => {
      const answer = await listElderDevices(desk, staff, elderId);
      return isRefusal(answer) ? answer : answer.devices.map(({ deviceId }) => deviceId);
    };
    expect(await listed(id(2))).toEqual([id(13)]);
    expect(await listed(id(1))).not.toContain(id(13));
  });

  it('moves with its elder to another community, whose staff see to it from then on', async () => {
    await keepCard(desk, anElderTold({ elderId: id(8), family: [] }), NOW);
    await register(id(17), { elderId: id(8) });
    await keepCard(desk, anElderTold({ elderId: id(8), family: [], rev: 2, area: '620102001002003' }), NOW);
    expect(await listDevices(desk, { area: '620102001002' })).toMatchObject({ devices: [{ deviceId: id(17) }] });
    expect(await testDevice(desk, elsewhere, { deviceId: id(17), now: NOW })).toMatchObject({
      testUntil: later(600_000),
    });
    expect(await revokeDevice(desk, staff, { deviceId: id(17), now: NOW })).toEqual({ refused: 'forbidden' });
    expect(await revokeDevice(desk, elsewhere, { deviceId: id(17), now: NOW })).toMatchObject({ revokedAt: NOW });
  });

  it('is refused outside one’s area, for an elder of another, for the dead, and as the stage’s own', async () => {
    const put = (who: typeof staff, over: Partial<DeviceForm>, deviceId = id(14)) =>
      registerDevice(desk, who, { deviceId, form: aForm(over), now: NOW });
    expect(await put(elsewhere, {})).toEqual({ refused: 'forbidden' });
    expect(await put(elsewhere, { area: '620102001002' })).toEqual({ refused: 'forbidden' });
    expect(await put(staff, { elderId: id(404) })).toEqual({ refused: 'not-found' });
    expect(await put(staff, { kind: 'canary' })).toMatchObject({ refused: 'invalid-request' });
    await keepCard(desk, anElderTold({ elderId: id(3), diedOn: TODAY }), NOW);
    expect(await put(staff, { elderId: id(3) })).toMatchObject({ refused: 'invalid-request' });
    await register(id(15));
    expect(await put(elsewhere, { area: '620102001002', elderId: undefined }, id(15))).toEqual({
      refused: 'forbidden',
    });
    expect(await desk.item(deviceKey(id(14)))).toBeUndefined();
  });

  it('is not registered when its token cannot be signed', async () => {
    const broken = { ...desk, signer: () => Promise.reject(new Error('KMS is down')) };
    const form = aForm();
    await expect(registerDevice(broken, staff, { deviceId: id(16), form, now: NOW })).rejects.toThrow('KMS');
    expect(await desk.item(deviceKey(id(16)))).toBeUndefined();
  });
});

describe('a device that is revoked', () => {
  it('has no token that holds, is not watched, and cannot be registered again', async () => {
    const { token } = await register(id(21));
    expect(await revokeDevice(desk, staff, { deviceId: id(21), now: later(HOUR) })).toMatchObject({
      revokedAt: later(HOUR),
    });
    expect(await desk.item(deviceKey(id(21)))).not.toHaveProperty('gsi2pk');
    expect(await beat(id(21), token, later(2 * HOUR))).toEqual({ refused: 'unauthenticated' });
    const form = aForm();
    const again = await registerDevice(desk, staff, { deviceId: id(21), form, now: later(DAY) });
    expect(again).toEqual({ refused: 'device-revoked' });
    expect(await testDevice(desk, staff, { deviceId: id(21), now: NOW })).toEqual({ refused: 'device-revoked' });
    expect(await revokeDevice(desk, staff, { deviceId: id(21), now: later(DAY) })).toMatchObject({
      replayed: { revokedAt: later(HOUR) },
    });
  });

  it('is revoked by staff of its area alone', async () => {
    await register(id(22));
    expect(await revokeDevice(desk, elsewhere, { deviceId: id(22), now: NOW })).toEqual({ refused: 'forbidden' });
    expect(await revokeDevice(desk, staff, { deviceId: id(404), now: NOW })).toEqual({ refused: 'not-found' });
  });
});

describe('a device that is tested', () => {
  it('makes drills of its presses for ten minutes', async () => {
    await register(id(31));
    for (const who of [daughter, staff, gridWorker, dispatcher])
      expect(await testDevice(desk, who, { deviceId: id(31), now: NOW })).toMatchObject({ testUntil: later(600_000) });
    expect(await testDevice(desk, stranger, { deviceId: id(31), now: NOW })).toEqual({ refused: 'forbidden' });
    expect(await testDevice(desk, elsewhere, { deviceId: id(31), now: NOW })).toEqual({ refused: 'forbidden' });
    expect(await testDevice(desk, staff, { deviceId: id(404), now: NOW })).toEqual({ refused: 'not-found' });
  });

  it('is, where it hangs in a hallway, tested by staff alone', async () => {
    await register(id(32), { elderId: undefined, kind: 'smoke' });
    expect(await testDevice(desk, daughter, { deviceId: id(32), now: NOW })).toEqual({ refused: 'forbidden' });
    expect(await testDevice(desk, staff, { deviceId: id(32), now: NOW })).toMatchObject({ deviceId: id(32) });
  });
});

describe('a heartbeat', () => {
  it('keeps when the device was heard and its battery, and says when the next one is expected', async () => {
    const { token } = await register(id(41));
    const answer = await beat(id(41), token, later(HOUR), { batteryPercent: 62 });
    expect(answer).toEqual({ at: later(HOUR), everySeconds: 3600 });
    expect(await desk.item(deviceKey(id(41)))).toMatchObject({ lastHeardAt: later(HOUR), batteryPercent: 62 });
  });

  it('of a device that nobody registered is not found', async () => {
    const { token } = await register(id(42));
    expect(await beat(id(404), token)).toEqual({ refused: 'not-found' });
  });

  it('brings a new token after 30 days; the old one holds until the new one has been used, and never again', async () => {
    const { token: old } = await register(id(43));
    expect(await beat(id(43), old, later(30 * DAY))).not.toHaveProperty('token');
    const answer = await beat(id(43), old, later(31 * DAY));
    if (isRefusal(answer) || !('token' in answer) || answer.token === undefined) throw new Error('no new token');
    // The answer was lost on the way: the old one still holds, and another comes.
    expect(await beat(id(43), old, later(31 * DAY + HOUR))).toHaveProperty('token');
    expect(await beat(id(43), answer.token, later(32 * DAY))).not.toHaveProperty('token');
    expect(await beat(id(43), old, later(32 * DAY + HOUR))).toEqual({ refused: 'unauthenticated' });
    expect(await desk.item(deviceKey(id(43)))).toMatchObject({ tokensFrom: seconds(later(31 * DAY)) });
  });

  it('brings a new token as soon as the old one says what is true no more', async () => {
    const { token } = await register(id(44));
    await register(id(44), { elderId: undefined, area: COMMUNITY }, later(HOUR));
    const answer = await beat(id(44), token, later(2 * HOUR));
    if (isRefusal(answer) || !('token' in answer) || answer.token === undefined) throw new Error('no new token');
    const now = await whoIs(answer.token);
    expect(now.area).toBe(COMMUNITY);
    expect(now).not.toHaveProperty('elderId', id(1));
  });

  it('is heard when no token can be signed', async () => {
    const { token } = await register(id(45));
    const broken = { ...desk, signer: () => Promise.reject(new Error('KMS is down')) };
    const who = await whoIs(token);
    const answer = await heartbeat(broken, who, { deviceId: id(45), body: {}, now: later(40 * DAY) });
    expect(answer).toEqual({ at: later(40 * DAY), everySeconds: 3600 });
    expect(await desk.item(deviceKey(id(45)))).toHaveProperty('lastHeardAt', later(40 * DAY));
  });
});

describe('a silent device', () => {
  /** The lines about one device. */
  const linesOf = async (who: Parameters<CircleDesk['inbox']>[0], name: string) =>
    (await desk.inbox(who)).filter(({ kind, text }) => kind === 'device-silent' && JSON.stringify(text).includes(name));
  const silentIn = async (area: string) => {
    const answer = await listDevices(desk, { area, silent: 'true' });
    return isRefusal(answer) ? [] : answer.devices.map(({ deviceId }) => deviceId);
  };

  it('is found when the policy’s time is over, not before; told once to the community and the family', async () => {
    await keepCard(desk, anElderTold({ elderId: id(5), name: '孙桂英' }), NOW);
    const { token } = await register(id(51), { elderId: id(5) });
    await beat(id(51), token, later(HOUR));
    await findSilentDevices(desk, later(26 * HOUR));
    expect(await silentIn(COMMUNITY)).not.toContain(id(51));
    await findSilentDevices(desk, later(28 * HOUR));
    await findSilentDevices(desk, later(29 * HOUR));
    expect(await silentIn(COMMUNITY)).toContain(id(51));
    expect(await desk.item(deviceKey(id(51)))).toHaveProperty('silentSince', later(HOUR));
    for (const who of [staff, gridWorker, daughter]) expect(await linesOf(who, '孙桂英')).toHaveLength(1);
    expect(await linesOf(elsewhere, '孙桂英')).toEqual([]);

    await beat(id(51), token, later(30 * HOUR));
    expect(await silentIn(COMMUNITY)).not.toContain(id(51));
    expect(await desk.item(deviceKey(id(51)))).not.toHaveProperty('silentSince');
    await findSilentDevices(desk, later(60 * HOUR));
    expect(await linesOf(staff, '孙桂英')).toHaveLength(2);
  });

  it('is also one that was never heard since it was registered', async () => {
    await register(id(52), {}, later(100 * DAY));
    await findSilentDevices(desk, later(100 * DAY + 25 * HOUR));
    expect(await silentIn(COMMUNITY)).not.toContain(id(52));
    await findSilentDevices(desk, later(100 * DAY + 27 * HOUR));
    expect(await silentIn(COMMUNITY)).toContain(id(52));
  });

  it('stays silent, and in its place, when it is bound anew before it is heard', async () => {
    await register(id(53), {}, later(200 * DAY));
    await findSilentDevices(desk, later(202 * DAY));
    await register(id(53), { place: '客厅' }, later(203 * DAY));
    expect(await silentIn(COMMUNITY)).toContain(id(53));
  });

  it('of somebody who died is nobody’s worry', async () => {
    await keepCard(desk, anElderTold({ elderId: id(6), name: '魏淑珍' }), NOW);
    await register(id(54), { elderId: id(6) }, later(300 * DAY));
    await keepCard(desk, anElderTold({ elderId: id(6), name: '魏淑珍', rev: 2, diedOn: TODAY }), NOW);
    await findSilentDevices(desk, later(310 * DAY));
    expect(await silentIn(COMMUNITY)).not.toContain(id(54));
    expect(await linesOf(staff, '魏淑珍')).toEqual([]);
  });
});

describe('the list of an area', () => {
  it('comes in pages that hold each device once', async () => {
    const area = '620102001009';
    const keeper = { ...districtStaff };
    for (let n = 0; n < 60; n++) {
      const form = aForm({ elderId: undefined, area, kind: 'smoke' });
      await registerDevice(desk, keeper, { deviceId: id(9000 + n), form, now: NOW });
    }
    const first = await listDevices(desk, { area });
    if (isRefusal(first)) throw new Error(first.refused);
    expect(first.devices).toHaveLength(50);
    const second = await listDevices(desk, { area, cursor: first.cursor });
    if (isRefusal(second)) throw new Error(second.refused);
    expect(second.cursor).toBeUndefined();
    expect(new Set([...first.devices, ...second.devices].map(({ deviceId }) => deviceId)).size).toBe(60);
    expect(await listDevices(desk, { area: '620102001001', cursor: first.cursor })).toMatchObject({
      refused: 'invalid-request',
    });
  });
});
