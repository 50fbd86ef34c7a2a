import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cardItem } from '../../../functions/alerts/circle/card-store.ts';
import { pressStored } from '../../../functions/alerts/keep/press-stored.ts';
import {
  currentKey,
  deviceKey,
  familyOfKey,
  historyOf,
  pressKey,
  unkeptIndex,
} from '../../../functions/alerts/keys.ts';
import { pressItem, underAnotherId } from '../../../functions/alerts/press.ts';
import { COMMUNITY, GRID, id, NOW, otherStaff, staff } from '../../support/a-town.ts';
import {
  type AlertsDesk,
  AROUND,
  anAlertsDesk,
  anElderTold,
  aPress,
  NEIGHBOUR,
  plus,
} from '../../support/alerts-desk.ts';

let desk: AlertsDesk;
beforeAll(async () => {
  desk = await anAlertsDesk();
});
afterAll(() => desk.dynamo.stop());
beforeEach(() => {
  desk.forget();
  desk.faults.topic = false;
  desk.faults.queues.clear();
});

/** An elder of their own for a test: alerts of other tests are not joined. */
let serial = 0x1000;
async function anElder(over: Parameters<typeof anElderTold>[0] = {}): Promise<string> {
  const elderId = id(++serial);
  await desk.put(cardItem(anElderTold({ elderId, ...over }), NOW));
  return elderId;
}
const calledBy = (channel: string, alertId?: string) =>
  desk
    .notices(alertId)
    .flatMap(({ recipients }) => recipients.filter((one) => one.channel === channel).map(({ to }) => to));

const aDevice = (over: { deviceId: string; elderId?: string; place?: string; testUntil?: string }) => ({
  ...deviceKey(over.deviceId),
  kind: 'key',
  area: COMMUNITY,
  registeredAt: NOW,
  tokensFrom: 0,
  rev: 1,
  ...over,
});
async function itemsOf(pk: string) {
  const { Items = [] } = await desk.db.send(
    new QueryCommand({
      TableName: desk.alertsTable,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    }),
  );
  return Items;
}

describe('a press', () => {
  it('opens an alert, and the desk and the family hear at the same moment', async () => {
    const press = aPress({ elderId: await anElder(), note: '摔倒了' });
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
    expect(calledBy('voice').sort()).toEqual([AROUND.dispatcher.personId, AROUND.daughter.personId].sort());
    expect(calledBy('inbox')).toContain('desk:620102');
    expect(calledBy('wechat')).toEqual([AROUND.daughter.personId]);
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
    const press = aPress({ elderId: await anElder() });
    await desk.put({ ...pressItem(press), ...unkeptIndex(press.at, press.pressId) });
    await desk.keep(press);
    const [item] = await desk.part(press.pressId, 'ALERT');
    expect(item).toMatchObject({ gsi1pk: 'OPEN#6201', gsi2pk: 'MONTH#6201#2026-12' });
    expect(await itemsOf(historyOf(press.elderId ?? ''))).toMatchObject([{ alertId: press.pressId }]);
    const [stored] = await itemsOf(pressKey(press.pressId).pk);
    expect(stored).toMatchObject({ alertId: press.pressId });
    expect(stored).not.toHaveProperty('gsi1pk');
  });

  it('that comes twice changes nothing the second time, and nobody is told by another name', async () => {
    const press = aPress({ elderId: await anElder() });
    await desk.keep(press);
    const [first] = await desk.part(press.pressId, 'ALERT');
    await desk.keep(press, plus(2));
    expect((await desk.part(press.pressId, 'ALERT'))[0]).toEqual(first);
    expect(new Set(desk.notices().map(({ notice }) => notice))).toEqual(new Set(['wave-1']));
    expect(await desk.part(press.pressId, 'EVIDENCE#')).toHaveLength(1);
  });

  it('that is delivered twice at the same moment is one alert with one press', async () => {
    const press = aPress({ elderId: await anElder() });
    await Promise.all([desk.keep(press), desk.keep(press), desk.keep(press)]);
    expect(await desk.alert(press.pressId)).toMatchObject({ presses: 1, wave: 1 });
    expect(await desk.timeline(press.pressId)).toEqual(['raised', 'wave']);
  });

  it('that was received again with another clock is still the same press', async () => {
    const press = aPress({ elderId: await anElder() });
    await desk.keep(press);
    await desk.keep({ ...press, at: plus(5) });
    expect(await desk.part(press.pressId, 'EVIDENCE#')).toHaveLength(1);
  });

  it('that is another one under an id that is taken is kept as evidence of its own', async () => {
    const press = aPress({ elderId: await anElder() });
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
    const press = aPress({ elderId: await anElder() });
    await desk.keep(press);
    expect(await itemsOf(pressKey(press.pressId).pk)).toMatchObject([
      { pressId: press.pressId, alertId: press.pressId },
    ]);
  });
});

