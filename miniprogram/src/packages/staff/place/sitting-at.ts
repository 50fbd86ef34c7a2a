import { type CanteenView, SITTINGS, type SittingName } from '../../../../../shared/contracts/canteens.ts';
import { type IsoDate, timeInChina, toInstant } from '../../../../../shared/values/dates.ts';
import { clock } from '../../../services/clock.ts';

/** One sitting of one canteen. */
export interface SittingAt {
  readonly canteenId: string;
  readonly date: IsoDate;
  readonly sitting: SittingName;
}

/** The sittings that a canteen usually has, in the order of a day. */
export const usualSittings = (canteen: CanteenView): SittingName[] =>
  SITTINGS.filter((sitting) => canteen.sittings[sitting] !== undefined);

/** The sitting that is on now or comes next today; the last one once all are over. */
export function sittingOfNow(canteen: CanteenView): SittingName {
  const usual = usualSittings(canteen);
  const time = timeInChina(toInstant(clock.now()));
  const notOver = usual.find((sitting) => canteen.sittings[sitting]?.slots.some((slot) => slot.until >= time));
  return notOver ?? usual.at(-1) ?? 'lunch';
}

export const isSitting = (text: string | undefined): text is SittingName =>
  SITTINGS.some((sitting) => sitting === text);
