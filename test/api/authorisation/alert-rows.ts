import type { RouteName } from '../../../shared/routes.ts';
import type { Parts } from '../support/http.ts';
import { ofCommunity, ofElder, type Row } from './row.ts';
import type { World } from './worlds.ts';

const month = { query: { month: new Date().toISOString().slice(0, 7) } };
const step = () => ({ stepId: crypto.randomUUID() });
const ofCalling = (body?: () => object) => ({
  asks: ({ alerts }: World): Parts => ({ params: { alertId: alerts.callingId }, ...(body && { body: body() }) }),
});
const ofContact = (body?: object) => ({
  asks: ({ elder, alerts }: World): Parts => ({
    params: { elderId: elder.elderId, contactId: alerts.contactId },
    ...(body && { body }),
  }),
});
const ofDevice = (body?: object) => ({
  asks: ({ alerts }: World): Parts => ({ params: { deviceId: alerts.deviceId }, ...(body && { body }) }),
});

/** The rows of AnxinAlerts. */
export const alertRows = {
  raiseAlert: {
    asks: ({ newId, elder }) => ({ params: { alertId: newId }, body: { elderId: elder.elderId, source: 'app' } }),
  },

  alertBoard: { asks: ofCommunity },
  getAlert: ofCalling(),
  alertTimeline: ofCalling(),
  listElderAlerts: { asks: ofElder },
  callOff: ofCalling(step),
  acknowledgeAlert: ofCalling(step),
  handOverAlert: {
    asks: ({ alerts }) => ({ params: { alertId: alerts.ownedId }, body: { ...step(), to: alerts.onDutyId } }),
  },
  noteOnAlert: ofCalling(() => ({ ...step(), note: '打电话没人接' })),
  arriveAtAlert: ofCalling(step),
  resolveAlert: ofCalling(() => ({ ...step(), outcome: 'helped-at-home', note: '扶起来了' })),
  falseAlarm: ofCalling(() => ({ ...step(), note: '误碰' })),
  closeUnverified: {
    asks: (world) => ({
      ...ofCommunity(world),
      body: { ...step(), note: '无此人', alertIds: [world.alerts.callingId] },
    }),
  },
  peopleOnDuty: { asks: ofCommunity },
  openHealthNotes: ofCalling(() => ({ reason: '昏迷' })),
  listHealthNotesOpenings: { asks: ofCommunity },
  reviewHealthNotesOpening: {
    asks: ({ alerts }) => ({
      params: { alertId: alerts.callingId, openingId: alerts.openingId },
      body: { finding: 'justified', note: '情况属实' },
    }),
  },
  myInbox: { asks: () => ({}) },
  readInboxEntry: { asks: () => ({ params: { entryId: '2026-12-01T000000000Z-none' } }) },
  alertReport: { asks: (world) => ({ ...ofCommunity(world), ...month }) },
  alertReportCsv: { asks: (world) => ({ ...ofCommunity(world), ...month }) },

  listContacts: { asks: ofElder },
  putContact: ofContact({ kind: 'neighbour', name: '老邻居', phone: '13900000002', order: 2 }),
  removeContact: ofContact(),
  getMessageConsents: { asks: () => ({}) },
  putMessageConsent: {
    asks: ({ newId }) => ({ params: { consentId: newId }, body: { templateId: 'local-template' } }),
  },
  testContact: ofContact(),
  getHealthNotes: { asks: ofElder },
  putHealthNotes: { asks: (world) => ({ ...ofElder(world), body: { allergies: '青霉素', bloodType: 'A' } }) },
  startDrill: { asks: (world) => ({ ...ofElder(world), body: { alertId: world.newId } }) },
  listElderDevices: { asks: ofElder },
  listDevices: { asks: ofCommunity },
  registerDevice: {
    asks: ({ newId, community }) => ({ params: { deviceId: newId }, body: { kind: 'key', area: community } }),
  },
  revokeDevice: ofDevice(),
  testDevice: ofDevice(),
  heartbeat: ofDevice({ batteryPercent: 80 }),
  listCheckTasks: { asks: ofCommunity },
  finishCheckTask: {
    asks: ({ alerts }) => ({ params: { taskId: alerts.taskId }, body: { finding: 'well', note: '在家' } }),
  },
  revokePerson: { asks: ({ alerts }) => ({ params: { personId: alerts.flooderId } }) },
} as const satisfies { readonly [name in RouteName]?: Row };
