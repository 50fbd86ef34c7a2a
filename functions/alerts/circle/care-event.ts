import type { DomainEvent } from '../../../shared/contracts/events.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { readCard } from './card-store.ts';
import type { Timed } from './deps.ts';
import { derivedId } from './derived-id.ts';
import { keepCard } from './keep-card.ts';
import { keepPerson, keepRemoved } from './keep-person.ts';
import { openTask } from './open-task.ts';
import { watchIn } from './watch.ts';

type Missed = Extract<DomainEvent, { type: 'meal-missed' }>;

/** Takes what the other features tell into what alerts know. Bears repeats, and news that comes late or out of order. */
export async function careEvent(deps: Timed, event: DomainEvent, now: Instant): Promise<void> {
  if (event.type === 'elder-changed') return keepCard(deps, event.elder, now);
  if (event.type === 'person-changed') return keepPerson(deps, event.person);
  if (event.type === 'person-removed') return keepRemoved(deps, event.person, event.at);
  if (event.type === 'meal-missed') return mealMissed(deps, event, now);
  // A death is in the card as well (`elder-changed`); pauses are the kitchen's.
}

/** As many meals missed running as the policy says: somebody must look after the elder. */
async function mealMissed(deps: Timed, { elderId, orderId, running }: Missed, now: Instant): Promise<void> {
  const card = await readCard(deps, elderId);
  // The card may be on its way: the queue brings the meal again, and at last puts it with the dead letters.
  if (card === undefined) throw new Error(`no card of elder ${elderId} yet`);
  if (card.diedOn !== null || running < watchIn(deps.policies, card.area, now).missedMeals) return;
  await openTask(deps, { card, why: 'meals-missed', taskId: derivedId('meals-missed', orderId), now });
}
