import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Contact, ContactForm, Reach } from '../../../shared/contracts/circle.ts';
import { maskPhone } from '../../../shared/contracts/people.ts';
import { isRefusal, type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { batchGetAll } from '../../platform/batch-get.ts';
import type { Answer } from '../../platform/endpoint.ts';
import { type Step, transact } from '../../platform/transact.ts';
import type { Who } from '../../platform/who.ts';
import { alertKey, cardKey, consentsKey, contactKey, contactTestsOf, DELIVERIES, personKey } from '../keys.ts';
import { type ContactRecord, DeliveryRecord, type ElderCard, ReachablePerson, WechatConsents } from '../records.ts';
import { type AlertsTable, readItem } from './alerts-table.ts';
import { cardFor, contactRecord, contactsOf } from './card-store.ts';

/** So many contacts are written by hand; bound family members come besides. The card counts them, so that no two writers exceed it. */
const MOST_CONTACTS = 12;
/** Bound family members are called after those who were written by hand (orders 1 to 99). */
const FAMILY_ORDER = 100;
const ROUNDS = 4;

/** A test of a contact: which one, and when. */
export const ContactTest = z.object({ contactId: z.string(), testId: z.string(), at: z.string() });
export type ContactTest = z.infer<typeof ContactTest>;

/** The ledger keeps the tests of an elder's contacts under this name, as it keeps the deliveries of an alert. */
export const testsPartition = (elderId: string): string => `contact-tests-${elderId}`;
export const testNotice = (testId: string): string => `test-${testId}`;

/** A test that was not heard of by then did not arrive. */
const TEST_MINUTES = 10;

/** Somebody whom an alert of an elder reaches: written by hand, or bound as family. */
export type CircleMember =
  | ContactRecord
  | { readonly person: ReachablePerson; readonly consentsLeft: number; readonly order: number };
export const memberId = (member: CircleMember): string =>
  'person' in member ? member.person.personId : member.contactId;

/** Everybody whom an alert of an elder reaches besides the desk, in the order in which they are called. */
export async function membersOf(store: AlertsTable, card: ElderCard): Promise<CircleMember[]> {
  const [contacts, people] = await Promise.all([
    contactsOf(store, card.elderId),
    batchGetAll(
      store.db,
      store.alertsTable,
      card.family.flatMap((personId) => [personKey(personId), consentsKey(personId)]),
    ),
  ]);
  const [consents, reachable] = [
    people.filter(({ sk }) => sk === 'WECHAT-CONSENTS').map((item) => WechatConsents.parse(item)),
    people.filter(({ sk }) => sk === 'PERSON').map((item) => ReachablePerson.parse(item)),
  ];
  const byId = new Map(reachable.map((person) => [person.personId, person]));
  const leftOf = new Map(consents.map(({ personId, left }) => [personId, left]));
  const family = card.family.flatMap((personId, index) => {
    const person = byId.get(personId);
    return person === undefined
      ? []
      : [{ person, consentsLeft: leftOf.get(personId) ?? 0, order: FAMILY_ORDER + index }];
  });
  return [...contacts, ...family];
}

/**
 * Whom an alert of this elder reaches, in the order in which they are called: those written by hand, then the bound family.
 *
 * A number written by hand is shown whole to those who may change it; the family's own numbers are masked.
 */
export async function listContacts(
  store: AlertsTable,
  who: Who,
  { elderId, now }: { readonly elderId: string; readonly now: Instant },
): Promise<{ contacts: Contact[] } | Refusal> {
  const card = await cardFor(store, who, elderId);
  if (isRefusal(card)) return card;
  const [members, tests] = await Promise.all([membersOf(store, card), testsOf(store, elderId)]);
  const contacts = await Promise.all(
    members.map(async (member) => {
      const test = tests.get(memberId(member));
      return contactView(who, member, test && (await resultOf(store, elderId, test, now)));
    }),
  );
  return { contacts };
}

type TestShown = Pick<Contact, 'testedAt' | 'testResult'>;

export function contactView(who: Who, member: CircleMember, test: TestShown = {}): Contact {
  if ('person' in member) {
    const { personId, name, phone } = member.person;
    const shown = phone !== undefined && (personId === who.personId ? phone : maskPhone(phone));
    return {
      contactId: personId,
      personId,
      kind: 'family',
      name,
      ...(shown && { phone: shown }),
      reach: reachOf(member),
      order: member.order,
      ...test,
    };
  }
  const { contactId, kind, name, relation, phone, order } = member;
  return {
    contactId,
    kind,
    name,
    ...(relation !== undefined && { relation }),
    phone: who.role === 'dispatcher' ? maskPhone(phone) : phone,
    reach: reachOf(member),
    order,
    ...test,
  };
}

/** What can ring at somebody's now. */
function reachOf(member: CircleMember): Reach[] {
  const phone = 'person' in member ? member.person.phone : member.phone;
  const byWechat = 'person' in member && member.person.openid !== undefined && member.consentsLeft > 0;
  return [...(phone === undefined ? [] : (['voice', 'sms'] as const)), ...(byWechat ? (['wechat'] as const) : [])];
}

async function testsOf({ db, alertsTable }: AlertsTable, elderId: string): Promise<ReadonlyMap<string, ContactTest>> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: alertsTable,
      KeyConditionExpression: 'pk = :tests AND begins_with(sk, :test)',
      ExpressionAttributeValues: { ':tests': contactTestsOf(elderId), ':test': 'TEST#' },
      ConsistentRead: true,
    }),
  );
  return new Map(Items.map((item) => ContactTest.parse(item)).map((test) => [test.contactId, test]));
}

