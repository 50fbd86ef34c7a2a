import { describe, expect, it } from 'vitest';
import type { Who } from '../../../functions/platform/who.ts';
import { mayManage, refuseStaffForm } from '../../../functions/sessions/staff-rules.ts';
import type { StaffMember } from '../../../shared/contracts/people.ts';
import { COMMUNITY, GRID, id } from '../../support/a-town.ts';

const who = (role: Who['role'], area: string): Who => ({ personId: id(1), role, area });
const a = (role: StaffMember['role'], area: string, canteenId?: string): StaffMember => ({
  name: '李明',
  phone: '13800000000',
  role,
  area,
  ...(canteenId !== undefined && { canteenId }),
});
const DISTRICT = COMMUNITY.slice(0, 6);

describe('who may register whom', () => {
  it.each([
    ['community-staff', COMMUNITY, 'community-staff', COMMUNITY, true],
    ['community-staff', COMMUNITY, 'canteen-staff', COMMUNITY, true],
    ['community-staff', COMMUNITY, 'district-staff', COMMUNITY, false],
    ['community-staff', COMMUNITY, 'community-staff', '620102001002', false],
    ['community-staff', COMMUNITY, 'district-staff', DISTRICT, false],
    ['district-staff', DISTRICT, 'district-staff', DISTRICT, true],
    ['district-staff', DISTRICT, 'district-staff', '6201', false],
    ['district-staff', DISTRICT, 'community-staff', COMMUNITY, true],
    ['district-staff', DISTRICT, 'community-staff', '620103001001', false],
    ['district-staff', '6201', 'district-staff', DISTRICT, true],
    ['canteen-staff', COMMUNITY, 'canteen-staff', COMMUNITY, false],
    ['family', '', 'canteen-staff', COMMUNITY, false],
    ['district-staff', DISTRICT, 'dispatcher', DISTRICT, true],
    ['district-staff', DISTRICT, 'dispatcher', '6201', false],
    ['district-staff', '6201', 'dispatcher', '6201', true],
    ['district-staff', DISTRICT, 'grid-worker', GRID, true],
    ['community-staff', COMMUNITY, 'grid-worker', GRID, true],
    ['community-staff', COMMUNITY, 'grid-worker', COMMUNITY, true],
    ['community-staff', COMMUNITY, 'grid-worker', '620102001002001', false],
    ['community-staff', COMMUNITY, 'dispatcher', DISTRICT, false],
    ['dispatcher', DISTRICT, 'grid-worker', GRID, false],
    ['grid-worker', GRID, 'grid-worker', GRID, false],
  ] as const)('%s of %s: %s of %s → %s', (role, area, otherRole, otherArea, may) => {
    expect(mayManage(who(role, area), { role: otherRole, area: otherArea })).toBe(may);
  });

  it('is nobody, for somebody whose token names no area', () => {
    expect(mayManage({ personId: id(1), role: 'district-staff' }, { role: 'community-staff', area: COMMUNITY })).toBe(
      false,
    );
  });
});

describe('a staff form', () => {
  it.each([
    [a('district-staff', '6201')],
    [a('district-staff', DISTRICT)],
    [a('community-staff', COMMUNITY)],
    [a('canteen-staff', COMMUNITY, 'binhe')],
    [a('dispatcher', '6201')],
    [a('dispatcher', DISTRICT)],
    [a('grid-worker', COMMUNITY)],
    [a('grid-worker', GRID)],
  ])('is right: %o', (form) => {
    expect(refuseStaffForm(form)).toBeUndefined();
  });

  it.each([
    [a('district-staff', COMMUNITY), 'body.area'],
    [a('community-staff', DISTRICT), 'body.area'],
    [a('community-staff', `${COMMUNITY}001`), 'body.area'],
    [a('canteen-staff', COMMUNITY), 'body.canteenId'],
    [a('dispatcher', COMMUNITY), 'body.area'],
    [a('grid-worker', DISTRICT), 'body.area'],
    [a('grid-worker', GRID, 'binhe'), 'body.canteenId'],
    [a('community-staff', COMMUNITY, 'binhe'), 'body.canteenId'],
  ])('is wrong: %o at %s', (form, path) => {
    expect(refuseStaffForm(form)).toMatchObject({ refused: 'invalid-request', details: [{ path }] });
  });
});
