import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { CheckIn, MealOrderView } from '../../shared/contracts/meal-orders.ts';
import { isRefusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Instant } from '../../shared/values/dates.ts';
import { ElderRecord, elderToRead } from '../elders/elder-record.ts';
import type { Answer } from '../platform/endpoint.ts';
import { transact } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import { mayRun } from './canteen.ts';
import type { MealDeps } from './deps.ts';
import { checkInUndone, type OrderRecord, orderView, served } from './order.ts';
import { putNextOrder, readOrder } from './order-store.ts';

const ROUNDS = 4;

/** Checks an elder in for their meal. Checking in twice gets the same answer. Refuses: see `mealRoutes.checkIn`. */
export async function checkIn(
  deps: MealDeps,
  who: Who,
  { orderId, form, now }: { orderId: string; form: CheckIn; now: Instant },
): Promise<Answer<MealOrderView>> {
  return step(deps, who, orderId, async (order) => {
    const { Item } = await deps.db.send(new GetCommand(elderToRead(deps.eldersTable, order.elderId)));
    if (Item && ElderRecord.parse(Item).diedOn !== null) return refuse('elder-died');
    return served(order, who, now, form.by);
  });
}

/** Takes a mistaken check-in back. Refuses: see `mealRoutes.undoCheckIn`. */
export const undoCheckIn = (deps: MealDeps, who: Who, { orderId, now }: { orderId: string; now: Instant }) =>
  step(deps, who, orderId, async (order) => checkInUndone(order, who, now));

type Transition = (order: OrderRecord) => Promise<OrderRecord | ReturnType<typeof refuse>>;

async function step(deps: MealDeps, who: Who, orderId: string, transition: Transition): Promise<Answer<MealOrderView>> {
  for (let round = 0; round < ROUNDS; round++) {
    const order = await readOrder(deps, orderId);
    if (!order) return refuse('not-found');
    if (!mayRun(who, order)) return refuse('forbidden');
    const next = await transition(order);
    if (isRefusal(next)) return next;
    if (next === order) return { replayed: orderView(order) };
    const outcome = await transact(deps.db, [putNextOrder(deps.mealsTable, next)]);
    if (outcome.committed) return orderView(next);
  }
  return refuse('busy');
}
