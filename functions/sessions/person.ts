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
  /** Refresh tokens of an earlier epoch are void: it goes up when the person signs out or is removed. */
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
export const staffPerson = (
  personId: string,
  { name, phone, role, area, canteenId }: StaffMember,
  before: StoredPerson | undefined,
): StoredPerson => ({
  personId,
  name,
  role,
  phone,
  area,
  ...(canteenId !== undefined && { canteenId }),
  ...(before?.openid !== undefined && { openid: before.openid }),
  removedAt: null,
  epoch: before?.epoch ?? 0,
  rev: (before?.rev ?? 0) + 1,
});

/** What is left of somebody who was removed: nobody signs in as them any more. */
export function removedPerson(person: StoredPerson, at: string): StoredPerson {
  const { phone: _phone, openid: _openid, ...rest } = person;
  return { ...rest, removedAt: at, epoch: person.epoch + 1, rev: person.rev + 1 };
}
