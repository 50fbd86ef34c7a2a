import * as z from 'zod/mini';
import {
  Actor,
  AlertSource,
  AlertState,
  Channel,
  DeliveryState,
  Doubt,
  Position,
  Reading,
} from '../../shared/contracts/alerts.ts';
import { CALLEES } from '../../shared/contracts/callees.ts';
import { CheckTask, CONTACT_KINDS, DEVICE_KINDS } from '../../shared/contracts/circle.ts';
import { AbilityForm, Tag } from '../../shared/contracts/elder-facts.ts';
import { ROLES } from '../../shared/contracts/roles.ts';

export * from './press-record.ts';

/** The items of the alerts table. Each is parsed when it is read; what a reader does not know is left alone. */

/** The alert that the presses of one subject join until the window is over or it is closed. */
export const CurrentAlert = z.object({ alertId: z.string(), openedAt: z.string(), joinUntil: z.string() });
export type CurrentAlert = z.infer<typeof CurrentAlert>;

export const LadderWave = z.object({
  /** Seconds after the press. */
  after: z.int(),
  callees: z.array(z.enum(CALLEES)),
  channels: z.array(Channel),
});
export type LadderWave = z.infer<typeof LadderWave>;

/** What the policy says of this alert, taken when it was opened. Seconds. */
export const AlertPlan = z.object({
  /** `lanzhou-chengguan/2026-01`, or `default` where no policy speaks of alerts. */
  policy: z.string(),
  joinSeconds: z.int(),
  callOffSeconds: z.int(),
  nextStepSeconds: z.int(),
  /** After the last wave its callees are called again at this distance, until somebody answers. */
  repeatSeconds: z.int(),
  /** It rings once: after the last wave nobody is called again. */
  once: z.optional(z.boolean()),
  waves: z.array(LadderWave),
});
export type AlertPlan = z.infer<typeof AlertPlan>;

/** Somebody whom a wave calls, with the address of the channel. `to` names them in the ledger: a person's id, or a contact's. */
export const Recipient = z.object({
  channel: Channel,
  to: z.string(),
  name: z.string(),
  callee: z.enum(CALLEES),
  personId: z.optional(z.string()),
  phone: z.optional(z.string()),
  openid: z.optional(z.string()),
  /** By WeChat's subscription messages: no consent is left, so that it will hardly arrive. It is tried all the same. */
  withoutConsent: z.optional(z.boolean()),
  /** A partner system: its id in the policy and its address. */
  partner: z.optional(z.object({ id: z.string(), url: z.optional(z.string()) })),
});
export type Recipient = z.infer<typeof Recipient>;

export const AlertRecord = z.object({
  alertId: z.string(),
  /** `elder:<id>`, `device:<id>` or `person:<id>`: what presses join by. */
  subject: z.string(),
  elderId: z.optional(z.string()),
  deviceId: z.optional(z.string()),
  name: z.optional(z.string()),
  birthDate: z.optional(z.string()),
  phone: z.optional(z.string()),
  address: z.optional(z.string()),
  /** Empty when nothing is known. */
  area: z.string(),
  /** Person ids of the family, for who may see it. */
  family: z.array(z.string()),
  contacts: z.array(
    z.object({ name: z.string(), callee: z.string(), relation: z.optional(z.string()), phone: z.string() }),
  ),
  source: AlertSource,
  raisedBy: Actor,
  raisedAt: z.string(),
  pressedAt: z.optional(z.string()),
  position: z.optional(Position),
  reading: z.optional(Reading),
  note: z.optional(z.string()),
  drill: z.boolean(),
  canary: z.boolean(),
  unverified: z.boolean(),
  doubt: z.optional(Doubt),
  plan: AlertPlan,
  state: AlertState,
  /** The last wave that was called, from 1; 0 while the first is under way. Past the last of the plan it repeats that one. */
  wave: z.int(),
  /** When the next thing is due: the next wave while calling, the re-opening while acknowledged. Absent: nothing is. */
  dueAt: z.optional(z.string()),
  /** Since when nobody has answered; absent while somebody has. */
  waitingSince: z.optional(z.string()),
  calledOffAt: z.optional(z.string()),
  owner: z.optional(Actor),
  answeredAt: z.optional(z.string()),
  closedAt: z.optional(z.string()),
  outcome: z.optional(z.string()),
  presses: z.int(),
  rev: z.int(),
});
export type AlertRecord = z.infer<typeof AlertRecord>;

