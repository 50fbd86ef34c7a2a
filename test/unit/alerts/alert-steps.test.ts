import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AT_THE_DOOR_SECONDS,
  acknowledge,
  arrive,
  callOff,
  callOffUntil,
  close,
  handOver,
  isAnswered,
  isClosed,
  note,
  reopen,
  resume,
} from '../../../functions/alerts/answer/alert-steps.ts';
import type { AlertRecord } from '../../../functions/alerts/records.ts';
import type { Actor } from '../../../shared/contracts/alerts.ts';
import { isRefusal, type Refusal } from '../../../shared/contracts/refusal.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { NOW } from '../../support/a-town.ts';
import { anAlert, PEOPLE, plus } from '../../support/answering-desk.ts';

const actor = (name: keyof typeof PEOPLE): Actor => {
  const { personId, name: called, role } = PEOPLE[name];
  return { personId, name: called, role };
};
const [dispatcher, second, grid, daughter, son] = (
  ['dispatcher', 'second', 'gridWorker', 'daughter', 'son'] as const
).map(actor) as [Actor, Actor, Actor, Actor, Actor];

/** The alert of an answer that must not be a refusal. */
function stands(answer: AlertRecord | Refusal): AlertRecord {
  if (isRefusal(answer)) throw new Error(`refused: ${answer.refused}`);
  return answer;
}
const refusedWith = (answer: AlertRecord | Refusal) => (isRefusal(answer) ? answer.refused : 'accepted');
const resolved = { state: 'resolved', outcome: 'helped-at-home' } as const;

describe('acknowledging', () => {
  it('makes one person the owner, ends the waiting, and sets the next step due', () => {
    expect(stands(acknowledge(anAlert(), dispatcher, plus(20)))).toMatchObject({
      state: 'acknowledged',
      owner: dispatcher,
      answeredAt: plus(20),
      dueAt: plus(320),
      rev: 2,
    });
    expect(stands(acknowledge(anAlert(), dispatcher, plus(20))).waitingSince).toBeUndefined();
  });

  it('names the owner to whoever comes second', () => {
    const owned = stands(acknowledge(anAlert(), dispatcher, plus(20)));
    const answer = acknowledge(owned, second, plus(21));
    expect(answer).toMatchObject({
      refused: 'alert-owned',
      details: [{ path: 'owner', message: '李调度', personId: dispatcher.personId }],
    });
  });

  it('changes nothing when the owner does it again', () => {
    const owned = stands(acknowledge(anAlert(), dispatcher, plus(20)));
    expect(acknowledge(owned, dispatcher, plus(40))).toBe(owned);
  });

  it('lets those on duty take over from the family, and the family from nobody', () => {
    const byDaughter = stands(acknowledge(anAlert(), daughter, plus(10)));
    expect(refusedWith(acknowledge(byDaughter, son, plus(11)))).toBe('alert-owned');
    const taken = stands(acknowledge(byDaughter, grid, plus(30)));
    expect(taken).toMatchObject({ owner: grid, answeredAt: plus(10), dueAt: plus(330) });
    expect(refusedWith(acknowledge(taken, daughter, plus(31)))).toBe('alert-owned');
    expect(refusedWith(acknowledge(taken, dispatcher, plus(31)))).toBe('alert-owned');
  });

  it('keeps that somebody is at the door when it is taken over', () => {
    const there = stands(arrive(anAlert(), daughter, plus(10)));
    expect(stands(acknowledge(there, dispatcher, plus(20)))).toMatchObject({ state: 'arrived', owner: dispatcher });
  });
});

describe('the next step', () => {
  it('is due anew when the owner writes, and not when anybody else does', () => {
    const owned = stands(acknowledge(anAlert(), dispatcher, plus(20)));
    expect(stands(note(owned, dispatcher, plus(100))).dueAt).toBe(plus(400));
    expect(stands(note(owned, daughter, plus(100))).dueAt).toBe(owned.dueAt);
  });

  it('of nobody is due while nobody has answered: a note does not stop the ladder', () => {
    const noted = stands(note(anAlert(), daughter, plus(5)));
    expect(noted).toMatchObject({ state: 'calling', dueAt: plus(60), waitingSince: NOW, rev: 2 });
  });

  it('opens the alert again when it does not come, not a moment before', () => {
    const owned = stands(acknowledge(anAlert(), dispatcher, plus(20)));
    expect(reopen(owned, plus(319))).toBe(owned);
    const open = reopen(owned, plus(320));
    expect(open).toMatchObject({
      state: 'calling',
      waitingSince: plus(320),
      dueAt: plus(380),
      answeredAt: plus(20),
    });
    expect(open.owner).toBeUndefined();
  });

  it('is longer at the door, and comes to an end there too', () => {
    const there = stands(arrive(stands(acknowledge(anAlert(), dispatcher, plus(20))), grid, plus(200)));
    expect(there).toMatchObject({ state: 'arrived', owner: dispatcher, dueAt: plus(200 + AT_THE_DOOR_SECONDS) });
    expect(reopen(there, plus(200 + AT_THE_DOOR_SECONDS)).state).toBe('calling');
  });

  it('never opens what is closed', () => {
    const closed = stands(close(anAlert(), dispatcher, plus(20), resolved));
    expect(reopen(closed, plus(9999))).toBe(closed);
  });
});

