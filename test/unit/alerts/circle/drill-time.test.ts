import { describe, expect, it } from 'vitest';
import { firstDrillAt, isDrillTime, nextDrillAt } from '../../../../functions/alerts/circle/drill-time.ts';
import {
  addDays,
  dateInChina,
  instantInChina,
  monthOf,
  timeInChina,
  toInstant,
} from '../../../../shared/values/dates.ts';
import { id } from '../../../support/a-town.ts';

const rule = { dayOfMonth: 15, timeOfDay: '09:15' };
const elders = Array.from({ length: 300 }, (_, n) => id(n));

describe('the next drill of an elder', () => {
  it('comes once in each month of two years, always later than the one before', () => {
    for (const elderId of elders.slice(0, 40)) {
      let at = instantInChina('2026-01-01', '00:00');
      const months: string[] = [];
      for (let n = 0; n < 24; n++) {
        const next = nextDrillAt(elderId, at, rule);
        expect(next > at).toBe(true);
        // Told by the month in which the drills of that round began: the 15th.
        months.push(monthOf(addDays(dateInChina(next), -14)));
        at = next;
      }
      expect(new Set(months).size).toBe(24);
    }
  });

  it('lies within two weeks of the policy’s day, in the hours of drills and not before its time', () => {
    for (const elderId of elders) {
      const at = nextDrillAt(elderId, instantInChina('2026-12-01', '00:00'), rule);
      const [day, time] = [dateInChina(at), timeInChina(at)];
      expect(day >= '2026-12-15' && day <= '2026-12-28').toBe(true);
      expect((time >= '09:15' && time < '11:30') || (time >= '14:30' && time < '17:00')).toBe(true);
    }
  });

  it('is spread: no day of the round has more than a fifth of them', () => {
    const days = elders.map((elderId) =>
      dateInChina(nextDrillAt(elderId, instantInChina('2026-12-01', '00:00'), rule)),
    );
    const counts = Map.groupBy(days, (day) => day);
    expect(counts.size).toBe(14);
    for (const [, own] of counts) expect(own.length).toBeLessThan(elders.length / 5);
  });

  it('is in this month’s round where that one began in the month before', () => {
    const late = { dayOfMonth: 28, timeOfDay: '09:15' };
    for (const elderId of elders) {
      const at = nextDrillAt(elderId, instantInChina('2026-12-01', '00:00'), late);
      expect(at < instantInChina('2027-01-11', '00:00')).toBe(true);
      expect(nextDrillAt(elderId, at, late) > at).toBe(true);
    }
  });

  it('is at the policy’s own time where that is later than the hours of drills', () => {
    const evening = { dayOfMonth: 1, timeOfDay: '19:30' };
    expect(timeInChina(nextDrillAt(id(1), instantInChina('2026-12-01', '00:00'), evening))).toBe('19:30');
    expect(isDrillTime(instantInChina('2026-12-01', '19:45'), evening)).toBe(true);
    expect(isDrillTime(instantInChina('2026-12-01', '16:00'), evening)).toBe(false);
  });

  it('leaves who has just been registered a week', () => {
    const registered = instantInChina('2026-12-16', '08:00');
    for (const elderId of elders)
      expect(firstDrillAt(elderId, registered, rule) >= toInstant(Date.parse(registered) + 6 * 86_400_000)).toBe(true);
  });
});

describe('the hours of drills', () => {
  it.each([
    ['2026-12-01', '09:14', false],
    ['2026-12-01', '09:15', true],
    ['2026-12-01', '11:29', true],
    ['2026-12-01', '12:00', false],
    ['2026-12-01', '14:30', true],
    ['2026-12-01', '17:00', false],
    ['2026-12-05', '10:00', false],
    ['2026-12-06', '10:00', false],
  ])('%s %s → %s', (day, time, rings) => {
    expect(isDrillTime(instantInChina(day, time), rule)).toBe(rings);
  });
});
