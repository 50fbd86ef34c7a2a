import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertBoard, BOARD_PAGE } from '../../../../functions/alerts/answer/board.ts';
import { listElderAlerts } from '../../../../functions/alerts/answer/elder-alerts.ts';
import { alertTimelineCsv, getAlert } from '../../../../functions/alerts/answer/get-alert.ts';
import { peopleOnDuty } from '../../../../functions/alerts/answer/hand-over.ts';
import { myInbox, readInboxEntry } from '../../../../functions/alerts/answer/inbox.ts';
import {
  alertKey,
  deliveryKey,
  evidenceKey,
  inboxEntryId,
  inboxKey,
  openIndex,
  pressKey,
  stepKey,
} from '../../../../functions/alerts/keys.ts';
import { encodeCursor } from '../../../../functions/platform/cursor.ts';
import type { Who } from '../../../../functions/platform/who.ts';
import { AlertBoard, AlertDetail } from '../../../../shared/contracts/alerts.ts';
import { isRefusal } from '../../../../shared/contracts/refusal.ts';
import { COMMUNITY, done, GRID, id, NOW } from '../../../support/a-town.ts';
import {
  type AnsweringDesk,
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

const refusedWith = async (answer: Promise<unknown>) => {
  const value = await answer;
  return isRefusal(value) ? value.refused : 'accepted';
};
/** A place of its own for each test of the board. */
let place = 100;
const newGrid = () => `620102001${String(++place).padStart(3, '0')}001`;
const boardOf = async (by: Who, area: string, cursor?: string) =>
  AlertBoard.parse(JSON.parse(JSON.stringify(await alertBoard(desk, by, { area, cursor, now: plus(60) }))));
const idsOf = ({ alerts }: AlertBoard) => alerts.map(({ alertId }) => alertId);

describe('the board', () => {
  it('shows what nobody has answered first, by who has waited longest; then what was called off; then what somebody has', async () => {
    const area = newGrid();
    const owned = {
      state: 'acknowledged' as const,
      owner: { role: 'dispatcher' as const, personId: id(8001), name: '李调度' },
      waitingSince: undefined,
      answeredAt: plus(5),
    };
    const late = await desk.raise({ area, raisedAt: plus(40), ...owned });
    const fresh = await desk.raise({ area, raisedAt: plus(30), waitingSince: plus(30) });
    const off = await desk.raise({ area, raisedAt: plus(-900), calledOffAt: plus(-890), dueAt: undefined });
    const strange = await desk.raise({ area, raisedAt: plus(-800), waitingSince: plus(-800), unverified: true });
    const drill = await desk.raise({ area, raisedAt: plus(-700), waitingSince: plus(-700), drill: true });
    const old = await desk.raise({ area, raisedAt: plus(-600), waitingSince: plus(-600) });
    // Raised long ago, and open again since a moment: it has waited for that moment.
    const reopened = await desk.raise({ area, raisedAt: plus(-5000), waitingSince: plus(10) });
    const answered = await desk.raise({ area, raisedAt: plus(20), ...owned });
    const board = await boardOf(who('dispatcher'), area);
    const order = [old, reopened, fresh, drill, strange, off, answered, late];
    expect(idsOf(board)).toEqual(order.map(({ alertId }) => alertId));
    expect(board).toMatchObject({ at: plus(60), open: 8, waiting: 5, unverified: 1 });
  });

  it('shows everything below an area and nothing beside it', async () => {
    const area = newGrid();
    const here = await desk.raise({ area });
    const atTheCommunity = await desk.raise({ area: area.slice(0, 12), deviceId: 'key-1', elderId: undefined });
    const next = await desk.raise({ area: newGrid() });
    const ofCommunity = idsOf(await boardOf(who('dispatcher'), area.slice(0, 12)));
    expect(ofCommunity.sort()).toEqual([here.alertId, atTheCommunity.alertId].sort());
    const ofDistrict = idsOf(await boardOf(who('district'), area.slice(0, 6)));
    expect(ofDistrict).toEqual(expect.arrayContaining([here.alertId, atTheCommunity.alertId, next.alertId]));
  });

  it('shows dispatchers, and nobody else, what is known of no place', async () => {
    const nowhere = await desk.raise({ area: '', elderId: undefined, name: undefined, family: [] });
    expect(idsOf(await boardOf(who('dispatcher'), newGrid()))).toContain(nowhere.alertId);
    expect(idsOf(await boardOf(who('second'), newGrid()))).toContain(nowhere.alertId);
    expect(idsOf(await boardOf(who('district'), newGrid()))).not.toContain(nowhere.alertId);
  });

  it('gives phone numbers whole, for here they are dialled, and marks drills', async () => {
    const area = newGrid();
    const { alertId } = await desk.raise({ area, drill: true });
    const { alerts } = await boardOf(who('district'), area);
    expect(alerts).toMatchObject([
      { alertId, drill: true, phone: '19900001111', age: 82, contacts: [{ phone: '13800138000', relation: '女儿' }] },
    ]);
  });

  it('leaves out the stage’s tests of itself, and what is closed', async () => {
    const area = newGrid();
    await desk.raise({ area, canary: true });
    await desk.raise({ area, state: 'resolved', closedAt: plus(10), waitingSince: undefined, dueAt: undefined });
    expect(idsOf(await boardOf(who('district'), area))).toEqual([]);
  });

  it('shows each of many alerts once, page by page, and who has waited longest on the first', async () => {
    const area = newGrid();
    const note = '床边按键'.repeat(40);
    const raised = await Promise.all(
      Array.from({ length: 700 }, (_, n) =>
        desk.raise({ area, raisedAt: plus(n), waitingSince: plus(n), note, contacts: manyContacts }),
      ),
    );
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await boardOf(who('district'), area, cursor);
      expect(page).toMatchObject({ open: 700, waiting: 700 });
      ids.push(...idsOf(page));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(ids).toEqual(raised.map(({ alertId }) => alertId));
  });

  it('shows the one that has waited longest first, whatever a flood puts beside it', async () => {
    const area = newGrid();
    const real = await desk.raise({ area, raisedAt: plus(-900), waitingSince: plus(-900) });
    for (let n = 0; n < BOARD_PAGE + 20; n++)
      await desk.raise({ area, raisedAt: plus(n % 50), waitingSince: plus(n % 50), unverified: n % 2 === 0 });
    const board = await boardOf(who('district'), area);
    expect(idsOf(board)[0]).toBe(real.alertId);
    expect(board.alerts).toHaveLength(BOARD_PAGE);
    expect(board.open).toBe(BOARD_PAGE + 21);
    const verified = board.alerts.map(({ unverified }) => !unverified);
    expect(verified.lastIndexOf(true)).toBeLessThan(verified.indexOf(false));
  });

  it('is not made by hand from a cursor, and goes on without an item that nobody can read', async () => {
    const area = newGrid();
    const { alertId } = await desk.raise({ area });
    await desk.put({ ...alertKey(id(4711)), ...openIndex(area, NOW, id(4711)), alertId: id(4711), state: 'on fire' });
    expect(idsOf(await boardOf(who('district'), area))).toEqual([alertId]);
    for (const cursor of ['bm9uZQ', 'eyJzayI6IiJ9', 'AAAA'])
      expect(await refusedWith(alertBoard(desk, who('district'), { area, cursor, now: NOW }))).toBe('invalid-request');
  });
});
/** Enough of them that 700 alerts are more than one page of a query (1 MB). */
const manyContacts = Array.from({ length: 12 }, (_, n) => ({
  name: `邻居${n}`,
  callee: 'neighbours',
  phone: `138001380${String(n).padStart(2, '0')}`,
}));

describe('an alert in detail', () => {
  const told = { notice: 'wave-1', channel: 'sms', name: '王小梅', callee: 'family', state: 'sent', attempts: 1 };
  const detailOf = async (by: Who, alertId: string) =>
    AlertDetail.parse(JSON.parse(JSON.stringify(done(await getAlert(desk, by, { alertId, now: plus(30) })))));
  const raiseWhole = async (over: Parameters<AnsweringDesk['raise']>[0] = {}) => {
    const alert = await desk.raise(over);
    const { alertId } = alert;
    await desk.put({ ...deliveryKey(alertId, 'wave-1', 'sms', 'd'), ...told, to: 'd', phone: '13800138000', at: NOW });
    for (const n of [2, 1])
      await desk.put({
        ...evidenceKey(alertId, plus(n), `press-${n}`),
        pressId: `press-${n}`,
        at: plus(n),
        source: 'key',
        by: n === 1 ? alert.raisedBy : { role: 'device' },
        unreadable: '{"position":"bed"}',
      });
    return alert;
  };

  it('tells the desk the timeline, who was called (masked), and the proof of each press', async () => {
    const { alertId } = await raiseWhole();
    const detail = await detailOf(who('dispatcher'), alertId);
    expect(detail.timeline).toMatchObject([{ kind: 'raised', at: NOW }]);
    expect(detail.deliveries).toEqual([
      {
        notice: 'wave-1',
        channel: 'sms',
        to: 'd',
        name: '王小梅',
        callee: 'family',
        phone: '138****8000',
        state: 'sent',
        at: NOW,
      },
    ]);
    expect(detail.evidence.map(({ pressId }) => pressId)).toEqual(['press-1', 'press-2']);
    expect(detail.alert.phone).toBe('19900001111');
  });

  it('shows the elder who comes, and no numbers to call', async () => {
    const { alertId } = await raiseWhole();
    const { alert } = await detailOf(elderSelf, alertId);
    expect(alert).toMatchObject({ contacts: [], phone: '199****1111' });
  });

  it('masks what it showed once the alert is closed', async () => {
    const { alertId } = await raiseWhole({ state: 'resolved', closedAt: plus(20), waitingSince: undefined });
    const { alert } = await detailOf(who('dispatcher'), alertId);
    expect(alert).toMatchObject({ contacts: [], phone: '199****1111' });
  });

  it('tells somebody who raised it for an elder who is not theirs what becomes of it, and nothing of the elder', async () => {
    const { alertId } = await raiseWhole({
      unverified: true,
      raisedBy: { personId: PEOPLE.stranger.personId, role: 'family', name: '无关' },
    });
    await desk.put({
      ...stepKey(alertId, plus(9), 'n'),
      stepId: 'n',
      at: plus(9),
      kind: 'note',
      by: { role: 'dispatcher' },
      note: '老人心脏病',
    });
    const detail = await detailOf(who('stranger'), alertId);
    expect(detail.alert).toMatchObject({ state: 'calling', area: '', contacts: [], unverified: true });
    const text = JSON.stringify(detail);
    for (const secret of ['王建国', '19900001111', '滨河路', GRID, '心脏病', '13800138000', id(1), 'press-2'])
      expect(text).not.toContain(secret);
    expect(detail.timeline.map(({ kind }) => kind)).toEqual(['raised', 'note']);
    expect(detail.evidence.map(({ pressId }) => pressId)).toEqual(['press-1']);
  });

  it('says until when it can be called off to who can', async () => {
    const { alertId } = await desk.raise();
    const at = (by: Who, seconds: number) => getAlert(desk, by, { alertId, now: plus(seconds) });
    expect(done(await at(elderSelf, 10)).alert.callOffUntil).toBe(plus(15));
    expect(done(await at(elderSelf, 16)).alert.callOffUntil).toBeUndefined();
    expect(done(await at(who('daughter'), 10)).alert.callOffUntil).toBeUndefined();
  });

  it('keeps the newest hundred of a flood of presses', async () => {
    const { alertId } = await desk.raise({ presses: 130 });
    for (let n = 0; n < 130; n++)
      await desk.put({
        ...evidenceKey(alertId, plus(n), `flood-${n}`),
        pressId: `flood-${n}`,
        at: plus(n),
        source: 'key',
        by: { role: 'device' },
      });
    const { evidence } = await detailOf(who('dispatcher'), alertId);
    expect(evidence).toHaveLength(100);
    expect([evidence.at(0)?.pressId, evidence.at(-1)?.pressId]).toEqual(['flood-30', 'flood-129']);
  });

  it.each([
    ['elsewhere', 'forbidden'],
    ['stranger', 'forbidden'],
    ['otherGrid', 'forbidden'],
    ['daughter', 'accepted'],
    ['gridWorker', 'accepted'],
  ] as const)('is for those who have to do with it: %s is %s', async (name, outcome) => {
    const { alertId } = await desk.raise();
    expect(await refusedWith(getAlert(desk, who(name), { alertId, now: NOW }))).toBe(outcome);
  });

  it('is for those who are family now: not for one who was unbound since, yet for one who was bound since', async () => {
    const { alertId } = await desk.raise({ family: [PEOPLE.stranger.personId] });
    expect(await refusedWith(getAlert(desk, who('stranger'), { alertId, now: NOW }))).toBe('forbidden');
    expect(await refusedWith(getAlert(desk, who('daughter'), { alertId, now: NOW }))).toBe('accepted');
  });

  it('of another elder is not shown to an elder', async () => {
    const { alertId } = await desk.raise();
    const other: Who = { personId: id(7002), role: 'elder', elderId: id(2) };
    expect(await refusedWith(getAlert(desk, other, { alertId, now: NOW }))).toBe('forbidden');
  });
});

describe('a press that is no alert yet', () => {
  const by = { personId: PEOPLE.daughter.personId, role: 'family' as const };
  const press = (pressId: string, more: object = {}) =>
    desk.put({ ...pressKey(pressId), pressId, at: NOW, source: 'app', by, drill: false, ...more });

  it('is shown to who pressed as calling, and nobody called so far', async () => {
    const pressId = newId();
    await press(pressId, { note: '我妈摔倒了' });
    const detail = AlertDetail.parse(
      JSON.parse(JSON.stringify(done(await getAlert(desk, who('daughter'), { alertId: pressId, now: plus(1) })))),
    );
    expect(detail.alert).toMatchObject({ alertId: pressId, state: 'calling', wave: 0, note: '我妈摔倒了', rev: 0 });
    expect(detail.evidence).toMatchObject([{ pressId, note: '我妈摔倒了' }]);
  });

  it('is shown to nobody else, and an id that nobody pressed is not found', async () => {
    const pressId = newId();
    await press(pressId);
    expect(await refusedWith(getAlert(desk, who('son'), { alertId: pressId, now: NOW }))).toBe('forbidden');
    expect(await refusedWith(getAlert(desk, who('son'), { alertId: newId(), now: NOW }))).toBe('not-found');
  });

  it('that joined an alert is that alert', async () => {
    const { alertId } = await desk.raise();
    const pressId = newId();
    await press(pressId, { alertId });
    expect(done(await getAlert(desk, who('daughter'), { alertId: pressId, now: NOW })).alert.alertId).toBe(alertId);
  });
});

describe('the timeline as a table', () => {
  it('has a line for each step in China’s time, and runs no formula', async () => {
    const { alertId } = await desk.raise();
    const step = { kind: 'note', by: { role: 'dispatcher', name: '=HYPERLINK("x")' }, note: '+86 已打电话' };
    await desk.put({ ...stepKey(alertId, plus(61), 'b'), stepId: 'b', at: plus(61), ...step });
    const csv = done(await alertTimelineCsv(desk, who('dispatcher'), alertId));
    expect(csv.startsWith('\ufeff')).toBe(true);
    const [header, raised, note] = parse(csv, { bom: true }) as string[][];
    expect(header?.slice(0, 3)).toEqual(['日期 date', '时间 time', '步骤 step']);
    expect(raised?.slice(0, 3)).toEqual(['2026-12-01', '08:00:00', 'raised']);
    expect(note?.slice(1)).toEqual(['08:01:01', 'note', '', `'=HYPERLINK("x")`, 'dispatcher', '', "'+86 已打电话"]);
  });

  it('is for those on duty for it', async () => {
    const { alertId } = await desk.raise();
    expect(await refusedWith(alertTimelineCsv(desk, who('elsewhere'), alertId))).toBe('forbidden');
    expect(await refusedWith(alertTimelineCsv(desk, who('dispatcher'), newId()))).toBe('not-found');
  });
});

describe('the alerts of an elder', () => {
  it('come newest first, each once, page by page', async () => {
    const raised = [];
    for (let n = 0; n < 45; n++) raised.push(await desk.raise({ raisedAt: plus(10_000 + n), elderId: id(1) }));
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = done(await listElderAlerts(desk, who('daughter'), { elderId: id(1), cursor, now: plus(20_000) }));
      seen.push(...page.alerts.map(({ alertId }) => alertId));
      cursor = page.cursor;
      pages += 1;
    } while (cursor !== undefined);
    expect(seen.slice(0, 45)).toEqual(raised.map(({ alertId }) => alertId).reverse());
    expect(new Set(seen).size).toBe(seen.length);
    expect(pages).toBeGreaterThan(2);
  });

  it('are for the elder, the family and their place', async () => {
    const list = (by: Who, elderId = id(1)) => refusedWith(listElderAlerts(desk, by, { elderId, now: NOW }));
    expect(await list(elderSelf)).toBe('accepted');
    expect(await list(who('duty'))).toBe('accepted');
    expect(await list(who('stranger'))).toBe('forbidden');
    expect(await list(who('elsewhere'))).toBe('forbidden');
    expect(await list(who('duty'), newId())).toBe('not-found');
  });

  it('refuse a cursor that this list did not make', async () => {
    const cursor = encodeCursor({ pk: 'HISTORY#other', sk: 'x' });
    expect(await refusedWith(listElderAlerts(desk, elderSelf, { elderId: id(1), cursor, now: NOW }))).toBe(
      'invalid-request',
    );
  });
});

