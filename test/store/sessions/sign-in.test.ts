import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signOut, whoAmI } from '../../../functions/sessions/own-session.ts';
import { REPEAT_MS, signIn } from '../../../functions/sessions/sign-in.ts';
import { removeStaff } from '../../../functions/sessions/staff.ts';
import { Session, type SignIn } from '../../../shared/contracts/people.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { COMMUNITY, done, id } from '../../support/a-town.ts';
import { aSessionsDesk, type SessionsDesk } from '../../support/sessions-desk.ts';

/** Tokens are verified against the real clock. */
const NOW = toInstant(Date.now());
const later = (ms: number) => toInstant(Date.parse(NOW) + ms);
const DAY = 86_400_000;

let desk: SessionsDesk;
beforeAll(async () => {
  desk = await aSessionsDesk();
  await desk.putPerson({
    personId: id(1),
    name: '李明',
    role: 'community-staff',
    area: COMMUNITY,
    phone: '13800000001',
    openid: 'o-staff-1',
  });
});
afterAll(() => desk.dynamo.stop());

const by = (request: SignIn, now = NOW) => signIn(desk, request, now);
const byWechat = (openid: string, now = NOW) => {
  desk.wechatCodes.set(`code-of-${openid}`, openid);
  return by({ by: 'wechat', code: `code-of-${openid}` }, now);
};
const refresh = (refreshToken: string, now = NOW) => by({ by: 'refresh', refreshToken }, now);
const everything = async () => (await desk.db.send(new ScanCommand({ TableName: desk.sessionsTable }))).Items ?? [];

describe('signing in by WeChat', () => {
  it('knows whose account it is, and gives a token that the functions accept', async () => {
    const session = done(await byWechat('o-staff-1'));
    expect(Session.safeParse(session).success).toBe(true);
    expect(session.person).toEqual({
      personId: id(1),
      name: '李明',
      role: 'community-staff',
      area: COMMUNITY,
      phone: '13800000001',
    });
    expect(await desk.verify(`Bearer ${session.token}`)).toEqual({
      personId: id(1),
      role: 'community-staff',
      area: COMMUNITY,
      epoch: 0,
    });
  });

  it('makes a family member of an account seen for the first time, and knows it the next time', async () => {
    const first = done(await byWechat('o-new-1'));
    expect(first.person).toMatchObject({ role: 'family', name: '家属' });
    expect(done(await byWechat('o-new-1')).person).toEqual(first.person);
  });

  it('makes one family member of an account that signs in many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => byWechat('o-new-2')));
    expect(answers.filter(isRefusal)).toEqual([]);
    expect(new Set(answers.map((answer) => done(answer).person.personId)).size).toBe(1);
  });

  it('refuses a code that WeChat refuses', async () => {
    expect(await by({ by: 'wechat', code: 'unknown' })).toEqual({ refused: 'wechat-code-refused' });
  });

  it('stores no token, only hashes', async () => {
    const { refreshToken, token } = done(await byWechat('o-new-3'));
    const stored = JSON.stringify(await everything());
    expect(stored).not.toContain(refreshToken);
    expect(stored).not.toContain(token);
  });
});

