import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acknowledgeAlert, callOffAlert, noteOnAlert, resolveAlert } from '../../../functions/alerts/answer/steps.ts';
import { cardItem } from '../../../functions/alerts/circle/card-store.ts';
import { keepPerson } from '../../../functions/alerts/circle/keep-person.ts';
import {
  alertKey,
  consentsKey,
  contactKey,
  dutyKey,
  unkeptIndex,
  WATCHED,
  watchKey,
} from '../../../functions/alerts/keys.ts';
import { escalate } from '../../../functions/alerts/ladder/escalate.ts';
import { reopen } from '../../../functions/alerts/ladder/reopen.ts';
import { sweep } from '../../../functions/alerts/ladder/sweep.ts';
import { timerCame } from '../../../functions/alerts/ladder/timer-came.ts';
import { pressItem } from '../../../functions/alerts/press.ts';
import type { PressRecord } from '../../../functions/alerts/records.ts';
import type { Who } from '../../../functions/platform/who.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { GRID, id, NOW } from '../../support/a-town.ts';
import {
  type AlertsDesk,
  AROUND,
  anAlertsDesk,
  anElderTold,
  aPress,
  NEIGHBOUR,
  plus,
} from '../../support/alerts-desk.ts';
import { aPersonTold } from '../../support/circle-desk.ts';

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

const dispatcher: Who = { personId: AROUND.dispatcher.personId, role: 'dispatcher', area: AROUND.dispatcher.area };
let serial = 0x2000;
/** An alert of an elder with a neighbour, whose first wave has been called. */
async function raised(over: Partial<PressRecord> = {}): Promise<string> {
  const elderId = id(++serial);
  await desk.put(cardItem(anElderTold({ elderId }), NOW));
  await desk.put({ ...contactKey(elderId, NEIGHBOUR.contactId), ...NEIGHBOUR });
  const press = aPress({ elderId, ...over });
  await desk.keep(press);
  return press.pressId;
}
async function did<T>(act: Promise<T>): Promise<Exclude<T, { refused: unknown }>> {
  const result = await act;
  if (isRefusal(result)) throw new Error(`refused: ${result.refused}`);
  return result as Exclude<T, { refused: unknown }>;
}
const step = (alertId: string, now: string) => ({ alertId, stepId: crypto.randomUUID(), now });
const calledIn = (alertId: string) =>
  Object.fromEntries(
    desk
      .notices(alertId)
      .map(({ notice, recipients }) => [notice, [...new Set(recipients.map(({ callee }) => callee))].sort()]),
  );

