import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Who } from '../../../functions/platform/who.ts';
import { signOut } from '../../../functions/sessions/own-session.ts';
import { readPerson } from '../../../functions/sessions/person-store.ts';
import { listStaff, putStaff, removeStaff } from '../../../functions/sessions/staff.ts';
import type { StaffMember } from '../../../shared/contracts/people.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { COMMUNITY, done, id, NOW, staff as ofCommunity } from '../../support/a-town.ts';
import { aSessionsDesk, type SessionsDesk } from '../../support/sessions-desk.ts';

const district: Who = { personId: id(9009), role: 'district-staff', area: COMMUNITY.slice(0, 6) };
const OTHER = '620102001002';
let desk: SessionsDesk;
beforeAll(async () => {
  desk = await aSessionsDesk();
  for (const who of [district, ofCommunity]) await desk.putPerson({ name: '管理员', ...who });
});
afterAll(() => desk.dynamo.stop());

const phoneOf = (n: number) => `138${String(n).padStart(8, '0')}`;
const form = (n: number, over: Partial<StaffMember> = {}): StaffMember => ({
  name: `工作人员${n}`,
  phone: phoneOf(n),
  role: 'community-staff',
  area: COMMUNITY,
  ...over,
});
const put = (n: number, over: Partial<StaffMember> = {}, who = district) =>
  putStaff(desk, who, { personId: id(n), form: form(n, over) });
const remove = (n: number, who = district) => removeStaff(desk, who, { personId: id(n), now: NOW });

describe('registering staff', () => {
  it('answers the person; the same again changes nothing', async () => {
    const person = done(await put(1));
    expect(person).toEqual({ personId: id(1), ...form(1) });
    expect(await put(1)).toEqual({ replayed: person });
  });

  it('changes what another form says', async () => {
    done(await put(2));
    const cook = { role: 'canteen-staff', canteenId: 'binhe', name: '新名' } as const;
    expect(done(await put(2, cook))).toMatchObject(cook);
    expect(done(await put(2)).canteenId).toBeUndefined();
  });

  it('refuses a phone that is somebody else’s, whoever that is', async () => {
    await desk.putPerson({ personId: id(50), name: '家属', role: 'family', phone: phoneOf(50) });
    done(await put(3));
    const refused = { refused: 'already-registered', details: [{ path: 'body.phone' }] };
    expect(await put(4, { phone: phoneOf(3) })).toEqual(refused);
    expect(await put(4, { phone: phoneOf(50) })).toEqual(refused);
    expect(await readPerson(desk, id(4))).toBeUndefined();
  });

  it('frees the old phone when it changes', async () => {
    done(await put(5));
    done(await put(5, { phone: phoneOf(500) }));
    done(await put(6, { phone: phoneOf(5) }));
  });

  it('refuses an id that stands for a family member', async () => {
    expect(await put(50)).toEqual({ refused: 'id-reused' });
  });

  it('refuses outside one’s own area, before and after the change, and a role that one may not give', async () => {
    expect(await put(7, { area: OTHER }, ofCommunity)).toEqual({ refused: 'forbidden' });
    expect(await put(7, { role: 'district-staff', area: '620102' }, ofCommunity)).toEqual({ refused: 'forbidden' });
    done(await put(7, { area: OTHER }));
    expect(await put(7, {}, ofCommunity)).toEqual({ refused: 'forbidden' });
    done(await put(8, { role: 'district-staff', area: '620102' }));
    expect(await put(8, {}, ofCommunity)).toEqual({ refused: 'forbidden' });
  });

  it('refuses an area of the wrong level', async () => {
    expect(await put(9, { area: '620102' })).toMatchObject({ refused: 'invalid-request' });
  });

  it('gives one phone to one of many who are registered with it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => put(100 + n, { phone: phoneOf(100) })));
    const refused = answers.filter(isRefusal).map(({ refused }) => refused);
    expect(refused).toEqual(Array(19).fill('already-registered'));
  });
});

