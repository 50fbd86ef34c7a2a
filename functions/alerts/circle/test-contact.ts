import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Contact } from '../../../shared/contracts/circle.ts';
import { isRefusal, refuse } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { takeAttempt } from '../../platform/attempts.ts';
import type { Answer } from '../../platform/endpoint.ts';
import type { Who } from '../../platform/who.ts';
import { contactAttemptsKey, contactTestKey } from '../keys.ts';
import type { NoticeMessage } from '../messages.ts';
import { publishNotice } from '../notices/publish-notice.ts';
import type { ElderCard, Recipient } from '../records.ts';
import { cardFor } from './card-store.ts';
import {
  type CircleMember,
  type ContactTest,
  contactView,
  memberId,
  membersOf,
  resultOf,
  testNotice,
  testsPartition,
} from './contacts.ts';
import type { CircleDeps } from './deps.ts';
import { nameOf } from './people.ts';

const DAY_SECONDS = 24 * 60 * 60;
const TESTS_A_DAY = 3;

/**
 * Sends a test to one contact, by every channel that an alert could take, marked as a test. What became of it stands with the
 * contact from then on.
 *
 * Refuses: `not-found` (no such contact), `too-many-attempts` (three a day for each contact).
 */
export async function testContact(
  deps: CircleDeps,
  who: Who,
  { elderId, contactId, now }: { readonly elderId: string; readonly contactId: string; readonly now: Instant },
): Promise<Answer<Contact>> {
  const card = await cardFor(deps, who, elderId);
  if (isRefusal(card)) return card;
  const member = (await membersOf(deps, card)).find((each) => memberId(each) === contactId);
  if (member === undefined) return refuse('not-found');
  const { db, alertsTable } = deps;
  const limit = { table: alertsTable, key: contactAttemptsKey(elderId, contactId), most: TESTS_A_DAY };
  if (!(await takeAttempt(db, { ...limit, seconds: DAY_SECONDS }, now))) return refuse('too-many-attempts');
  const test: ContactTest = { contactId, testId: crypto.randomUUID(), at: now };
  await db.send(new PutCommand({ TableName: alertsTable, Item: { ...contactTestKey(elderId, contactId), ...test } }));
  await publishNotice(deps, testMessage(card, member, test, await nameOf(deps, who)));
  return contactView(who, member, await resultOf(deps, elderId, test, now));
}

const testMessage = (card: ElderCard, member: CircleMember, test: ContactTest, by: string): NoticeMessage => ({
  type: 'notice',
  alertId: testsPartition(card.elderId),
  notice: testNotice(test.testId),
  kind: 'contact-test',
  source: 'staff-call',
  raisedAt: test.at,
  drill: true,
  elderId: card.elderId,
  name: card.name,
  area: card.area,
  by,
  recipients: recipientsOf(member),
});

const CALLEE_OF = { family: 'family', neighbour: 'neighbours', volunteer: 'volunteers' } as const;

/** Every way in which an alert could reach this contact. */
function recipientsOf(member: CircleMember): Recipient[] {
  if (!('person' in member)) {
    const { contactId: to, name, phone, kind } = member;
    return (['sms', 'voice'] as const).map((channel) => ({ channel, to, name, callee: CALLEE_OF[kind], phone }));
  }
  const { personId, name, phone, openid } = member.person;
  const withoutConsent = member.consentsLeft === 0;
  const person = { to: personId, name, callee: 'family', personId } as const;
  return [
    { channel: 'inbox', ...person },
    ...(openid === undefined
      ? []
      : [{ channel: 'wechat', ...person, openid, ...(withoutConsent && { withoutConsent }) } as const]),
    ...(phone === undefined ? [] : (['sms', 'voice'] as const).map((channel) => ({ channel, ...person, phone }))),
  ];
}
