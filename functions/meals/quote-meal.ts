import type { MealQuoteQuery } from '../../shared/contracts/meal-orders.ts';
import type { Quote } from '../../shared/contracts/quote.ts';
import { refuse } from '../../shared/contracts/refusal.ts';
import { mayActFor } from '../elders/elder-record.ts';
import type { Answer } from '../platform/endpoint.ts';
import type { Who } from '../platform/who.ts';
import type { MealDeps } from './deps.ts';
import { orderInMonth, usageOf } from './meal-month.ts';
import { readOrderContext } from './order-store.ts';
import { priceOf, refuseEater } from './price-order.ts';

/** An id that no order has: the price is asked before there is an order. */
const NO_ORDER = 'none';

/** What a meal would cost. Where the elder has this sitting already, it is the price of that order changed. */
export async function quoteMeal(deps: MealDeps, who: Who, query: MealQuoteQuery): Promise<Answer<Quote>> {
  const { elder, sitting, month } = await readOrderContext(deps, { orderId: NO_ORDER, ...query });
  if (!elder) return refuse('not-found');
  if (!mayActFor(who, elder)) return refuse('forbidden');
  if (!sitting) return refuse('sitting-not-open');
  const refused = refuseEater(elder, sitting);
  if (refused) return refused;
  const own = orderInMonth(month, query.date, query.sitting);
  return priceOf(deps.policies, { elder, sitting, eating: query.eating, usage: usageOf(month, query.date, own) });
}
