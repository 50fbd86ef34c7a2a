import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careEvent } from '../../../../functions/alerts/circle/care-event.ts';
import { checkTaskDue } from '../../../../functions/alerts/circle/check-task-due.ts';
import { finishCheckTask, listCheckTasks } from '../../../../functions/alerts/circle/check-tasks.ts';
import { derivedId } from '../../../../functions/alerts/circle/derived-id.ts';
import { keepCard } from '../../../../functions/alerts/circle/keep-card.ts';
import { readTask } from '../../../../functions/alerts/circle/open-task.ts';
import { raiseOverdueTasks } from '../../../../functions/alerts/circle/overdue-tasks.ts';
import { startDrill } from '../../../../functions/alerts/circle/start-drill.ts';
import { pressKey, taskKey } from '../../../../functions/alerts/keys.ts';
import type { CheckTask } from '../../../../shared/contracts/circle.ts';
import { toInstant } from '../../../../shared/values/dates.ts';
import { COMMUNITY, GRID, id, NOW, staff, TODAY } from '../../../support/a-town.ts';
import {
  aCircleDesk,
  anElderTold,
  type CircleDesk,
  dispatcher,
  elsewhere,
  gridWorker,
} from '../../../support/circle-desk.ts';

let desk: CircleDesk;
beforeAll(async () => {
  desk = await aCircleDesk();
  await desk.furnish();
});
afterAll(() => desk.dynamo.stop());

const DUE = '2026-12-01T02:00:00.000Z';

/** An elder of their own who has missed two meals running; answers the task. */
async function aTask(n: number): Promise<string> {
  await keepCard(desk, anElderTold({ elderId: id(n) }), NOW);
  await missed(n, 2);
  return derivedId('meals-missed', id(10_000 * n + 2));
}
const missed = (n: number, running: number) =>
  careEvent(
    desk,
    {
      type: 'meal-missed',
      orderId: id(10_000 * n + running),
      elderId: id(n),
      canteenId: 'binhe',
      date: TODAY,
      sitting: 'lunch',
      running,
      at: NOW,
    },
    NOW,
  );
const finish = (taskId: string, finding: NonNullable<CheckTask['finding']>, who = gridWorker, note?: string) =>
  finishCheckTask(desk, who, { taskId, form: { finding, ...(note !== undefined && { note }) }, now: NOW });
/** The same desk while nothing can be put into the table, published or sent. */
function cutOff(): CircleDesk {
  const down = () => Promise.reject(new Error('down'));
  const db = Object.create(desk.db) as CircleDesk['db'];
  db.send = ((command: object, ...rest: unknown[]) =>
    command instanceof PutCommand
      ? down()
      : (desk.db.send as (...all: unknown[]) => unknown).call(desk.db, command, ...rest)) as CircleDesk['db']['send'];
  return { ...desk, db, publish: down, send: down };
}
const pressesFor = (elderId: string) => desk.presses.filter((press) => press.elderId === elderId);

describe('a check task', () => {
  it('stands in the list of its grid, community and district until it is done, the most urgent first', async () => {
    const taskId = await aTask(11);
    for (const area of [GRID, COMMUNITY, COMMUNITY.slice(0, 6), '6201']) {
      const { tasks } = await listCheckTasks(desk, { area, now: NOW });
      expect(tasks.map((task) => task.taskId)).toContain(taskId);
      expect(tasks.map(({ dueAt }) => dueAt)).toEqual(tasks.map(({ dueAt }) => dueAt).sort());
    }
    expect((await listCheckTasks(desk, { area: '620102001002', now: NOW })).tasks).toEqual([]);
    expect(await finish(taskId, 'well')).toMatchObject({ finding: 'well', doneAt: NOW, doneBy: 'grid-worker' });
    const { tasks } = await listCheckTasks(desk, { area: GRID, now: NOW });
    expect(tasks.map((task) => task.taskId)).not.toContain(taskId);
    expect(pressesFor(id(11))).toEqual([]);
  });

  it('is opened anew by the next missed meal, once it is done', async () => {
    const taskId = await aTask(12);
    await finish(taskId, 'well');
    await missed(12, 3);
    expect(await readTask(desk, derivedId('meals-missed', id(120_003)))).toMatchObject({ elderId: id(12) });
  });

  it.each(['needs-help', 'not-found'] as const)('raises an alert when the finding is %s', async (finding) => {
    const n = finding === 'needs-help' ? 13 : 14;
    const taskId = await aTask(n);
    const done = await finish(taskId, finding, staff, '敲门没有人应');
    const [press] = pressesFor(id(n));
    expect(press).toMatchObject({
      source: 'missed-check',
      elderId: id(n),
      area: GRID,
      drill: false,
      by: { personId: staff.personId, role: 'community-staff' },
    });
    expect(press?.note).toContain('敲门没有人应');
    expect(done).toMatchObject({ finding, alertId: press?.pressId });
    expect(await desk.item(pressKey(press?.pressId ?? ''))).toMatchObject({ source: 'missed-check' });
  });

  it('says again what was said, and refuses a second word', async () => {
    const taskId = await aTask(15);
    const first = await finish(taskId, 'well');
    expect(await finish(taskId, 'well')).toEqual({ replayed: first });
    expect(await finish(taskId, 'needs-help')).toEqual({ refused: 'already-done' });
    expect(await finish(taskId, 'well', staff)).toEqual({ refused: 'already-done' });
    expect(pressesFor(id(15))).toEqual([]);
  });

  it('is finished once by two at the same moment', async () => {
    const taskId = await aTask(16);
    const answers = await Promise.all([finish(taskId, 'well'), finish(taskId, 'well', staff)]);
    expect(answers.filter((answer) => 'refused' in answer)).toEqual([{ refused: 'already-done' }]);
  });

  it('is refused to those of another area, and not found where there is none', async () => {
    const taskId = await aTask(17);
    expect(await finish(taskId, 'well', elsewhere)).toEqual({ refused: 'forbidden' });
    expect(await finish(id(404), 'well')).toEqual({ refused: 'not-found' });
  });

  it('stays open when help could not be called for, and says so', async () => {
    const taskId = await aTask(18);
    expect(await finishCheckTask(cutOff(), gridWorker, { taskId, form: { finding: 'needs-help' }, now: NOW })).toEqual({
      refused: 'busy',
    });
    expect(await readTask(desk, taskId)).not.toHaveProperty('doneAt');
    expect(await finish(taskId, 'needs-help')).toMatchObject({ finding: 'needs-help' });
  });
});

