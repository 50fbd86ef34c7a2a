import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { InboxEntry } from '../../../shared/contracts/alerts.ts';
import { refuse } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts';
import type { Answer } from '../../platform/endpoint.ts';
import type { Who } from '../../platform/who.ts';
import { updateItem } from '../circle/alerts-table.ts';
import { inboxKey, inboxOf } from '../keys.ts';
import type { AnswerDeps } from './deps.ts';

const PAGE = 30;
const Place = z.strictObject({ sk: z.string().check(z.maxLength(120)) });
/** Items carry their keys; what is answered does not. */
const InboxItem = z.object(InboxEntry.shape);

/** A page of what Anxin has to tell this person, newest first. `unread` counts this page. */
export async function myInbox(
  { db, alertsTable }: AnswerDeps,
  who: Who,
  { cursor, now }: { readonly cursor?: string | undefined; readonly now: Instant },
): Promise<Answer<{ at: string; entries: InboxEntry[]; unread: number; cursor?: string }>> {
  const from = decodeCursor(cursor, Place);
  if (from === 'unreadable') return refuse('invalid-request', [{ path: 'query.cursor' }]);
  const pk = inboxOf(who.personId);
  const { Items = [], LastEvaluatedKey: last } = await db.send(
    new QueryCommand({
      TableName: alertsTable,
      KeyConditionExpression: 'pk = :inbox',
      ExpressionAttributeValues: { ':inbox': pk },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: PAGE,
      ExclusiveStartKey: from && { pk, sk: from.sk },
    }),
  );
  const entries = Items.map((item) => InboxItem.parse(item));
  const unread = entries.filter(({ readAt }) => readAt === undefined).length;
  return { at: now, entries, unread, ...(last && { cursor: encodeCursor({ sk: last.sk }) }) };
}

/** Marks a line of one's own inbox as read; the first time stays. A line that is gone by now is as good as read. */
export async function readInboxEntry(
  deps: AnswerDeps,
  who: Who,
  { entryId, now }: { readonly entryId: string; readonly now: Instant },
): Promise<Record<string, never>> {
  await updateItem(deps, inboxKey(who.personId, entryId), {
    UpdateExpression: 'SET readAt = if_not_exists(readAt, :now)',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':now': now },
  });
  return {};
}