describe('handing over', () => {
  const owned = stands(acknowledge(anAlert(), dispatcher, plus(20)));
  it('makes the other the owner, who must take a next step', () => {
    expect(stands(handOver(owned, dispatcher, grid, plus(100)))).toMatchObject({
      state: 'acknowledged',
      owner: grid,
      answeredAt: plus(20),
      dueAt: plus(400),
    });
  });
  it('is for the owner alone', () => {
    expect(refusedWith(handOver(owned, second, grid, plus(100)))).toBe('alert-owned');
    expect(refusedWith(handOver(anAlert(), dispatcher, grid, plus(100)))).toBe('alert-not-acknowledged');
  });
  it('to oneself changes nothing', () => {
    expect(handOver(owned, dispatcher, dispatcher, plus(100))).toBe(owned);
  });
});

describe('arriving', () => {
  it('makes whoever is at the door the owner where nobody was', () => {
    expect(stands(arrive(anAlert(), grid, plus(50)))).toMatchObject({
      state: 'arrived',
      owner: grid,
      answeredAt: plus(50),
      dueAt: plus(50 + AT_THE_DOOR_SECONDS),
    });
  });
});

describe('calling off', () => {
  it('is possible to the last second of the policy, and not after it', () => {
    expect(callOffUntil(anAlert(), NOW)).toBe(plus(15));
    expect(refusedWith(callOff(anAlert(), plus(15)))).toBe('accepted');
    expect(refusedWith(callOff(anAlert(), toInstant(Date.parse(plus(15)) + 1)))).toBe('too-late-to-call-off');
  });
  it('stops the ladder and leaves the alert waiting on the board', () => {
    const off = stands(callOff(anAlert(), plus(5)));
    expect(off).toMatchObject({ state: 'calling', calledOffAt: plus(5), waitingSince: NOW });
    expect(off.dueAt).toBeUndefined();
  });
  it('is too late once somebody has answered, even when it opened again', () => {
    const owned = stands(
      acknowledge(anAlert({ plan: { ...anAlert().plan, callOffSeconds: 900 } }), dispatcher, plus(1)),
    );
    expect(refusedWith(callOff(owned, plus(2)))).toBe('too-late-to-call-off');
    expect(refusedWith(callOff(reopen(owned, plus(301)), plus(302)))).toBe('too-late-to-call-off');
  });
  it('is over when the desk took it and took no next step: it calls and climbs like any other', () => {
    const taken = stands(acknowledge(stands(callOff(anAlert(), plus(5))), dispatcher, plus(10)));
    expect(taken.calledOffAt).toBe(plus(5));
    const open = reopen(taken, plus(310));
    expect(open).toMatchObject({ state: 'calling', waitingSince: plus(310), dueAt: plus(370) });
    expect(open.calledOffAt).toBeUndefined();
  });
});

describe('pressing again after calling off', () => {
  const off = stands(callOff(anAlert(), plus(5)));
  it('makes it call and climb again', () => {
    const again = resume(off, plus(8));
    expect(again).toMatchObject({ state: 'calling', waitingSince: plus(8), dueAt: plus(68), rev: 3 });
    expect(again.calledOffAt).toBeUndefined();
  });
  it('takes it from nobody who has taken it meanwhile', () => {
    const owned = stands(acknowledge(off, dispatcher, plus(7)));
    const again = resume(owned, plus(8));
    expect(again).toMatchObject({ state: 'acknowledged', owner: dispatcher, dueAt: owned.dueAt });
    expect([again.calledOffAt, again.waitingSince]).toEqual([undefined, undefined]);
  });
  it('changes nothing of one that was not called off, or is closed', () => {
    const closed = stands(close(off, dispatcher, plus(9), resolved));
    expect(resume(closed, plus(10))).toBe(closed);
    expect(resume(anAlert(), plus(10))).toEqual(anAlert());
  });
});

