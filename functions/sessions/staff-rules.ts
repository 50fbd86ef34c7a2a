import type { StaffMember } from '../../shared/contracts/people.ts';
import { type Refusal, type RefusalDetail, refuse } from '../../shared/contracts/refusal.ts';
import { within } from '../../shared/values/areas.ts';
import type { Who } from '../platform/who.ts';

type StaffRole = StaffMember['role'];

/** The level of area (digits of its code) that each role acts for: a city or district; a community; a grid, or all grids of one. */
const AREA_DIGITS: Readonly<Record<StaffRole, readonly number[]>> = {
  'district-staff': [4, 6],
  'community-staff': [12],
  'canteen-staff': [12],
  dispatcher: [4, 6],
  'grid-worker': [12, 15],
};

/** Whom a role may register and remove. */
const MAY_REGISTER: { readonly [role in Who['role']]?: readonly StaffRole[] } = {
  'district-staff': ['district-staff', 'dispatcher', 'community-staff', 'grid-worker', 'canteen-staff'],
  'community-staff': ['community-staff', 'grid-worker', 'canteen-staff'],
};

/** A role acts for an area of its own level; only canteen staff work in a canteen, and they all do. */
export function refuseStaffForm({ role, area, canteenId }: StaffMember): Refusal | undefined {
  const details: RefusalDetail[] = [];
  if (!AREA_DIGITS[role].includes(area.length)) {
    details.push({ path: 'body.area', message: `${role} has an area of ${AREA_DIGITS[role].join(' or ')} digits` });
  }
  if (role === 'canteen-staff' && canteenId === undefined) {
    details.push({ path: 'body.canteenId', message: 'canteen staff work in a canteen' });
  }
  if (role !== 'canteen-staff' && canteenId !== undefined) {
    details.push({ path: 'body.canteenId', message: 'only canteen staff work in a canteen' });
  }
  return details.length > 0 ? refuse('invalid-request', details) : undefined;
}

/** Whether this member of staff may register, change or remove that one: a role below or beside, inside their own area. */
export const mayManage = (who: Who, { role, area }: { role: string; area?: string | undefined }): boolean =>
  MAY_REGISTER[who.role]?.some((each) => each === role) === true && within(area ?? '', who.area ?? '');
