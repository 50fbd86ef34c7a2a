import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTimeline } from '../../../../functions/alerts/answer/alert-store.ts';
import {
  listHealthNotesOpenings,
  openHealthNotes,
  reviewHealthNotesOpening,
} from '../../../../functions/alerts/answer/health-notes.ts';
import { acknowledgeAlert, resolveAlert } from '../../../../functions/alerts/answer/steps.ts';
import { healthNotesKey } from '../../../../functions/alerts/keys.ts';
import { encodeCursor } from '../../../../functions/platform/cursor.ts';
import type { Who } from '../../../../functions/platform/who.ts';
import { HealthNotesOpening } from '../../../../shared/contracts/alerts.ts';
import { isRefusal } from '../../../../shared/contracts/refusal.ts';
import { done, GRID, id } from '../../../support/a-town.ts';
import { type AnsweringDesk, anAnsweringDesk, newId, PEOPLE, plus, who } from '../../../support/answering-desk.ts';

let desk: AnsweringDesk;
beforeAll(async () => {
  desk = await anAnsweringDesk();
  await desk.put({
    ...healthNotesKey(id(1)),
    elderId: id(1),
    conditions: '冠心病',
    medicines: '硝酸甘油',
    bloodType: 'A',
    writtenAt: plus(-1000),
    writtenBy: PEOPLE.daughter.personId,
  });
});
afterAll(() => desk.dynamo.stop());

const refusedWith = async (answer: Promise<unknown>) => {
  const value = await answer;
  return isRefusal(value) ? value.refused : 'accepted';
};
const open = (by: Who, alertId: string, seconds = 30) =>
  openHealthNotes(desk, by, { alertId, reason: '昏迷，120 询问用药', now: plus(seconds) });
