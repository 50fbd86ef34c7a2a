import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { type StandingOrderForm, StandingOrderView } from '../../shared/contracts/meal-orders.ts';
import { type IsoDate, weekdayOf } from '../../shared/values/dates.ts';
import { standingOrderKey, standingOrdersAt } from './keys.ts';

/** A weekly order as it is stored. */
export const StandingOrderRecord = z.object(StandingOrderView.shape);
export type StandingOrderRecord = z.infer<typeof StandingOrderRecord>;

/** Only live ones stand in the index from which coming sittings are filled. */
export const standingOrderItem = (standing: StandingOrderRecord) => ({
  ...standingOrderKey(standing.elderId, standing.standingOrderId),
  ...(standing.stoppedAt === null && {
    gsi1pk: standingOrdersAt(standing.canteenId),
    gsi1sk: `${standing.sitting}#${standing.standingOrderId}`,
  }),
  ...standing,
});

/** Whether a weekly order wants a meal on a day. */
export const wantsMealOn = (
  { stoppedAt, weekdays, from, until }: Pick<StandingOrderRecord, 'stoppedAt' | 'weekdays' | 'from' | 'until'>,
  date: IsoDate,
): boolean =>
  stoppedAt === null && from <= date && (until === undefined || date <= until) && weekdays.includes(weekdayOf(date));

/**
 * The id of the order that fills a day: always the same, so that filling twice orders once. `attempt` counts the earlier
 * orders of that day that the system itself cancelled (a pause that has ended); one that a person cancelled is never made again.
 */
export function fillingOrderId(standingOrderId: string, date: IsoDate, attempt: number): string {
  const hash = createHash('sha256').update(`${standingOrderId}#${date}#${attempt}`).digest('hex');
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

export const sameForm = (standing: StandingOrderRecord, form: StandingOrderForm): boolean =>
  standing.canteenId === form.canteenId &&
  standing.sitting === form.sitting &&
  standing.slotId === form.slotId &&
  standing.eating === form.eating &&
  standing.from === form.from &&
  standing.until === form.until &&
  [...standing.weekdays].sort().join() === [...form.weekdays].sort().join();
