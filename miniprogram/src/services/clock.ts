import { dateInChina, type Instant, type IsoDate, toInstant } from '../../../shared/values/dates.ts';

/** The one place that asks the phone for the time; tests set it. */
export const clock = {
  now: (): number => Date.now(),
};

export const instantNow = (): Instant => toInstant(clock.now());
/** Today in China. */
export const today = (): IsoDate => dateInChina(instantNow());

/** A day that was chosen earlier and may have passed since. */
export function notBeforeToday(date: IsoDate): IsoDate {
  const now = today();
  return date < now ? now : date;
}
