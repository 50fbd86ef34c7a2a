import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { circleRoutes } from '../../../shared/routes/circle.ts';
import { deviceVerifier } from '../../platform/device-token.ts';
import { endpoint } from '../../platform/endpoint.ts';
import { env } from '../../platform/env.ts';
import { sessionVerifier } from '../../platform/who.ts';
import { standingOfTold } from '../standing-of-told.ts';
import { finishCheckTask, listCheckTasks } from './check-tasks.ts';
import { listContacts, putContact, removeContact } from './contacts.ts';
import { circleDeps } from './deps.ts';
import { listDevices, listElderDevices } from './device-lists.ts';
import { registerDevice, revokeDevice, testDevice } from './devices.ts';
import { getHealthNotes, putHealthNotes } from './health-notes.ts';
import { heartbeat } from './heartbeat.ts';
import { getMessageConsents, putMessageConsent } from './message-consents.ts';
import { revokePerson } from './revoke-person.ts';
import { startDrill } from './start-drill.ts';
import { testContact } from './test-contact.ts';

const { SESSION_PUBLIC_KEY, DEVICE_PUBLIC_KEY } = env('SESSION_PUBLIC_KEY', 'DEVICE_PUBLIC_KEY');
const deps = circleDeps();
const person = sessionVerifier({ publicKey: SESSION_PUBLIC_KEY, stage: deps.stage });
const device = deviceVerifier({ publicKey: DEVICE_PUBLIC_KEY, stage: deps.stage });

export const handler = endpoint(
  circleRoutes,
  {
    listContacts: ({ params, who, now }) => listContacts(deps, who, { ...params, now }),
    putContact: ({ params, body, who }) => putContact(deps, who, { ...params, form: body }),
    removeContact: ({ params, who }) => removeContact(deps, who, params),
    getMessageConsents: ({ who }) => getMessageConsents(deps, who),
    putMessageConsent: ({ params, body, who, now }) => putMessageConsent(deps, who, { ...params, ...body, now }),
    testContact: ({ params, who, now }) => testContact(deps, who, { ...params, now }),
    getHealthNotes: ({ params, who }) => getHealthNotes(deps, who, params.elderId),
    putHealthNotes: ({ params, body, who, now }) => putHealthNotes(deps, who, { ...params, notes: body, now }),
    startDrill: ({ params, body, who, now }) => startDrill(deps, who, { ...params, ...body, now }),
    listElderDevices: ({ params, who }) => listElderDevices(deps, who, params.elderId),
    listDevices: ({ params, query }) => listDevices(deps, { ...params, ...query }),
    registerDevice: ({ params, body, who, now }) => registerDevice(deps, who, { ...params, form: body, now }),
    revokeDevice: ({ params, who, now }) => revokeDevice(deps, who, { ...params, now }),
    testDevice: ({ params, who, now }) => testDevice(deps, who, { ...params, now }),
    heartbeat: ({ params, body, who, now }) => heartbeat(deps, who, { ...params, body, now }),
    listCheckTasks: ({ params, now }) => listCheckTasks(deps, { ...params, now }),
    finishCheckTask: ({ params, body, who, now }) => finishCheckTask(deps, who, { ...params, form: body, now }),
    revokePerson: ({ params, who, now }) => revokePerson(deps, who, { ...params, now }),
  },
  {
    // A session that has run out is told so; what is no session at all may be a device.
    verify: async (authorization) => {
      const who = await person(authorization);
      return isRefusal(who) && who.refused === 'unauthenticated' ? device(authorization) : who;
    },
    standing: standingOfTold(deps.db, deps.alertsTable),
  },
);
