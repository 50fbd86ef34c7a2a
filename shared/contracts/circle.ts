import * as z from 'zod/mini';
import { AreaCode } from '../values/areas.ts';
import { Instant } from '../values/dates.ts';
import { Uuid } from '../values/ids.ts';
import { line } from '../values/text.ts';
import { DEVICE_KINDS } from './device-kinds.ts';
import { Phone } from './people.ts';

export { DEVICE_KINDS } from './device-kinds.ts';

/** Who an emergency contact is to the elder; the ladder calls them by it. */
export const CONTACT_KINDS = ['family', 'neighbour', 'volunteer'] as const;

/** What can ring at somebody's: a call, a text message, a message of WeChat for which a consent is left. */
export const REACHES = ['voice', 'sms', 'wechat'] as const;
export type Reach = (typeof REACHES)[number];

/**
 * WeChat brings one message of an alert for each consent (订阅消息). `templateId` is what a consent is asked for; `left` how many messages
 * it can still bring.
 */
export const MessageConsents = z.strictObject({ templateId: z.string(), left: z.int() });
export type MessageConsents = z.infer<typeof MessageConsents>;
/** A consent that was given in WeChat. Its id is made by the client: told twice it counts once. */
export const MessageConsentForm = z.strictObject({ templateId: z.string().check(z.regex(/^[\w-]{1,100}$/)) });

/** An emergency contact as family or staff write it. `order` 1 is called first. */
export const ContactForm = z.strictObject({
  kind: z.enum(CONTACT_KINDS),
  name: line(40),
  /** Daughter, neighbour below … as people say it. */
  relation: z.optional(line(20)),
  phone: Phone,
  order: z.int().check(z.minimum(1), z.maximum(99)),
});
export type ContactForm = z.infer<typeof ContactForm>;
export const Contact = z.strictObject({
  contactId: z.string(),
  kind: z.enum(CONTACT_KINDS),
  name: z.string(),
  relation: z.optional(z.string()),
  phone: z.optional(z.string()),
  order: z.int(),
  /** Where the contact is somebody with an account: a bound family member. */
  personId: z.optional(z.string()),
  /** What can ring at theirs now; empty: nothing can. Absent where the server does not tell yet. */
  reach: z.optional(z.array(z.enum(REACHES))),
  /** When they were last told by a test, and whether anything of it arrived that rings. */
  testedAt: z.optional(Instant),
  testResult: z.optional(z.enum(['sending', 'sent', 'failed'])),
});
export type Contact = z.infer<typeof Contact>;

/** What a helper must know in the first minutes (急救卡). Opened by the family, and by break-glass during an alert. */
export const HealthNotes = z.strictObject({
  conditions: z.optional(line(400)),
  medicines: z.optional(line(400)),
  allergies: z.optional(line(400)),
  bloodType: z.optional(z.enum(['A', 'B', 'AB', 'O', 'unknown'])),
  hospital: z.optional(line(100)),
  entrance: z.optional(line(200)),
  other: z.optional(line(400)),
});
export type HealthNotes = z.infer<typeof HealthNotes>;

/** A device as staff register it. Without `elderId` it belongs to the community only. */
export const DeviceForm = z.strictObject({
  kind: z.enum(DEVICE_KINDS),
  area: AreaCode,
  elderId: z.optional(Uuid),
  /** Where it hangs: bedroom, bathroom … */
  place: z.optional(line(40)),
  serial: z.optional(line(60)),
});
export type DeviceForm = z.infer<typeof DeviceForm>;
export const Device = z.strictObject({
  deviceId: Uuid,
  kind: z.enum(DEVICE_KINDS),
  area: z.string(),
  elderId: z.optional(z.string()),
  place: z.optional(z.string()),
  serial: z.optional(z.string()),
  registeredAt: Instant,
  lastHeardAt: z.optional(Instant),
  batteryPercent: z.optional(z.int()),
  /** Set when the device has been silent for longer than the policy allows. */
  silentSince: z.optional(Instant),
  /** While it lies ahead, presses of this device are drills. */
  testUntil: z.optional(Instant),
  revokedAt: z.optional(Instant),
  rev: z.int(),
});
export type Device = z.infer<typeof Device>;
/** The token is shown once. It is replaced in the answer of a heartbeat when it has grown old. */
export const RegisteredDevice = z.strictObject({ device: Device, token: z.string() });
export const Heartbeat = z.strictObject({
  batteryPercent: z.optional(z.int().check(z.minimum(0), z.maximum(100))),
  at: z.optional(Instant),
});
export const HeartbeatAnswer = z.strictObject({
  at: Instant,
  /** How soon the next one is expected, seconds. */
  everySeconds: z.int(),
  /** A new token, to be used from now on; the old one holds until the new one has been used. */
  token: z.optional(z.string()),
});

/** Somebody must look after an elder by a time: meals missed twice running, a visit not made. */
export const CheckTask = z.strictObject({
  taskId: z.string(),
  elderId: z.string(),
  name: z.optional(z.string()),
  address: z.optional(z.string()),
  phone: z.optional(z.string()),
  area: z.string(),
  why: z.enum(['meals-missed', 'visit-missed', 'device-silent']),
  openedAt: Instant,
  dueAt: Instant,
  doneAt: z.optional(Instant),
  doneBy: z.optional(z.string()),
  finding: z.optional(z.enum(['well', 'needs-help', 'not-found'])),
  note: z.optional(z.string()),
  /** The alert that was raised when the task was not done in time, or because help is needed. */
  alertId: z.optional(z.string()),
});
export type CheckTask = z.infer<typeof CheckTask>;
export const CheckTaskDone = z.strictObject({
  finding: z.enum(['well', 'needs-help', 'not-found']),
  note: z.optional(line(400)),
});
