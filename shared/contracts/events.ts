import * as z from 'zod/mini';
import { GridCode } from '../values/areas.ts';
import { Instant, IsoDate } from '../values/dates.ts';
import { Slug, Uuid } from '../values/ids.ts';
import { SittingName } from './canteens.ts';
import { Absence } from './elder-facts.ts';

/**
 * What features tell each other. Events leave by the streams after the fact has been committed, at least once; consumers
 * must bear repeats. The SNS message attribute `type` carries the type, for filters.
 */
export const DomainEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('elder-died'), elderId: Uuid, area: GridCode, diedOn: IsoDate, at: Instant }),
  z.strictObject({ type: z.literal('elder-paused'), elderId: Uuid, area: GridCode, absence: Absence, at: Instant }),
  z.strictObject({ type: z.literal('elder-resumed'), elderId: Uuid, area: GridCode, at: Instant }),
  z.strictObject({
    type: z.literal('meal-missed'),
    orderId: Uuid,
    elderId: Uuid,
    canteenId: Slug,
    date: IsoDate,
    sitting: SittingName,
    at: Instant,
  }),
]);
export type DomainEvent = z.infer<typeof DomainEvent>;