describe('the ladder', () => {
  it('climbs to its end while nobody answers, and then calls the last wave again and again', async () => {
    const alertId = await raised();
    await desk.passUntil(plus(140 + 60 + 90 + 90));
    expect(calledIn(alertId)).toEqual({
      'wave-1': ['dispatchers', 'family'],
      'wave-2': ['call-centre'],
      'wave-3': ['grid-worker'],
      'wave-4': ['community-duty', 'neighbours'],
      'wave-6': ['emergency-services'],
      'wave-7': ['emergency-services'],
      'wave-8': ['emergency-services'],
    });
    const waves = (await desk.part(alertId, 'STEP#')).filter(({ kind }) => kind === 'wave');
    const seconds = waves.map(({ at }) => (Date.parse(String(at)) - Date.parse(NOW)) / 1000);
    // The elder has no volunteers: that wave is not waited for.
    expect(seconds).toEqual([0, 30, 60, 120, 180, 180, 270, 360]);
    expect(waves.map(({ rings }) => rings)).toEqual([true, true, true, true, false, true, true, true]);
  });

  it('passes on at once from a family that nothing can ring, and waits for one that WeChat can still tell', async () => {
    for (const consents of [0, 1]) {
      const personId = id(++serial);
      const elderId = id(++serial);
      const { phone: _, ...told } = aPersonTold({ personId, openid: `openid-${personId}` });
      await keepPerson(desk, told);
      await desk.put(cardItem(anElderTold({ elderId, family: [personId] }), NOW));
      if (consents > 0) await desk.put({ ...consentsKey(personId), personId, templateId: 't', left: consents });
      const press = aPress({ elderId });
      await desk.keep(press);
      const waves = [
        { after: 0, callees: ['dispatchers'], channels: ['inbox'] },
        { after: 30, callees: ['family'], channels: ['inbox', 'wechat', 'sms', 'voice'] },
        { after: 90, callees: ['grid-worker'], channels: ['voice'] },
      ];
      await desk.db.send(
        new UpdateCommand({
          TableName: desk.alertsTable,
          Key: alertKey(press.pressId),
          UpdateExpression: 'SET #plan.waves = :waves',
          ExpressionAttributeNames: { '#plan': 'plan' },
          ExpressionAttributeValues: { ':waves': waves },
        }),
      );
      await desk.passUntil(plus(95));
      const steps = (await desk.part(press.pressId, 'STEP#')).filter(({ kind }) => kind === 'wave');
      const climbed = steps
        .slice(1, 3)
        .map(({ at, rings }) => [(Date.parse(String(at)) - Date.parse(NOW)) / 1000, rings]);
      expect(climbed).toEqual(
        consents === 0
          ? [
              [30, false],
              [30, true],
            ]
          : [
              [30, true],
              [90, true],
            ],
      );
    }
  });

  it('stops when somebody answers, and starts no wave after that', async () => {
    const alertId = await raised();
    await desk.passUntil(plus(35));
    await did(acknowledgeAlert(desk, dispatcher, step(alertId, plus(40))));
    desk.forget();
    await desk.passUntil(plus(200));
    expect(desk.notices(alertId)).toEqual([]);
    expect(await desk.alert(alertId)).toMatchObject({ state: 'acknowledged', wave: 2 });
  });

  it('stops when the elder calls it off, and the alert stays on the board', async () => {
    const alertId = await raised();
    const elderId = (await desk.alert(alertId)).elderId ?? '';
    await did(callOffAlert(desk, { personId: id(7001), role: 'elder', elderId }, step(alertId, plus(4))));
    desk.forget();
    await desk.passUntil(plus(900));
    expect(desk.notices(alertId)).toEqual([]);
    expect((await desk.part(alertId, 'ALERT'))[0]).toMatchObject({ state: 'calling', gsi1pk: 'OPEN#6201' });
  });

  it('stops for good when the alert is closed', async () => {
    const alertId = await raised();
    await did(resolveAlert(desk, dispatcher, { ...step(alertId, plus(20)), outcome: 'comforted', note: '无恙' }));
    desk.forget();
    await desk.passUntil(plus(2000));
    expect(desk.notices(alertId)).toEqual([]);
  });

  it('calls a wave once, though its timer came twice at the same moment', async () => {
    const alertId = await raised();
    await Promise.all([1, 2, 3].map(() => escalate(desk, { alertId, wave: 2 }, plus(30))));
    expect(await desk.alert(alertId)).toMatchObject({ wave: 2 });
    expect((await desk.timeline(alertId)).filter((kind) => kind === 'wave')).toHaveLength(2);
    await escalate(desk, { alertId, wave: 2 }, plus(31));
    expect(await desk.alert(alertId)).toMatchObject({ wave: 2 });
  });

  it('calls no wave before its time', async () => {
    const alertId = await raised();
    await escalate(desk, { alertId, wave: 2 }, plus(29));
    expect(await desk.alert(alertId)).toMatchObject({ wave: 1 });
  });

  it('gives those of a late wave a moment before the next ones are called', async () => {
    const alertId = await raised();
    // The timers were lost for ten minutes.
    await escalate(desk, { alertId, wave: 2 }, plus(600));
    expect(await desk.alert(alertId)).toMatchObject({ wave: 2, dueAt: plus(615) });
  });

  it('comes to its end in a drill, and calls no ambulance', async () => {
    const alertId = await raised({ drill: true });
    await desk.passUntil(plus(3600));
    expect(Object.values(calledIn(alertId)).flat()).not.toContain('emergency-services');
    const alert = await desk.alert(alertId);
    expect(alert.wave).toBe(alert.plan.waves.length);
    expect(alert.dueAt).toBeUndefined();
    expect(desk.notices(alertId).every(({ drill }) => drill)).toBe(true);
  });

  it('calls who is on duty when the wave is called, not who was when the alert was raised', async () => {
    const alertId = await raised();
    const roster = { ...dutyKey(GRID), area: GRID };
    const { personId, name, phone } = AROUND.gridWorker;
    await desk.put({
      ...roster,
      people: { [id(8100)]: { name: '新网格', role: 'grid-worker', phone: '13900009999' } },
    });
    await desk.passUntil(plus(61));
    const wave = desk.notices(alertId).find(({ notice }) => notice === 'wave-3');
    expect(wave?.recipients.map(({ to }) => to)).toContain(id(8100));
    await desk.put({ ...roster, people: { [personId]: { name, role: 'grid-worker', phone } } });
  });

  it('goes on when an answer comes between the call and the line about it: the wave is on the timeline, and nothing is due', async () => {
    const alertId = await raised();
    const { publish } = desk;
    const deps = {
      ...desk,
      publish: async (...args: Parameters<typeof publish>) => {
        await publish(...args);
        await did(acknowledgeAlert(desk, dispatcher, step(alertId, plus(30))));
      },
    };
    await escalate(deps, { alertId, wave: 2 }, plus(30));
    const alert = await desk.alert(alertId);
    expect(alert).toMatchObject({ state: 'acknowledged', wave: 2, dueAt: plus(270) });
    // The timer that opens it again was set for the state of the answer.
    await reopen(desk, { alertId, rev: alert.rev }, plus(271));
    expect(await desk.alert(alertId)).toMatchObject({ state: 'calling' });
  });
});