describe('removing staff', () => {
  it('takes them off the list, and frees phone and account; again changes nothing', async () => {
    done(await put(20));
    expect(await remove(20)).toEqual({});
    expect(await remove(20)).toEqual({ replayed: {} });
    const { staff } = await listStaff(desk, COMMUNITY);
    expect(staff.map(({ personId }) => personId)).not.toContain(id(20));
    done(await put(21, { phone: phoneOf(20) }));
  });

  it('can be followed by registering them again', async () => {
    done(await put(22));
    expect(await remove(22)).toEqual({});
    expect(done(await put(22))).toEqual({ personId: id(22), ...form(22) });
    expect((await listStaff(desk, COMMUNITY)).staff.map(({ personId }) => personId)).toContain(id(22));
  });

  it('refuses who is nobody, no staff, outside one’s own area, above oneself, or oneself', async () => {
    expect(await remove(404)).toEqual({ refused: 'not-found' });
    expect(await remove(50)).toEqual({ refused: 'forbidden' });
    done(await put(23, { area: OTHER }));
    expect(await remove(23, ofCommunity)).toEqual({ refused: 'forbidden' });
    done(await put(24));
    expect(await remove(24, { ...ofCommunity, personId: id(24) })).toEqual({ refused: 'forbidden' });
  });
});

describe('an epoch', () => {
  const epochOf = async (n: number) => (await readPerson(desk, id(n)))?.epoch;

  it.each<[string, Partial<StaffMember>]>([
    ['another role', { role: 'grid-worker' }],
    ['another area', { area: OTHER }],
    ['another canteen', { role: 'canteen-staff', canteenId: 'donggang' }],
    ['another number', { phone: phoneOf(601) }],
  ])('goes up with %s', async (_, over) => {
    done(await put(60, { role: 'canteen-staff', canteenId: 'binhe' }));
    const before = (await epochOf(60)) ?? Number.NaN;
    done(
      await put(60, {
        role: 'canteen-staff',
        canteenId: 'binhe',
        ...over,
        ...(over.role === 'grid-worker' && { canteenId: undefined }),
      }),
    );
    expect(await epochOf(60)).toBe(before + 1);
  });

  it('goes up with removal and again with return, and not with another name or the same again', async () => {
    done(await put(61));
    done(await put(61, { name: '新名' }));
    await put(61, { name: '新名' });
    expect(await epochOf(61)).toBe(0);
    await remove(61);
    expect(await epochOf(61)).toBe(1);
    done(await put(61));
    expect(await epochOf(61)).toBe(2);
  });

  it('goes up once when somebody signs out twice with one session, so that a new sign-in in between stands', async () => {
    done(await put(62));
    for (let n = 0; n < 2; n++) await signOut(desk, { personId: id(62), role: 'community-staff', epoch: 0 });
    expect(await epochOf(62)).toBe(1);
  });
});

describe('who is removed while they ask', () => {
  /** Somebody of the community who was removed after their session had been judged. */
  async function justRemoved(n: number): Promise<Who> {
    done(await put(n));
    expect(await remove(n)).toEqual({});
    return { personId: id(n), role: 'community-staff', area: COMMUNITY, epoch: 0 };
  }

  it('does not bring themselves back', async () => {
    const who = await justRemoved(70);
    expect(await put(70, {}, who)).toEqual({ refused: 'session-expired' });
    expect((await readPerson(desk, id(70)))?.removedAt).toBe(NOW);
  });

  it('registers, changes and removes nobody else', async () => {
    const who = await justRemoved(71);
    done(await put(72));
    expect(await put(73, {}, who)).toEqual({ refused: 'session-expired' });
    expect(await put(72, { name: '改名' }, who)).toEqual({ refused: 'session-expired' });
    expect(await remove(72, who)).toEqual({ refused: 'session-expired' });
    expect(await readPerson(desk, id(73))).toBeUndefined();
    expect(await readPerson(desk, id(72))).toMatchObject({ name: '工作人员72', removedAt: null });
  });

  it('or moved, does so no more either', async () => {
    done(await put(74));
    const who: Who = { personId: id(74), role: 'community-staff', area: COMMUNITY, epoch: 0 };
    done(await put(74, { area: OTHER }));
    expect(await put(75, {}, who)).toEqual({ refused: 'session-expired' });
  });
});

describe('the staff of an area', () => {
  it('are those whose area lies inside it', async () => {
    done(await put(30, { area: '620103001001' }, { ...district, area: '6201' }));
    const areasIn = async (area: string) => new Set((await listStaff(desk, area)).staff.map((person) => person.area));
    expect(await areasIn(OTHER)).toEqual(new Set([OTHER]));
    expect(await areasIn('620102')).toEqual(new Set([COMMUNITY, OTHER, '620102']));
    expect(await areasIn('6201')).toContain('620103001001');
    expect(await areasIn('6202')).toEqual(new Set());
  });
});
