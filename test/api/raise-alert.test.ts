import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AlertBoard, AlertDetail, AlertReceived } from '../../shared/contracts/alerts.ts';
import { eventually, startTestCloud, type TestCloud } from './support/cloud.ts';
import { aHome, type Home } from './support/home.ts';
import type { Answer } from './support/http.ts';
import { privateKeyOf, sign, signDevice } from './support/tokens.ts';

let town: TestCloud;
beforeAll(async () => {
  town = await startTestCloud();
});
afterAll(() => town?.stop());

let home: Home;
beforeEach(async () => {
  home = await aHome(town);
});

const newId = (): string => crypto.randomUUID();

/** Puts bytes on the wire as they stand: nothing about an alert may depend on how well it is written. */
const raise = (alertId: string, body: string | Buffer, token: string): Promise<Answer> =>
  town.send({
    api: 'AnxinAlerts',
    method: 'PUT',
    path: `/alerts/${encodeURIComponent(alertId)}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  });

const elderToken = (over: { expires?: number } = {}): Promise<string> =>
  sign(
    { personId: home.elder.elderId, role: 'elder', elderId: home.elder.elderId },
    privateKeyOf(town.sessionKey),
    over,
  );

/** The alert as the desk sees it, once it is there. */
const onTheBoard = (alertId: string): Promise<AlertDetail> =>
  eventually('the alert', async () => {
    const { status, json } = await town.call('getAlert', { params: { alertId } }, home.staff);
    return status === 200 && json.alert.wave > 0 && AlertDetail.parse(json);
  });

/** The elder has an open alert already (the world's): a press of theirs joins nothing of it, for it was never opened by a press. */
const boardOf = async (): Promise<AlertBoard> =>
  AlertBoard.parse((await town.call('alertBoard', { params: { area: home.community } }, home.staff)).json);

describe('whatever is sent with a right token raises an alert', () => {
  const GARBAGE: Readonly<Record<string, string | Buffer>> = {
    'nothing at all': '',
    'no JSON': 'help me',
    'half of a JSON': '{"source":"key","position":{"longi',
    'a list': '[1,2,3]',
    'a number': '7',
    'bytes that are no text': Buffer.from([0xff, 0xfe, 0x00, 0x80]),
    'a position in the sea of nowhere': JSON.stringify({
      position: { longitude: 999, latitude: 'x', coordinates: 'mars' },
    }),
    'a reading of nonsense': JSON.stringify({ reading: { kind: {}, value: 'NaN' } }),
    'a source that does not exist': JSON.stringify({ source: 'telepathy' }),
    'a clock that is off by a century': JSON.stringify({ pressedAt: '1926-11-22T00:00:00.000Z' }),
    'fields that nobody knows': JSON.stringify({ a: 1, b: { c: [] }, __proto__: { x: 1 } }),
    'a hundred thousand characters': JSON.stringify({ note: '救'.repeat(100_000) }),
  };

  it.each(Object.keys(GARBAGE))('%s', async (what) => {
    const alertId = newId();
    const answer = await raise(alertId, GARBAGE[what] ?? '', await elderToken());
    expect(answer.status, answer.text).toBe(200);
    expect(AlertReceived.parse(answer.json)).toMatchObject({ stored: true, published: true });
    const { alert, evidence } = await onTheBoard(answer.json.alertId);
    expect(alert).toMatchObject({ elderId: home.elder.elderId, state: 'calling', name: home.elder.name });
    expect(evidence).toHaveLength(1);
  });

  it('keeps what it could not read, as it was sent', async () => {
    const alertId = newId();
    await raise(alertId, JSON.stringify({ position: '三楼', note: '摔倒了' }), await elderToken());
    const { evidence } = await onTheBoard(alertId);
    expect(evidence[0]?.unreadable).toContain('三楼');
    expect(evidence[0]?.note).toBe('摔倒了');
  });

  it('an id that is none gets one', async () => {
    const { status, json } = await raise('not-an-id', '{}', await elderToken());
    expect(status).toBe(200);
    expect(json.alertId).toMatch(/^[0-9a-f-]{36}$/);
    await onTheBoard(json.alertId);
  });

  it('a session that ran out weeks ago is as good as ever; one that ran out a year ago is marked, and heard all the same', async () => {
    for (const [days, doubt] of [
      [29, undefined],
      [365, 'long-expired'],
    ] as const) {
      const alertId = newId();
      const { status } = await raise(alertId, '{}', await elderToken({ expires: -days * 86_400 }));
      expect(status).toBe(200);
      const { alert } = await onTheBoard(alertId);
      expect([alert.unverified, alert.doubt]).toEqual([doubt !== undefined, doubt]);
      // The ladder climbs on to everybody else.
      expect(alert.nextWaveAt).toBeDefined();
    }
  });

  it('a clock that is off by hours is kept beside the server’s', async () => {
    const alertId = newId();
    const pressedAt = new Date(Date.now() - 5 * 3_600_000).toISOString();
    await raise(alertId, JSON.stringify({ pressedAt }), await elderToken());
    const { alert, evidence } = await onTheBoard(alertId);
    expect(evidence[0]?.pressedAt).toBe(pressedAt);
    expect(Math.abs(Date.parse(alert.raisedAt) - Date.now())).toBeLessThan(30_000);
  });
});

describe('presses join', () => {
  it('a hundred presses of one key are one alert, and every one of them is kept', async () => {
    const token = await elderToken();
    const first = newId();
    expect((await raise(first, '{"source":"key"}', token)).status).toBe(200);
    await onTheBoard(first);
    const answers = await Promise.all(Array.from({ length: 99 }, () => raise(newId(), '{"source":"key"}', token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await eventually('a hundred presses', async () => (await onTheBoard(first)).alert.presses === 100);
    const { alerts } = await boardOf();
    const made = alerts.filter(({ alertId }) => alertId !== home.alerts.callingId && alertId !== home.alerts.ownedId);
    expect(made.map(({ alertId }) => alertId)).toEqual([first]);
  });

  it('the same press sent again is no second one', async () => {
    const [alertId, token] = [newId(), await elderToken()];
    for (let n = 0; n < 5; n++) expect((await raise(alertId, '{"source":"app"}', token)).status).toBe(200);
    await onTheBoard(alertId);
    expect((await onTheBoard(alertId)).alert.presses).toBe(1);
  });
});

describe('devices', () => {
  const device = () =>
    signDevice({ deviceId: home.alerts.deviceId, area: `${home.community}001` }, privateKeyOf(town.deviceKey));

  it('one that is bound raises an alert for its elder', async () => {
    const alertId = newId();
    expect((await raise(alertId, '{"source":"key"}', await device())).status).toBe(200);
    const { alert } = await onTheBoard(alertId);
    expect(alert).toMatchObject({ elderId: home.elder.elderId, deviceId: home.alerts.deviceId, source: 'key' });
  });

  it('one that nobody knows raises an alert on its community', async () => {
    const alertId = newId();
    const token = await signDevice({ deviceId: newId(), area: home.community }, privateKeyOf(town.deviceKey));
    expect((await raise(alertId, '{"source":"smoke"}', token)).status).toBe(200);
    const { alert } = await onTheBoard(alertId);
    expect(alert).toMatchObject({ area: home.community, source: 'smoke' });
    expect(alert.elderId).toBeUndefined();
  });

  it('one that was revoked is heard at once as one that is not verified, by the desk alone', async () => {
    const token = await device();
    const revoked = await town.call('revokeDevice', { params: { deviceId: home.alerts.deviceId } }, home.staff);
    expect(revoked.status).toBe(200);
    const alertId = newId();
    expect((await raise(alertId, '{}', token)).status).toBe(200);
    const { alert, deliveries } = await onTheBoard(alertId);
    expect(alert).toMatchObject({ unverified: true, doubt: 'revoked' });
    expect(deliveries.some(({ callee }) => callee === 'family')).toBe(false);
  });
});

describe('for an elder to whom the caller has no tie', () => {
  it('the desk alone is called, and told so', async () => {
    const stranger = await sign({ personId: newId(), role: 'family' }, privateKeyOf(town.sessionKey));
    const alertId = newId();
    const { status } = await raise(alertId, JSON.stringify({ elderId: home.elder.elderId }), stranger);
    expect(status).toBe(200);
    const { alert, deliveries } = await onTheBoard(alertId);
    expect(alert.unverified).toBe(true);
    expect(deliveries.some(({ callee }) => callee === 'family')).toBe(false);
  });
});
