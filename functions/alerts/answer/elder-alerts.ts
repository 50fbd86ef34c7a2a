import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { AlertView } from '../../../shared/contracts/alerts.ts';
import { isRefusal, refuse } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { batchGetAll } from '../../platform/batch-get.ts';
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts';
import type { Answer } from '../../platform/endpoint.ts';
import type { Who } from '../../platform/who.ts';
import { cardFor } from '../circle/card-store.ts';
import { alertKey, historyOf } from '../keys.ts';
import { AlertRecord } from '../records.ts';
import { alertView, tieOf } from './alert-view.ts';
import type { AnswerDeps } from './deps.ts';

const PAGE = 20;
const Place = z.strictObject({ sk: z.string().check(z.maxLength(120)) });

/** A page of an elder's alerts, newest first, for the elder, the family and those on duty. */
export async function listElderAlerts(
  deps: AnswerDeps,
  who: Who,
  { elderId, cursor, now }: { elderId: string; cursor?: string | undefined; now: Instant },
): Promise<Answer<{ alerts: AlertView[]; cursor?: string }>> {
  const { db, alertsTable } = deps;
  const from = decodeCursor(cursor, Place);
  if (from === 'unreadable') return refuse('invalid-request', [{ path: 'query.cursor' }]);
  const card = await cardFor(deps, who, elderId);
  if (isRefusal(card)) return card;
  const pk = historyOf(elderId);
  const { Items = [], LastEvaluatedKey: last } = await db.send(
    new QueryCommand({
      TableName: alertsTable,
      KeyConditionExpression: 'pk = :elder',
      ExpressionAttributeValues: { ':elder': pk },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: PAGE,
      ExclusiveStartKey: from && { pk, sk: from.sk },
    }),
  );
  // The key ends in the alert's id: `<raisedAt>#<alertId>`.
  const keys = Items.map(({ sk }) => alertKey(String(sk).slice(String(sk).indexOf('#') + 1)));
  const alerts = (await batchGetAll(db, alertsTable, keys))
    .map((item) => AlertRecord.parse(item))
    .sort((a, b) => b.raisedAt.localeCompare(a.raisedAt) || b.alertId.localeCompare(a.alertId))
    .flatMap((alert) => {
      // Who may act for the elder now sees their older alerts too, whoever was family then.
      const tie = tieOf(who, alert) ?? (who.role === 'family' ? 'family' : 'desk');
      return [alertView(alert, { who, tie }, now)];
    });
  return last ? { alerts, cursor: encodeCursor({ sk: last.sk }) } : { alerts };
}
