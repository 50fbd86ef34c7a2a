import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import { within } from '../../../shared/values/areas.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import type { Who } from '../../platform/who.ts';
import { familyOf, personKey } from '../keys.ts';
import { ReachablePerson } from '../records.ts';
import { type AlertsTable, readItem } from './alerts-table.ts';
import { readCard } from './card-store.ts';
import { revokedItem } from './device-store.ts';
import { epochSeconds } from './device-token.ts';

const Known = z.extend(ReachablePerson, { elderId: z.optional(z.string()) });

/**
 * From now on no alert is taken from a token that this person got before: the phone is lost, or somebody else has it. A new
 * sign-in gives a token that holds.
 *
 * Refuses: `not-found` (alerts have never heard of this person), `forbidden` (staff of another area; a family member or elder none
 * of whose elders lives in one's area; a dispatcher or district staff, unless by district staff).
 */
export async function revokePerson(
  store: AlertsTable,
  who: Who,
  { personId, now }: { readonly personId: string; readonly now: Instant },
): Promise<Record<string, never> | Refusal> {
  const item = await readItem(store, personKey(personId));
  if (item === undefined) return refuse('not-found');
  const person = Known.parse(item);
  if (!(await belongsHere(store, who, person))) return refuse('forbidden');
  // A token may have been issued within this very second.
  const before = epochSeconds(now) + 1;
  await store.db.send(new PutCommand({ TableName: store.alertsTable, Item: revokedItem('PERSON', personId, before) }));
  return {};
}

/** Staff belong to their area; an elder's own account to where the elder lives; a family member to where one of theirs does. */
async function belongsHere(store: AlertsTable, who: Who, person: z.infer<typeof Known>): Promise<boolean> {
  const { personId, role, area, elderId } = person;
  if (role === 'elder') return elderId !== undefined && livesHere(await readCard(store, elderId), who);
  if (role !== 'family') return within(area ?? '', who.area ?? '');
  const { Items = [] } = await store.db.send(
    new QueryCommand({
      TableName: store.alertsTable,
      KeyConditionExpression: 'pk = :family',
      ExpressionAttributeValues: { ':family': familyOf(personId) },
    }),
  );
  for (const { sk } of Items) {
    const card = await readCard(store, String(sk));
    if (livesHere(card, who) && card?.family.includes(personId)) return true;
  }
  return false;
}

const livesHere = (card: { readonly area: string } | undefined, who: Who): boolean =>
  card !== undefined && within(card.area, who.area ?? '');
