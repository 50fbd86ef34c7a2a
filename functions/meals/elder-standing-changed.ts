import type { DomainEvent } from '../../shared/contracts/events.ts';
import { isRefusal } from '../../shared/contracts/refusal.ts';
import { addDays, dateInChina, type Instant } from '../../shared/values/dates.ts';
import { isPausedOn } from '../elders/elder-record.ts';
import { cancel } from './cancel-order.ts';
import type { MealDeps } from './deps.ts';
import { fillFor } from './fill-standing-orders.ts';
import { SYSTEM } from './order.ts';
import { ordersOfElder } from './order-queries.ts';
import { readElder, standingOrdersOfElder } from './standing-order-store.ts';
import { stop } from './standing-orders.ts';

/** Nobody can order further ahead than menus are published. */
const HORIZON_DAYS = 60;

/**
 * Brings an elder's orders in line with how the elder is *now*, whatever the event said: events can come late, twice or out
 * of order. Who died has no live order and no weekly order left; who is away has none on those days; who is back is served
 * again by the weekly orders.
 */
export async function elderStandingChanged(deps: MealDeps, event: DomainEvent, now: Instant): Promise<void> {
  if (event.type !== 'elder-died' && event.type !== 'elder-paused' && event.type !== 'elder-resumed') return;
  const elder = await readElder(deps, event.elderId);
  if (!elder) return;
  const today = dateInChina(now);
  const standing = await standingOrdersOfElder(deps, elder.elderId);
  if (elder.diedOn !== null) {
    for (const each of standing) if (each.stoppedAt === null) await stop(deps, each, SYSTEM, now);
  }
  for (const order of await ordersOfElder(deps, elder.elderId, today, addDays(today, HORIZON_DAYS))) {
    const gone = elder.diedOn !== null ? 'elder died' : isPausedOn(elder, order.date) ? 'meals paused' : undefined;
    if (gone === undefined || order.state !== 'placed') continue;
    const answer = await cancel(deps, { orderId: order.orderId, actor: SYSTEM, now, reason: gone });
    if (isRefusal(answer) && answer.refused === 'busy')
      throw new Error(`order ${order.orderId} could not be cancelled`);
  }
  if (elder.diedOn === null) {
    for (const each of standing) if (each.stoppedAt === null) await fillFor(deps, each, elder, now);
  }
}
