import { sessionRoutes } from '../../shared/routes/sessions.ts';
import { endpoint } from '../platform/endpoint.ts';
import { env } from '../platform/env.ts';
import { sessionVerifier } from '../platform/who.ts';
import { sessionDeps } from './deps.ts';
import { standingOfPeople } from './for-others.ts';
import { requestOneTimeCode } from './one-time-code.ts';
import { askOwnPhone, putOwnPhone } from './own-phone.ts';
import { nameMyself, signOut, whoAmI } from './own-session.ts';
import { signIn } from './sign-in.ts';
import { listStaff, putStaff, removeStaff } from './staff.ts';

const { SESSION_PUBLIC_KEY } = env('SESSION_PUBLIC_KEY');
const deps = sessionDeps();

export const handler = endpoint(
  sessionRoutes,
  {
    signIn: ({ body, now }) => signIn(deps, body, now),
    requestOneTimeCode: ({ body, now }) => requestOneTimeCode(deps, { ...body, now }),
    whoAmI: ({ who }) => whoAmI(deps, who),
    nameMyself: ({ body, who }) => nameMyself(deps, who, body.name),
    askOwnPhone: ({ body, who, now }) => askOwnPhone(deps, who, { ...body, now }),
    putOwnPhone: ({ body, who, now }) => putOwnPhone(deps, who, body, now),
    signOut: ({ who }) => signOut(deps, who),
    putStaff: ({ params, body, who }) => putStaff(deps, who, { ...params, form: body }),
    removeStaff: ({ params, who, now }) => removeStaff(deps, who, { ...params, now }),
    listStaff: ({ params }) => listStaff(deps, params.area),
  },
  {
    verify: sessionVerifier({ publicKey: SESSION_PUBLIC_KEY, stage: deps.stage }),
    standing: standingOfPeople(deps.db, deps.sessionsTable),
  },
);
