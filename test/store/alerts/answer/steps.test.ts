import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reopen } from '../../../../functions/alerts/answer/alert-steps.ts';
import { readTimeline } from '../../../../functions/alerts/answer/alert-store.ts';
import { alertBoard } from '../../../../functions/alerts/answer/board.ts';
import { handOverAlert } from '../../../../functions/alerts/answer/hand-over.ts';
import {
  acknowledgeAlert,
  arriveAtAlert,
  callOffAlert,
  closeAsFalseAlarm,
  noteOnAlert,
  resolveAlert,
} from '../../../../functions/alerts/answer/steps.ts';
import { alertKey, currentKey, pressKey } from '../../../../functions/alerts/keys.ts';
import { AlertRecord } from '../../../../functions/alerts/records.ts';
import type { Who } from '../../../../functions/platform/who.ts';
import { isRefusal } from '../../../../shared/contracts/refusal.ts';
import { COMMUNITY, done, GRID, NOW } from '../../../support/a-town.ts';
import {
  type AnsweringDesk,
  anAlert,
  anAnsweringDesk,
  elderSelf,
  newId,
  PEOPLE,
  plus,
  who,
} from '../../../support/answering-desk.ts';

let desk: AnsweringDesk;
beforeAll(async () => {
  desk = await anAnsweringDesk();
});
afterAll(() => desk.dynamo.stop());
beforeEach(() => {
  desk.notices.length = 0;
  desk.timers.length = 0;
});

const at = (alertId: string, seconds: number, over: { stepId?: string; note?: string } = {}) => ({
  alertId,
  stepId: newId(),
  now: plus(seconds),
  ...over,
});
const acknowledge = (by: Who, alertId: string, seconds = 20, stepId = newId()) =>
  acknowledgeAlert(desk, by, at(alertId, seconds, { stepId }));
const resolve = (by: Who, alertId: string, seconds = 60) =>
  resolveAlert(desk, by, { ...at(alertId, seconds), note: '已送到卧室，平安', outcome: 'helped-at-home' });
const refusedWith = async (answer: Promise<unknown>) => {
  const value = await answer;
  return isRefusal(value) ? value.refused : 'accepted';
};
const itemOf = async (key: { pk: string; sk: string }) =>
  (await desk.db.send(new GetCommand({ TableName: desk.alertsTable, Key: key, ConsistentRead: true }))).Item;
const stored = async (alertId: string) => AlertRecord.parse(await itemOf(alertKey(alertId)));
const kinds = async (alertId: string) => (await readTimeline(desk, alertId)).map(({ kind }) => kind);
/** Who was told by the first notice: `inbox <id>`. */
const told = () => (desk.notices[0]?.recipients ?? []).map(({ channel, to }) => `${channel} ${to}`).sort();
/** Keep and the ladder write by `rev` too. */
const bump = (alertId: string, rev: number) =>
  desk.db.send(
    new UpdateCommand({
      TableName: desk.alertsTable,
      Key: alertKey(alertId),
      UpdateExpression: 'SET rev = :next, presses = presses + :one',
      ConditionExpression: 'rev = :rev',
      ExpressionAttributeValues: { ':rev': rev, ':next': rev + 1, ':one': 1 },
    }),
  );

/** The desk, with something that somebody else does between this one's reading and writing. */
function beforeWriting(act: () => Promise<unknown>, times = 1): AnsweringDesk {
  let left = times;
  const send = async (command: object) => {
    if (command instanceof TransactWriteCommand && left-- > 0) await act();
    return desk.db.send(command as never);
  };
  return { ...desk, db: { send } as unknown as AnsweringDesk['db'] };
}