describe('a refresh token', () => {
  it('gets the next session once, and the next token the one after', async () => {
    const first = done(await byWechat('o-a'));
    const second = done(await refresh(first.refreshToken, later(1000)));
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(second.person).toEqual(first.person);
    const third = done(await refresh(second.refreshToken, later(2000)));
    expect(await desk.verify(`Bearer ${third.token}`)).toMatchObject({ personId: first.person.personId });
  });

  it('again within ten seconds gets the same next one: the answer was lost', async () => {
    const first = done(await byWechat('o-b'));
    const second = done(await refresh(first.refreshToken, NOW));
    expect(done(await refresh(first.refreshToken, later(REPEAT_MS))).refreshToken).toBe(second.refreshToken);
    done(await refresh(second.refreshToken, later(REPEAT_MS)));
  });

  it('again after that ends every session of the person, for the thief and for the owner', async () => {
    const first = done(await byWechat('o-c'));
    const other = done(await byWechat('o-c'));
    const second = done(await refresh(first.refreshToken, NOW));
    expect(await refresh(first.refreshToken, later(REPEAT_MS + 1))).toEqual({ refused: 'session-expired' });
    expect(await refresh(second.refreshToken, later(REPEAT_MS + 2))).toEqual({ refused: 'session-expired' });
    expect(await refresh(other.refreshToken, later(REPEAT_MS + 2))).toEqual({ refused: 'session-expired' });
    done(await byWechat('o-c'));
  });

  it('from two uses ago ends the chain, even at once', async () => {
    const first = done(await byWechat('o-d'));
    const second = done(await refresh(first.refreshToken, NOW));
    const third = done(await refresh(second.refreshToken, NOW));
    expect(await refresh(first.refreshToken, NOW)).toEqual({ refused: 'session-expired' });
    expect(await refresh(third.refreshToken, NOW)).toEqual({ refused: 'session-expired' });
  });

  it('used a hundred times at once gets one and the same next token for all, and it works', async () => {
    const first = done(await byWechat('o-e'));
    const answers = await Promise.all(Array.from({ length: 100 }, () => refresh(first.refreshToken, later(1))));
    expect(answers.filter(isRefusal)).toEqual([]);
    const next = new Set(answers.map((answer) => done(answer).refreshToken));
    expect(next.size).toBe(1);
    done(await refresh([...next][0] ?? '', later(REPEAT_MS * 2)));
  });

  it('holds for thirty days from its last use', async () => {
    const first = done(await byWechat('o-f'));
    const second = done(await refresh(first.refreshToken, later(29 * DAY)));
    const third = done(await refresh(second.refreshToken, later(58 * DAY)));
    expect(await refresh(third.refreshToken, later(88 * DAY))).toEqual({ refused: 'session-expired' });
  });

  it('that nobody was given is refused, also one with the chain of another', async () => {
    const { refreshToken } = done(await byWechat('o-g'));
    expect(await refresh('A'.repeat(43))).toEqual({ refused: 'session-expired' });
    expect(await refresh(refreshToken.slice(0, 22) + 'A'.repeat(21))).toEqual({ refused: 'session-expired' });
  });

  it('is not used up when the signer fails', async () => {
    const first = done(await byWechat('o-h'));
    const broken = { ...desk, signer: () => Promise.reject(new Error('KMS is down')) };
    await expect(signIn(broken, { by: 'refresh', refreshToken: first.refreshToken }, NOW)).rejects.toThrow('KMS');
    done(await refresh(first.refreshToken, later(DAY)));
  });
});

describe('signing out', () => {
  it('ends every refresh token of the person, and of nobody else', async () => {
    const [phone, tablet, other] = [await byWechat('o-i'), await byWechat('o-i'), await byWechat('o-j')].map(done);
    if (!phone || !tablet || !other) throw new Error('not signed in');
    expect(await signOut(desk, { personId: phone.person.personId, role: 'family' })).toEqual({});
    for (const { refreshToken } of [phone, tablet]) {
      expect(await refresh(refreshToken)).toEqual({ refused: 'session-expired' });
    }
    done(await refresh(other.refreshToken));
    done(await refresh(done(await byWechat('o-i')).refreshToken));
  });

  it('twice, or as somebody who is not there, is no fault', async () => {
    expect(await signOut(desk, { personId: id(404), role: 'family' })).toEqual({});
  });
});

describe('who I am', () => {
  it('is what is stored now, and nobody once I was removed', async () => {
    const me = { personId: id(2), role: 'community-staff', area: COMMUNITY } as const;
    await desk.putPerson({ ...me, name: '王芳', phone: '13800000002', openid: 'o-staff-2' });
    expect(await whoAmI(desk, me)).toEqual({ ...me, name: '王芳', phone: '13800000002' });
    const { refreshToken } = done(await byWechat('o-staff-2'));
    const district = { personId: id(3), role: 'district-staff', area: COMMUNITY.slice(0, 6) } as const;
    await desk.putPerson({ name: '管理员', ...district });
    expect(await removeStaff(desk, district, { personId: id(2), now: NOW })).toEqual({});
    expect(await whoAmI(desk, me)).toEqual({ refused: 'session-expired' });
    expect(await refresh(refreshToken)).toEqual({ refused: 'session-expired' });
    expect(await whoAmI(desk, { personId: id(404), role: 'family' })).toEqual({ refused: 'session-expired' });
    // The account is free: whoever signs in with it now is a family member like anybody.
    expect(done(await byWechat('o-staff-2')).person.role).toBe('family');
  });
});
