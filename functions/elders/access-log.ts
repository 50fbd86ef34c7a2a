import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { AccessLogEntry, type ReadReason } from '../../shared/contracts/elders.ts';
import { isRefusal, type Refusal } from '../../shared/contracts/refusal.ts';
import type { Instant } from '../../shared/values/dates.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import type { Step } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import type { ElderDeps } from './deps.ts';
import { elderFor, unreadableCursor } from './elder-store.ts';
import { ACCESSES, accessKey } from './keys.ts';

export interface Access {
  readonly elderId: string;
  readonly who: Who;
  readonly at: Instant;
  /** What was opened: `care-record`, or what of it was changed: `tag disabled`, `ability`. */
  readonly what: string;
  readonly reason: z.infer<typeof ReadReason>;
  /** What stood there before a change. Kept as proof; not shown with the log. */
  readonly before?: unknown;
}

export const accessItem = ({ elderId, who, at, what, reason, before }: Access) => ({
  ...accessKey(elderId, at, crypto.randomUUID()),
  at,
  personId: who.personId,
  role: who.role,
  what,
  reason,
  ...(before !== undefined && { before }),
});

/** Writes the log's entry in the transaction of the change that it tells of. */
export const accessLogged = (table: string, access: Access): Step<'with'> => ({
  step: 'with',
  Put: { TableName: table, Item: accessItem(access) },
});

const PAGE = 50;
const placeOf = () => z.strictObject({ sk: z.string().check(z.maxLength(120), z.startsWith(ACCESSES)) });

/** A page of who opened the care record, newest first. */
export async function getAccessLog(
  deps: ElderDeps,
  who: Who,
  { elderId, cursor }: { elderId: string; cursor?: string | undefined },
): Promise<{ entries: z.infer<typeof AccessLogEntry>[]; cursor?: string } | Refusal> {
  const elder = await elderFor(deps, who, elderId);
  if (isRefusal(elder)) return elder;
  const from = decodeCursor(cursor, placeOf());
  if (from === 'unreadable') return unreadableCursor();
  const { pk } = accessKey(elderId, '', '');
  const { Items = [], LastEvaluatedKey: last } = await deps.db.send(
    new QueryCommand({
      TableName: deps.eldersTable,
      KeyConditionExpression: 'pk = :elder AND begins_with(sk, :accesses)',
      ExpressionAttributeValues: { ':elder': pk, ':accesses': ACCESSES },
      ScanIndexForward: false,
      ConsistentRead: true,
      ExclusiveStartKey: from && { pk, sk: from.sk },
      Limit: PAGE,
    }),
  );
  const entries = Items.map(({ at, personId, role, what, reason }) =>
    AccessLogEntry.parse({ at, personId, role, what, reason }),
  );
  return last ? { entries, cursor: encodeCursor({ sk: last.sk }) } : { entries };
}
