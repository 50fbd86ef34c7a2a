import type { AlertReceived } from '../../../shared/contracts/alerts.ts';
import { isRefusal, refuse } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import type { Answer } from '../../platform/endpoint.ts';
import type { Who } from '../../platform/who.ts';
import { cardKey } from '../keys.ts';
import { raiseInside } from '../raise/raise-inside.ts';
import { updateItem } from './alerts-table.ts';
import { cardFor } from './card-store.ts';
import type { Raising } from './check-task-due.ts';
import { actorOf } from './people.ts';

/**
 * Staff start a drill of an elder: an alert that goes the whole way, marked as drill throughout. The same again is the same drill.
 *
 * Refuses: `not-found`, `forbidden`, `elder-died`, `busy` (it could not be passed on).
 */
export async function startDrill(
  deps: Raising,
  who: Who,
  { elderId, alertId, now }: { readonly elderId: string; readonly alertId: string; readonly now: Instant },
): Promise<Answer<AlertReceived>> {
  const card = await cardFor(deps, who, elderId);
  if (isRefusal(card)) return card;
  if (card.diedOn !== null) return refuse('elder-died');
  const by = await actorOf(deps, who);
  const raised = await raiseInside(deps, {
    pressId: alertId,
    at: now,
    source: 'staff-call',
    elderId,
    by,
    area: card.area,
    drill: true,
  });
  if (isRefusal(raised)) return refuse('busy');
  await updateItem(deps, cardKey(elderId), {
    UpdateExpression: 'SET lastDrillAt = :now',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':now': now },
  });
  return raised.replayed ? { replayed: raised.received } : raised.received;
}