describe('closing', () => {
  it('ends everything that was due, and answers what nobody had answered', () => {
    const closed = stands(close(anAlert(), dispatcher, plus(30), resolved));
    expect(closed).toMatchObject({
      state: 'resolved',
      outcome: 'helped-at-home',
      owner: dispatcher,
      answeredAt: plus(30),
      closedAt: plus(30),
    });
    expect([closed.dueAt, closed.waitingSince]).toEqual([undefined, undefined]);
  });
  it('keeps whose it was', () => {
    const owned = stands(acknowledge(anAlert(), grid, plus(20)));
    expect(stands(close(owned, dispatcher, plus(30), { state: 'false-alarm' }))).toMatchObject({
      state: 'false-alarm',
      owner: grid,
      answeredAt: plus(20),
    });
  });
  it('is final: every step on a closed alert is refused', () => {
    const closed = stands(close(anAlert(), dispatcher, plus(30), resolved));
    const steps = [
      acknowledge(closed, second, plus(31)),
      handOver(closed, dispatcher, grid, plus(31)),
      note(closed, dispatcher, plus(31)),
      arrive(closed, grid, plus(31)),
      callOff(closed, plus(5)),
      close(closed, dispatcher, plus(31), { state: 'false-alarm' }),
    ];
    expect(steps.map(refusedWith)).toEqual(steps.map(() => 'alert-closed'));
  });
});

/** Any step by anybody, some seconds after the one before. */
const KINDS = [
  'acknowledge',
  'handOver',
  'note',
  'arrive',
  'callOff',
  'resolve',
  'falseAlarm',
  'reopen',
  'resume',
] as const;
const anyStep = fc.record({
  kind: fc.constantFrom(...KINDS),
  by: fc.constantFrom(dispatcher, second, grid, daughter, son),
  to: fc.constantFrom(dispatcher, second, grid),
  wait: fc.integer({ min: 0, max: 2000 }),
});
type AnyStep = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

function taken(alert: AlertRecord, { kind, by, to }: AnyStep, at: string): AlertRecord | Refusal {
  switch (kind) {
    case 'acknowledge':
      return acknowledge(alert, by, at);
    case 'handOver':
      return handOver(alert, by, to, at);
    case 'note':
      return note(alert, by, at);
    case 'arrive':
      return arrive(alert, by, at);
    case 'callOff':
      return callOff(alert, at);
    case 'resolve':
      return close(alert, by, at, resolved);
    case 'falseAlarm':
      return close(alert, by, at, { state: 'false-alarm' });
    case 'reopen':
      return reopen(alert, at);
    case 'resume':
      return resume(alert, at);
  }
}

describe('any sequence of steps', () => {
  it('keeps an alert whole: one owner or none, waiting or answered, closed for good, each change one revision', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
        let alert = anAlert();
        let seconds = 0;
        for (const step of steps) {
          seconds += step.wait;
          const before = alert;
          const next = taken(alert, step, plus(seconds));
          if (isRefusal(next)) continue;
          alert = next;
          // What came back as it was is the same object; what changed went up by one.
          expect(alert === before ? 0 : 1).toBe(alert.rev - before.rev);
          if (isClosed(before)) expect(alert).toBe(before);
          // Exactly one of: nobody has it and somebody waits; somebody has it; it is over.
          expect(alert.waitingSince !== undefined).toBe(alert.state === 'calling');
          expect(alert.owner !== undefined).toBe(alert.state !== 'calling');
          expect(alert.closedAt !== undefined).toBe(isClosed(alert));
          // While somebody has it, a next step is due: it can never be forgotten.
          if (isAnswered(alert)) expect(alert.dueAt).toBeDefined();
          if (isClosed(alert)) expect(alert.dueAt).toBeUndefined();
          // While nobody has it the next wave is due, unless it was called off.
          if (alert.state === 'calling') expect(alert.dueAt === undefined).toBe(alert.calledOffAt !== undefined);
          // The first answer stays the first.
          if (before.answeredAt !== undefined) expect(alert.answeredAt).toBe(before.answeredAt);
          // The owner changes by taking, giving and opening again alone.
          if (alert.owner?.personId !== before.owner?.personId && before.owner !== undefined) {
            const gave = step.kind === 'handOver' && before.owner.personId === step.by.personId;
            const tookOver = step.kind === 'acknowledge' && before.owner.role === 'family' && step.by.role !== 'family';
            expect(gave || tookOver || step.kind === 'reopen').toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
