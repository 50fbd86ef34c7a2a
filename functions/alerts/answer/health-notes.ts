import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { HealthNotesOpening, type ReviewOpening } from '../../../shared/contracts/alerts.ts';
import { HealthNotes } from '../../../shared/contracts/circle.ts';
import { isRefusal, type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import { within } from '../../../shared/values/areas.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts';
import type { Answer } from '../../platform/endpoint.ts';
import type { Step } from '../../platform/transact.ts';
import type { Who } from '../../platform/who.ts';
import { readItem, updateItem } from '../circle/alerts-table.ts';
import { cityOf, healthNotesKey, openingIndex, openingKey, openingsOfCity } from '../keys.ts';
import { note } from './alert-steps.ts';
import { readAlert } from './alert-store.ts';
import type { AnswerDeps } from './deps.ts';
import { isOnDutyForIt, takeStep } from './take-step.ts';

/** An opening as it is stored: with the area by which it is found for review. */
const OpeningRecord = z.object({ ...HealthNotesOpening.shape, area: z.string() });
type OpeningRecord = z.infer<typeof OpeningRecord>;
const Notes = z.object(HealthNotes.shape);

/**
 * Break glass: shows the elder's health notes to somebody on duty during an alert. The opening, with its reason, is written
 * before anything is shown: what cannot be logged is not opened. The owner's looking counts as a next step.
 *
 * Refuses: see `alertRoutes.openHealthNotes`.
 */
export async function openHealthNotes(
  deps: AnswerDeps,
  who: Who,
  { alertId, reason, now }: { readonly alertId: string; readonly reason: string; readonly now: Instant },
): Promise<{ notes: HealthNotes | null } | Refusal> {
  const openingId = crypto.randomUUID();
  const taken = await takeStep(deps, who, {
    alertId,
    stepId: openingId,
    now,
    kind: 'health-notes-opened',
    note: reason,
    may: isOnDutyForIt,
    // Where it is not known whom the alert is about there is nothing to open, and nothing to write down.
    change: (alert, by) => (alert.elderId === undefined ? alert : note(alert, by, now)),
    with: ({ alertId: id, elderId = '', name = '', area }, by) => [
      putOpening(deps.alertsTable, { openingId, alertId: id, elderId, elderName: name, area, at: now, by, reason }),
    ],
  });
  if (isRefusal(taken)) return taken;
  const { elderId } = taken.alert;
  if (elderId === undefined) return { notes: null };
  const item = await readItem(deps, healthNotesKey(elderId));
  return { notes: item ? Notes.parse(item) : null };
}

const putOpening = (table: string, opening: OpeningRecord): Step<'with'> => ({
  step: 'with',
  Put: {
    TableName: table,
    Item: {
      ...openingKey(opening.alertId, opening.openingId),
      ...openingIndex(opening.area, opening.at, opening.openingId, false),
      ...opening,
    },
  },
});

const PAGE = 50;
/** Where a page ends: among those without a review (`false`), or among the others. */
const Place = z.strictObject({
  reviewed: z.boolean(),
  key: z.optional(z.strictObject({ pk: z.string(), sk: z.string(), gsi1pk: z.string(), gsi1sk: z.string() })),
});

/** A page of openings in an area: those without a review first, each part by place and time. A page may be short at their border. */
export async function listHealthNotesOpenings(
  deps: AnswerDeps,
  { area, cursor }: { readonly area: string; readonly cursor?: string | undefined },
): Promise<Answer<{ openings: HealthNotesOpening[]; cursor?: string }>> {
  const from = decodeCursor(cursor, Place) ?? { reviewed: false };
  if (from === 'unreadable') return refuse('invalid-request', [{ path: 'query.cursor' }]);
  const partition = openingsOfCity(cityOf(area), from.reviewed);
  // A cursor made by hand must not lead into another partition or area.
  if (from.key && (from.key.gsi1pk !== partition || !from.key.gsi1sk.startsWith(area)))
    return refuse('invalid-request', [{ path: 'query.cursor' }]);
  const { Items = [], LastEvaluatedKey: last } = await deps.db.send(
    new QueryCommand({
      TableName: deps.alertsTable,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :openings AND begins_with(gsi1sk, :area)',
      ExpressionAttributeValues: { ':openings': partition, ':area': area },
      Limit: PAGE,
      ExclusiveStartKey: from.key,
    }),
  );
  const openings = Items.map(openingView);
  if (last) return { openings, cursor: encodeCursor({ reviewed: from.reviewed, key: last }) };
  return from.reviewed ? { openings } : { openings, cursor: encodeCursor({ reviewed: true }) };
}

function openingView(item: Record<string, unknown>): HealthNotesOpening {
  const { area: _area, ...opening } = OpeningRecord.parse(item);
  return opening;
}

/**
 * Says whether an opening was justified; once, and not by who opened. The same review again gets the first answer.
 *
 * Refuses: see `alertRoutes.reviewHealthNotesOpening`.
 */
export async function reviewHealthNotesOpening(
  deps: AnswerDeps,
  who: Who,
  {
    alertId,
    openingId,
    form,
    now,
  }: { alertId: string; openingId: string; form: z.infer<typeof ReviewOpening>; now: Instant },
): Promise<Answer<HealthNotesOpening>> {
  const key = openingKey(alertId, openingId);
  const [item, { by }] = await Promise.all([readItem(deps, key), readAlert(deps, who, alertId)]);
  if (!item) return refuse('not-found');
  const opening = OpeningRecord.parse(item);
  if (!within(opening.area, who.area ?? '') || opening.by.personId === who.personId) return refuse('forbidden');
  const written = await updateItem(deps, key, {
    UpdateExpression: 'SET review = :review, gsi1pk = :reviewed',
    ConditionExpression: 'attribute_not_exists(review)',
    ExpressionAttributeValues: {
      ':review': { at: now, by, ...form },
      ':reviewed': openingsOfCity(cityOf(opening.area), true),
    },
  });
  if (written) return openingView(written);
  const first = openingView((await readItem(deps, key)) ?? item);
  const { review } = first;
  const same = review?.by.personId === who.personId && review.finding === form.finding && review.note === form.note;
  return same ? { replayed: first } : refuse('already-reviewed');
}
