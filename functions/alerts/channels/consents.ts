import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { log } from '../../platform/log.ts';
import { consentsKey } from '../keys.ts';
import type { NoticeMessage } from '../messages.ts';
import { WechatConsents } from '../records.ts';
import { type Send, spared } from './delivery.ts';
import { type LedgerTable, persistently } from './ledger.ts';

/** Nobody waits behind the count, and a table that does not answer keeps nobody from being told. */
const COUNT_MS = 1000;

/** Those that call somebody to act, and the test of it. What became of an alert can be read when the app is opened. */
const isCall = ({ kind }: NoticeMessage): boolean => kind === 'wave' || kind === 'reopened' || kind === 'contact-test';

/**
 * Sends by WeChat, and keeps count of the consents: a message uses one up, and where WeChat says that none is left, none is. The
 * last one is kept for a call: what became of an alert is not told with it. Somebody without any is tried all the same, for
 * WeChat may know of one that was never told to us.
 */
export function countingConsents(ledger: LedgerTable, send: Send): Send {
  return async (notice, recipient) => {
    const { personId } = recipient;
    if (personId === undefined) return send(notice, recipient);
    if (!isCall(notice) && ((await left(ledger, personId)) ?? 2) < 2) return spared('kept-for-a-call');
    const sent = await send(notice, recipient);
    if (sent.state === 'sent') await count(ledger, personId, 'one-less');
    else if (sent.reason === 'no-consent') await count(ledger, personId, 'none');
    return sent;
  };
}

/** How many are left; undefined where that cannot be read. */
async function left({ db, alertsTable }: LedgerTable, personId: string): Promise<number | undefined> {
  const command = new GetCommand({ TableName: alertsTable, Key: consentsKey(personId), ConsistentRead: true });
  try {
    const { Item } = await persistently(COUNT_MS, (abortSignal) => db.send(command, { abortSignal }));
    return Item === undefined ? 0 : WechatConsents.parse(Item).left;
  } catch {
    return undefined;
  }
}

async function count({ db, alertsTable }: LedgerTable, personId: string, how: 'one-less' | 'none'): Promise<void> {
  const command = new UpdateCommand({
    TableName: alertsTable,
    Key: consentsKey(personId),
    UpdateExpression: how === 'none' ? 'SET #left = :zero' : 'SET #left = #left - :one',
    ConditionExpression: 'attribute_exists(pk) AND #left > :zero',
    ExpressionAttributeNames: { '#left': 'left' },
    ExpressionAttributeValues: { ':zero': 0, ...(how === 'one-less' && { ':one': 1 }) },
  });
  try {
    await persistently(COUNT_MS, (abortSignal) => db.send(command, { abortSignal }));
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return;
    await log.warn('consents not counted', { how, error: error instanceof Error ? error : new Error(String(error)) });
  }
}
