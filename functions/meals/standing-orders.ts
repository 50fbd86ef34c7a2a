import type { StandingOrderForm, StandingOrderView } from '../../shared/contracts/meal-orders.ts';
import { isRefusal, refuse } from '../../shared/contracts/refusal.ts';
import { districtOf } from '../../shared/values/areas.ts';
import { addDays, dateInChina, type Instant } from '../../shared/values/dates.ts';
import { mayActFor } from '../elders/elder-record.ts';
import type { Answer } from '../platform/endpoint.ts';
import type { Who } from '../platform/who.ts';
import { cancel } from './cancel-order.ts';
import { readCanteen } from './canteen-store.ts';
import type { MealDeps } from './deps.ts';
import { FILL_DAYS, fillFor } from './fill-standing-orders.ts';
import type { Actor } from './order.ts';
import { ordersOfElder } from './order-queries.ts';
import { isPastClosing } from './sitting.ts';
import { type StandingOrderRecord, sameForm } from './standing-order.ts';
import { readElder, readStandingOrder, standingOrdersOfElder, writeStandingOrder } from './standing-order-store.ts';

interface Named {
  readonly elderId: string;
  readonly standingOrderId: string;
}

export async function listStandingOrders(
  deps: MealDeps,
  who: Who,
  elderId: string,
): Promise<Answer<{ standingOrders: StandingOrderView[] }>> {
  const elder = await readElder(deps, elderId);
  if (!elder) return refuse('not-found');
  if (!mayActFor(who, elder)) return refuse('forbidden');
  return { standingOrders: await standingOrdersOfElder(deps, elderId) };
}

/** Sets up a weekly order and fills the sittings that are already published. Refuses: see `mealRoutes.putStandingOrder`. */
export async function putStandingOrder(
  deps: MealDeps,
  who: Who,
  { elderId, standingOrderId, form, now }: Named & { form: StandingOrderForm; now: Instant },
): Promise<Answer<StandingOrderView>> {
  const [elder, before, canteen] = await Promise.all([
    readElder(deps, elderId),
    readStandingOrder(deps, elderId, standingOrderId),
    readCanteen(deps, form.canteenId),
  ]);
  if (!elder) return refuse('not-found');
  if (!mayActFor(who, elder)) return refuse('forbidden');
  if (before) return sameForm(before, form) ? { replayed: before } : refuse('id-reused');
  if (elder.diedOn !== null) return refuse('elder-died');
  if (!canteen) return refuse('not-found');
  if (districtOf(canteen.area) !== districtOf(elder.area)) return refuse('canteen-elsewhere');
  if (!canteen.eating.includes(form.eating)) return refuse('eating-not-offered');
  if (!canteen.sittings[form.sitting]?.slots.some(({ slotId }) => slotId === form.slotId))
    return refuse('slot-unknown');
  const standing: StandingOrderRecord = {
    standingOrderId,
    elderId,
    ...form,
    canteenName: canteen.name,
    stoppedAt: null,
  };
  if (!(await writeStandingOrder(deps, standing, true))) {
    const there = await readStandingOrder(deps, elderId, standingOrderId);
    return there && sameForm(there, form) ? { replayed: there } : refuse('id-reused');
  }
  await fillFor(deps, standing, elder, now);
  return standing;
}

/** Stops a weekly order and cancels those of its orders for which ordering has not closed. Stopping again changes nothing. */
export async function stopStandingOrder(
  deps: MealDeps,
  who: Who,
  { elderId, standingOrderId, now }: Named & { now: Instant },
): Promise<Answer<StandingOrderView>> {
  const [elder, standing] = await Promise.all([
    readElder(deps, elderId),
    readStandingOrder(deps, elderId, standingOrderId),
  ]);
  if (!elder) return refuse('not-found');
  if (!mayActFor(who, elder)) return refuse('forbidden');
  if (!standing) return refuse('not-found');
  if (standing.stoppedAt !== null) return { replayed: standing };
  return stop(deps, standing, who, now);
}

const STOPPED = 'standing order stopped';

/** The same for the system, when an elder died. */
export async function stop(
  deps: MealDeps,
  standing: StandingOrderRecord,
  actor: Actor,
  now: Instant,
): Promise<StandingOrderView> {
  const stopped = { ...standing, stoppedAt: now };
  await writeStandingOrder(deps, stopped, false);
  const today = dateInChina(now);
  const orders = await ordersOfElder(deps, standing.elderId, today, addDays(today, FILL_DAYS));
  for (const order of orders) {
    if (order.standingOrderId !== standing.standingOrderId || order.state !== 'placed') continue;
    if (isPastClosing(order, now)) continue;
    const answer = await cancel(deps, { orderId: order.orderId, actor, now, reason: STOPPED });
    if (isRefusal(answer) && answer.refused === 'busy')
      throw new Error(`order ${order.orderId} could not be cancelled`);
  }
  return stopped;
}