describe('presses of one elder', () => {
  it('within the window join the open alert, and each is kept', async () => {
    const elderId = await anElder();
    const [first, second] = [aPress({ elderId }), aPress({ elderId, at: plus(100), source: 'key' })];
    await desk.keep(first);
    await desk.keep(second);
    expect(await desk.alert(first.pressId)).toMatchObject({ presses: 2, rev: 2 });
    expect(await desk.part(first.pressId, 'EVIDENCE#')).toMatchObject([
      { pressId: first.pressId, source: 'app' },
      { pressId: second.pressId, source: 'key' },
    ]);
    expect(await desk.timeline(first.pressId)).toEqual(['raised', 'wave', 'pressed-again']);
    expect(await itemsOf(pressKey(second.pressId).pk)).toMatchObject([{ alertId: first.pressId }]);
    expect(desk.notices().filter(({ kind }) => kind === 'wave')).toHaveLength(1);
  });

  it('bring the newest position to the alert', async () => {
    const elderId = await anElder();
    const position = { longitude: 103.8, latitude: 36.06, coordinates: 'wgs84' } as const;
    const first = aPress({ elderId });
    await desk.keep(first);
    await desk.keep(aPress({ elderId, at: plus(10), source: 'wristband', position }));
    expect(await desk.alert(first.pressId)).toMatchObject({ position });
  });

  it('after the window open an alert of their own', async () => {
    const elderId = await anElder();
    const [first, second] = [aPress({ elderId }), aPress({ elderId, at: plus(181) })];
    await desk.keep(first);
    await desk.keep(second);
    expect(await desk.alert(second.pressId)).toMatchObject({ presses: 1, wave: 1 });
  });

  it('after the alert was closed open an alert of their own, also while it still says that it is current', async () => {
    const elderId = await anElder();
    const [first, second] = [aPress({ elderId }), aPress({ elderId, at: plus(20) })];
    await desk.keep(first);
    const [item] = await desk.part(first.pressId, 'ALERT');
    await desk.put({ ...item, state: 'resolved', closedAt: plus(10) });
    await desk.keep(second);
    expect(await desk.alert(second.pressId)).toMatchObject({ state: 'calling', wave: 1 });
    expect((await itemsOf(currentKey(`elder:${elderId}`).pk))[0]).toMatchObject({ alertId: second.pressId });
  });

  it('after it was called off make it climb again, and everybody is told', async () => {
    const elderId = await anElder();
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
    expect(calledBy('voice')).toContain(AROUND.daughter.personId);
  });

  it('two hundred at once are one alert with two hundred pieces of evidence', async () => {
    const elderId = await anElder();
    const presses = Array.from({ length: 200 }, (_, n) => aPress({ elderId, at: plus(n / 10) }));
    const results = await Promise.allSettled(presses.map((press) => desk.keep(press, plus(30))));
    // What had no luck in so much company comes again by its queue.
    for (const [n, { status }] of results.entries())
      if (status === 'rejected') await desk.keep(presses[n] ?? aPress(), plus(50), 2);
    const alerts = new Set(
      await Promise.all(presses.map(async ({ pressId }) => (await itemsOf(pressKey(pressId).pk))[0]?.alertId)),
    );
    expect(alerts.size).toBe(1);
    const alertId = String([...alerts][0]);
    expect(await desk.alert(alertId)).toMatchObject({ presses: 200, wave: 1 });
    expect(await desk.part(alertId, 'EVIDENCE#')).toHaveLength(200);
  });
});

