import type { MealOrderView, PlaceMealOrder } from '../../shared/contracts/meal-orders.ts';
import { isRefusal, refusalMessage } from '../../shared/contracts/refusal.ts';
import type { ReplyOf } from '../../shared/route.ts';
import type { MealRoutes } from '../../shared/routes/meals.ts';
import type { Instant } from '../../shared/values/dates.ts';
import { type Answer, isReplayed } from '../platform/endpoint.ts';
import { inParallel } from '../platform/in-parallel.ts';
import type { Who } from '../platform/who.ts';
import type { MealDeps } from './deps.ts';
import { placeOrder } from './place-order.ts';

type Answers = ReplyOf<MealRoutes['placeMealOrders']>['answers'];
const PARALLEL = 8;

/** Orders each meal for itself, those of one elder one after the other; the answers stand in the order of the questions, and one that is refused stops no other. */
export async function placeOrders(
  deps: MealDeps,
  who: Who,
  orders: readonly (PlaceMealOrder & { orderId: string })[],
  now: Instant,
): Promise<{ answers: Answers }> {
  const answers: Answers = [];
  const byElder = Map.groupBy(orders.entries(), ([, { elderId }]) => elderId);
  await inParallel(PARALLEL, byElder.values(), async (ofElder) => {
    for (const [index, { orderId, ...form }] of ofElder) {
      answers[index] = answerOf(orderId, await placeOrder(deps, who, { orderId, form, now }));
    }
  });
  return { answers };
}

function answerOf(orderId: string, answer: Answer<MealOrderView>): Answers[number] {
  if (isRefusal(answer)) {
    const { refused: code, details } = answer;
    return {
      orderId,
      replayed: false,
      refusal: { code, message: refusalMessage(code), ...(details && { details: [...details] }) },
    };
  }
  const replayed = isReplayed(answer);
  return { orderId, replayed, order: replayed ? answer.replayed : answer };
}