describe('an alert whose owner does nothing', () => {
  it('opens again after the policy’s time, everybody who was called is told, and the ladder goes on', async () => {
    const alertId = await raised();
    await desk.passUntil(plus(35));
    await did(acknowledgeAlert(desk, dispatcher, step(alertId, plus(40))));
    desk.forget();
    await desk.passUntil(plus(40 + 241));
    const alert = await desk.alert(alertId);
    expect(alert).toMatchObject({
      state: 'calling',
      wave: 2,
      waitingSince: plus(280),
      dueAt: plus(310),
      answeredAt: plus(40),
    });
    expect(alert.owner).toBeUndefined();
    const [notice] = desk.notices(alertId);
    expect(notice).toMatchObject({ notice: `reopened-${alert.rev}`, kind: 'reopened' });
    expect(new Set(notice?.recipients.map(({ callee }) => callee))).toEqual(
      new Set(['dispatchers', 'family', 'call-centre']),
    );
    expect(await desk.timeline(alertId)).toContain('reopened');
    await desk.passUntil(plus(311));
    expect(await desk.alert(alertId)).toMatchObject({ wave: 3 });
  });

  it('stays theirs as long as they take steps', async () => {
    const alertId = await raised();
    await did(acknowledgeAlert(desk, dispatcher, step(alertId, plus(10))));
    await did(noteOnAlert(desk, dispatcher, { ...step(alertId, plus(200)), note: '打通电话' }));
    await desk.passUntil(plus(10 + 241));
    expect(await desk.alert(alertId)).toMatchObject({ state: 'acknowledged' });
    await desk.passUntil(plus(200 + 241));
    expect(await desk.alert(alertId)).toMatchObject({ state: 'calling' });
  });

  it('tells people also when it was killed right after it was opened again', async () => {
    const alertId = await raised();
    await did(acknowledgeAlert(desk, dispatcher, step(alertId, plus(10))));
    const { rev } = await desk.alert(alertId);
    desk.forget();
    desk.faults.topic = true;
    for (const queue of ['inbox', 'sms', 'voice', 'wechat', 'partner']) desk.faults.queues.add(queue);
    await expect(reopen(desk, { alertId, rev }, plus(260))).rejects.toThrow();
    desk.faults.topic = false;
    desk.faults.queues.clear();
    await reopen(desk, { alertId, rev }, plus(270));
    expect(desk.notices(alertId)).toMatchObject([{ notice: `reopened-${rev + 1}` }]);
    expect((await desk.timeline(alertId)).filter((kind) => kind === 'reopened')).toHaveLength(1);
  });
});

