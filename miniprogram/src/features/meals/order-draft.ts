import type { Eating, SittingName } from '../../../../shared/contracts/canteens.ts';
import { useDraft } from '../../hooks/use-draft.ts';

/** Which meal is being ordered: carried from page to page in the address. */
export interface MealAt {
  readonly elderId: string;
  readonly canteenId: string;
  readonly date: string;
  readonly sitting: SittingName;
}

export interface OrderDraft {
  /** Made once, with the first page: however often the order is sent, it is one order. */
  readonly orderId: string;
  readonly dishIds: readonly string[] | null;
  readonly slotId: string;
  readonly eating: Eating | null;
  readonly note: string;
}

const EMPTY: OrderDraft = { orderId: '', dishIds: null, slotId: '', eating: null, note: '' };

/** What was chosen so far for one meal, kept until it is ordered. */
export const useOrderDraft = ({ elderId, canteenId, date, sitting }: MealAt) =>
  useDraft<OrderDraft>(`order:${elderId}:${canteenId}:${date}:${sitting}`, EMPTY);

/** Reads the meal from a page's address. */
export const mealAtOf = (params: Readonly<Record<string, string | undefined>>): MealAt => ({
  elderId: params.elderId ?? '',
  canteenId: params.canteenId ?? '',
  date: params.date ?? '',
  sitting: (params.sitting ?? 'lunch') as SittingName,
});
