import * as z from 'zod/mini';
import { AlertReceived } from '../contracts/alerts.ts';
import {
  CheckTask,
  CheckTaskDone,
  Contact,
  ContactForm,
  Device,
  DeviceForm,
  HealthNotes,
  Heartbeat,
  HeartbeatAnswer,
  MessageConsentForm,
  MessageConsents,
  RegisteredDevice,
} from '../contracts/circle.ts';
import { ANSWERING_ROLES } from '../contracts/roles.ts';
import { route } from '../route.ts';
import { AreaCode } from '../values/areas.ts';
import { Cursor, Uuid } from '../values/ids.ts';

const ElderPath = z.strictObject({ elderId: Uuid });
const ContactPath = z.strictObject({ elderId: Uuid, contactId: Uuid });
const DevicePath = z.strictObject({ deviceId: Uuid });
const TaskPath = z.strictObject({ taskId: Uuid });
/** Who keeps an elder's contacts: the family, the elder, and the community. */
const KEEPERS = ['elder', 'family', 'community-staff', 'grid-worker', 'district-staff'] as const;
const DEVICE_STAFF = ['community-staff', 'district-staff', 'dispatcher'] as const;

/** Whom an alert reaches and what it comes from: contacts, health notes, devices, checks. */
export const circleRoutes = {
  listContacts: route('GET /elders/{elderId}/contacts', {
    feature: 'circle',
    summary: 'The emergency contacts of an elder in the order in which they are called',
    role: [...KEEPERS, 'dispatcher'],
    relation: 'elder',
    params: ElderPath,
    reply: z.strictObject({ contacts: z.array(Contact) }),
  }),
  putContact: route('PUT /elders/{elderId}/contacts/{contactId}', {
    feature: 'circle',
    summary: 'Add or change an emergency contact',
    role: KEEPERS,
    relation: 'elder',
    params: ContactPath,
    body: ContactForm,
    reply: Contact,
    refusals: ['too-many-contacts', 'busy'],
  }),
  removeContact: route('DELETE /elders/{elderId}/contacts/{contactId}', {
    feature: 'circle',
    summary: 'Remove an emergency contact that was added by hand',
    role: KEEPERS,
    relation: 'elder',
    params: ContactPath,
    reply: z.strictObject({}),
    refusals: ['busy'],
  }),
  getMessageConsents: route('GET /message-consents', {
    feature: 'circle',
    summary: 'How many messages of alerts WeChat can still bring oneself, and what a consent is asked for',
    role: ['family'],
    relation: 'self',
    reply: MessageConsents,
  }),
  putMessageConsent: route('PUT /message-consents/{consentId}', {
    feature: 'circle',
    summary: 'Count a consent that was given in WeChat; a repeat counts once',
    role: ['family'],
    relation: 'self',
    params: z.strictObject({ consentId: Uuid }),
    body: MessageConsentForm,
    reply: MessageConsents,
    refusals: ['busy'],
  }),
  testContact: route('POST /elders/{elderId}/contacts/{contactId}/test', {
    feature: 'circle',
    summary: 'Send a test message to a contact, marked as a test',
    role: KEEPERS,
    relation: 'elder',
    params: ContactPath,
    reply: Contact,
    refusals: ['too-many-attempts'],
  }),
  getHealthNotes: route('GET /elders/{elderId}/health-notes', {
    feature: 'circle',
    summary: 'The health notes for helpers, as elder or family read them',
    role: ['elder', 'family'],
    relation: 'elder',
    params: ElderPath,
    reply: z.strictObject({ notes: z.nullable(HealthNotes) }),
  }),
  putHealthNotes: route('PUT /elders/{elderId}/health-notes', {
    feature: 'circle',
    summary: 'Write the health notes for helpers',
    role: ['elder', 'family'],
    relation: 'elder',
    params: ElderPath,
    body: HealthNotes,
    reply: z.strictObject({ notes: z.nullable(HealthNotes) }),
  }),
  startDrill: route('POST /elders/{elderId}/drills', {
    feature: 'circle',
    summary: 'Start a drill: an alert that goes the whole way, marked as drill throughout',
    role: ['community-staff', 'dispatcher', 'district-staff'],
    relation: 'elder',
    params: ElderPath,
    body: z.strictObject({ alertId: Uuid }),
    reply: AlertReceived,
    refusals: ['elder-died', 'busy'],
  }),
  listElderDevices: route('GET /elders/{elderId}/devices', {
    feature: 'circle',
    summary: 'The devices of an elder, and when each was last heard',
    role: [...KEEPERS, 'dispatcher'],
    relation: 'elder',
    params: ElderPath,
    reply: z.strictObject({ devices: z.array(Device) }),
  }),
  listDevices: route('GET /areas/{area}/devices', {
    feature: 'circle',
    summary: 'The devices of an area; `silent` for those that have not been heard for too long',
    role: [...DEVICE_STAFF, 'grid-worker'],
    relation: 'area',
    params: z.strictObject({ area: AreaCode }),
    query: z.strictObject({ silent: z.optional(z.enum(['true'])), cursor: Cursor }),
    reply: z.strictObject({ devices: z.array(Device), cursor: Cursor }),
  }),
  registerDevice: route('PUT /devices/{deviceId}', {
    feature: 'circle',
    summary: 'Register a device, or bind it to another elder or place; answers its token, once',
    role: DEVICE_STAFF,
    relation: 'area',
    params: DevicePath,
    body: DeviceForm,
    reply: RegisteredDevice,
    refusals: ['device-revoked', 'busy'],
  }),
  revokeDevice: route('POST /devices/{deviceId}/revoke', {
    feature: 'circle',
    summary: 'Revoke a lost or broken device: its tokens are refused from now on',
    role: DEVICE_STAFF,
    relation: 'area',
    params: DevicePath,
    reply: Device,
    refusals: ['busy'],
  }),
  testDevice: route('POST /devices/{deviceId}/test', {
    feature: 'circle',
    summary: 'For ten minutes the presses of this device are drills',
    role: [...KEEPERS, 'dispatcher'],
    relation: 'elder',
    params: DevicePath,
    reply: Device,
    refusals: ['device-revoked', 'busy'],
  }),
  heartbeat: route('POST /devices/{deviceId}/heartbeats', {
    feature: 'circle',
    summary: 'A device says that it is there',
    role: ['device'],
    relation: 'self',
    params: DevicePath,
    body: Heartbeat,
    reply: HeartbeatAnswer,
  }),
  listCheckTasks: route('GET /areas/{area}/check-tasks', {
    feature: 'circle',
    summary: 'Elders to look after now: open check tasks, the most urgent first',
    role: ANSWERING_ROLES,
    relation: 'area',
    params: z.strictObject({ area: AreaCode }),
    reply: z.strictObject({ at: z.string(), tasks: z.array(CheckTask) }),
  }),
  finishCheckTask: route('POST /check-tasks/{taskId}/done', {
    feature: 'circle',
    summary: 'Say what was found at the door; “needs help” raises an alert',
    role: ANSWERING_ROLES,
    relation: 'area',
    params: TaskPath,
    body: CheckTaskDone,
    reply: CheckTask,
    refusals: ['already-done', 'busy'],
  }),
  revokePerson: route('POST /people/{personId}/revoke', {
    feature: 'circle',
    summary:
      'No alert is taken at its word any more from tokens that this person got before now: a lost phone, or a flood of presses',
    role: ANSWERING_ROLES,
    relation: 'area',
    params: z.strictObject({ personId: Uuid }),
    reply: z.strictObject({}),
  }),
} as const;