describe('acknowledging an alert', () => {
  it('makes the person the owner by name, on the alert and on its timeline', async () => {
    const { alertId } = await desk.raise();
    const view = done(await acknowledge(who('dispatcher'), alertId));
    expect(view).toMatchObject({
      state: 'acknowledged',
      owner: { personId: PEOPLE.dispatcher.personId, name: '李调度', role: 'dispatcher' },
      answeredAt: plus(20),
      nextStepBy: plus(320),
      rev: 2,
    });
    expect(view.waitingSince).toBeUndefined();
    expect((await readTimeline(desk, alertId)).at(-1)).toMatchObject({
      kind: 'acknowledged',
      at: plus(20),
      by: { name: '李调度' },
    });
  });

  it('sends the timer that opens it again, bound to this revision', async () => {
    const { alertId } = await desk.raise();
    done(await acknowledge(who('dispatcher'), alertId));
    expect(desk.timers).toEqual([{ type: 'reopen', alertId, rev: 2, dueAt: plus(320) }]);
  });

  it('has one owner when two hundred people do it at once; each of the others is told who', async () => {
    const { alertId } = await desk.raise();
    const crowd = Array.from({ length: 200 }, (_, n): Who => ({ ...who('dispatcher'), personId: `crowd-${n}` }));
    const answers = await Promise.all(crowd.map((each) => acknowledge(each, alertId)));
    const owners = answers.flatMap((answer) => (isRefusal(answer) ? [] : [done(answer).owner?.personId]));
    expect(owners).toHaveLength(1);
    const refused = answers.filter(isRefusal);
    expect(refused).toHaveLength(199);
    for (const { refused: code, details } of refused) {
      expect(code).toBe('alert-owned');
      expect(details?.[0]?.personId).toBe(owners[0]);
    }
    expect((await stored(alertId)).owner?.personId).toBe(owners[0]);
    expect(await kinds(alertId)).toEqual(['raised', 'acknowledged']);
  });

  it('repeated by its id gets the alert as it is, and is written once', async () => {
    const { alertId } = await desk.raise();
    const stepId = newId();
    const first = done(await acknowledge(who('dispatcher'), alertId, 20, stepId));
    const again = await acknowledge(who('dispatcher'), alertId, 25, stepId);
    expect(again).toEqual({ replayed: first });
    expect(await kinds(alertId)).toEqual(['raised', 'acknowledged']);
  });

  it('repeated says again what follows, for the first try may have been killed before it could: by the same name, so that people hear it once', async () => {
    const { alertId } = await desk.raise();
    const stepId = newId();
    done(await acknowledge(who('dispatcher'), alertId, 20, stepId));
    done(await acknowledge(who('dispatcher'), alertId, 25, stepId));
    expect(desk.notices.map(({ notice }) => notice)).toEqual(['answered-2', 'answered-2']);
    expect(desk.timers.map((timer) => timer.dueAt)).toEqual([plus(320), plus(320)]);
    // Once somebody has taken another step, that one has told what is so now.
    done(await noteOnAlert(desk, who('dispatcher'), at(alertId, 30)));
    done(await acknowledge(who('dispatcher'), alertId, 35, stepId));
    expect(desk.notices).toHaveLength(2);
  });

  it('repeated at the same moment on many connections is written once', async () => {
    const { alertId } = await desk.raise();
    const stepId = newId();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => acknowledge(who('dispatcher'), alertId, 20, stepId)),
    );
    expect(answers.every((answer) => !isRefusal(answer))).toBe(true);
    expect(await kinds(alertId)).toEqual(['raised', 'acknowledged']);
  });

  it('repeated after the alert was closed still gets it', async () => {
    const { alertId } = await desk.raise();
    const stepId = newId();
    done(await acknowledge(who('dispatcher'), alertId, 20, stepId));
    done(await resolve(who('second'), alertId));
    expect(done(await acknowledge(who('dispatcher'), alertId, 90, stepId)).state).toBe('resolved');
  });

  it('refuses an id that was used for another step, or by somebody else', async () => {
    const { alertId } = await desk.raise();
    const stepId = newId();
    done(await acknowledge(who('dispatcher'), alertId, 20, stepId));
    expect(await refusedWith(noteOnAlert(desk, who('dispatcher'), at(alertId, 30, { stepId })))).toBe('id-reused');
    expect(await refusedWith(acknowledge(who('second'), alertId, 30, stepId))).toBe('id-reused');
  });

  it('is judged anew when a press or a wave was written in between, and loses nothing of it', async () => {
    const { alertId } = await desk.raise();
    const answer = await acknowledgeAlert(
      beforeWriting(() => bump(alertId, 1)),
      who('dispatcher'),
      at(alertId, 20),
    );
    expect(done(answer)).toMatchObject({ owner: { name: '李调度' }, presses: 2, rev: 3 });
    expect(await stored(alertId)).toMatchObject({ owner: { name: '李调度' }, presses: 2, rev: 3 });
    expect(await kinds(alertId)).toEqual(['raised', 'acknowledged']);
  });

  it('is told who has it when somebody took it in between', async () => {
    const { alertId } = await desk.raise();
    const other = beforeWriting(async () => void done(await acknowledge(who('second'), alertId)));
    expect(await acknowledgeAlert(other, who('dispatcher'), at(alertId, 20))).toMatchObject({
      refused: 'alert-owned',
      details: [{ message: '赵调度' }],
    });
  });

  it('gives up as busy, and changes nothing, while others write without end', async () => {
    const { alertId } = await desk.raise();
    let rev = 0;
    const endless = beforeWriting(() => bump(alertId, ++rev), Number.POSITIVE_INFINITY);
    expect(await refusedWith(acknowledgeAlert(endless, who('dispatcher'), at(alertId, 20)))).toBe('busy');
    expect((await stored(alertId)).state).toBe('calling');
    expect(desk.timers).toEqual([]);
  });

  it('is busy while the table says conflict without end, and is done by the repeat', async () => {
    const { alertId } = await desk.raise();
    const conflict = new TransactionCanceledException({ message: 'conflict', $metadata: {} });
    conflict.CancellationReasons = [{ Code: 'TransactionConflict' }];
    const contended = beforeWriting(() => Promise.reject(conflict), Number.POSITIVE_INFINITY);
    const form = at(alertId, 20);
    expect(await refusedWith(acknowledgeAlert(contended, who('dispatcher'), form))).toBe('busy');
    expect(done(await acknowledgeAlert(desk, who('dispatcher'), form)).state).toBe('acknowledged');
  });

  it('leaves what it does not know of the alert untouched', async () => {
    const { alertId } = await desk.raise();
    await desk.put({ ...(await itemOf(alertKey(alertId))), ttl: 4_000_000_000 });
    done(await acknowledge(who('dispatcher'), alertId));
    expect((await itemOf(alertKey(alertId)))?.ttl).toBe(4_000_000_000);
  });

  it('is done although neither the timer nor the word to the others can be sent', async () => {
    const { alertId } = await desk.raise();
    const broken = async () => {
      throw new Error('down');
    };
    const answer = await acknowledgeAlert(
      { ...desk, publish: broken, send: broken },
      who('dispatcher'),
      at(alertId, 20),
    );
    expect(done(answer).state).toBe('acknowledged');
    expect(await refusedWith(acknowledge(who('second'), alertId))).toBe('alert-owned');
  });

  it.each([
    ['a community worker of another place', 'elsewhere', 'forbidden'],
    ['a grid worker of another grid', 'otherGrid', 'forbidden'],
    ['somebody of another family', 'stranger', 'forbidden'],
    ['the grid worker', 'gridWorker', 'accepted'],
    ['the community', 'duty', 'accepted'],
    ['the district', 'district', 'accepted'],
    ['a son', 'son', 'accepted'],
  ] as const)('by %s is %s: %s', async (_, name, outcome) => {
    const { alertId } = await desk.raise();
    expect(await refusedWith(acknowledge(who(name), alertId))).toBe(outcome);
  });

  it('of an alert that nobody has raised is not found', async () => {
    expect(await refusedWith(acknowledge(who('dispatcher'), newId()))).toBe('not-found');
  });

  it('where no area is known is for dispatchers alone', async () => {
    const { alertId } = await desk.raise({ area: '', elderId: undefined, name: undefined, family: [] });
    expect(await refusedWith(acknowledge(who('duty'), alertId))).toBe('forbidden');
    expect(await refusedWith(acknowledge(who('dispatcher'), alertId))).toBe('accepted');
  });

  it('tells everybody whom the waves so far have called, and the raiser; rings no telephone; and not who did it', async () => {
    const { alertId } = await desk.raise();
    done(await acknowledge(who('dispatcher'), alertId));
    expect(desk.notices).toHaveLength(1);
    expect(desk.notices[0]).toMatchObject({ kind: 'answered', notice: 'answered-2', by: '李调度', name: '王建国' });
    expect(told()).toEqual(
      [
        `inbox desk:${GRID.slice(0, 6)}`,
        `inbox ${PEOPLE.second.personId}`,
        `sms ${PEOPLE.second.personId}`,
        `inbox ${PEOPLE.daughter.personId}`,
        `sms ${PEOPLE.daughter.personId}`,
        `wechat ${PEOPLE.daughter.personId}`,
        `inbox ${PEOPLE.son.personId}`,
        `sms ${PEOPLE.son.personId}`,
        `inbox ${elderSelf.personId}`,
      ].sort(),
    );
    const { recipients = [] } = desk.notices[0] ?? {};
    expect(recipients).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ channel: 'sms', to: PEOPLE.daughter.personId, phone: PEOPLE.daughter.phone }),
        expect.objectContaining({ channel: 'wechat', to: PEOPLE.daughter.personId, openid: PEOPLE.daughter.openid }),
      ]),
    );
  });

  it('tells those of later waves only once these were called', async () => {
    const { alertId } = await desk.raise({ wave: 2 });
    done(await acknowledge(who('dispatcher'), alertId));
    expect(told()).toEqual(expect.arrayContaining([`inbox ${PEOPLE.gridWorker.personId}`]));
  });

  it('of an alert whose raiser is not known to be tied to the elder tells them that, and not whose it is', async () => {
    const { plan } = anAlert();
    const { alertId } = await desk.raise({
      unverified: true,
      raisedBy: { personId: PEOPLE.stranger.personId, role: 'family' },
      plan: { ...plan, waves: [{ after: 0, callees: ['dispatchers'], channels: ['inbox', 'sms'] }] },
    });
    done(await acknowledge(who('dispatcher'), alertId));
    expect(told()).toContain(`inbox ${PEOPLE.stranger.personId}`);
    expect(told().join()).not.toContain(PEOPLE.daughter.personId);
    const { name, elderId, address, phone } = desk.notices[0] ?? {};
    expect([name, elderId, address, phone]).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('the family', () => {
  it('answers like anybody; those on duty may take over, and it may not take back', async () => {
    const { alertId } = await desk.raise();
    done(await acknowledge(who('daughter'), alertId));
    expect(await refusedWith(acknowledge(who('son'), alertId, 21))).toBe('alert-owned');
    expect(done(await acknowledge(who('gridWorker'), alertId, 30)).owner?.name).toBe('孙网格');
    expect(await refusedWith(acknowledge(who('daughter'), alertId, 31))).toBe('alert-owned');
  });

  it('cannot close an alert, nor hand it over', async () => {
    const { alertId } = await desk.raise();
    done(await acknowledge(who('daughter'), alertId));
    expect(await refusedWith(resolve(who('daughter'), alertId))).toBe('forbidden');
  });
});

describe('the steps of the owner', () => {
  it('move the next step: a note, and the door', async () => {
    const { alertId } = await desk.raise();
    done(await acknowledge(who('gridWorker'), alertId, 20));
    const noted = done(await noteOnAlert(desk, who('gridWorker'), at(alertId, 100, { note: '电话通了，老人摔倒' })));
    expect(noted.nextStepBy).toBe(plus(400));
    const there = done(await arriveAtAlert(desk, who('gridWorker'), at(alertId, 200)));
    expect(there).toMatchObject({ state: 'arrived', nextStepBy: plus(2000) });
    expect(desk.timers.map((timer) => timer.dueAt)).toEqual([plus(320), plus(400), plus(2000)]);
    expect(await kinds(alertId)).toEqual(['raised', 'acknowledged', 'note', 'arrived']);
  });

  it('of somebody else are written down, and the timer follows the revision', async () => {
    const { alertId } = await desk.raise();
    done(await acknowledge(who('gridWorker'), alertId, 20));
    const noted = done(await noteOnAlert(desk, who('daughter'), at(alertId, 100, { note: '我在路上' })));
    expect(noted).toMatchObject({ nextStepBy: plus(320), rev: 3 });
    expect(desk.timers.at(-1)).toMatchObject({ rev: 3, dueAt: plus(320) });
  });

  it('written while it opens again are kept, and do not pretend that somebody has it', async () => {
    const { alertId } = await desk.raise();
    done(await acknowledge(who('dispatcher'), alertId));
    const opening = beforeWriting(async () => {
      await desk.put({ ...alertKey(alertId), ...reopen(await stored(alertId), plus(320)) });
    });
    const noted = done(await noteOnAlert(opening, who('dispatcher'), at(alertId, 320, { note: '还在打电话' })));
    expect(noted).toMatchObject({ state: 'calling', waitingSince: plus(320), rev: 4 });
    expect(noted.owner).toBeUndefined();
    expect(done(await acknowledge(who('dispatcher'), alertId, 330)).owner?.name).toBe('李调度');
  });

  it('are for those who answer: the elder takes none', async () => {
    const { alertId } = await desk.raise();
    expect(await refusedWith(noteOnAlert(desk, elderSelf, at(alertId, 10)))).toBe('forbidden');
  });
});

describe('handing over', () => {
  const give = (by: Who, alertId: string, to: string, seconds = 40) =>
    handOverAlert(desk, by, { ...at(alertId, seconds), to });

  it('makes the other the owner, and tells them', async () => {
    const { alertId } = await desk.raise();
    done(await acknowledge(who('dispatcher'), alertId));
    const view = done(await give(who('dispatcher'), alertId, PEOPLE.gridWorker.personId));
    expect(view).toMatchObject({ owner: { name: '孙网格' }, nextStepBy: plus(340), answeredAt: plus(20) });
    expect((await readTimeline(desk, alertId)).at(-1)).toMatchObject({
      kind: 'handed-over',
      by: { name: '李调度' },
      to: { name: '孙网格' },
    });
    expect(desk.notices.at(-1)).toMatchObject({ kind: 'answered', by: '孙网格' });
    expect(desk.notices.at(-1)?.recipients.map(({ to }) => to)).toContain(PEOPLE.gridWorker.personId);
  });

  it.each([
    ['family', 'daughter'],
    ['a cook', 'cook'],
    ['staff of another place', 'elsewhere'],
    ['a grid worker of another grid', 'otherGrid'],
  ] as const)('to %s is refused: not on duty for it', async (_, to) => {
    const { alertId } = await desk.raise();
    done(await acknowledge(who('dispatcher'), alertId));
    expect(await refusedWith(give(who('dispatcher'), alertId, PEOPLE[to].personId))).toBe('not-on-duty');
  });

  it('to somebody unknown is refused', async () => {
    const { alertId } = await desk.raise();
    done(await acknowledge(who('dispatcher'), alertId));
    expect(await refusedWith(give(who('dispatcher'), alertId, newId()))).toBe('not-on-duty');
  });

  it('is for the owner, and of an alert that somebody has', async () => {
    const { alertId } = await desk.raise();
    expect(await refusedWith(give(who('dispatcher'), alertId, PEOPLE.second.personId))).toBe('alert-not-acknowledged');
    done(await acknowledge(who('dispatcher'), alertId));
    expect(await refusedWith(give(who('second'), alertId, PEOPLE.duty.personId))).toBe('alert-owned');
    done(await resolve(who('dispatcher'), alertId));
    expect(await refusedWith(give(who('dispatcher'), alertId, PEOPLE.duty.personId))).toBe('alert-closed');
  });

  it('of a community’s alert to a worker of one of its grids lets them see and close it', async () => {
    const { alertId } = await desk.raise({ area: COMMUNITY });
    expect(await refusedWith(acknowledge(who('gridWorker'), alertId))).toBe('forbidden');
    done(await acknowledge(who('duty'), alertId));
    done(await give(who('duty'), alertId, PEOPLE.gridWorker.personId));
    const board = done(await alertBoard(desk, who('gridWorker'), { area: GRID, now: plus(50) }));
    expect(board.alerts.map((alert) => alert.alertId)).toContain(alertId);
    expect(done(await resolve(who('gridWorker'), alertId)).state).toBe('resolved');
  });
});

describe('closing an alert', () => {
  it('takes it off the board, ends joining and tells everybody', async () => {
    const { alertId, subject } = await desk.raise();
    done(await acknowledge(who('dispatcher'), alertId));
    desk.notices.length = 0;
    desk.timers.length = 0;
    const view = done(await resolve(who('dispatcher'), alertId));
    expect(view).toMatchObject({ state: 'resolved', outcome: 'helped-at-home', closedAt: plus(60), contacts: [] });
    expect(view.phone).toBe('199****1111');
    const board = done(await alertBoard(desk, who('dispatcher'), { area: GRID, now: plus(61) }));
    expect(board.alerts.map((alert) => alert.alertId)).not.toContain(alertId);
    expect(await itemOf(currentKey(subject))).toBeUndefined();
    expect((await stored(alertId)).dueAt).toBeUndefined();
    expect(desk.timers).toEqual([]);
    expect(desk.notices).toMatchObject([{ kind: 'closed', notice: 'closed-3' }]);
  });

  it('leaves the pointer alone when a newer alert of the same person has it', async () => {
    const { alertId, subject } = await desk.raise();
    await desk.put({ ...currentKey(subject), alertId: newId(), openedAt: plus(200), joinUntil: plus(320) });
    expect(done(await resolve(who('dispatcher'), alertId, 300)).state).toBe('resolved');
    expect(await itemOf(currentKey(subject))).toBeDefined();
  });

  it('works where the pointer is gone already', async () => {
    const { alertId } = await desk.raise({ subject: `elder:${newId()}` });
    expect(done(await closeAsFalseAlarm(desk, who('dispatcher'), { ...at(alertId, 30), note: '误碰' }))).toMatchObject({
      state: 'false-alarm',
      answeredAt: plus(30),
      owner: { name: '李调度' },
    });
    expect((await readTimeline(desk, alertId)).at(-1)).toMatchObject({ kind: 'false-alarm', note: '误碰' });
  });

  it('is final: every step is refused afterwards', async () => {
    const { alertId } = await desk.raise();
    done(await resolve(who('dispatcher'), alertId));
    const steps = [
      acknowledge(who('second'), alertId, 70),
      noteOnAlert(desk, who('dispatcher'), at(alertId, 70)),
      arriveAtAlert(desk, who('gridWorker'), at(alertId, 70)),
      callOffAlert(desk, elderSelf, at(alertId, 5)),
      resolve(who('second'), alertId, 70),
      closeAsFalseAlarm(desk, who('second'), { ...at(alertId, 70), note: '误报' }),
    ];
    expect(await Promise.all(steps.map(refusedWith))).toEqual(steps.map(() => 'alert-closed'));
  });

  it('at the same moment in two ways happens once', async () => {
    const { alertId } = await desk.raise();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        refusedWith(
          n % 2 === 0
            ? resolve(who('dispatcher'), alertId)
            : closeAsFalseAlarm(desk, who('second'), { ...at(alertId, 60), note: '误报' }),
        ),
      ),
    );
    expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'alert-closed')).toHaveLength(19);
    expect(await kinds(alertId)).toHaveLength(2);
  });
});

