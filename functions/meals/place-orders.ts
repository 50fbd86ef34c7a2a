import type { PlaceMealOrder } from '../../shared/contracts/meal-orders.ts';
import { isRefusal, refusalMessage } from '../../shared/contracts/refusal.ts';
import type { ReplyOf } from '../../shared/route.ts';
import type { MealRoutes } from '../../shared/routes/meals.ts';
import type { Instant } from '../../shared/values/dates.ts';
import { isReplayed } from '../platform/endpoint.ts';
import { inParallel } from '../platform/in-parallel.ts';
import type { Who } from '../platform/who.ts';
import type { MealDeps } from './deps.ts';
import { placeOrder } from './place-order.ts';

type Answers = ReplyOf<MealRoutes['placeMealOrders']>['answers'];
const PARALLEL = 8;

/** Orders each meal for itself; the answers stand in the order of the questions, and one that is refused stops no other. */
export async function placeOrders(
  deps: MealDeps,
  who: Who,
  orders: readonly (PlaceMealOrder & { orderId: string })[],
  now: Instant,
): Promise<{ answers: Answers }> {
  const answers: Answers = [];
  await inParallel(PARALLEL, orders.entries(), async ([index, { orderId, ...form }]) => {
    const answer = await placeOrder(deps, who, { orderId, form, now });
    if (isRefusal(answer)) {
      const { refused: code, details } = answer;
      answers[index] = {
        orderId,
        replayed: false,
        refusal: { code, message: refusalMessage(code), ...(details && { details: [...details] }) },
      };
    } else {
      const replayed = isReplayed(answer);
      answers[index] = { orderId, replayed, order: replayed ? answer.replayed : answer };
    }
  });
  return { answers };
}
