import type { Eating, SittingView } from '../../../../../shared/contracts/canteens.ts';
import type { ElderView } from '../../../../../shared/contracts/elders.ts';
import type { RefusalCode } from '../../../../../shared/contracts/refusal.ts';
import { clashes, coursesOf, suggestedDishes } from '../../../features/meals/dishes.ts';
import type { InputOf, Refused, Reply } from '../../../services/client.ts';
import { isPausedOn } from '../people/elder-row.tsx';

/** One elder's meal among many. Its id is made once, so that it may be sent again until an answer is known. */
export interface Row {
  readonly orderId: string;
  readonly elderId: string;
  readonly name: string;
  readonly dishIds: readonly string[];
  /** Dishes that anybody else would get and this elder must not eat. */
  readonly left: readonly string[];
  /** Courses of which nothing suits. */
  readonly without: readonly string[];
  /** `ready`: not sent. `unknown`: sent, and no answer came. `cannot`: is not sent at all. */
  readonly state: 'ready' | 'cannot' | 'unknown' | 'placed' | 'refused';
  readonly refusal?: Refused | undefined;
  /** Fen, once it is placed. */
  readonly copay?: number | undefined;
}

const NOBODY = { name: '', allergens: [], diets: [] } as const;

/** What the kitchen would give this elder, and what it would have given anybody else. */
export function rowFor(elder: ElderView, sitting: SittingView, orderId: string): Row {
  const dishIds = suggestedDishes(sitting, elder);
  const usual = suggestedDishes(sitting, NOBODY);
  const left = sitting.dishes.filter((dish) => usual.includes(dish.dishId) && clashes(dish, elder));
  const without = coursesOf(sitting)
    .filter(({ dishes }) => !dishes.some((dish) => dishIds.includes(dish.dishId)))
    .map(({ course }) => course);
  const cannot = elder.diedOn !== null || isPausedOn(elder, sitting.date) || dishIds.length === 0;
  return {
    orderId,
    elderId: elder.elderId,
    name: elder.name,
    dishIds,
    left: left.map((dish) => dish.dishId),
    without,
    state: cannot ? 'cannot' : 'ready',
  };
}

/** Refusals that stay the same however often it is sent. */
const FINAL: readonly (RefusalCode | 'offline')[] = ['already-ordered', 'elder-died', 'elder-paused', 'forbidden'];

/** What is still to be sent: never tried, no answer, or a refusal that may pass. */
export const unsettled = (rows: readonly Row[]): Row[] =>
  rows.filter(
    ({ state, refusal }) =>
      state === 'ready' || state === 'unknown' || (state === 'refused' && !FINAL.includes(refusal?.code ?? 'offline')),
  );

export interface SameForAll {
  readonly canteenId: string;
  readonly date: string;
  readonly sitting: SittingView['sitting'];
  readonly slotId: string;
  readonly eating: Eating;
  /** After closing time. */
  readonly reason?: string | undefined;
}

export const bodyOf = (rows: readonly Row[], { reason, ...same }: SameForAll): InputOf<'placeMealOrders'>['body'] => ({
  orders: rows.map(({ orderId, elderId, dishIds }) => ({
    orderId,
    elderId,
    dishIds: [...dishIds],
    ...same,
    ...(reason === undefined ? {} : { reason }),
  })),
});

/** The rows with the answers to those that were sent; an order that the answer does not speak of is not known. */
export function answered(rows: readonly Row[], sent: readonly Row[], reply: Reply<'placeMealOrders'>): Row[] {
  const answers = new Map(reply.answers.map((answer) => [answer.orderId, answer]));
  const asked = new Set(sent.map(({ orderId }) => orderId));
  return rows.map((row): Row => {
    if (!asked.has(row.orderId)) return row;
    const answer = answers.get(row.orderId);
    if (answer?.order) {
      return { ...row, state: 'placed', refusal: undefined, copay: answer.order.quote.shares.person };
    }
    if (answer?.refusal) {
      const { code, message } = answer.refusal;
      return { ...row, state: 'refused', refusal: { code, message } };
    }
    return { ...row, state: 'unknown' };
  });
}

/** The rows after a request that was refused as a whole, or got no answer. */
export function unanswered(rows: readonly Row[], sent: readonly Row[], refusal: Refused): Row[] {
  const asked = new Set(sent.map(({ orderId }) => orderId));
  return rows.map((row) =>
    asked.has(row.orderId)
      ? { ...row, state: refusal.code === 'offline' ? ('unknown' as const) : ('refused' as const), refusal }
      : row,
  );
}