describe('whom a press is about', () => {
  it('is for a device the elder to whom it is bound now, whatever its token says', async () => {
    const [old, elderId] = [await anElder(), await anElder()];
    const deviceId = id(6001);
    await desk.put(aDevice({ deviceId, elderId }));
    const press = aPress({ elderId: old, deviceId, by: { role: 'device' }, source: 'key', area: COMMUNITY });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ elderId, deviceId, unverified: false });
  });

  it('is for a device of nobody its community: those on duty there are called, and its place is told', async () => {
    const deviceId = id(6002);
    await desk.put(aDevice({ deviceId, place: '活动室' }));
    const press = aPress({ elderId: id(1), deviceId, by: { role: 'device' }, source: 'smoke', area: COMMUNITY });
    await desk.keep(press);
    const alert = await desk.alert(press.pressId);
    expect(alert).toMatchObject({ subject: `device:${deviceId}`, area: COMMUNITY, address: '活动室' });
    expect(alert.elderId).toBeUndefined();
    await desk.passUntil(plus(130));
    expect(calledBy('voice', press.pressId)).toContain(AROUND.dispatcher.personId);
    expect(calledBy('voice', press.pressId)).toContain(AROUND.duty.personId);
    expect(calledBy('voice', press.pressId)).not.toContain(AROUND.daughter.personId);
  });

  it('is for a device that is not known here what its token says', async () => {
    const elderId = await anElder();
    const press = aPress({ elderId, deviceId: id(6003), by: { role: 'device' }, source: 'key', area: COMMUNITY });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ elderId, name: '王建国' });
  });

  it('is for a family member who names nobody their only elder', async () => {
    const family = id(++serial);
    const elderId = await anElder({ family: [family] });
    await desk.put({ ...familyOfKey(family, elderId) });
    const { elderId: _, ...press } = aPress({ by: { personId: family, role: 'family' } });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ elderId, unverified: false });
  });

  it('is for a family member with two elders nobody whom we know: every desk hears of it', async () => {
    const family = id(++serial);
    for (const elderId of [await anElder({ family: [family] }), await anElder({ family: [family] })])
      await desk.put({ ...familyOfKey(family, elderId) });
    const { elderId: _, ...press } = aPress({ by: { personId: family, role: 'family' } });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ subject: `person:${family}`, area: '' });
    expect(calledBy('voice')).toContain(AROUND.dispatcher.personId);
    expect(calledBy('inbox')).toContain('desk:0000');
  });

  it('is called unverified when the family member is not bound: the desk alone is called, again and again', async () => {
    const elderId = await anElder();
    const press = aPress({ elderId, by: { personId: AROUND.stranger.personId, role: 'family' } });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ unverified: true, raisedBy: { name: '无关' } });
    await desk.passUntil(plus(400));
    const called = desk.notices(press.pressId).flatMap(({ recipients }) => recipients.map(({ callee }) => callee));
    expect(new Set(called)).toEqual(new Set(['dispatchers']));
    expect(desk.notices(press.pressId).length).toBeGreaterThan(3);
  });

  it('does not let the elder’s own press join what a stranger raised', async () => {
    const elderId = await anElder();
    const theirs = aPress({ elderId, by: { personId: AROUND.stranger.personId, role: 'family' } });
    const own = aPress({ elderId, at: plus(5) });
    await desk.keep(theirs);
    desk.forget();
    await desk.keep(own);
    expect(await desk.alert(own.pressId)).toMatchObject({ unverified: false });
    expect(calledBy('voice')).toContain(AROUND.daughter.personId);
  });

  it('is unverified from staff of another community, and not from those of their own', async () => {
    const elderId = await anElder();
    const by = (who: typeof staff) => ({ by: { personId: who.personId, role: who.role }, area: who.area ?? '' });
    const [foreign, own] = [aPress({ elderId, ...by(otherStaff) }), aPress({ elderId, ...by(staff), at: plus(1) })];
    await desk.keep(foreign);
    await desk.keep(own);
    expect(await desk.alert(foreign.pressId)).toMatchObject({ unverified: true });
    expect(await desk.alert(own.pressId)).toMatchObject({ unverified: false });
  });

  it('may be somebody who has died by the register: the desk is called and told, the family is not', async () => {
    const press = aPress({ elderId: await anElder({ diedOn: '2026-11-30' }) });
    await desk.keep(press);
    expect(await desk.timeline(press.pressId)).toEqual(['raised', 'note', 'wave']);
    expect(calledBy('voice')).toEqual([AROUND.dispatcher.personId]);
  });

  it('may be an elder of whom nothing is known: the desks hear of it', async () => {
    const press = aPress({ elderId: id(++serial) });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ elderId: press.elderId, area: '', contacts: [] });
    expect(calledBy('voice')).toContain(AROUND.dispatcher.personId);
  });

  it('has a circle in which a bad item hides nobody else', async () => {
    const elderId = await anElder();
    await desk.put({ pk: `CIRCLE#${elderId}`, sk: 'CONTACT#broken', name: 7 });
    await desk.put({ pk: `CIRCLE#${elderId}`, sk: `CONTACT#${NEIGHBOUR.contactId}`, ...NEIGHBOUR });
    const press = aPress({ elderId });
    await desk.keep(press);
    expect((await desk.alert(press.pressId)).contacts[0]).toEqual({
      name: '张邻居',
      callee: 'neighbours',
      phone: '13700005001',
    });
  });
});

