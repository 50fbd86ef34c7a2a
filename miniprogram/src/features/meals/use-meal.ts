import type { SittingView } from '../../../../shared/contracts/canteens.ts';
import type { ElderView } from '../../../../shared/contracts/elders.ts';
import { type Query, useRoute } from '../../hooks/use-route.ts';
import type { MealAt } from './order-draft.ts';

interface Meal {
  readonly elder: ElderView;
  /** Undefined when the canteen has not published it. */
  readonly sitting: SittingView | undefined;
}

/** One sitting and the elder who is to eat: what the pages of an order work on. */
export function useMeal({ elderId, canteenId, date, sitting }: MealAt) {
  const elder = useRoute('getElder', { params: { elderId } });
  const sittings = useRoute('listSittings', { params: { canteenId }, query: { from: date, to: date } });
  const found = sittings.value?.sittings.find((one) => one.sitting === sitting);
  const query: Query<Meal> = {
    value: elder.value && sittings.value ? { elder: elder.value, sitting: found } : undefined,
    refusal: elder.refusal ?? sittings.refusal,
    loading: elder.loading || sittings.loading,
    reload() {
      elder.reload();
      sittings.reload();
    },
    put: () => undefined,
  };
  return {
    query,
    elder: elder.value,
    sitting: found,
    canteen: sittings.value?.canteen,
    reloadSitting: sittings.reload,
  };
}
