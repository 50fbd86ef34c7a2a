import {
  type CanteenView,
  COURSES,
  type Course,
  type Dish,
  SittingForm,
  type SittingName,
  type SittingView,
} from '../../../../../shared/contracts/canteens.ts';

/** A menu as it is being written. Capacities are text until they are sent. */
export interface MenuDraft {
  readonly dishes: readonly Dish[];
  readonly choose: { readonly [course in Course]?: number | undefined };
  readonly capacities: Readonly<Record<string, string>>;
  readonly open: boolean;
  /** The revision that was seen; another one on the server means that somebody else wrote meanwhile. */
  readonly rev: number;
}

/** One of each course is what a meal usually has. */
const USUAL: MenuDraft['choose'] = { main: 1, side: 1, soup: 1, staple: 1 };

/** The slots that this sitting has: its own once published, else those of the canteen's plan. */
export const slotsOf = (canteen: CanteenView, name: SittingName, sitting: SittingView | undefined) =>
  (sitting?.slots ?? canteen.sittings[name]?.slots ?? []).map(({ slotId, from, until, capacity }) => ({
    slotId,
    from,
    until,
    capacity,
  }));

export function draftOf(canteen: CanteenView, name: SittingName, sitting: SittingView | undefined): MenuDraft {
  return {
    dishes: sitting?.dishes ?? [],
    choose: sitting?.choose ?? USUAL,
    capacities: Object.fromEntries(slotsOf(canteen, name, sitting).map((slot) => [slot.slotId, String(slot.capacity)])),
    open: sitting?.open ?? true,
    rev: sitting?.rev ?? 0,
  };
}

/** Another day's dishes in place of these; places, opening and revision stay this day's own. */
export const copied = (draft: MenuDraft, from: SittingView): MenuDraft => ({
  ...draft,
  dishes: from.dishes,
  choose: from.choose,
});

export type MenuFault = 'no-dishes' | 'capacity' | 'courses' | 'other';

/** The form to send, or what is not right yet. Times stay as they are; the plan is sent only where a capacity is not the usual one. */
export function menuForm(
  draft: MenuDraft,
  canteen: CanteenView,
  name: SittingName,
  sitting: SittingView | undefined,
  closing: { closesAt: string; closesDaysBefore: number },
): { form: SittingForm } | { fault: MenuFault } {
  if (draft.dishes.length === 0) return { fault: 'no-dishes' };
  const slots = slotsOf(canteen, name, sitting).map((slot) => ({
    ...slot,
    capacity: /^\d{1,4}$/.test(draft.capacities[slot.slotId]?.trim() ?? '')
      ? Number(draft.capacities[slot.slotId])
      : -1,
  }));
  if (slots.some((slot) => slot.capacity < 0)) return { fault: 'capacity' };
  const served = COURSES.filter((course) => draft.dishes.some((dish) => dish.course === course));
  const choose = Object.fromEntries(
    served.flatMap((course) => {
      const count = draft.choose[course] ?? 0;
      return count > 0 ? [[course, count]] : [];
    }),
  );
  if (Object.keys(choose).length === 0) return { fault: 'courses' };
  const form = SittingForm.safeParse({
    dishes: draft.dishes,
    choose,
    plan: { ...closing, slots },
    open: draft.open,
    rev: draft.rev,
  });
  return form.success ? { form: form.data } : { fault: 'other' };
}

/** A short id for a new dish that no other dish of the menu has. */
export function newDishId(dishes: readonly Dish[]): string {
  let number = dishes.length + 1;
  while (dishes.some((dish) => dish.dishId === `dish-${number}`)) number += 1;
  return `dish-${number}`;
}
