import type { AlertDetail, AlertStep, AlertView, DeliveryView, InboxEntry } from '../../../shared/contracts/alerts.ts';
import type { Contact, Device, HealthNotes } from '../../../shared/contracts/circle.ts';
import type { Person } from '../../../shared/contracts/people.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { type Handlers, refused } from './fake-api.ts';
import { DAUGHTER_ID, ELDER_ID, NOW } from './sample.ts';

export const ALERT_ID = '55555555-5555-4555-8555-555555555555';
/** So many seconds after the clock of the tests. */
export const later = (seconds: number): string => toInstant(Date.parse(NOW) + seconds * 1000);

export const anAlert = (change: Partial<AlertView> = {}): AlertView => ({
  alertId: ALERT_ID,
  elderId: ELDER_ID,
  name: '王建国',
  age: 82,
  phone: '13800001234',
  address: '和平里 3 号楼 2 单元 501',
  area: '130102001001001',
  source: 'app',
  state: 'calling',
  drill: false,
  unverified: false,
  raisedAt: NOW,
  waitingSince: NOW,
  wave: 1,
  presses: 1,
  contacts: [],
  rev: 1,
  ...change,
});

export const aDelivery = (change: Partial<DeliveryView> = {}): DeliveryView => ({
  notice: 'wave-1',
  channel: 'sms',
  to: DAUGHTER_ID,
  name: '王小梅',
  callee: 'family',
  phone: '139****0001',
  state: 'sent',
  at: later(2),
  ...change,
});

export const aStep = (change: Partial<AlertStep> = {}): AlertStep => ({
  stepId: `step-${change.kind ?? 'raised'}-${change.at ?? NOW}`,
  at: NOW,
  kind: 'raised',
  by: { personId: ELDER_ID, name: '王建国', role: 'elder' },
  ...change,
});

export const aDetail = (change: Partial<AlertDetail> = {}): AlertDetail => ({
  alert: anAlert(),
  timeline: [aStep()],
  deliveries: [],
  evidence: [],
  ...change,
});

export const aContact = (n: number, change: Partial<Contact> = {}): Contact => ({
  contactId: `00000000-0000-4000-8000-00000000000${n}`,
  kind: 'neighbour',
  name: `邻居${n}`,
  relation: '楼下',
  phone: `1390000000${n}`,
  order: n,
  ...change,
});

export const aDevice = (change: Partial<Device> = {}): Device => ({
  deviceId: '66666666-6666-4666-8666-666666666666',
  kind: 'key',
  area: '130102001001001',
  elderId: ELDER_ID,
  place: '床头',
  registeredAt: '2026-11-01T02:00:00.000Z',
  lastHeardAt: later(-1200),
  batteryPercent: 80,
  rev: 1,
  ...change,
});

/** What the alerts API of a small town holds. */
export interface AlertState {
  /** By alert; the newest first in lists. */
  details: AlertDetail[];
  inbox: InboxEntry[];
  contacts: Contact[];
  devices: Device[];
  notes: HealthNotes | null;
}
export const noAlerts = (): AlertState => ({ details: [], inbox: [], contacts: [], devices: [], notes: null });

/** The alerts API of one family, kept in memory. `raiseAlert` is left to the test. */
export function alertHandlers(state: AlertState, person: Person): Handlers {
  const find = (alertId: string | undefined) => state.details.find((one) => one.alert.alertId === alertId);
  const step = (
    { params, body }: { params: Record<string, string>; body: { stepId: string; note?: string } },
    kind: AlertStep['kind'],
    change: Partial<AlertView>,
  ) => {
    const detail = find(params.alertId);
    if (detail === undefined) return refused('not-found');
    const by = { personId: person.personId, name: person.name, role: person.role };
    const next: AlertDetail = {
      ...detail,
      alert: { ...detail.alert, ...change, rev: detail.alert.rev + 1 },
      timeline: [...detail.timeline, aStep({ stepId: body.stepId, at: later(20), kind, by, note: body.note })],
    };
    state.details = state.details.map((one) => (one === detail ? next : one));
    return next.alert;
  };
  const me = { personId: person.personId, name: person.name, role: person.role };
  return {
    getAlert: ({ params }) => find(params.alertId) ?? refused('not-found'),
    listElderAlerts: ({ params }) => ({
      alerts: state.details.map((one) => one.alert).filter((one) => one.elderId === params.elderId),
    }),
    acknowledgeAlert: (asked) =>
      step(asked, 'acknowledged', { state: 'acknowledged', owner: me, answeredAt: later(20), waitingSince: undefined }),
    arriveAtAlert: (asked) => step(asked, 'arrived', { state: 'arrived' }),
    noteOnAlert: (asked) => step(asked, 'note', {}),
    callOff: (asked) => step(asked, 'called-off', { calledOffAt: later(5), callOffUntil: undefined }),
    myInbox: () => ({
      at: NOW,
      entries: state.inbox,
      unread: state.inbox.filter((one) => one.readAt === undefined).length,
    }),
    readInboxEntry: ({ params }) => {
      state.inbox = state.inbox.map((one) => (one.entryId === params.entryId ? { ...one, readAt: NOW } : one));
      return {};
    },
    listContacts: () => ({ contacts: [...state.contacts].sort((a, b) => a.order - b.order) }),
    putContact: ({ params, body }) => {
      const contact: Contact = { ...body, contactId: params.contactId ?? '' };
      state.contacts = [...state.contacts.filter((one) => one.contactId !== contact.contactId), contact];
      return contact;
    },
    removeContact: ({ params }) => {
      state.contacts = state.contacts.filter((one) => one.contactId !== params.contactId);
      return {};
    },
    testContact: ({ params }) => {
      const found = state.contacts.find((one) => one.contactId === params.contactId);
      if (found === undefined) return refused('not-found');
      const tested: Contact = { ...found, testedAt: NOW, testResult: 'sending' };
      state.contacts = state.contacts.map((one) => (one === found ? tested : one));
      return tested;
    },
    getHealthNotes: () => ({ notes: state.notes }),
    putHealthNotes: ({ body }) => {
      state.notes = body;
      return { notes: state.notes };
    },
    listElderDevices: () => ({ devices: state.devices }),
    testDevice: ({ params }) => {
      state.devices = state.devices.map((one) =>
        one.deviceId === params.deviceId ? { ...one, testUntil: later(600) } : one,
      );
      return state.devices.find((one) => one.deviceId === params.deviceId) ?? refused('not-found');
    },
  };
}
