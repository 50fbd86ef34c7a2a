import * as z from 'zod/mini';
import { OneTimeCodeSent, Person, RequestOneTimeCode, Session, SignIn, StaffMember } from '../contracts/people.ts';
import { ROLES } from '../contracts/roles.ts';
import { route } from '../route.ts';
import { AreaCode } from '../values/areas.ts';
import { Uuid } from '../values/ids.ts';

export const sessionRoutes = {
  signIn: route('POST /sessions', {
    feature: 'sessions',
    summary: 'Sign in with a WeChat code, a phone number and one-time code, or a refresh token',
    role: 'public',
    relation: 'none',
    body: SignIn,
    reply: Session,
    refusals: [
      'wechat-code-refused',
      'one-time-code-wrong',
      'too-many-attempts',
      'wechat-unavailable',
      'session-expired',
      'busy',
    ],
  }),
  requestOneTimeCode: route('POST /one-time-codes', {
    feature: 'sessions',
    summary: 'Send a one-time code to a phone number; the answer does not tell whether the number is known',
    role: 'public',
    relation: 'none',
    body: RequestOneTimeCode,
    reply: OneTimeCodeSent,
    refusals: ['too-many-attempts', 'message-unsent'],
  }),
  whoAmI: route('GET /sessions/current', {
    feature: 'sessions',
    summary: 'The person of this session',
    role: ROLES,
    relation: 'self',
    reply: Person,
  }),
  signOut: route('DELETE /sessions/current', {
    feature: 'sessions',
    summary: 'End every session of this person, on every device, within a minute',
    role: ROLES,
    relation: 'self',
    reply: z.strictObject({}),
  }),
  putStaff: route('PUT /staff/{personId}', {
    feature: 'sessions',
    summary: 'Register or change a member of staff inside one’s own area',
    role: ['community-staff', 'district-staff'],
    relation: 'area',
    params: z.strictObject({ personId: Uuid }),
    body: StaffMember,
    reply: Person,
    refusals: ['already-registered', 'id-reused', 'busy'],
  }),
  removeStaff: route('DELETE /staff/{personId}', {
    feature: 'sessions',
    summary: 'Remove a member of staff inside one’s own area: every session of theirs ends within a minute',
    role: ['community-staff', 'district-staff'],
    relation: 'area',
    params: z.strictObject({ personId: Uuid }),
    reply: z.strictObject({}),
    refusals: ['busy'],
  }),
  listStaff: route('GET /areas/{area}/staff', {
    feature: 'sessions',
    summary: 'The staff of an area',
    role: ['community-staff', 'district-staff'],
    relation: 'area',
    params: z.strictObject({ area: AreaCode }),
    reply: z.strictObject({ staff: z.array(Person) }),
  }),
} as const;
