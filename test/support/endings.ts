import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Who } from '../../functions/platform/who.ts';
import { putChain } from '../../functions/sessions/chain-store.ts';
import { newPerson, type StoredPerson } from '../../functions/sessions/person.ts';
import { firstToken } from '../../functions/sessions/refresh-token.ts';
import { ROLES, type Role, STAFF_ROLES } from '../../shared/contracts/roles.ts';
import type { RouteName } from '../../shared/routes.ts';
import { toInstant } from '../../shared/values/dates.ts';
import { COMMUNITY, GRID, id } from './a-town.ts';

/** Where each role works, and another place of the same level. */
const AREAS: Readonly<Record<(typeof STAFF_ROLES)[number], readonly [own: string, other: string]>> = {
  'district-staff': ['620102', '620103'],
  dispatcher: ['620102', '620103'],
  'community-staff': [COMMUNITY, '620102001002'],
  'canteen-staff': [COMMUNITY, '620102001002'],
  'grid-worker': [GRID, `${COMMUNITY}002`],
};

/** A person with a session of the present: its token, and the refresh token that goes with it. */
export interface Worker {
  readonly person: StoredPerson;
  readonly token: string;
  readonly refreshToken: string;
}

/** What came back, as far as it is looked at. */
interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
  readonly json: any;
}
export type Call<A extends Answered = Answered> = (name: RouteName, parts: object, token?: string) => Promise<A>;

/** Somebody who may change all staff of the city. */
export const ADMIN: StoredPerson = newPerson({
  personId: id(0x910000),
  name: '管理员',
  role: 'district-staff',
  area: COMMUNITY.slice(0, 4),
});

interface Means {
  readonly call: Call;
  /** The token of `ADMIN`. */
  readonly admin: string;
}
/** Ends the sessions of somebody; answers what was said to what ended them. */
export type Ending = (worker: Worker, means: Means) => Promise<Answered>;

const formOf = ({ name, phone, role, area, canteenId }: StoredPerson) => ({ name, phone, role, area, canteenId });
const change =
  (over: (person: StoredPerson) => object): Ending =>
  ({ person }, { call, admin }) =>
    call('putStaff', { params: { personId: person.personId }, body: { ...formOf(person), ...over(person) } }, admin);

/** Ways in which the sessions of staff end, by what others do. */
const BY_OTHERS: Readonly<Record<string, Ending>> = {
  dismissed: ({ person }, { call, admin }) => call('removeStaff', { params: { personId: person.personId } }, admin),
  moved: change(({ role }) => ({ area: AREAS[role as keyof typeof AREAS][1] })),
  'of another role': change(({ role }) =>
    role === 'community-staff'
      ? { role: 'canteen-staff', canteenId: 'binhe' }
      : { role: 'community-staff', area: COMMUNITY, canteenId: undefined },
  ),
  'of another number': change(({ phone }) => ({ phone: phone?.replace(/^130/, '131') })),
};

/** Ways in which anybody's sessions end. */
const BY_THEMSELVES: Readonly<Record<string, Ending>> = {
  'signed out': ({ token }, { call }) => call('signOut', {}, token),
  robbed: async ({ refreshToken }, { call }) => {
    const refresh = (of: string) => call('signIn', { body: { by: 'refresh', refreshToken: of } });
    const second = await refresh(refreshToken);
    const third = await refresh(second.json.refreshToken);
    if (third.status !== 200) return third;
    // Two steps old: somebody has a copy. Its refusal is what is right.
    const again = await refresh(refreshToken);
    return again.status === 401 ? third : again;
  },
};

const isStaffRole = (role: Role): role is (typeof STAFF_ROLES)[number] =>
  STAFF_ROLES.some((staffRole) => staffRole === role);

/** Each role × each way in which a session of that role ends. */
export const ENDED = ROLES.flatMap((role) =>
  Object.entries({ ...(isStaffRole(role) && BY_OTHERS), ...BY_THEMSELVES }).map(([how, end]) => ({ role, how, end })),
);

/** The n-th person, as they stood before anything ended. */
export const aPerson = (n: number, role: Role): StoredPerson => ({
  ...newPerson({
    personId: id(0x900000 + n),
    name: `某人${n}`,
    role,
    ...(isStaffRole(role) && { area: AREAS[role][0], phone: `130${String(n).padStart(8, '0')}` }),
    ...(role === 'canteen-staff' && { canteenId: 'binhe' }),
    ...(role === 'elder' && { elderId: id(0x980000 + n) }),
  }),
});

/** Who this person is to a function, by a session of the present. */
export const whoOf = ({ personId, role, area, canteenId, elderId, epoch }: StoredPerson): Who => ({
  personId,
  role,
  epoch,
  ...(area !== undefined && { area }),
  ...(canteenId !== undefined && { canteenId }),
  ...(elderId !== undefined && { elderId }),
});

/** Lets somebody who is stored sign in: a chain of refresh tokens, as signing in begins it. */
export async function refreshTokenOf(db: DynamoDBDocumentClient, table: string, person: StoredPerson): Promise<string> {
  const token = firstToken();
  const { Put } = putChain(table, token, person, toInstant(Date.now()));
  await db.send(new PutCommand(Put as NonNullable<typeof Put>));
  return token;
}