describe('a press that is no emergency', () => {
  it('is a drill throughout: it joins no alert that is real, and no real one joins it', async () => {
    const elderId = await anElder();
    const [drill, real] = [aPress({ elderId, drill: true }), aPress({ elderId, at: plus(3) })];
    await desk.keep(drill);
    await desk.keep(real);
    expect(await desk.alert(drill.pressId)).toMatchObject({ drill: true, presses: 1 });
    expect(await desk.alert(real.pressId)).toMatchObject({ drill: false, presses: 1 });
    expect(desk.notices().map((notice) => notice.drill)).toEqual([true, false]);
  });

  it('comes from a device that is being tested, until the test is over', async () => {
    const deviceId = id(6004);
    const elderId = await anElder();
    await desk.put(aDevice({ deviceId, elderId, testUntil: plus(600) }));
    const pressed = { deviceId, elderId, by: { role: 'device' }, source: 'key', area: COMMUNITY } as const;
    const [test, real] = [aPress(pressed), aPress({ ...pressed, at: plus(600) })];
    await desk.keep(test);
    await desk.keep(real);
    expect(await desk.alert(test.pressId)).toMatchObject({ drill: true });
    expect(await desk.alert(real.pressId)).toMatchObject({ drill: false });
  });

  it('is a canary: heard on its own channel alone, on no board, in no month, and gone after a week', async () => {
    const canary = { source: 'canary', deviceId: id(6005), by: { role: 'device' }, area: COMMUNITY } as const;
    const { elderId: _, ...press } = aPress(canary);
    const { elderId: __, ...next } = aPress({ ...canary, at: plus(300) });
    await desk.keep(press);
    await desk.keep(next);
    expect(desk.published.map(({ attributes }) => attributes.channels)).toEqual([['canary'], ['canary']]);
    expect(calledBy('canary')).toEqual(['canary', 'canary']);
    const [item] = await desk.part(press.pressId, 'ALERT');
    expect(item).toMatchObject({ canary: true, wave: 1, ttl: expect.any(Number) });
    for (const key of ['gsi1pk', 'gsi2pk', 'dueAt']) expect(item).not.toHaveProperty(key);
    expect(desk.sent).toEqual([]);
  });
});

