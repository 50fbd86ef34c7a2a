import { alertRoutes } from '../../../shared/routes/alerts.ts';
import { endpoint } from '../../platform/endpoint.ts';
import { env } from '../../platform/env.ts';
import { sessionVerifier } from '../../platform/who.ts';
import { standingOfTold } from '../standing-of-told.ts';
import { alertBoard } from './board.ts';
import { closeUnverified } from './close-unverified.ts';
import { answerDeps } from './deps.ts';
import { listElderAlerts } from './elder-alerts.ts';
import { alertTimelineCsv, getAlert } from './get-alert.ts';
import { handOverAlert, peopleOnDuty } from './hand-over.ts';
import { listHealthNotesOpenings, openHealthNotes, reviewHealthNotesOpening } from './health-notes.ts';
import { myInbox, readInboxEntry } from './inbox.ts';
import { alertReport, alertReportCsv } from './report.ts';
import {
  acknowledgeAlert,
  arriveAtAlert,
  callOffAlert,
  closeAsFalseAlarm,
  noteOnAlert,
  resolveAlert,
} from './steps.ts';

const { SESSION_PUBLIC_KEY, STAGE } = env('SESSION_PUBLIC_KEY', 'STAGE');
const deps = answerDeps();

export const handler = endpoint(
  alertRoutes,
  {
    alertBoard: ({ params, query, who, now }) => alertBoard(deps, who, { ...params, ...query, now }),
    closeUnverified: ({ body, who, now }) => closeUnverified(deps, who, { ...body, now }),
    getAlert: ({ params, who, now }) => getAlert(deps, who, { ...params, now }),
    alertTimeline: ({ params, who }) => alertTimelineCsv(deps, who, params.alertId),
    listElderAlerts: ({ params, query, who, now }) => listElderAlerts(deps, who, { ...params, ...query, now }),
    callOff: ({ params, body, who, now }) => callOffAlert(deps, who, { ...params, ...body, now }),
    acknowledgeAlert: ({ params, body, who, now }) => acknowledgeAlert(deps, who, { ...params, ...body, now }),
    handOverAlert: ({ params, body, who, now }) => handOverAlert(deps, who, { ...params, ...body, now }),
    noteOnAlert: ({ params, body, who, now }) => noteOnAlert(deps, who, { ...params, ...body, now }),
    arriveAtAlert: ({ params, body, who, now }) => arriveAtAlert(deps, who, { ...params, ...body, now }),
    resolveAlert: ({ params, body, who, now }) => resolveAlert(deps, who, { ...params, ...body, now }),
    falseAlarm: ({ params, body, who, now }) => closeAsFalseAlarm(deps, who, { ...params, ...body, now }),
    peopleOnDuty: ({ params }) => peopleOnDuty(deps, params.area),
    openHealthNotes: ({ params, body, who, now }) => openHealthNotes(deps, who, { ...params, ...body, now }),
    listHealthNotesOpenings: ({ params, query }) => listHealthNotesOpenings(deps, { ...params, ...query }),
    reviewHealthNotesOpening: ({ params, body, who, now }) =>
      reviewHealthNotesOpening(deps, who, { ...params, form: body, now }),
    myInbox: ({ query, who, now }) => myInbox(deps, who, { ...query, now }),
    readInboxEntry: ({ params, who, now }) => readInboxEntry(deps, who, { ...params, now }),
    alertReport: ({ params, query, now }) => alertReport(deps, { ...params, ...query, now }),
    alertReportCsv: ({ params, query, now }) => alertReportCsv(deps, { ...params, ...query, now }),
  },
  {
    verify: sessionVerifier({ publicKey: SESSION_PUBLIC_KEY, stage: STAGE }),
    standing: standingOfTold(deps.db, deps.alertsTable),
  },
);
