import * as z from 'zod/mini';

/** China keeps one time zone all year: UTC+8 without daylight saving. Minutes east of UTC. */
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

function isRealDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** A calendar day in China, `YYYY-MM-DD`, between 1900 and 2199. */
export const IsoDate = z
  .string()
  .check(z.regex(/^(19|20|21)\d{2}-\d{2}-\d{2}$/), z.refine(isRealDate, { error: 'not a day of the calendar' }));
export type IsoDate = z.infer<typeof IsoDate>;

/** A moment, ISO 8601 in UTC with milliseconds: `2026-12-01T02:00:00.000Z`. Sorts as text. */
export const Instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));
export type Instant = z.infer<typeof Instant>;

/** A time of day in China, `HH:MM`. */
export const TimeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
export type TimeOfDay = z.infer<typeof TimeOfDay>;

export const toInstant = (epochMs: number): Instant => new Date(epochMs).toISOString();

/** The calendar day in China at a moment. */
export const dateInChina = (at: Instant): IsoDate =>
  new Date(Date.parse(at) + CHINA_OFFSET_MS).toISOString().slice(0, 10);

/** The time of day in China at a moment. */
export const timeInChina = (at: Instant): TimeOfDay =>
  new Date(Date.parse(at) + CHINA_OFFSET_MS).toISOString().slice(11, 16);

/** The moment at which a day in China reads a time of day. */
export const instantInChina = (date: IsoDate, time: TimeOfDay): Instant =>
  toInstant(Date.parse(`${date}T${time}:00.000Z`) - CHINA_OFFSET_MS);

/** The day `days` later (earlier when negative). */
export const addDays = (date: IsoDate, days: number): IsoDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Whole days from `from` to `to`. */
export const daysBetween = (from: IsoDate, to: IsoDate): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;

/** Monday is 1, Sunday is 7 (ISO 8601). */
export const weekdayOf = (date: IsoDate): number => ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

/** `YYYY-MM` of a day. */
export const monthOf = (date: IsoDate): string => date.slice(0, 7);

/** Age in whole years on a day. Somebody born on 29 February is a year older on 1 March of a common year. */
export function ageOn(birthDate: IsoDate, on: IsoDate): number {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
