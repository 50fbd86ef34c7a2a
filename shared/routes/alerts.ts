import * as z from 'zod/mini';
import { AlertReport, Month } from '../contracts/alert-report.ts';
import {
  AlertBoard,
  AlertDetail,
  AlertReceived,
  AlertStepForm,
  AlertView,
  CloseAlertForm,
  FalseAlarmForm,
  HandOverForm,
  HealthNotesOpening,
  InboxEntry,
  OpenHealthNotes,
  RaiseAlert,
  ReviewOpening,
} from '../contracts/alerts.ts';
import { HealthNotes } from '../contracts/circle.ts';
import { ANSWERING_ROLES, ROLES } from '../contracts/roles.ts';
import { CSV, route } from '../route.ts';
import { AreaCode } from '../values/areas.ts';
import { Cursor, Uuid } from '../values/ids.ts';

const AlertId = z.strictObject({ alertId: Uuid });
const AreaPath = z.strictObject({ area: AreaCode });
const ReportQuery = z.strictObject({ month: Month });
/** Who may answer an alert: those on duty, and the family, who may be nearer. */
const ANSWERS = [...ANSWERING_ROLES, 'family'] as const;

/**
 * The one route on which a life can depend: a function of its own answers it. It takes a session token that has expired, and
 * refuses nothing that is rightly signed: whatever it cannot read, it keeps.
 */
export const raiseRoutes = {
  raiseAlert: route('PUT /alerts/{alertId}', {
    feature: 'raise-alert',
    summary: 'Raise an alert. A repeat is safe; presses within the policy’s window join one alert',
    role: [...ROLES, 'device'],
    relation: 'none',
    params: AlertId,
    body: RaiseAlert,
    reply: AlertReceived,
    refusals: ['alert-not-passed-on'],
  }),
} as const;

