import type { Person, StaffMember } from '../../shared/contracts/people.ts';
import { refuse } from '../../shared/contracts/refusal.ts';
import type { Instant } from '../../shared/values/dates.ts';
import type { Answer } from '../platform/endpoint.ts';
import { type Step, transact } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import type { SessionDeps } from './deps.ts';
import { isStaff, personView, removedPerson, type StoredPerson, staffPerson } from './person.ts';
import {
  callerStands,
  claimPhone,
  putPerson,
  readPerson,
  releasePhone,
  releaseWechat,
  staffOf,
} from './person-store.ts';
import { mayManage, refuseStaffForm } from './staff-rules.ts';

const ROUNDS = 4;

/**
 * Registers a member of staff, or changes one; who was removed is registered again. The same again changes nothing. Rights that
 * change end every session of before within a minute; a changed name does not.
 *
 * Refuses: `invalid-request` (an area of the wrong level, a canteen where none belongs), `forbidden` (outside one's own area, or
 * a role that one may not give), `already-registered` (the phone is another person's), `id-reused` (the id is a family
 * member's or an elder's), `session-expired` (who asks was removed, or moved, while asking), `busy`.
 */
export async function putStaff(
  deps: SessionDeps,
  who: Who,
  { personId, form }: { personId: string; form: StaffMember },
): Promise<Answer<Person>> {
  if (!mayManage(who, form)) return refuse('forbidden');
  const refused = refuseStaffForm(form);
  if (refused) return refused;
  for (let round = 0; round < ROUNDS; round++) {
    const before = await readPerson(deps, personId);
    if (before && !isStaff(before)) return refuse('id-reused');
    if (before && !mayManage(who, before)) return refuse('forbidden');
    // Removed since their session was judged: nobody brings themselves back.
    if (personId === who.personId && before?.removedAt !== null) return refuse('session-expired');
    if (before && isSame(before, form)) return { replayed: personView(before) };
    const person = staffPerson(personId, form, before);
    const outcome = await transact<'person' | 'phone' | 'old-phone' | 'caller'>(deps.db, [
      putPerson(deps.sessionsTable, person),
      ...phoneMoves(deps.sessionsTable, before, form.phone, personId),
      ...(personId === who.personId ? [] : [callerStands(deps.sessionsTable, who)]),
    ]);
    if (outcome.committed) return personView(person);
    if ('busy' in outcome) break;
    if (outcome.failed.has('caller')) return refuse('session-expired');
    if (!outcome.failed.has('person')) return refuse('already-registered', [{ path: 'body.phone' }]);
  }
  return refuse('busy');
}

const isSame = (person: StoredPerson, form: StaffMember): boolean =>
  person.removedAt === null &&
  person.name === form.name &&
  person.phone === form.phone &&
  person.role === form.role &&
  person.area === form.area &&
  person.canteenId === form.canteenId;

/** When the number changes, the old one is free again. */
function phoneMoves(
  table: string,
  before: StoredPerson | undefined,
  phone: string,
  personId: string,
): Step<'phone' | 'old-phone'>[] {
  if (before?.phone === phone) return [];
  return [
    claimPhone(table, phone, personId),
    ...(before?.phone === undefined ? [] : [releasePhone(table, before.phone)]),
  ];
}

/**
 * Removes a member of staff: no new session from now on, and every one that they have ends within a minute. Phone and WeChat account
 * are free again. Removing again changes nothing.
 *
 * Refuses: `not-found`, `forbidden` (no staff, outside one's own area, a role above one's own, or oneself), `session-expired` (who
 * asks was removed, or moved, while asking), `busy`.
 */
export async function removeStaff(
  deps: SessionDeps,
  who: Who,
  { personId, now }: { personId: string; now: Instant },
): Promise<Answer<Record<string, never>>> {
  for (let round = 0; round < ROUNDS; round++) {
    const person = await readPerson(deps, personId);
    if (person === undefined) return refuse('not-found');
    if (personId === who.personId || !isStaff(person) || !mayManage(who, person)) return refuse('forbidden');
    if (person.removedAt !== null) return { replayed: {} };
    const table = deps.sessionsTable;
    const outcome = await transact<'person' | 'old-phone' | 'old-wechat' | 'caller'>(deps.db, [
      putPerson(table, removedPerson(person, now)),
      ...(person.phone === undefined ? [] : [releasePhone(table, person.phone)]),
      ...(person.openid === undefined ? [] : [releaseWechat(table, person.openid)]),
      callerStands(table, who),
    ]);
    if (outcome.committed) return {};
    if ('busy' in outcome) break;
    if (outcome.failed.has('caller')) return refuse('session-expired');
  }
  return refuse('busy');
}

/** The staff of an area, by area and name. */
export async function listStaff(deps: SessionDeps, area: string): Promise<{ staff: Person[] }> {
  const staff = await staffOf(deps, area);
  const order = (person: StoredPerson) => `${person.area}#${person.name}`;
  return { staff: staff.sort((a, b) => (order(a) < order(b) ? -1 : 1)).map(personView) };
}
