import * as z from 'zod/mini';
import type { Person, StaffMember } from '../../shared/contracts/people.ts';
import { Role, STAFF_ROLES } from '../../shared/contracts/roles.ts';

/** A person as stored. Who was removed keeps the entry, without phone and WeChat account. */
export const StoredPerson = z.object({
  personId: z.string(),
  name: z.string(),
  role: Role,
  phone: z.optional(z.string()),
  area: z.optional(z.string()),
  canteenId: z.optional(z.string()),
  elderId: z.optional(z.string()),
  openid: z.optional(z.string()),
  removedAt: z.nullable(z.string()),
  /**
   * Tokens of an earlier epoch are void, session and refresh tokens alike. It goes up with whatever changes who the person is or what
   * they may do: removal and return, another role, area, canteen or number; signing out; a refresh token that was stolen.
   */
  epoch: z.int(),
  rev: z.int(),
});
export type StoredPerson = z.infer<typeof StoredPerson>;

export const personView = ({
  openid: _openid,
  removedAt: _removedAt,
  epoch: _epoch,
  rev: _rev,
  ...person
}: StoredPerson): Person => person;

/** A person who was not there before. */
export const newPerson = (person: Person & { readonly openid?: string | undefined }): StoredPerson => ({
  ...person,
  removedAt: null,
  epoch: 0,
  rev: 1,
});

export const isStaff = ({ role }: Pick<StoredPerson, 'role'>): boolean =>
  STAFF_ROLES.some((staffRole) => staffRole === role);

/** The person that a staff form makes of what was there. */
export const staffPerson = (personId: string, form: StaffMember, before: StoredPerson | undefined): StoredPerson => ({
  personId,
  name: form.name,
  role: form.role,
  phone: form.phone,
  area: form.area,
  ...(form.canteenId !== undefined && { canteenId: form.canteenId }),
  ...(before?.openid !== undefined && { openid: before.openid }),
  removedAt: null,
  epoch: before === undefined ? 0 : before.epoch + (endsSessions(before, form) ? 1 : 0),
  rev: (before?.rev ?? 0) + 1,
});

/** Whether a change ends the sessions of before: all but another name. */
const endsSessions = (before: StoredPerson, form: StaffMember): boolean =>
  before.removedAt !== null ||
  before.role !== form.role ||
  before.area !== form.area ||
  before.canteenId !== form.canteenId ||
  before.phone !== form.phone;

/** What is left of somebody who was removed: nobody signs in as them any more. */
export function removedPerson(person: StoredPerson, at: string): StoredPerson {
  const { phone: _phone, openid: _openid, ...rest } = person;
  return { ...rest, removedAt: at, epoch: person.epoch + 1, rev: person.rev + 1 };
}
