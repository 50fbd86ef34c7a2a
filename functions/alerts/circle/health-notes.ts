import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { HealthNotes } from '../../../shared/contracts/circle.ts';
import { isRefusal, type Refusal } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import type { Who } from '../../platform/who.ts';
import { healthNotesKey } from '../keys.ts';
import { type AlertsTable, readItem } from './alerts-table.ts';
import { cardFor } from './card-store.ts';

/** Items carry their keys and who wrote them; what is answered does not. */
const Notes = z.object(HealthNotes.shape);

interface NotesShown {
  readonly notes: HealthNotes | null;
}

/** The notes for helpers, as the elder or the family reads them; null where none were written. Staff open them by break-glass alone. */
export async function getHealthNotes(store: AlertsTable, who: Who, elderId: string): Promise<NotesShown | Refusal> {
  const card = await cardFor(store, who, elderId);
  if (isRefusal(card)) return card;
  const item = await readItem(store, healthNotesKey(elderId));
  return { notes: item ? Notes.parse(item) : null };
}

/** Writes the notes over what was there. The last writer wins: they are one short card, and whoever writes has just read it. */
export async function putHealthNotes(
  store: AlertsTable,
  who: Who,
  { elderId, notes, now }: { readonly elderId: string; readonly notes: HealthNotes; readonly now: Instant },
): Promise<NotesShown | Refusal> {
  const card = await cardFor(store, who, elderId);
  if (isRefusal(card)) return card;
  await store.db.send(
    new PutCommand({
      TableName: store.alertsTable,
      Item: { ...healthNotesKey(elderId), elderId, ...notes, writtenAt: now, writtenBy: who.personId },
    }),
  );
  return { notes };
}
