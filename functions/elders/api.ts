import { elderRoutes } from '../../shared/routes/elders.ts';
import { endpoint } from '../platform/endpoint.ts';
import { env } from '../platform/env.ts';
import { sessionVerifier } from '../platform/who.ts';
import { standingOfPeople } from '../sessions/for-others.ts';
import { pauseMeals, resumeMeals } from './absence.ts';
import { getAccessLog } from './access-log.ts';
import { bind } from './bind.ts';
import { makeBindingCode } from './binding-code.ts';
import { listBindings, putConsent, unbind } from './bindings.ts';
import { getCareRecord, putAbility, putTag } from './care-record.ts';
import { elderDeps } from './deps.ts';
import { getElder, listElders, listMyElders } from './elder-queries.ts';
import { importElders } from './import-elders.ts';
import { putElder } from './put-elder.ts';
import { recordDeath } from './record-death.ts';

const { SESSION_PUBLIC_KEY, SESSIONS_TABLE, STAGE } = env('SESSION_PUBLIC_KEY', 'SESSIONS_TABLE', 'STAGE');
const deps = elderDeps();

export const handler = endpoint(
  elderRoutes,
  {
    listMyElders: ({ who }) => listMyElders(deps, who),
    listElders: ({ params, query }) => listElders(deps, { ...params, ...query }),
    getElder: ({ params, who }) => getElder(deps, who, params.elderId),
    putElder: ({ params, body, who, now }) => putElder(deps, who, { ...params, form: body, now }),
    importElders: ({ params, body, who, now }) => importElders(deps, who, { ...params, body, now }),
    getCareRecord: ({ params, query, who, now }) => getCareRecord(deps, who, { ...params, ...query, now }),
    putTag: ({ params, body, who, now }) => putTag(deps, who, { ...params, form: body, now }),
    putAbility: ({ params, body, who, now }) => putAbility(deps, who, { ...params, form: body, now }),
    getAccessLog: ({ params, query, who }) => getAccessLog(deps, who, { ...params, ...query }),
    pauseMeals: ({ params, body, who, now }) => pauseMeals(deps, who, { ...params, absence: body, now }),
    resumeMeals: ({ params, who }) => resumeMeals(deps, who, params.elderId),
    recordDeath: ({ params, body, who, now }) => recordDeath(deps, who, { ...params, form: body, now }),
    makeBindingCode: ({ params, who, now }) => makeBindingCode(deps, who, { ...params, now }),
    bind: ({ body, who, now }) => bind(deps, who, body, now),
    listBindings: ({ params, who }) => listBindings(deps, who, params.elderId),
    unbind: ({ params, who, now }) => unbind(deps, who, { ...params, now }),
    putConsent: ({ params, body, who, now }) => putConsent(deps, who, { ...params, ...body, now }),
  },
  {
    verify: sessionVerifier({ publicKey: SESSION_PUBLIC_KEY, stage: STAGE }),
    standing: standingOfPeople(deps.db, SESSIONS_TABLE),
  },
);
