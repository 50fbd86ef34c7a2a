import { createHash } from 'node:crypto';
import type { WatchRules } from '../../../shared/policy/watch-rules.ts';
import {
  addDays,
  dateInChina,
  type Instant,
  instantInChina,
  monthOf,
  type TimeOfDay,
  timeInChina,
  weekdayOf,
} from '../../../shared/values/dates.ts';

/** The day of the month on which a policy's drills begin, and the time of day from which they ring. */
export type DrillRule = Pick<WatchRules['drill'], 'dayOfMonth' | 'timeOfDay'>;

/** Drills ring phones: only while desks are full and nobody rests at noon. Times in China. */
const HOURS = [
  { from: '09:00', until: '11:30' },
  { from: '14:30', until: '17:00' },
] as const;
/** The drills of a month are spread over so many days, from the policy's day on: a desk gets a few at a time, not a city's. */
const SPREAD_DAYS = 14;

const minuteOf = (time: TimeOfDay): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minute: number): TimeOfDay =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const MINUTES = HOURS.flatMap(({ from, until }) =>
  Array.from({ length: minuteOf(until) - minuteOf(from) }, (_, n) => timeOf(minuteOf(from) + n)),
);

/** The minutes of a day in which a drill may ring: the hours of drills from the policy's time on, or that time itself where it is later. */
function minutesFrom(timeOfDay: TimeOfDay): TimeOfDay[] {
  const minutes = MINUTES.filter((minute) => minute >= timeOfDay);
  return minutes.length > 0 ? minutes : [timeOfDay];
}

/** Whether drills may ring now: Monday to Friday, in the hours of drills and not before the policy's time. */
export function isDrillTime(at: Instant, { timeOfDay }: DrillRule): boolean {
  const time = timeInChina(at);
  if (weekdayOf(dateInChina(at)) > 5 || time < timeOfDay) return false;
  return timeOfDay > (MINUTES.at(-1) ?? '') || MINUTES.includes(time);
}

/**
 * When an elder's next drill is due after a moment: once in each month, on a day and at a minute of their own by a hash of the
 * id. One that falls on a weekend is held on the next working day, when the schedule finds it due.
 */
export function nextDrillAt(elderId: string, after: Instant, { dayOfMonth, timeOfDay }: DrillRule): Instant {
  const hash = createHash('sha256').update(elderId).digest();
  const minutes = minutesFrom(timeOfDay);
  const time = minutes[hash.readUInt32BE(4) % minutes.length] ?? timeOfDay;
  const offset = hash.readUInt32BE(0) % SPREAD_DAYS;
  const inMonth = (first: string): Instant =>
    instantInChina(addDays(`${monthOf(first)}-${String(dayOfMonth).padStart(2, '0')}`, offset), time);
  const first = `${monthOf(dateInChina(after))}-01`;
  // The drill of the month before may lie in this one; that of the next month always lies ahead.
  const [last, own, next] = [inMonth(addDays(first, -1)), inMonth(first), inMonth(addDays(first, 31))];
  return last > after ? last : own > after ? own : next;
}

/** Who has just been registered is given some days to learn what the key is for. */
const FIRST_AFTER_DAYS = 7;

export const firstDrillAt = (elderId: string, registeredAt: Instant, rule: DrillRule): Instant =>
  nextDrillAt(elderId, instantInChina(addDays(dateInChina(registeredAt), FIRST_AFTER_DAYS), '00:00'), rule);
