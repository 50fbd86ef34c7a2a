import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import { within } from '../../../shared/values/areas.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import type { Who } from '../../platform/who.ts';
import { alertKey, currentKey, familyOf, personKey, revokedKey, unverifiedPerson } from '../keys.ts';
import { AlertRecord, CurrentAlert, ReachablePerson } from '../records.ts';
import { type AlertsTable, readItem } from './alerts-table.ts';
import { readCard } from './card-store.ts';
import { epochSeconds } from './device-token.ts';

/**
 * From now on no alert is taken at its word from a token that this person got before: the phone is lost, somebody else has it, or
 * somebody floods the board. Their presses are kept as one unverified alert that rings nobody. A new sign-in gives a token that
 * holds again.
 *
 * Community and district staff revoke whoever belongs to their area; whoever is on duty for it, who floods it: somebody with an
 * open unverified alert.
 *
 * Refuses: `not-found` (alerts have never heard of this person), `forbidden` (staff of another area; a family member or elder none
 * of whose elders lives in one's area; and they have no open unverified alert here).
 */
export async function revokePerson(
  store: AlertsTable,
  who: Who,
  { personId, now }: { readonly personId: string; readonly now: Instant },
): Promise<Record<string, never> | Refusal> {
  const item = await readItem(store, personKey(personId));
  const flood = await openUnverified(store, personId);
  if (item === undefined && flood === undefined) return refuse('not-found');
  const may =
    (flood !== undefined && isOnDutyFor(who, flood)) ||
    (item !== undefined &&
      REVOKES_THEIRS.includes(who.role) &&
      (await belongsHere(store, who, ReachablePerson.parse(item))));
  if (!may) return refuse('forbidden');
  // A token may have been issued within this very second.
  const before = epochSeconds(now) + 1;
  await store.db.send(new PutCommand({ TableName: store.alertsTable, Item: { ...revokedKey(personId), before } }));
  return {};
}

const REVOKES_THEIRS: readonly Who['role'][] = ['community-staff', 'district-staff'];

/** The open alert of a person who is not taken at their word, if there is one. */
async function openUnverified(store: AlertsTable, personId: string): Promise<AlertRecord | undefined> {
  const current = await readItem(store, currentKey(unverifiedPerson(personId)));
  const item = current && (await readItem(store, alertKey(CurrentAlert.parse(current).alertId)));
  const alert = item && AlertRecord.parse(item);
  return alert?.closedAt === undefined ? alert : undefined;
}

/** Of an alert of which no area is known, every desk and every district. */
const isOnDutyFor = (who: Who, { area }: AlertRecord): boolean =>
  area === '' ? who.role === 'dispatcher' || who.role === 'district-staff' : within(area, who.area ?? '');

/** Staff belong to their area; an elder's own account to where the elder lives; a family member to where one of theirs does. */
async function belongsHere(store: AlertsTable, who: Who, person: ReachablePerson): Promise<boolean> {
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