export const DeliveryRecord = z.object({
  notice: z.string(),
  channel: Channel,
  to: z.string(),
  name: z.string(),
  callee: z.string(),
  /** Masked, but for the public number of a partner. */
  phone: z.optional(z.string()),
  state: DeliveryState,
  /** Why it was not sent, in short: `no-consent`, `no-address`, `status 503` … */
  reason: z.optional(z.string()),
  at: z.string(),
  /** While it lies ahead, another delivery of the same message keeps its hands off. */
  leaseUntil: z.optional(z.string()),
  attempts: z.int(),
});
export type DeliveryRecord = z.infer<typeof DeliveryRecord>;

/** What alerts know of an elder: told by the elders' stream, kept here so that nothing else need be read. */
export const ElderCard = z.object({
  elderId: z.string(),
  name: z.string(),
  sex: z.enum(['female', 'male']),
  birthDate: z.string(),
  phone: z.optional(z.string()),
  area: z.string(),
  address: z.string(),
  localHousehold: z.boolean(),
  tags: z.array(z.object({ tag: Tag, grade: z.optional(z.int()), since: z.string(), until: z.optional(z.string()) })),
  abilityLevel: z.optional(AbilityForm.shape.level),
  family: z.array(z.string()),
  diedOn: z.nullable(z.string()),
  /** The elder's own version: an older one that arrives late changes nothing. */
  rev: z.int(),
});
export type ElderCard = z.infer<typeof ElderCard>;

/** A person whom alerts can reach: told by the sessions' stream. */
export const ReachablePerson = z.object({
  personId: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  area: z.optional(z.string()),
  phone: z.optional(z.string()),
  openid: z.optional(z.string()),
  /** Whose own account it is. */
  elderId: z.optional(z.string()),
  /** Goes up when their sessions end: older tokens are void. Absent in what was kept before there were epochs. */
  epoch: z.optional(z.int()),
  /** Since when they work here no more. */
  removedAt: z.optional(z.string()),
  rev: z.int(),
});
export type ReachablePerson = z.infer<typeof ReachablePerson>;
/**
 * WeChat's consents of a person for messages of alerts: each brings one message. `left` goes up with each consent that is told, down
 * with each message that is sent, and to 0 when WeChat says that there is none.
 */
export const WechatConsents = z.object({ personId: z.string(), templateId: z.string(), left: z.int() });
export type WechatConsents = z.infer<typeof WechatConsents>;
/** Tokens of a person that were issued before this second (epoch) are not taken at their word. */
export const RevokedRecord = z.object({ before: z.int() });

/** Everybody on duty for exactly one area. */
export const DutyRoster = z.object({
  area: z.string(),
  people: z.record(z.string(), z.object({ name: z.string(), role: z.enum(ROLES), phone: z.optional(z.string()) })),
});
export type DutyRoster = z.infer<typeof DutyRoster>;

/**
 * An emergency contact that was written by hand. The bound family is not among them: they are the card's `family`, each with
 * the phone of their PERSON item, and are called after these.
 */
export const ContactRecord = z.object({
  contactId: z.string(),
  kind: z.enum(CONTACT_KINDS),
  name: z.string(),
  relation: z.optional(z.string()),
  phone: z.string(),
  order: z.int(),
});
export type ContactRecord = z.infer<typeof ContactRecord>;

/** A device. Which elder it belongs to stands here; its token may still say another one. */
export const DeviceRecord = z.object({
  deviceId: z.string(),
  kind: z.enum(DEVICE_KINDS),
  area: z.string(),
  elderId: z.optional(z.string()),
  place: z.optional(z.string()),
  serial: z.optional(z.string()),
  registeredAt: z.string(),
  lastHeardAt: z.optional(z.string()),
  batteryPercent: z.optional(z.int()),
  silentSince: z.optional(z.string()),
  testUntil: z.optional(z.string()),
  revokedAt: z.optional(z.string()),
  /** When the token that it last used was issued (epoch seconds). An older one was superseded: its presses are taken, its heartbeats not. */
  tokensFrom: z.int(),
  rev: z.int(),
});
export type DeviceRecord = z.infer<typeof DeviceRecord>;

/** A check task as stored: what is known of the elder is as it was when the task was opened. */
export const TaskRecord = z.object({ ...CheckTask.shape, doneById: z.optional(z.string()) });
export type TaskRecord = z.infer<typeof TaskRecord>;
