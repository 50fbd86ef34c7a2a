import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ElderTold } from '../../../shared/contracts/events.ts';
import { type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { mayActFor } from '../../elders/elder-record.ts';
import type { Who } from '../../platform/who.ts';
import { CONTACTS, cardKey, circleOf, cityOf, contactKey, drillPlace, drillsOfCity } from '../keys.ts';
import { ContactRecord, ElderCard } from '../records.ts';
import { type AlertsTable, readItem, settingAll, updateItem } from './alerts-table.ts';
import type { Ruled } from './deps.ts';
import { firstDrillAt } from './drill-time.ts';
import { watchIn } from './watch.ts';

/** What alerts know of an elder. */
export async function readCard(store: AlertsTable, elderId: string): Promise<ElderCard | undefined> {
  const item = await readItem(store, cardKey(elderId));
  return item && ElderCard.parse(item);
}

/** The card, for somebody who may act for the elder: `not-found` where there is none, `forbidden` where they have nothing to do with it. */
export async function cardFor(store: AlertsTable, who: Who, elderId: string): Promise<ElderCard | Refusal> {
  const card = await readCard(store, elderId);
  if (card === undefined) return refuse('not-found');
  return mayActFor(who, card) ? card : refuse('forbidden');
}

/** One contact that was written by hand. */
export async function contactRecord(
  store: AlertsTable,
  elderId: string,
  contactId: string,
): Promise<ContactRecord | undefined> {
  const item = await readItem(store, contactKey(elderId, contactId));
  return item && ContactRecord.parse(item);
}

/** The contacts that were written by hand, in the order in which they are called. */
export async function contactsOf({ db, alertsTable }: AlertsTable, elderId: string): Promise<ContactRecord[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: alertsTable,
      KeyConditionExpression: 'pk = :circle AND begins_with(sk, :contacts)',
      ExpressionAttributeValues: { ':circle': circleOf(elderId), ':contacts': CONTACTS },
      ConsistentRead: true,
    }),
  );
  const order = ({ order, contactId }: ContactRecord) => `${String(order).padStart(3, '0')}#${contactId}`;
  return Items.map((item) => ContactRecord.parse(item)).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** A card as it lies in the table. Who fills a table from outside (the town) uses it too. */
export const cardItem = (elder: ElderTold, firstDrill: Instant) => ({
  ...cardKey(elder.elderId),
  ...elder,
  ...(elder.diedOn === null && {
    gsi1pk: drillsOfCity(cityOf(elder.area)),
    gsi1sk: drillPlace(firstDrill, elder.elderId),
  }),
});

/**
 * Writes what is told of an elder over an older version; what alerts themselves keep on the card stays. Answers the card when
 * this is what is known now (also when it was written before), undefined when something newer is.
 */
export async function putCard(
  store: Ruled,
  elder: ElderTold,
  now: Instant,
): Promise<(ElderCard & { readonly endedAt?: unknown }) | undefined> {
  const { elderId, diedOn, area, phone, abilityLevel } = elder;
  const lives = diedOn === null;
  const { set, remove, ...values } = settingAll({
    ...elder,
    phone,
    abilityLevel,
    gsi1pk: lives ? drillsOfCity(cityOf(area)) : undefined,
  });
  const written = await updateItem(store, cardKey(elderId), {
    UpdateExpression: `SET ${set}${lives ? ', gsi1sk = if_not_exists(gsi1sk, :drill)' : ''}${
      remove.length > 0 || !lives ? ` REMOVE ${[...remove, ...(lives ? [] : ['gsi1sk'])].join(', ')}` : ''
    }`,
    ConditionExpression: 'attribute_not_exists(pk) OR rev < :rev',
    ...values,
    ExpressionAttributeValues: {
      ...values.ExpressionAttributeValues,
      ...(lives && {
        ':drill': drillPlace(firstDrillAt(elderId, now, watchIn(store.policies, area, now).drill), elderId),
      }),
    },
  });
  const item = written ?? (await readItem(store, cardKey(elderId)));
  if (item === undefined) throw new Error(`the card of elder ${elderId} is gone`);
  const card = ElderCard.parse(item);
  return card.rev === elder.rev ? { ...card, endedAt: item.endedAt } : undefined;
}
