import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAfterReopening, nextDue, waveOf, wavesUntil } from '../../../../functions/alerts/ladder/next-due.ts';
import type { AlertPlan, LadderWave } from '../../../../functions/alerts/records.ts';
import { toInstant } from '../../../../shared/values/dates.ts';
import { NOW } from '../../../support/a-town.ts';
import { plus } from '../../../support/alerts-desk.ts';

const wave = (after: number, ...callees: LadderWave['callees']): LadderWave => ({
  after,
  callees,
  channels: ['inbox'],
});
const plan: AlertPlan = {
  policy: 'test',
  joinSeconds: 120,
  callOffSeconds: 10,
  nextStepSeconds: 300,
  repeatSeconds: 90,
  waves: [wave(0, 'dispatchers', 'family'), wave(30, 'grid-worker'), wave(35, 'neighbours'), wave(240, 'call-centre')],
};
const alert = { plan, raisedAt: NOW, dueAt: NOW, drill: false, canary: false };
const rings = { rings: true };

describe('when the next wave is due', () => {
  it('at the plan’s distance from when this one was due', () => {
    expect(nextDue(alert, { wave: 1, at: plus(2), ...rings })).toBe(plus(30));
    expect(nextDue({ ...alert, dueAt: plus(35) }, { wave: 3, at: plus(36), ...rings })).toBe(plus(240));
  });

  it('not before those of a late wave had a moment to answer', () => {
    expect(nextDue(alert, { wave: 1, at: plus(400), ...rings })).toBe(plus(415));
    expect(nextDue({ ...alert, dueAt: plus(30) }, { wave: 2, at: plus(400), ...rings })).toBe(plus(405));
  });

  it('at once when this one reached nobody', () => {
    expect(nextDue(alert, { wave: 1, at: plus(2), rings: false })).toBe(plus(2));
  });

  it('again and again after the last one, also when that reaches nobody', () => {
    expect(nextDue(alert, { wave: 4, at: plus(241), ...rings })).toBe(plus(331));
    expect(nextDue(alert, { wave: 9, at: plus(700), rings: false })).toBe(plus(790));
  });

  it('never after the last wave of a drill, and after the one of a canary', () => {
    expect(nextDue({ ...alert, drill: true }, { wave: 3, at: plus(36), ...rings })).toBeDefined();
    expect(nextDue({ ...alert, drill: true }, { wave: 4, at: plus(241), ...rings })).toBeUndefined();
    expect(nextDue({ ...alert, canary: true }, { wave: 1, at: plus(1), ...rings })).toBeUndefined();
  });

  it('in the distance to the next wave after everybody was called again', () => {
    expect(dueAfterReopening(plan, 3, plus(1000))).toBe(plus(1205));
    expect(dueAfterReopening(plan, 0, plus(1000))).toBe(plus(1030));
    expect(dueAfterReopening(plan, 7, plus(1000))).toBe(plus(1090));
  });
});

describe('whom a wave calls', () => {
  it('is the last wave’s again past the end of the plan', () => {
    expect(waveOf(plan, 2).callees).toEqual(['grid-worker']);
    expect(waveOf(plan, 9).callees).toEqual(['call-centre']);
  });

  it('is the desk where a plan says nothing', () => {
    expect(waveOf({ ...plan, waves: [] }, 1).callees).toEqual(['dispatchers']);
  });

  it('is everybody so far when an alert opens again', () => {
    expect(wavesUntil(plan, 0).callees).toEqual(['dispatchers', 'family']);
    expect(wavesUntil(plan, 3).callees).toEqual(['dispatchers', 'family', 'grid-worker', 'neighbours']);
  });
});

describe('any ladder', () => {
  const seconds = fc.integer({ min: 1, max: 600 });
  const ladders = fc.record({
    gaps: fc.array(seconds, { maxLength: 8 }),
    repeatSeconds: fc.integer({ min: 30, max: 600 }),
    late: fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 12, maxLength: 12 }),
    rings: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  });

  it('reaches its end and repeats it, whatever is late and whoever is not there; time never goes backwards', () => {
    fc.assert(
      fc.property(ladders, ({ gaps, repeatSeconds, late, rings }) => {
        const until = (n: number) => gaps.slice(0, n + 1).reduce((sum, gap) => sum + gap, 0);
        const waves = [wave(0, 'dispatchers'), ...gaps.map((_, n) => wave(until(n), 'family'))];
        let current = { ...alert, plan: { ...plan, repeatSeconds, waves } };
        for (let n = 1; n <= 12; n++) {
          const at = toInstant(Date.parse(current.dueAt) + (late[n - 1] ?? 0) * 1000);
          const due = nextDue(current, { wave: n, at, rings: rings[n - 1] ?? true });
          if (due === undefined) throw new Error('the ladder has ended');
          expect(due >= at).toBe(true);
          if (n >= waves.length) expect(Date.parse(due) - Date.parse(at)).toBe(repeatSeconds * 1000);
          current = { ...current, dueAt: due };
        }
      }),
    );
  });
});