/** What became of a test, as the ledger of deliveries has it: one channel that rings is enough; a line in the app's inbox is not. */
export async function resultOf(
  { db, alertsTable }: AlertsTable,
  elderId: string,
  { testId, at }: ContactTest,
  now: Instant,
): Promise<TestShown> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: alertsTable,
      KeyConditionExpression: 'pk = :tests AND begins_with(sk, :notice)',
      ExpressionAttributeValues: {
        ':tests': alertKey(testsPartition(elderId)).pk,
        ':notice': `${DELIVERIES}${testNotice(testId)}#`,
      },
      ConsistentRead: true,
    }),
  );
  const deliveries = Items.map((item) => DeliveryRecord.parse(item));
  const states = deliveries.filter(({ channel }) => channel !== 'inbox').map(({ state }) => state);
  const isLate = Date.parse(now) - Date.parse(at) > TEST_MINUTES * 60_000;
  // Somebody whom nothing but the inbox reaches is not waited for.
  const isUnderWay = states.includes('sending') || (states.length === 0 && deliveries.length === 0);
  return {
    testedAt: at,
    testResult: states.includes('sent') ? 'sent' : isUnderWay && !isLate ? 'sending' : 'failed',
  };
}

/**
 * Adds or changes a contact. The same again changes nothing.
 *
 * Refuses: `too-many-contacts`, `forbidden` (a bound family member is no contact by hand), `not-found`, `busy`.
 */
export async function putContact(
  store: AlertsTable,
  who: Who,
  { elderId, contactId, form }: { readonly elderId: string; readonly contactId: string; readonly form: ContactForm },
): Promise<Answer<Contact>> {
  const card = await cardFor(store, who, elderId);
  if (isRefusal(card)) return card;
  if (card.family.includes(contactId)) return refuse('forbidden');
  const record: ContactRecord = { contactId, ...form };
  for (let round = 0; round < ROUNDS; round++) {
    const before = await contactRecord(store, elderId, contactId);
    if (before && isSame(before, record)) return { replayed: contactView(who, record) };
    const table = store.alertsTable;
    const outcome = await transact<'contact' | 'card'>(store.db, [
      putRecord(table, elderId, record, before === undefined),
      ...(before === undefined ? [count(table, elderId, 1)] : []),
    ]);
    if (outcome.committed) return contactView(who, record);
    if ('busy' in outcome) break;
    // The other writer may have added this very contact: then it is read anew.
    if (!outcome.failed.has('contact')) return refuse('too-many-contacts');
  }
  return refuse('busy');
}

const isSame = (a: ContactRecord, b: ContactRecord): boolean =>
  a.kind === b.kind && a.name === b.name && a.relation === b.relation && a.phone === b.phone && a.order === b.order;

/**
 * Removes a contact that was written by hand. Removing it again changes nothing.
 *
 * Refuses: `forbidden` (a bound family member goes with the binding), `not-found`, `busy`.
 */
export async function removeContact(
  store: AlertsTable,
  who: Who,
  { elderId, contactId }: { readonly elderId: string; readonly contactId: string },
): Promise<Answer<Record<string, never>>> {
  const card = await cardFor(store, who, elderId);
  if (isRefusal(card)) return card;
  if (card.family.includes(contactId)) return refuse('forbidden');
  const table = store.alertsTable;
  for (let round = 0; round < ROUNDS; round++) {
    if ((await readItem(store, contactKey(elderId, contactId))) === undefined) return { replayed: {} };
    const outcome = await transact<'contact' | 'card'>(store.db, [
      {
        step: 'contact',
        Delete: {
          TableName: table,
          Key: contactKey(elderId, contactId),
          ConditionExpression: 'attribute_exists(pk)',
        },
      },
      count(table, elderId, -1),
    ]);
    if (outcome.committed) return {};
    if ('busy' in outcome) break;
  }
  return refuse('busy');
}

const putRecord = (table: string, elderId: string, record: ContactRecord, isNew: boolean): Step<'contact'> => ({
  step: 'contact',
  Put: {
    TableName: table,
    Item: { ...contactKey(elderId, record.contactId), ...record },
    ConditionExpression: isNew ? 'attribute_not_exists(pk)' : 'attribute_exists(pk)',
  },
});

/** Counts a contact on the card, or takes one off. */
const count = (table: string, elderId: string, by: 1 | -1): Step<'card'> => ({
  step: 'card',
  Update: {
    TableName: table,
    Key: cardKey(elderId),
    UpdateExpression: 'SET contactCount = if_not_exists(contactCount, :zero) + :by',
    ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(contactCount) OR contactCount < :most)',
    ExpressionAttributeValues: { ':zero': 0, ':by': by, ':most': by === 1 ? MOST_CONTACTS : Number.MAX_SAFE_INTEGER },
  },
});
