import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { keyOf } from '../../functions/alerts/channels/delivery.ts';
import type { LedgerTable } from '../../functions/alerts/channels/ledger.ts';
import { alertKey, inboxOf } from '../../functions/alerts/keys.ts';
import type { NoticeMessage } from '../../functions/alerts/messages.ts';
import { DeliveryRecord, type Recipient } from '../../functions/alerts/records.ts';
import { InboxEntry } from '../../shared/contracts/alerts.ts';

export const RAISED_AT = '2026-12-01T05:05:00.000Z';

let serial = 0;
const nextId = (): string => `00000000-0000-4000-8000-${String(++serial).padStart(12, '0')}`;

export const aRecipient = (over: Partial<Recipient> = {}): Recipient => ({
  channel: 'voice',
  to: nextId(),
  name: '王芳',
  callee: 'family',
  phone: '13800000002',
  ...over,
});

/** A first wave of an alert of its own. */
export const aNotice = (over: Partial<NoticeMessage> = {}): NoticeMessage => ({
  type: 'notice',
  alertId: nextId(),
  notice: 'wave-1',
  kind: 'wave',
  source: 'key',
  raisedAt: RAISED_AT,
  drill: false,
  elderId: nextId(),
  name: '王建国',
  address: '滨河路1号3单元402',
  phone: '13800000001',
  area: '620102001001001',
  recipients: [aRecipient()],
  ...over,
});

/** Messages as a queue hands them out: each for the `attempt`th time. */
export const handedOut = (messages: readonly unknown[], attempt = 1): SQSEvent => ({
  Records: messages.map((message, index) => ({
    messageId: `message-${index}`,
    receiptHandle: '',
    body: typeof message === 'string' ? message : JSON.stringify(message),
    attributes: {
      ApproximateReceiveCount: String(attempt),
      SentTimestamp: '0',
      SenderId: 'x',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:cn-north-1:000000000000:notices',
    awsRegion: 'cn-north-1',
  })),
});

/** What the ledger says of a delivery. */
export async function ledgerRow(
  { db, alertsTable }: LedgerTable,
  notice: NoticeMessage,
  recipient: Recipient,
): Promise<DeliveryRecord | undefined> {
  const { Item } = await db.send(
    new GetCommand({ TableName: alertsTable, Key: keyOf(notice, recipient), ConsistentRead: true }),
  );
  return Item && DeliveryRecord.parse(Item);
}

const InboxItem = z.object({ ...InboxEntry.shape, ttl: z.int() });

export async function inboxOfPerson({ db, alertsTable }: LedgerTable, personId: string) {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: alertsTable,
      KeyConditionExpression: 'pk = :inbox',
      ExpressionAttributeValues: { ':inbox': inboxOf(personId) },
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => InboxItem.parse(item));
}

/** Stores as much of an alert as the channels read. */
export const putAlertState = ({ db, alertsTable }: LedgerTable, alertId: string, state: string) =>
  db.send(new PutCommand({ TableName: alertsTable, Item: { ...alertKey(alertId), state } }));
