import { createHash } from 'node:crypto';
import {
  addDays,
  dateInChina,
  type Instant,
  instantInChina,
  monthOf,
  timeInChina,
  weekdayOf,
} from '../../../shared/values/dates.ts';

/** Drills ring phones: only while desks are full and nobody rests. Times in China; the last one begins before the end. */
const HOURS = [
  { from: '09:00', until: '11:30' },
  { from: '14:30', until: '17:00' },
] as const;

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const MINUTES = HOURS.flatMap(({ from, until }) =>
  Array.from({ length: minuteOf(until) - minuteOf(from) }, (_, n) => timeOf(minuteOf(from) + n)),
);

/** Every month has these days. */
const DAYS = 28;

/** Whether a drill may ring now: Monday to Friday, in the hours of drills. */
export function isDrillTime(at: Instant): boolean {
  const time = timeInChina(at);
  return weekdayOf(dateInChina(at)) <= 5 && HOURS.some(({ from, until }) => from <= time && time < until);
}

/**
 * When an elder's next drill is due after a moment: each elder has a day of the month and a minute of their own, by a hash of the
 * id, so that the drills of a city are spread over the month and the day. One that falls on a weekend is held on the next
 * working day, when the schedule finds it due.
 */
export function nextDrillAt(elderId: string, after: Instant): Instant {
  const hash = createHash('sha256').update(elderId).digest();
  const day = String((hash.readUInt32BE(0) % DAYS) + 1).padStart(2, '0');
  const time = MINUTES[hash.readUInt32BE(4) % MINUTES.length] ?? HOURS[0].from;
  const month = monthOf(dateInChina(after));
  const inMonth = instantInChina(`${month}-${day}`, time);
  // The 28th and eight days are always in the next month, and never in the one after it.
  return inMonth > after ? inMonth : instantInChina(`${monthOf(addDays(`${month}-28`, 8))}-${day}`, time);
}

/** The first one: an elder who has just been registered is given time to learn what the key is for. */
export const firstDrillAt = (elderId: string, registeredAt: Instant): Instant =>
  nextDrillAt(elderId, instantInChina(addDays(dateInChina(registeredAt), 7), '00:00'));
