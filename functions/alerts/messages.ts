import * as z from 'zod/mini';
import { AlertSource, Position } from '../../shared/contracts/alerts.ts';
import { PressRecord, Recipient } from './records.ts';

/**
 * What travels through the alerts topic and its queues, at least once. The SNS attribute `type` is `press`, `press-again` or `notice`; a notice
 * also carries `channels`, a string array, by which each channel's queue picks its own.
 */
export const PressMessage = z.object({ type: z.literal('press'), press: PressRecord });
export type PressMessage = z.infer<typeof PressMessage>;

/**
 * Something to tell people: a wave of the ladder, or what became of the alert. It carries everything a channel needs, so that
 * a channel reads nothing but its ledger, and tells people even when that cannot be read.
 */
export const NoticeMessage = z.object({
  type: z.literal('notice'),
  alertId: z.string(),
  /** `wave-0` (told without the table), `wave-1`, `wave-2` …, `answered-<rev>`, `reopened-<rev>`, `closed-<rev>`, `test-<id>`: the ledger's key with channel and person. */
  notice: z.string(),
  kind: z.enum(['wave', 'answered', 'reopened', 'closed', 'contact-test']),
  source: AlertSource,
  /** When the press was received. */
  raisedAt: z.string(),
  drill: z.boolean(),
  /** The press is not taken at its word. */
  unverified: z.optional(z.boolean()),
  /** What is known of whom it is about. */
  elderId: z.optional(z.string()),
  name: z.optional(z.string()),
  address: z.optional(z.string()),
  phone: z.optional(z.string()),
  area: z.string(),
  position: z.optional(Position),
  /** Who answered, or how it ended. */
  by: z.optional(z.string()),
  note: z.optional(z.string()),
  recipients: z.array(Recipient),
});
export type NoticeMessage = z.infer<typeof NoticeMessage>;

/** A timer: a delayed message. It is handed on until `dueAt`, then does its work, if the work is still wanted. */
export const TimerMessage = z.discriminatedUnion('type', [
  /** Call wave `wave` unless somebody has answered. The notice without recipients stands in where the alert cannot be read. */
  z.object({ type: z.literal('escalate'), alertId: z.string(), wave: z.int(), dueAt: z.string() }),
  /** Open the alert again unless a step was made since `rev`. */
  z.object({ type: z.literal('reopen'), alertId: z.string(), rev: z.int(), dueAt: z.string() }),
  /** Raise an alert unless the check task is done. */
  z.object({ type: z.literal('check-task'), taskId: z.string(), dueAt: z.string() }),
]);
export type TimerMessage = z.infer<typeof TimerMessage>;
