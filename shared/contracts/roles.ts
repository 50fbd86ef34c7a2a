import * as z from 'zod/mini';

/** Who a signed-in person is to Anxin. One person has one role. */
export const ROLES = [
  'elder',
  'family',
  'community-staff',
  'canteen-staff',
  'district-staff',
  'dispatcher',
  'grid-worker',
] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** The roles that act for a place: what they may see lies inside their `area`. */
export const STAFF_ROLES = [
  'community-staff',
  'canteen-staff',
  'district-staff',
  'dispatcher',
  'grid-worker',
] as const satisfies readonly Role[];

/** Who answers alerts: everybody on duty for a place, from the desk to the door. */
export const ANSWERING_ROLES = [
  'dispatcher',
  'grid-worker',
  'community-staff',
  'district-staff',
] as const satisfies readonly Role[];
