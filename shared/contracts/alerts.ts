import * as z from 'zod/mini';
import { AreaCode } from '../values/areas.ts';
import { Instant } from '../values/dates.ts';
import { Cursor, Uuid } from '../values/ids.ts';
import { line } from '../values/text.ts';
import { Phone } from './people.ts';
import { Actor, AlertSource, Position, Reading } from './press.ts';

export * from './press.ts';

/** The yes: at least one of the two ways holds it. */
export const AlertReceived = z.strictObject({
  alertId: z.string(),
  receivedAt: Instant,
  stored: z.boolean(),
  published: z.boolean(),
});
export type AlertReceived = z.infer<typeof AlertReceived>;

/**
 * `calling`: nobody has answered yet (or nobody does any more). `acknowledged`: somebody owns it. `arrived`: somebody is at the
 * door. `resolved` and `false-alarm` are closed.
 */
export const ALERT_STATES = ['calling', 'acknowledged', 'arrived', 'resolved', 'false-alarm'] as const;
export const AlertState = z.enum(ALERT_STATES);
export type AlertState = z.infer<typeof AlertState>;

export const CHANNELS = ['inbox', 'wechat', 'sms', 'voice', 'partner', 'canary'] as const;
/** `inbox` is the board and the inbox inside Anxin: it is always used. `canary` is the test channel. */
export const Channel = z.enum(CHANNELS);
export type Channel = z.infer<typeof Channel>;

export const STEP_KINDS = [
  'raised',
  'pressed-again',
  'called-off',
  'wave',
  'acknowledged',
  'handed-over',
  'arrived',
  'note',
  'reopened',
  'health-notes-opened',
  'resolved',
  'false-alarm',
] as const;
/** One line of an alert's timeline. `wave` and its number: who was called then stands in the deliveries. */
export const AlertStep = z.strictObject({
  stepId: z.string(),
  at: Instant,
  kind: z.enum(STEP_KINDS),
  by: Actor,
  wave: z.optional(z.int()),
  /** Of a wave: false where nobody of it can be rung, so that the next one follows at once. */
  rings: z.optional(z.boolean()),
  to: z.optional(Actor),
  note: z.optional(z.string()),
});
export type AlertStep = z.infer<typeof AlertStep>;

/** A press that belongs to an alert: the proof that is kept of each. */
export const PressEvidence = z.strictObject({
  pressId: z.string(),
  /** The server's clock. */
  at: Instant,
  source: AlertSource,
  by: Actor,
  /** The elder whom an unverified press named. */
  elderId: z.optional(z.string()),
  deviceId: z.optional(z.string()),
  pressedAt: z.optional(Instant),
  position: z.optional(Position),
  reading: z.optional(Reading),
  note: z.optional(z.string()),
  /** What was sent and could not be read, as text, cut at 2 000 characters. */
  unreadable: z.optional(z.string()),
});
export type PressEvidence = z.infer<typeof PressEvidence>;

/**
 * `sending` is claimed and under way; `failed` was given up after its retries. `bundled`: this number had heard so much within the
 * hour that one message told of several alerts instead.
 */
export const DeliveryState = z.enum(['sending', 'sent', 'failed', 'cancelled', 'bundled']);
/** Who was told, by which channel, when. `notice` is `wave-1`, `wave-2`…, `answered`, `reopened`, `closed`. Phones are masked. */
export const DeliveryView = z.strictObject({
  notice: z.string(),
  channel: Channel,
  to: z.string(),
  name: z.string(),
  callee: z.string(),
  phone: z.optional(z.string()),
  state: DeliveryState,
  at: Instant,
});
export type DeliveryView = z.infer<typeof DeliveryView>;

/** Whom the desk can phone, nearest first. Whole numbers: only who answers an alert sees them, while it is open. */
export const CallableContact = z.strictObject({
  name: z.string(),
  callee: z.string(),
  relation: z.optional(z.string()),
  phone: Phone,
});
export type CallableContact = z.infer<typeof CallableContact>;

/**
 * Why a press is not taken at its word. `not-tied`: nothing ties who pressed to the elder, or to any. `removed`: they work here no
 * more. `ended`: their session was ended (signed out everywhere, moved, another role or number). `revoked`: those on duty, or the
 * family, take no alert from this token or device any more. `long-expired`: nobody has used this session for a month.
 */
export const DOUBTS = ['not-tied', 'removed', 'ended', 'revoked', 'long-expired'] as const;
export const Doubt = z.enum(DOUBTS);
export type Doubt = z.infer<typeof Doubt>;

