import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { InboxEntry } from '../../../shared/contracts/alerts.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { inParallel } from '../../platform/in-parallel.ts';
import { inboxEntryId, inboxKey } from '../keys.ts';
import type { AlertsTable } from './alerts-table.ts';

/** Lines of an inbox go after this time. */
const KEPT_DAYS = 180;
const AT_ONCE = 8;

/** Something to tell people in their inbox. `of` tells it from everything else of that moment, so that it is told once. */
export interface Told extends Pick<InboxEntry, 'kind' | 'text'> {
  readonly at: Instant;
  readonly of: string;
}

/** Puts a line into each of these inboxes. What is there already, read or not, stays as it is. */
export async function tell(store: AlertsTable, people: Iterable<string>, { at, of, kind, text }: Told): Promise<void> {
  const entryId = inboxEntryId(at, of);
  const ttl = Math.floor(Date.parse(at) / 1000) + KEPT_DAYS * 24 * 60 * 60;
  await inParallel(AT_ONCE, new Set(people), async (personId) => {
    try {
      await store.db.send(
        new PutCommand({
          TableName: store.alertsTable,
          Item: { ...inboxKey(personId, entryId), entryId, at, kind, text, drill: false, ttl },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  });
}
