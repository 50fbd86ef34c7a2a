import { useState } from 'react';
import type { CanteenView, Dish, Eating, SittingName } from '../../../../../shared/contracts/canteens.ts';
import type { Allergen, Diet } from '../../../../../shared/contracts/diet.ts';
import type { ElderView } from '../../../../../shared/contracts/elders.ts';
import { addDays, type IsoDate, timeInChina, toInstant } from '../../../../../shared/values/dates.ts';
import { firstSlot } from '../../../features/meals/choices.tsx';
import { clashes as clashesWith, clashOf, suggestedDishes } from '../../../features/meals/dishes.ts';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { useAction } from '../../../hooks/use-action.ts';
import { useDraft } from '../../../hooks/use-draft.ts';
import { useNow } from '../../../hooks/use-now.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import type { Words } from '../../../i18n/zh.ts';
import { outbox } from '../../../services/api.ts';
import { clock, notBeforeToday, today } from '../../../services/clock.ts';
import { newId } from '../../../services/ids.ts';
import type { Placed } from './placed-card.tsx';

interface Draft {
  /** Made once for one order: however often it is sent, it is one order. */
  readonly orderId: string;
  readonly canteenId: string;
  readonly date: IsoDate;
  readonly sitting: SittingName;
  readonly slotId: string;
  readonly eating: Eating | null;
  /** `null`: the kitchen's choice of what suits the elder. */
  readonly dishIds: readonly string[] | null;
  readonly note: string;
  readonly reason: string;
  readonly clashConfirmed: boolean;
}

export interface DishClash {
  readonly dish: Dish;
  readonly allergens: readonly Allergen[];
  readonly diets: readonly Diet[];
}

/** 宫保鸡丁：含花生，不合清真 */
export function clashWords(words: Words, { dish, allergens, diets }: DishClash): string {
  const list = (items: readonly string[]) => items.join(words.dishes.listSeparator);
  const parts = [
    ...(allergens.length > 0 ? [words.dishes.contains(list(allergens.map((one) => words.allergens[one])))] : []),
    ...(diets.length > 0 ? [words.dishes.clashDiet('', list(diets.map((one) => words.diets[one])))] : []),
  ];
  return `${dish.name} · ${parts.join(' · ')}`;
}

/** Mornings people order for today, later in the day for tomorrow. */
const firstDate = (): IsoDate => (timeInChina(toInstant(clock.now())) < '10:00' ? today() : addDays(today(), 1));

/** Everything about one order that staff place for one elder; what is typed is kept until it is sent. */
export function useOneOrder(elder: ElderView, canteens: readonly CanteenView[], onPlaced: (placed: Placed) => void) {
  const say = useMealWords();
  const now = useNow();
  const { elderId } = elder;
  const [kept, change, forget] = useDraft<Draft>(`staff-order:${elderId}`, {
    orderId: '',
    canteenId: '',
    date: firstDate(),
    sitting: 'lunch',
    slotId: '',
    eating: null,
    dishIds: null,
    note: '',
    reason: '',
    clashConfirmed: false,
  });
  const draft = { ...kept, date: notBeforeToday(kept.date) };
  const action = useAction();
  const [missing, setMissing] = useState<'slot' | 'dishes' | 'reason' | 'clash' | undefined>();

  const canteen = canteens.find((one) => one.canteenId === draft.canteenId) ?? canteens[0];
  const canteenId = canteen?.canteenId;
  const sittings = useRoute(
    'listSittings',
    canteenId === undefined ? null : { params: { canteenId }, query: { from: draft.date, to: draft.date } },
  );
  const sitting = sittings.value?.sittings.find((one) => one.sitting === draft.sitting);
  const eating = draft.eating !== null && sitting?.eating.includes(draft.eating) ? draft.eating : sitting?.eating[0];
  const slotId = draft.slotId || (sitting ? firstSlot(sitting.slots) : '');
  const dishIds = draft.dishIds ?? (sitting ? suggestedDishes(sitting, elder) : []);
  const clashes: DishClash[] = (sitting?.dishes ?? [])
    .filter((dish) => dishIds.includes(dish.dishId) && clashesWith(dish, elder))
    .map((dish) => ({ dish, ...clashOf(dish, elder) }));
  const closed = sitting !== undefined && now > Date.parse(sitting.closesAt);
  const quote = useRoute(
    'quoteMeal',
    canteenId === undefined || eating === undefined || !sitting?.open
      ? null
      : { query: { elderId, canteenId, date: draft.date, sitting: draft.sitting, eating } },
  );

  const orders = useRoute('listElderMealOrders', {
    params: { elderId },
    query: { from: draft.date, to: draft.date },
  });
  const already = orders.value?.orders.find((one) => one.sitting === draft.sitting && one.state !== 'cancelled');

  async function place() {
    if (canteenId === undefined || eating === undefined || quote.value === undefined) return;
    const lack =
      slotId === ''
        ? 'slot'
        : dishIds.length === 0
          ? 'dishes'
          : closed && draft.reason.trim() === ''
            ? 'reason'
            : clashes.length > 0 && !draft.clashConfirmed
              ? 'clash'
              : undefined;
    setMissing(lack);
    if (lack !== undefined) return;
    const orderId = draft.orderId || newId();
    change({ orderId });
    const note = draft.note.trim();
    const what = say.dayMeal(draft.date, draft.sitting);
    const answer = await action.run(() =>
      outbox.submit({
        id: orderId,
        name: 'placeMealOrder',
        what: `${elder.name} ${what}`,
        input: {
          params: { orderId },
          body: {
            elderId,
            canteenId,
            date: draft.date,
            sitting: draft.sitting,
            slotId,
            eating,
            dishIds: [...dishIds],
            ...(note === '' ? {} : { note }),
            ...(clashes.length > 0 ? { confirmDietClash: true } : {}),
            ...(closed ? { reason: draft.reason.trim() } : {}),
            seenCopay: quote.value?.shares.person,
          },
        },
      }),
    );
    if (answer === undefined) return;
    if (answer.ok) {
      forget();
      onPlaced({ elderName: elder.name, what, order: answer.value });
    } else if (answer.refusal.code === 'offline') {
      forget();
      onPlaced({ elderName: elder.name, what });
    } else if (answer.refusal.code === 'price-changed') quote.reload();
    else if (answer.refusal.code === 'slot-full') {
      change({ slotId: '' });
      sittings.reload();
    } else if (answer.refusal.code === 'id-reused') change({ orderId: newId() });
    else sittings.reload();
  }

  return {
    already,
    draft,
    change,
    canteen,
    sittings,
    sitting,
    quote,
    action,
    closed,
    clashes,
    eating,
    slotId,
    dishIds,
    missing,
    now,
    place,
  };
}
