import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pressStored } from '../../../functions/alerts/keep/press-stored.ts';
import { pressKey, unkeptIndex } from '../../../functions/alerts/keys.ts';
import { pressItem } from '../../../functions/alerts/press.ts';
import { GRID, id, NOW } from '../../support/a-town.ts';
import { type AlertsDesk, AROUND, anAlertsDesk, aPress, plus } from '../../support/alerts-desk.ts';

let desk: AlertsDesk;
beforeAll(async () => {
  desk = await anAlertsDesk();
});
afterAll(() => desk.dynamo.stop());
beforeEach(() => desk.mend());

describe('when a part is down', () => {
  it('the notice goes straight to the queues of its channels while the topic is down', async () => {
    desk.faults.topic = true;
    const press = aPress({ elderId: await desk.elder() });
    await desk.keep(press);
    expect(desk.sent.map(({ queue }) => queue).sort()).toEqual(['inbox', 'sms', 'timers', 'voice', 'wechat']);
    expect(await desk.alert(press.pressId)).toMatchObject({ wave: 1 });
  });

  it('a channel that could not be reached by either way makes the press come again, until it could', async () => {
    desk.faults.topic = true;
    desk.faults.queues.add('voice');
    const press = aPress({ elderId: await desk.elder() });
    await expect(desk.keep(press)).rejects.toThrow('the queue voice is down');
    expect(await desk.alert(press.pressId)).toMatchObject({ wave: 0 });
    expect(desk.called('sms')).toContain(AROUND.daughter.personId);
    desk.faults.queues.clear();
    desk.forget();
    await desk.keep(press, plus(20), 2);
    expect(await desk.alert(press.pressId)).toMatchObject({ wave: 1 });
    expect(desk.called('voice')).toContain(AROUND.daughter.personId);
  });

  it('what was killed between the alert and its notice is told when the press comes again', async () => {
    const press = aPress({ elderId: await desk.elder() });
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
    const press = aPress({ elderId: await desk.elder() });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ wave: 1, dueAt: plus(30) });
  });

  it('without the table the desk, the call centre and who was on duty are told once, and the press comes again', async () => {
    // Somebody else's alert, by which the roster of the district is known.
    await desk.keep(aPress({ elderId: await desk.elder() }));
    desk.forget();
    const db = mockClient(DynamoDBDocumentClient);
    db.rejects(new Error('the table is down'));
    const press = aPress({ elderId: id(1), area: GRID, note: '摔倒了' });
    await expect(desk.keep(press)).rejects.toThrow('the table is down');
    await expect(desk.keep(press, plus(20), 2)).rejects.toThrow('the table is down');
    expect(desk.notices()).toMatchObject([{ notice: 'wave-0', alertId: press.pressId, area: GRID, note: '摔倒了' }]);
    expect(desk.called('inbox')).toContain('desk:620102');
    expect(desk.called('partner')).toEqual(['hotline']);
    expect(desk.called('voice')).toContain(AROUND.dispatcher.personId);
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
    await expect.poll(() => desk.notices()).toMatchObject([{ notice: 'wave-0', alertId: press.pressId }]);
    answer();
    await expect(kept).rejects.toThrow('too late');
    db.restore();
    expect(desk.notices()).toHaveLength(1);
  });

  it('a write that fails after the read loses nothing: the press is kept by the next try', async () => {
    const press = aPress({ elderId: await desk.elder(), area: GRID });
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
    await told({ ...pressItem(press), ...unkeptIndex(press) });
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