describe('a timer', () => {
  it('that comes before its time is handed on, with what is left', async () => {
    const timer = { type: 'check-task', taskId: id(1), dueAt: plus(7200) } as const;
    await timerCame(desk, timer, plus(900));
    expect(desk.sent).toEqual([{ queue: 'timers', message: timer, delaySeconds: 900 }]);
    desk.forget();
    await timerCame(desk, timer, plus(7190.5));
    expect(desk.sent).toMatchObject([{ delaySeconds: 10 }]);
  });

  it('for an alert that is not there does nothing', async () => {
    await escalate(desk, { alertId: id(1), wave: 2 }, NOW);
    await reopen(desk, { alertId: id(1), rev: 2 }, NOW);
    expect(desk.notices()).toEqual([]);
  });
});

describe('the sweep', () => {
  it('keeps presses that nobody has kept for ten seconds', async () => {
    const press = aPress({ elderId: id(++serial) });
    const fresh = aPress({ elderId: id(++serial), at: plus(8) });
    for (const each of [press, fresh]) await desk.put({ ...pressItem(each), ...unkeptIndex(each) });
    expect(await sweep(desk, plus(12))).toMatchObject({ presses: 1 });
    expect(await desk.alert(press.pressId)).toMatchObject({ wave: 1 });
    expect(await desk.part(fresh.pressId, 'ALERT')).toEqual([]);
    await desk.keep(fresh);
  });

  it('calls the waves and opens the alerts whose timers were lost', async () => {
    desk.faults.queues.add('timers');
    const [waiting, owned] = [await raised(), await raised()];
    await did(acknowledgeAlert(desk, dispatcher, step(owned, plus(5))));
    await sweep(desk, plus(40));
    expect(await desk.alert(waiting)).toMatchObject({ wave: 1 });
    await sweep(desk, plus(51));
    expect(await desk.alert(waiting)).toMatchObject({ wave: 2 });
    await sweep(desk, plus(300));
    expect(await desk.alert(owned)).toMatchObject({ state: 'calling' });
  });

  it('goes on after one that fails', async () => {
    const [bad, good] = [await raised(), await raised()];
    await desk.db.send(
      new UpdateCommand({
        TableName: desk.alertsTable,
        Key: alertKey(bad),
        UpdateExpression: 'SET wave = :none',
        ExpressionAttributeValues: { ':none': 'no number' },
      }),
    );
    await expect(sweep(desk, plus(55))).resolves.toBeDefined();
    expect(await desk.alert(good)).toMatchObject({ wave: 2 });
    await desk.db.send(
      new UpdateCommand({
        TableName: desk.alertsTable,
        Key: watchKey(bad),
        UpdateExpression: 'REMOVE gsi1pk, gsi1sk',
      }),
    );
  });

  it('says how long the alert that has waited longest has been waiting, drills and answered ones apart', async () => {
    const other = await anAlertsDesk();
    try {
      expect((await sweep(other, NOW)).oldestSeconds).toBe(0);
      await other.keep(aPress({ elderId: id(2), drill: true, at: plus(-900) }));
      await other.keep(aPress({ elderId: id(1), at: plus(-300) }));
      const answered = aPress({ elderId: id(3), at: plus(-600) });
      await other.keep(answered);
      await did(acknowledgeAlert(other, { ...dispatcher, role: 'dispatcher' }, step(answered.pressId, plus(-590))));
      expect((await sweep(other, plus(-10))).oldestSeconds).toBe(290);
    } finally {
      await other.dynamo.stop();
    }
  });

  it('takes the pointers of closed alerts off', async () => {
    const alertId = await raised();
    await did(resolveAlert(desk, dispatcher, { ...step(alertId, plus(20)), outcome: 'comforted', note: '无恙' }));
    await sweep(desk, plus(30));
    const [pointer] = await desk.part(alertId, WATCHED);
    expect(pointer).not.toHaveProperty('gsi1pk');
  });
});
