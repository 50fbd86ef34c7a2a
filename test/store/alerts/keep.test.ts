import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { currentKey, historyOf, pressKey, unkeptIndex } from '../../../functions/alerts/keys.ts';
import { pressItem, underAnotherId } from '../../../functions/alerts/press.ts';
import { GRID, NOW } from '../../support/a-town.ts';
import { type AlertsDesk, AROUND, anAlertsDesk, aPress, plus } from '../../support/alerts-desk.ts';

let desk: AlertsDesk;
beforeAll(async () => {
  desk = await anAlertsDesk();
});
afterAll(() => desk.dynamo.stop());
beforeEach(() => desk.mend());

describe('a press', () => {
  it('opens an alert, and the desk and the family hear at the same moment', async () => {
    const press = aPress({ elderId: await desk.elder(), note: '摔倒了' });
    await desk.keep(press, plus(1));
    expect(await desk.alert(press.pressId)).toMatchObject({
      alertId: press.pressId,
      subject: `elder:${press.elderId}`,
      name: '王建国',
      area: GRID,
      state: 'calling',
      wave: 1,
      presses: 1,
      unverified: false,
      raisedAt: NOW,
      waitingSince: NOW,
      dueAt: plus(30),
      note: '摔倒了',
    });
    expect(desk.published).toHaveLength(1);
    expect(desk.published[0]?.attributes).toEqual({
      type: 'notice',
      channels: ['inbox', 'sms', 'voice', 'wechat'].sort(),
    });
    const [notice] = desk.notices();
    expect(notice).toMatchObject({
      notice: 'wave-1',
      kind: 'wave',
      alertId: press.pressId,
      name: '王建国',
      drill: false,
    });
    expect(desk.called('voice').sort()).toEqual([AROUND.dispatcher.personId, AROUND.daughter.personId].sort());
    expect(desk.called('inbox')).toContain('desk:620102');
    expect(desk.called('wechat')).toEqual([AROUND.daughter.personId]);
    expect(await desk.timeline(press.pressId)).toEqual(['raised', 'wave']);
    expect(await desk.part(press.pressId, 'EVIDENCE#')).toHaveLength(1);
    expect(desk.sent).toEqual([
      {
        queue: 'timers',
        message: { type: 'escalate', alertId: press.pressId, wave: 2, dueAt: plus(30) },
        delaySeconds: 29,
      },
    ]);
  });

  it('is a history of the elder, stands on the board, and waits no longer to be kept', async () => {
    const press = aPress({ elderId: await desk.elder() });
    await desk.put({ ...pressItem(press), ...unkeptIndex(press) });
    await desk.keep(press);
    const [item] = await desk.part(press.pressId, 'ALERT');
    expect(item).toMatchObject({ gsi1pk: 'OPEN#6201', gsi2pk: 'MONTH#6201#2026-12' });
    expect(await desk.items(historyOf(press.elderId ?? ''))).toMatchObject([{ alertId: press.pressId }]);
    const [stored] = await desk.items(pressKey(press.pressId).pk);
    expect(stored).toMatchObject({ alertId: press.pressId });
    expect(stored).not.toHaveProperty('gsi1pk');
  });

  it('that comes twice changes nothing the second time, and nobody is told by another name', async () => {
    const press = aPress({ elderId: await desk.elder() });
    await desk.keep(press);
    const [first] = await desk.part(press.pressId, 'ALERT');
    await desk.keep(press, plus(2));
    expect((await desk.part(press.pressId, 'ALERT'))[0]).toEqual(first);
    expect(new Set(desk.notices().map(({ notice }) => notice))).toEqual(new Set(['wave-1']));
    expect(await desk.part(press.pressId, 'EVIDENCE#')).toHaveLength(1);
  });

  it('that is delivered twice at the same moment is one alert with one press', async () => {
    const press = aPress({ elderId: await desk.elder() });
    await Promise.all([desk.keep(press), desk.keep(press), desk.keep(press)]);
    expect(await desk.alert(press.pressId)).toMatchObject({ presses: 1, wave: 1 });
    expect(await desk.timeline(press.pressId)).toEqual(['raised', 'wave']);
  });

  it('that was received again with another clock is still the same press', async () => {
    const press = aPress({ elderId: await desk.elder() });
    await desk.keep(press);
    await desk.keep({ ...press, at: plus(5) });
    expect(await desk.part(press.pressId, 'EVIDENCE#')).toHaveLength(1);
  });

  it('that is another one under an id that is taken is kept as evidence of its own', async () => {
    const press = aPress({ elderId: await desk.elder() });
    const other = { ...press, at: plus(5), note: '快来' };
    await desk.keep(press);
    await desk.keep(other);
    await desk.keep(other, plus(9));
    expect(await desk.part(press.pressId, 'EVIDENCE#')).toMatchObject([
      { pressId: press.pressId },
      { pressId: underAnotherId(other).pressId, note: '快来' },
    ]);
    expect(await desk.alert(press.pressId)).toMatchObject({ presses: 2 });
  });

  it('that could only be published is stored with the alert', async () => {
    const press = aPress({ elderId: await desk.elder() });
    await desk.keep(press);
    expect(await desk.items(pressKey(press.pressId).pk)).toMatchObject([
      { pressId: press.pressId, alertId: press.pressId },
    ]);
  });
});