describe('who is on duty', () => {
  const people = async (area: string) => (await peopleOnDuty(desk, area)).people.map(({ name }) => name);
  it('is whoever’s area holds it, the nearest first; then those inside; no cooks, nobody from elsewhere', async () => {
    expect(await people(GRID)).toEqual(['孙网格', '吴社区', '赵调度', '郑主任', '李调度']);
    expect(await people(COMMUNITY)).toEqual(['吴社区', '赵调度', '郑主任', '李调度', '孙网格', '周网格']);
  });
});

describe('the inbox', () => {
  const fill = async (personId: string, count: number) => {
    for (let n = 0; n < count; n++) {
      const entryId = inboxEntryId(plus(n), `of-${n}`);
      await desk.put({
        ...inboxKey(personId, entryId),
        entryId,
        at: plus(n),
        kind: 'wave',
        text: { zh: `第${n}条`, en: `${n}` },
        drill: false,
        ttl: 1,
      });
    }
  };

  it('comes newest first, page by page, and counts what is unread', async () => {
    await fill(PEOPLE.son.personId, 40);
    const first = done(await myInbox(desk, who('son'), { now: plus(99) }));
    expect(first).toMatchObject({ at: plus(99), unread: 30 });
    expect(first.entries[0]).toMatchObject({ text: { zh: '第39条' }, at: plus(39) });
    const second = done(await myInbox(desk, who('son'), { cursor: first.cursor, now: plus(99) }));
    expect(second.entries.map(({ text }) => text.en)).toEqual(['9', '8', '7', '6', '5', '4', '3', '2', '1', '0']);
    expect(second.cursor).toBeUndefined();
  });

  it('remembers when a line was first read', async () => {
    await fill(PEOPLE.daughter.personId, 2);
    const { entries } = done(await myInbox(desk, who('daughter'), { now: plus(99) }));
    const entryId = entries[0]?.entryId ?? '';
    expect(await readInboxEntry(desk, who('daughter'), { entryId, now: plus(100) })).toEqual({});
    expect(await readInboxEntry(desk, who('daughter'), { entryId, now: plus(200) })).toEqual({});
    const after = done(await myInbox(desk, who('daughter'), { now: plus(201) }));
    expect(after.unread).toBe(1);
    expect(after.entries[0]?.readAt).toBe(plus(100));
  });

  it('is one’s own: a line of somebody else, or one that is gone, is not touched and none is made', async () => {
    const entryId = inboxEntryId(plus(1), 'of-1');
    expect(await readInboxEntry(desk, who('cook'), { entryId, now: NOW })).toEqual({});
    expect(done(await myInbox(desk, who('cook'), { now: NOW })).entries).toEqual([]);
    expect(done(await myInbox(desk, who('daughter'), { now: NOW })).unread).toBe(1);
  });
});