export const alertRoutes = {
  alertBoard: route('GET /areas/{area}/alerts', {
    feature: 'alerts',
    summary: 'The board: open alerts of an area, unanswered and newest first',
    role: ANSWERING_ROLES,
    relation: 'area',
    params: AreaPath,
    reply: AlertBoard,
  }),
  getAlert: route('GET /alerts/{alertId}', {
    feature: 'alerts',
    summary: 'An alert with its timeline, who was told, and the evidence of each press',
    role: [...ANSWERS, 'elder'],
    relation: 'alert',
    params: AlertId,
    reply: AlertDetail,
  }),
  alertTimeline: route('GET /alerts/{alertId}/timeline.csv', {
    feature: 'alerts',
    summary: 'The timeline of an alert as a table',
    role: ANSWERING_ROLES,
    relation: 'alert',
    params: AlertId,
    reply: CSV,
  }),
  listElderAlerts: route('GET /elders/{elderId}/alerts', {
    feature: 'alerts',
    summary: 'The alerts of an elder, newest first',
    role: [...ANSWERS, 'elder'],
    relation: 'elder',
    params: z.strictObject({ elderId: Uuid }),
    query: z.strictObject({ cursor: Cursor }),
    reply: z.strictObject({ alerts: z.array(AlertView), cursor: Cursor }),
  }),
  callOff: route('POST /alerts/{alertId}/call-off', {
    feature: 'alerts',
    summary: 'The elder calls it off in the first seconds: recorded, and the desk still looks',
    role: ['elder', 'family'],
    relation: 'alert',
    params: AlertId,
    body: AlertStepForm,
    reply: AlertView,
    refusals: ['alert-closed', 'too-late-to-call-off', 'id-reused', 'busy'],
  }),
  acknowledgeAlert: route('POST /alerts/{alertId}/acknowledge', {
    feature: 'alerts',
    summary: 'Take an alert: one person owns it, who comes later is told who',
    role: ANSWERS,
    relation: 'alert',
    params: AlertId,
    body: AlertStepForm,
    reply: AlertView,
    refusals: ['alert-closed', 'alert-owned', 'id-reused', 'busy'],
  }),
  handOverAlert: route('POST /alerts/{alertId}/hand-over', {
    feature: 'alerts',
    summary: 'Give one’s alert to another person on duty',
    role: ANSWERING_ROLES,
    relation: 'alert',
    params: AlertId,
    body: HandOverForm,
    reply: AlertView,
    refusals: ['alert-closed', 'alert-owned', 'alert-not-acknowledged', 'not-on-duty', 'id-reused', 'busy'],
  }),
  noteOnAlert: route('POST /alerts/{alertId}/notes', {
    feature: 'alerts',
    summary: 'Write down what was done or heard: a next step of the owner',
    role: ANSWERS,
    relation: 'alert',
    params: AlertId,
    body: AlertStepForm,
    reply: AlertView,
    refusals: ['alert-closed', 'id-reused', 'busy'],
  }),
  arriveAtAlert: route('POST /alerts/{alertId}/arrive', {
    feature: 'alerts',
    summary: 'Somebody is at the door',
    role: ANSWERS,
    relation: 'alert',
    params: AlertId,
    body: AlertStepForm,
    reply: AlertView,
    refusals: ['alert-closed', 'id-reused', 'busy'],
  }),
  resolveAlert: route('POST /alerts/{alertId}/resolve', {
    feature: 'alerts',
    summary: 'Close an alert with what became of it; what is unsent is cancelled',
    role: ANSWERING_ROLES,
    relation: 'alert',
    params: AlertId,
    body: CloseAlertForm,
    reply: AlertView,
    refusals: ['alert-closed', 'id-reused', 'busy'],
  }),
  falseAlarm: route('POST /alerts/{alertId}/false-alarm', {
    feature: 'alerts',
    summary: 'Close an alert as a false alarm',
    role: ANSWERING_ROLES,
    relation: 'alert',
    params: AlertId,
    body: FalseAlarmForm,
    reply: AlertView,
    refusals: ['alert-closed', 'id-reused', 'busy'],
  }),
  peopleOnDuty: route('GET /areas/{area}/duty', {
    feature: 'alerts',
    summary: 'Who is on duty for an area, to hand an alert over to',
    role: ANSWERING_ROLES,
    relation: 'area',
    params: AreaPath,
    reply: z.strictObject({
      people: z.array(z.strictObject({ personId: z.string(), name: z.string(), role: z.enum(ROLES), area: AreaCode })),
    }),
  }),
  openHealthNotes: route('POST /alerts/{alertId}/health-notes', {
    feature: 'alerts',
    summary: 'Break glass: open the elder’s health notes during an alert, with a reason, reviewed afterwards',
    role: ANSWERING_ROLES,
    relation: 'alert',
    params: AlertId,
    body: OpenHealthNotes,
    reply: z.strictObject({ notes: z.nullable(HealthNotes) }),
    refusals: ['alert-closed', 'busy'],
  }),
  listHealthNotesOpenings: route('GET /areas/{area}/health-notes-openings', {
    feature: 'alerts',
    summary: 'Openings of health notes in an area, those without a review first',
    role: ['district-staff'],
    relation: 'area',
    params: AreaPath,
    query: z.strictObject({ cursor: Cursor }),
    reply: z.strictObject({ openings: z.array(HealthNotesOpening), cursor: Cursor }),
  }),
  reviewHealthNotesOpening: route('POST /alerts/{alertId}/health-notes-openings/{openingId}/review', {
    feature: 'alerts',
    summary: 'Say whether an opening of health notes was justified',
    role: ['district-staff'],
    relation: 'alert',
    params: z.strictObject({ alertId: Uuid, openingId: Uuid }),
    body: ReviewOpening,
    reply: HealthNotesOpening,
    refusals: ['already-reviewed'],
  }),
  myInbox: route('GET /inbox', {
    feature: 'alerts',
    summary: 'What Anxin has to tell this person, newest first',
    role: ROLES,
    relation: 'self',
    query: z.strictObject({ cursor: Cursor }),
    reply: z.strictObject({ at: z.string(), entries: z.array(InboxEntry), unread: z.int(), cursor: Cursor }),
  }),
  readInboxEntry: route('POST /inbox/{entryId}/read', {
    feature: 'alerts',
    summary: 'Mark a line of one’s inbox as read',
    role: ROLES,
    relation: 'self',
    params: z.strictObject({ entryId: z.string().check(z.regex(/^[\w-]{1,120}$/)) }),
    reply: z.strictObject({}),
  }),
  alertReport: route('GET /areas/{area}/alert-report', {
    feature: 'alerts',
    summary: 'How fast alerts were answered in a month, every slower one with its timeline',
    role: ['district-staff', 'dispatcher', 'community-staff'],
    relation: 'area',
    params: AreaPath,
    query: ReportQuery,
    reply: AlertReport,
  }),
  alertReportCsv: route('GET /areas/{area}/alert-report.csv', {
    feature: 'alerts',
    summary: 'The alerts of a month as a table: one line for each',
    role: ['district-staff', 'dispatcher', 'community-staff'],
    relation: 'area',
    params: AreaPath,
    query: ReportQuery,
    reply: CSV,
  }),
} as const;