describe('presses of one elder', () => {
  it('within the window join the open alert, and each is kept', async () => {
    const elderId = await desk.elder();
    const [first, second] = [aPress({ elderId }), aPress({ elderId, at: plus(100), source: 'key' })];
    await desk.keep(first);
    await desk.keep(second);
    expect(await desk.alert(first.pressId)).toMatchObject({ presses: 2, rev: 2 });
    expect(await desk.part(first.pressId, 'EVIDENCE#')).toMatchObject([
      { pressId: first.pressId, source: 'app' },
      { pressId: second.pressId, source: 'key' },
    ]);
    expect(await desk.timeline(first.pressId)).toEqual(['raised', 'wave', 'pressed-again']);
    expect(await desk.items(pressKey(second.pressId).pk)).toMatchObject([{ alertId: first.pressId }]);
    expect(desk.notices().filter(({ kind }) => kind === 'wave')).toHaveLength(1);
  });

  it('bring the newest position to the alert', async () => {
    const elderId = await desk.elder();
    const position = { longitude: 103.8, latitude: 36.06, coordinates: 'wgs84' } as const;
    const first = aPress({ elderId });
    await desk.keep(first);
    await desk.keep(aPress({ elderId, at: plus(10), source: 'wristband', position }));
    expect(await desk.alert(first.pressId)).toMatchObject({ position });
  });

  it('after the window open an alert of their own', async () => {
    const elderId = await desk.elder();
    const [first, second] = [aPress({ elderId }), aPress({ elderId, at: plus(181) })];
    await desk.keep(first);
    await desk.keep(second);
    expect(await desk.alert(second.pressId)).toMatchObject({ presses: 1, wave: 1 });
  });

  it('after the alert was closed open an alert of their own, also while it still says that it is current', async () => {
    const elderId = await desk.elder();
    const [first, second] = [aPress({ elderId }), aPress({ elderId, at: plus(20) })];
    await desk.keep(first);
    const [item] = await desk.part(first.pressId, 'ALERT');
    await desk.put({ ...item, state: 'resolved', closedAt: plus(10) });
    await desk.keep(second);
    expect(await desk.alert(second.pressId)).toMatchObject({ state: 'calling', wave: 1 });
    expect((await desk.items(currentKey(`elder:${elderId}`).pk))[0]).toMatchObject({ alertId: second.pressId });
  });

  it('after it was called off make it climb again, and everybody is told', async () => {
    const elderId = await desk.elder();
    const first = aPress({ elderId });
    await desk.keep(first);
    const { dueAt: _, ...item } = (await desk.part(first.pressId, 'ALERT'))[0] ?? {};
    await desk.put({ ...item, calledOffAt: plus(5), rev: 3 });
    desk.forget();
    await desk.keep(aPress({ elderId, at: plus(30) }));
    const alert = await desk.alert(first.pressId);
    expect(alert).toMatchObject({ state: 'calling', dueAt: plus(60), waitingSince: plus(30), rev: 4 });
    expect(alert.calledOffAt).toBeUndefined();
    expect(desk.notices()).toMatchObject([{ notice: 'reopened-4', kind: 'reopened' }]);
    expect(desk.called('voice')).toContain(AROUND.daughter.personId);
  });

  it('two hundred at once are one alert with two hundred pieces of evidence', async () => {
    const elderId = await desk.elder();
    const presses = Array.from({ length: 200 }, (_, n) => aPress({ elderId, at: plus(n / 10) }));
    const results = await Promise.allSettled(presses.map((press) => desk.keep(press, plus(30))));
    // What had no luck in so much company comes again by its queue.
    for (const [n, { status }] of results.entries())
      if (status === 'rejected') await desk.keep(presses[n] ?? aPress(), plus(50), 2);
    const alerts = new Set(
      await Promise.all(presses.map(async ({ pressId }) => (await desk.items(pressKey(pressId).pk))[0]?.alertId)),
    );
    expect(alerts.size).toBe(1);
    const alertId = String([...alerts][0]);
    expect(await desk.alert(alertId)).toMatchObject({ presses: 200, wave: 1 });
    expect(await desk.part(alertId, 'EVIDENCE#')).toHaveLength(200);
  });
});