describe('when a part is down', () => {
  it('the notice goes straight to the queues of its channels while the topic is down', async () => {
    desk.faults.topic = true;
    const press = aPress({ elderId: await anElder() });
    await desk.keep(press);
    expect(desk.sent.map(({ queue }) => queue).sort()).toEqual(['inbox', 'sms', 'timers', 'voice', 'wechat']);
    expect(await desk.alert(press.pressId)).toMatchObject({ wave: 1 });
  });

  it('a channel that could not be reached by either way makes the press come again, until it could', async () => {
    desk.faults.topic = true;
    desk.faults.queues.add('voice');
    const press = aPress({ elderId: await anElder() });
    await expect(desk.keep(press)).rejects.toThrow('the queue voice is down');
    expect(await desk.alert(press.pressId)).toMatchObject({ wave: 0 });
    expect(calledBy('sms')).toContain(AROUND.daughter.personId);
    desk.faults.queues.clear();
    desk.forget();
    await desk.keep(press, plus(20), 2);
    expect(await desk.alert(press.pressId)).toMatchObject({ wave: 1 });
    expect(calledBy('voice')).toContain(AROUND.daughter.personId);
  });

  it('what was killed between the alert and its notice is told when the press comes again', async () => {
    const press = aPress({ elderId: await anElder() });
    desk.faults.topic = true;
    for (const queue of ['inbox', 'sms', 'voice', 'wechat', 'partner']) desk.faults.queues.add(queue);
    await expect(desk.keep(press)).rejects.toThrow();
    expect(desk.notices()).toEqual([]);
    desk.faults.topic = false;
    await desk.keep(press, plus(20), 2);
    expect(desk.notices()).toMatchObject([{ notice: 'wave-1' }]);
    expect(await desk.timeline(press.pressId)).toEqual(['raised', 'wave']);
  });

  it('a timer that could not be sent fails nothing', async () => {
    desk.faults.queues.add('timers');
    const press = aPress({ elderId: await anElder() });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ wave: 1, dueAt: plus(30) });
  });

  it('without the table the desk, the call centre and who was on duty are told once, and the press comes again', async () => {
    // Somebody else's alert, by which the roster of the district is known.
    await desk.keep(aPress({ elderId: await anElder() }));
    desk.forget();
    const db = mockClient(DynamoDBDocumentClient);
    db.rejects(new Error('the table is down'));
    const press = aPress({ elderId: id(1), area: GRID, note: '摔倒了' });
    await expect(desk.keep(press)).rejects.toThrow('the table is down');
    await expect(desk.keep(press, plus(20), 2)).rejects.toThrow('the table is down');
    expect(desk.notices()).toMatchObject([{ notice: 'wave-1', alertId: press.pressId, area: GRID, note: '摔倒了' }]);
    expect(calledBy('inbox')).toContain('desk:620102');
    expect(calledBy('partner')).toEqual(['hotline']);
    expect(calledBy('voice')).toContain(AROUND.dispatcher.personId);
    db.restore();
    await desk.keep(press, plus(40), 3);
    expect(await desk.alert(press.pressId)).toMatchObject({ wave: 1, name: '王建国' });
  });

  it('a drill is not told without the table: nobody need be woken for it', async () => {
    const db = mockClient(DynamoDBDocumentClient);
    db.rejects(new Error('the table is down'));
    await expect(desk.keep(aPress({ drill: true, area: GRID }))).rejects.toThrow('the table is down');
    db.restore();
    expect(desk.notices()).toEqual([]);
  });

  it('a table that hangs does not keep people from being told', async () => {
    const db = mockClient(DynamoDBDocumentClient);
    let answer = (): void => undefined;
    db.on(BatchGetCommand).callsFake(
      () =>
        new Promise((_, reject) => {
          answer = () => reject(new Error('too late'));
        }),
    );
    const press = aPress({ area: GRID });
    const { receiveQueued } = await import('../../../functions/alerts/keep/receive-queued.ts');
    const kept = receiveQueued(desk, press, { attempt: 1, now: NOW }, 20);
    await expect.poll(() => desk.notices()).toMatchObject([{ notice: 'wave-1', alertId: press.pressId }]);
    answer();
    await expect(kept).rejects.toThrow('too late');
    db.restore();
    expect(desk.notices()).toHaveLength(1);
  });

  it('a write that fails after the read loses nothing: the press is kept by the next try', async () => {
    const press = aPress({ elderId: await anElder(), area: GRID });
    const db = mockClient(DynamoDBDocumentClient);
    db.on(TransactWriteCommand).rejects(new Error('throttled'));
    db.on(BatchGetCommand).resolves({});
    db.on(QueryCommand).resolves({});
    await expect(desk.keep(press)).rejects.toThrow();
    db.restore();
    await desk.keep(press, plus(20), 2);
    expect(await desk.alert(press.pressId)).toMatchObject({ wave: 1 });
  });
});

describe('the guarantee of the stream', () => {
  const told = (after: object | undefined, before?: object) =>
    pressStored(desk, {
      key: pressKey('x'),
      before: before as Record<string, unknown> | undefined,
      after: after as Record<string, unknown> | undefined,
      at: NOW,
      changeId: '1',
    });

  it('brings every press that was stored, a second later', async () => {
    const press = aPress();
    await told({ ...pressItem(press), ...unkeptIndex(press.at, press.pressId) });
    expect(desk.sent).toEqual([{ queue: 'presses', message: { type: 'press', press }, delaySeconds: 1 }]);
  });

  it('brings none that is kept already, or changed, or dropped', async () => {
    const press = aPress();
    await told(pressItem({ ...press, alertId: press.pressId }));
    await told(pressItem(press), pressItem(press));
    await told(undefined, pressItem(press));
    expect(desk.sent).toEqual([]);
  });

  it('fails when the queue does not take it, so that the stream brings it again', async () => {
    desk.faults.queues.add('presses');
    await expect(told(pressItem(aPress()))).rejects.toThrow('the queue presses is down');
  });
});