describe('a check task whose time is over', () => {
  it('raises an alert, once, and stays open for whoever goes there', async () => {
    const taskId = await aTask(21);
    await checkTaskDue(desk, taskId, DUE);
    await checkTaskDue(desk, taskId, DUE);
    const presses = pressesFor(id(21));
    expect(presses).toMatchObject([{ source: 'missed-check', by: { role: 'system' }, area: GRID, at: DUE }]);
    expect(await readTask(desk, taskId)).toMatchObject({ alertId: presses[0]?.pressId });
    expect((await listCheckTasks(desk, { area: GRID, now: NOW })).tasks.map((task) => task.taskId)).toContain(taskId);
    expect(await finish(taskId, 'well')).toMatchObject({ finding: 'well', alertId: presses[0]?.pressId });
  });

  it('raises the same alert when the timer came back after a try that was cut off', async () => {
    const taskId = await aTask(22);
    await checkTaskDue(desk, taskId, DUE);
    const { alertId, ...unmarked } = (await desk.item(taskKey(taskId))) ?? {};
    await desk.db.send(new PutCommand({ TableName: desk.alertsTable, Item: unmarked }));
    await checkTaskDue(desk, taskId, '2026-12-01T02:00:09.000Z');
    expect(await readTask(desk, taskId)).toMatchObject({ alertId });
    expect(new Set(pressesFor(id(22)).map(({ pressId }) => pressId)).size).toBe(1);
  });

  it('raises nothing when somebody has looked, or the elder has died', async () => {
    const looked = await aTask(23);
    await finish(looked, 'well');
    await checkTaskDue(desk, looked, DUE);
    const died = await aTask(24);
    await keepCard(desk, anElderTold({ elderId: id(24), rev: 2, diedOn: TODAY }), NOW);
    await checkTaskDue(desk, died, DUE);
    expect([...pressesFor(id(23)), ...pressesFor(id(24))]).toEqual([]);
  });

  it('comes again when the alert could not be passed on by any way', async () => {
    const taskId = await aTask(25);
    await expect(checkTaskDue(cutOff(), taskId, DUE)).rejects.toThrow('alert-not-passed-on');
    expect(await readTask(desk, taskId)).not.toHaveProperty('alertId');
    await checkTaskDue(desk, taskId, DUE);
    expect(await readTask(desk, taskId)).toHaveProperty('alertId');
  });
});

describe('a check task whose timer was lost', () => {
  it('is found by the sweep a minute later, and its alert raised once', async () => {
    const taskId = await aTask(27);
    const past = (seconds: number) => toInstant(Date.parse(DUE) + seconds * 1000);
    await raiseOverdueTasks(desk, past(30));
    expect(pressesFor(id(27))).toEqual([]);
    await raiseOverdueTasks(cutOff(), past(61));
    expect(await readTask(desk, taskId)).not.toHaveProperty('alertId');
    await raiseOverdueTasks(desk, past(61));
    await raiseOverdueTasks(desk, past(121));
    expect(pressesFor(id(27))).toHaveLength(1);
    expect(await readTask(desk, taskId)).toHaveProperty('alertId', pressesFor(id(27))[0]?.pressId);
  });
});

describe('a drill that staff start', () => {
  it('is an alert marked as drill, the same for the same id', async () => {
    await keepCard(desk, anElderTold({ elderId: id(31) }), NOW);
    const start = () => startDrill(desk, dispatcher, { elderId: id(31), alertId: id(310), now: NOW });
    const first = await start();
    expect(first).toMatchObject({ alertId: id(310), stored: true, published: true });
    expect(pressesFor(id(31))).toMatchObject([{ pressId: id(310), drill: true, source: 'staff-call' }]);
    expect(await startDrill(desk, dispatcher, { elderId: id(31), alertId: id(310), now: DUE })).toMatchObject({
      replayed: { alertId: id(310) },
    });
  });

  it('is refused for the dead, for strangers, and where nobody is known', async () => {
    await keepCard(desk, anElderTold({ elderId: id(32), diedOn: TODAY }), NOW);
    const start = (who: typeof staff, elderId: string) =>
      startDrill(desk, who, { elderId, alertId: id(320), now: NOW });
    expect(await start(staff, id(32))).toEqual({ refused: 'elder-died' });
    expect(await start(elsewhere, id(1))).toEqual({ refused: 'forbidden' });
    expect(await start(staff, id(404))).toEqual({ refused: 'not-found' });
  });
});