const listed = async (area: string, cursor?: string) => {
  const page = done(await listHealthNotesOpenings(desk, { area, cursor }));
  return { ...page, openings: page.openings.map((each) => HealthNotesOpening.parse(each)) };
};
const everyOpening = async (area: string) => {
  const openings: HealthNotesOpening[] = [];
  let cursor: string | undefined;
  do {
    const page = await listed(area, cursor);
    openings.push(...page.openings);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return openings;
};
const review = (by: Who, of: HealthNotesOpening, finding: 'justified' | 'not-justified' = 'justified', note = '属实') =>
  reviewHealthNotesOpening(desk, by, {
    alertId: of.alertId,
    openingId: of.openingId,
    form: { finding, note },
    now: plus(90_000),
  });
let place = 300;
const newGrid = () => `620102001${String(++place).padStart(3, '0')}001`;
/** An opening in a place of its own. */
const anOpening = async (by: Who = who('dispatcher')) => {
  const area = newGrid();
  const { alertId } = await desk.raise({ area });
  done(await open(by, alertId));
  const [opening] = await everyOpening(area);
  if (!opening) throw new Error('nothing was opened');
  return { area, alertId, opening };
};

describe('breaking the glass', () => {
  it('shows what helpers must know, and nothing of who wrote it', async () => {
    const { alertId } = await desk.raise();
    expect(await open(who('gridWorker'), alertId)).toEqual({
      notes: { conditions: '冠心病', medicines: '硝酸甘油', bloodType: 'A' },
    });
  });

  it('stands on the timeline and in the list for review, with who, when and why', async () => {
    const { area, alertId, opening } = await anOpening();
    expect((await readTimeline(desk, alertId)).at(-1)).toMatchObject({
      kind: 'health-notes-opened',
      note: '昏迷，120 询问用药',
      by: { name: '李调度' },
    });
    expect(opening).toMatchObject({
      alertId,
      elderId: id(1),
      elderName: '王建国',
      at: plus(30),
      by: { name: '李调度', role: 'dispatcher' },
      reason: '昏迷，120 询问用药',
    });
    expect(await everyOpening(area)).toHaveLength(1);
  });

  it('is a next step of the owner', async () => {
    const { alertId } = await desk.raise();
    done(await acknowledgeAlert(desk, who('dispatcher'), { alertId, stepId: newId(), now: plus(20) }));
    desk.timers.length = 0;
    done(await open(who('dispatcher'), alertId, 200));
    expect(desk.timers).toMatchObject([{ type: 'reopen', dueAt: plus(500) }]);
  });

  it('ends with the alert', async () => {
    const { alertId } = await desk.raise();
    const form = { alertId, stepId: newId(), outcome: 'hospital', note: '送医', now: plus(40) } as const;
    done(await resolveAlert(desk, who('dispatcher'), form));
    expect(await refusedWith(open(who('dispatcher'), alertId, 50))).toBe('alert-closed');
  });

  it('is for those on duty for it', async () => {
    const { alertId } = await desk.raise();
    for (const stranger of ['elsewhere', 'otherGrid', 'daughter', 'stranger'] as const)
      expect(await refusedWith(open(who(stranger), alertId))).toBe('forbidden');
    expect(await refusedWith(open(who('dispatcher'), newId()))).toBe('not-found');
  });

  it('shows nothing where no notes were written, and still stands for review', async () => {
    const area = newGrid();
    const { alertId } = await desk.raise({ area, elderId: id(404) });
    expect(await open(who('dispatcher'), alertId)).toEqual({ notes: null });
    expect(await everyOpening(area)).toHaveLength(1);
  });

  it('of nobody known opens nothing, and writes nothing down', async () => {
    const area = newGrid();
    const { alertId } = await desk.raise({ area, elderId: undefined, name: undefined });
    expect(await open(who('dispatcher'), alertId)).toEqual({ notes: null });
    expect(await everyOpening(area)).toEqual([]);
  });

  it('shows nothing when the opening cannot be written down', async () => {
    const { alertId } = await desk.raise();
    const send = async (command: { constructor: { name: string } }) => {
      if (command.constructor.name === 'TransactWriteCommand') throw new Error('table gone');
      return desk.db.send(command as never);
    };
    const broken = { ...desk, db: { send } as unknown as AnsweringDesk['db'] };
    await expect(
      openHealthNotes(broken, who('dispatcher'), { alertId, reason: '昏迷', now: plus(30) }),
    ).rejects.toThrow('table gone');
  });
});

describe('reviewing', () => {
  it('puts an opening behind those that wait', async () => {
    const community = newGrid().slice(0, 12);
    const raised = [];
    for (const n of [1, 2, 3]) {
      const { alertId } = await desk.raise({ area: `${community}00${n}` });
      done(await open(who('dispatcher'), alertId, n));
      raised.push(alertId);
    }
    const [first] = await everyOpening(community);
    if (!first) throw new Error('nothing was opened');
    const reviewed = done(await review(who('district'), first, 'not-justified', '没有必要'));
    expect(reviewed.review).toMatchObject({ finding: 'not-justified', note: '没有必要', by: { name: '郑主任' } });
    const list = await everyOpening(community);
    expect(list.map(({ alertId }) => alertId)).toEqual([raised[1], raised[2], raised[0]]);
    expect(list.at(-1)?.review?.finding).toBe('not-justified');
  });

  it('is done once: the same again gets the first answer, another one is refused', async () => {
    const { opening } = await anOpening();
    const first = done(await review(who('district'), opening));
    expect(await review(who('district'), opening)).toEqual({ replayed: first });
    expect(await refusedWith(review(who('district'), opening, 'not-justified'))).toBe('already-reviewed');
  });

  it('by many at once is done once', async () => {
    const { opening } = await anOpening();
    const crowd = Array.from({ length: 20 }, (_, n): Who => ({ ...who('district'), personId: `reviewer-${n}` }));
    const answers = await Promise.all(crowd.map((each) => refusedWith(review(each, opening))));
    expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'already-reviewed')).toHaveLength(19);
  });

  it('is not done by who opened, nor from another place', async () => {
    const { opening } = await anOpening(who('district'));
    expect(await refusedWith(review(who('district'), opening))).toBe('forbidden');
    const away: Who = { personId: id(77), role: 'district-staff', area: '620103' };
    expect(await refusedWith(review(away, opening))).toBe('forbidden');
  });

  it('of what nobody opened is not found', async () => {
    const { opening } = await anOpening();
    expect(await refusedWith(review(who('district'), { ...opening, openingId: newId() }))).toBe('not-found');
  });
});

describe('the list for review', () => {
  it('refuses a cursor that leads into another place', async () => {
    const key = { pk: 'ALERT#x', sk: 'OPENING#x', gsi1pk: 'OPENINGS#6201#OPEN', gsi1sk: '620103#x' };
    const cursor = encodeCursor({ reviewed: false, key });
    expect(await refusedWith(listHealthNotesOpenings(desk, { area: GRID.slice(0, 6), cursor }))).toBe(
      'invalid-request',
    );
    const own = encodeCursor({ reviewed: true, key: { ...key, gsi1sk: `${GRID}#x` } });
    expect(await refusedWith(listHealthNotesOpenings(desk, { area: GRID.slice(0, 6), cursor: own }))).toBe(
      'invalid-request',
    );
  });

  it('comes page by page, each once', async () => {
    const area = newGrid();
    const { alertId } = await desk.raise({ area });
    for (let n = 0; n < 60; n++) done(await open(who('dispatcher'), alertId, n));
    const list = await everyOpening(area);
    expect(list).toHaveLength(60);
    expect(new Set(list.map(({ openingId }) => openingId)).size).toBe(60);
    const first = await listed(area);
    expect(first.openings).toHaveLength(50);
  });
});