/** An alert as the board shows it. */
export const AlertView = z.strictObject({
  alertId: z.string(),
  elderId: z.optional(z.string()),
  deviceId: z.optional(z.string()),
  /** Absent where it is not known whom it is about. */
  name: z.optional(z.string()),
  age: z.optional(z.int()),
  phone: z.optional(z.string()),
  address: z.optional(z.string()),
  /** Empty when nothing is known: every desk sees it. */
  area: z.union([AreaCode, z.literal('')]),
  source: AlertSource,
  state: AlertState,
  drill: z.boolean(),
  /**
   * The press is not taken at its word, and `doubt` says why. Whatever one person presses so is one line, which rings the desk
   * once; `presses` counts.
   */
  unverified: z.boolean(),
  doubt: z.optional(Doubt),
  raisedAt: Instant,
  /** Since when nobody has answered; absent while somebody has. */
  waitingSince: z.optional(Instant),
  /** Until when the elder can call it off; absent once that is over, or somebody has answered. */
  callOffUntil: z.optional(Instant),
  calledOffAt: z.optional(Instant),
  owner: z.optional(Actor),
  answeredAt: z.optional(Instant),
  closedAt: z.optional(Instant),
  /** What the owner must do by then, or the alert opens again. */
  nextStepBy: z.optional(Instant),
  /** When the next wave is called, if nobody answers. */
  nextWaveAt: z.optional(Instant),
  wave: z.int(),
  presses: z.int(),
  position: z.optional(Position),
  reading: z.optional(Reading),
  note: z.optional(z.string()),
  outcome: z.optional(z.string()),
  contacts: z.array(CallableContact),
  rev: z.int(),
});
export type AlertView = z.infer<typeof AlertView>;

/** An alert with everything that happened. */
export const AlertDetail = z.strictObject({
  /** The server's clock, for the waiting times: a phone's own may be off by hours. */
  at: z.optional(Instant),
  alert: AlertView,
  timeline: z.array(AlertStep),
  deliveries: z.array(DeliveryView),
  evidence: z.array(PressEvidence),
});
export type AlertDetail = z.infer<typeof AlertDetail>;

/**
 * The board: a page of the open alerts of an area, and the server's clock for the waiting times. First those that nobody has
 * answered, verified before unverified, and in each the one that has waited longest; then those that were called off; then
 * those that somebody has. The counts are of all pages; drills count as alerts do.
 */
export const AlertBoard = z.strictObject({
  at: Instant,
  alerts: z.array(AlertView),
  /** Open alerts in all; those among them that nobody has answered; and the unverified ones. A server of before does not count. */
  open: z.optional(z.int()),
  waiting: z.optional(z.int()),
  unverified: z.optional(z.int()),
  /** Where the next page begins; absent on the last one. */
  cursor: Cursor,
});
export type AlertBoard = z.infer<typeof AlertBoard>;

/** A step of somebody who answers. `stepId` is made by the client: a repeat is told from a second step by it. */
export const AlertStepForm = z.strictObject({ stepId: Uuid, note: z.optional(line(400)) });
export const HandOverForm = z.strictObject({ stepId: Uuid, to: Uuid, note: z.optional(line(400)) });
export const ALERT_OUTCOMES = ['helped-at-home', 'hospital', 'police-or-fire', 'comforted', 'died', 'other'] as const;
export const CloseAlertForm = z.strictObject({ stepId: Uuid, outcome: z.enum(ALERT_OUTCOMES), note: line(400) });
export const FalseAlarmForm = z.strictObject({ stepId: Uuid, note: line(400) });

/** How many alerts can be closed at once. */
export const MOST_CLOSED_AT_ONCE = 100;
/** Closes many unverified alerts as false alarms, with one note. `stepId` is made by the client. */
export const CloseUnverifiedForm = z.strictObject({
  stepId: Uuid,
  note: line(400),
  alertIds: z.array(Uuid).check(z.minLength(1), z.maxLength(MOST_CLOSED_AT_ONCE)),
});
/** What became of each: closed (now or before), or why it was left open: a refusal's code. */
export const ClosedUnverified = z.strictObject({
  closed: z.array(Uuid),
  left: z.array(z.strictObject({ alertId: Uuid, refused: z.string() })),
});

/** One line of a person's inbox, newest first. */
export const InboxEntry = z.strictObject({
  entryId: z.string(),
  alertId: z.optional(z.string()),
  at: Instant,
  kind: z.enum(['wave', 'answered', 'reopened', 'closed', 'device-silent', 'check-task', 'contact-test']),
  text: z.strictObject({ zh: z.string(), en: z.string() }),
  drill: z.boolean(),
  readAt: z.optional(Instant),
});
export type InboxEntry = z.infer<typeof InboxEntry>;

/** The reason why somebody opens an elder's health notes during an alert; kept and reviewed. */
export const OpenHealthNotes = z.strictObject({ reason: line(200) });
/** An opening of health notes, for review. */
export const HealthNotesOpening = z.strictObject({
  openingId: z.string(),
  alertId: z.string(),
  elderId: z.string(),
  elderName: z.string(),
  at: Instant,
  by: Actor,
  reason: z.string(),
  review: z.optional(
    z.strictObject({ at: Instant, by: Actor, finding: z.enum(['justified', 'not-justified']), note: z.string() }),
  ),
});
export type HealthNotesOpening = z.infer<typeof HealthNotesOpening>;
export const ReviewOpening = z.strictObject({ finding: z.enum(['justified', 'not-justified']), note: line(400) });