describe('calling off', () => {
  it('by the elder in the first seconds stops the ladder and stays on the board, after those that wait', async () => {
    const { alertId } = await desk.raise();
    const waiting = await desk.raise({ raisedAt: plus(-900) });
    const view = done(await callOffAlert(desk, elderSelf, at(alertId, 10)));
    expect(view).toMatchObject({ state: 'calling', calledOffAt: plus(10), waitingSince: NOW });
    expect((await stored(alertId)).dueAt).toBeUndefined();
    const { alerts } = done(await alertBoard(desk, who('dispatcher'), { area: GRID, now: plus(11) }));
    const order = alerts.map((alert) => alert.alertId);
    expect(order.indexOf(alertId)).toBeGreaterThan(order.indexOf(waiting.alertId));
    expect(await kinds(alertId)).toEqual(['raised', 'called-off']);
    // The desk still looks, and closes it.
    expect(
      await refusedWith(closeAsFalseAlarm(desk, who('dispatcher'), { ...at(alertId, 90), note: '已回电确认' })),
    ).toBe('accepted');
  });

  it('is too late after the policy’s seconds, and once somebody has answered', async () => {
    const late = await desk.raise();
    expect(await refusedWith(callOffAlert(desk, elderSelf, at(late.alertId, 16)))).toBe('too-late-to-call-off');
    const answered = await desk.raise();
    done(await acknowledge(who('dispatcher'), answered.alertId, 3));
    expect(await refusedWith(callOffAlert(desk, elderSelf, at(answered.alertId, 5)))).toBe('too-late-to-call-off');
  });

  it('is for the elder and whoever raised it: not for the rest of the family', async () => {
    const { alertId } = await desk.raise({ raisedBy: { personId: PEOPLE.son.personId, role: 'family' } });
    expect(await refusedWith(callOffAlert(desk, who('daughter'), at(alertId, 5)))).toBe('forbidden');
    expect(await refusedWith(callOffAlert(desk, who('son'), at(alertId, 5)))).toBe('accepted');
  });

  it('of what a device raised is for the family too: a key cannot take back its press', async () => {
    const { alertId } = await desk.raise({ raisedBy: { role: 'device' } });
    expect(await refusedWith(callOffAlert(desk, who('stranger'), at(alertId, 5)))).toBe('forbidden');
    expect(await refusedWith(callOffAlert(desk, who('daughter'), at(alertId, 5)))).toBe('accepted');
  });

  it('racing with an acknowledgement leaves one of two stories, and an owner whenever somebody got one', async () => {
    for (let round = 0; round < 20; round++) {
      const { alertId } = await desk.raise();
      const [off, taken] = await Promise.all([
        refusedWith(callOffAlert(desk, elderSelf, at(alertId, 5))),
        refusedWith(acknowledge(who('dispatcher'), alertId, 5)),
      ]);
      expect(taken).toBe('accepted');
      expect(['accepted', 'too-late-to-call-off']).toContain(off);
      const alert = await stored(alertId);
      expect(alert.owner?.name).toBe('李调度');
      expect(alert.calledOffAt !== undefined).toBe(off === 'accepted');
      expect(alert.dueAt).toBe(plus(305));
    }
  });
});

describe('the id of a press', () => {
  const press = { at: NOW, source: 'app', by: { personId: PEOPLE.daughter.personId, role: 'family' }, drill: false };

  it('that joined another alert takes the steps of that alert', async () => {
    const { alertId } = await desk.raise({ raisedBy: press.by as AlertRecord['raisedBy'] });
    const pressId = newId();
    await desk.put({ ...pressKey(pressId), ...press, pressId, alertId });
    expect(done(await callOffAlert(desk, who('daughter'), at(pressId, 5))).alertId).toBe(alertId);
    const stepId = newId();
    done(await acknowledge(who('dispatcher'), pressId, 20, stepId));
    expect(await acknowledge(who('dispatcher'), pressId, 20, stepId)).toHaveProperty('replayed');
  });

  it('that is no alert yet says so to who pressed: try again in a moment', async () => {
    const pressId = newId();
    await desk.put({ ...pressKey(pressId), ...press, pressId });
    expect(await refusedWith(callOffAlert(desk, who('daughter'), at(pressId, 1)))).toBe('busy');
    expect(await refusedWith(callOffAlert(desk, who('stranger'), at(pressId, 1)))).toBe('not-found');
  });
});
