import * as z from 'zod/mini';
import { CanteenView, SITTINGS, SittingPlan } from '../../shared/contracts/canteens.ts';
import { within } from '../../shared/values/areas.ts';
import type { Who } from '../platform/who.ts';
import { canteenIndex, canteenKey } from './keys.ts';

/** A canteen as it is stored; `sittings` holds its usual plan for each sitting that it serves. */
export const CanteenRecord = z.object({
  ...CanteenView.shape,
  sittings: z.partialRecord(z.enum(SITTINGS), SittingPlan),
});
export type CanteenRecord = z.infer<typeof CanteenRecord>;

export const canteenItem = (canteen: CanteenRecord) => ({
  ...canteenKey(canteen.canteenId),
  ...canteenIndex(canteen.area, canteen.canteenId),
  ...canteen,
});

/**
 * Whether this member of staff works for this canteen: it lies in their area and, for canteen staff, it is their own. Both count
 * for those: whoever registers a cook is bound to the cook's area alone, and can write any canteen beside it.
 */
export function mayRun(who: Who, canteen: { readonly canteenId: string; readonly area: string }): boolean {
  const isOwn = who.role !== 'canteen-staff' || who.canteenId === canteen.canteenId;
  return isOwn && within(canteen.area, who.area ?? '');
}
