import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_CODES, MOST_TRIES, requestOneTimeCode } from '../../../functions/sessions/one-time-code.ts';
import { signIn } from '../../../functions/sessions/sign-in.ts';
import { putStaff, removeStaff } from '../../../functions/sessions/staff.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { COMMUNITY, done, id } from '../../support/a-town.ts';
import { aSessionsDesk, type SessionsDesk } from '../../support/sessions-desk.ts';

const NOW = toInstant(Date.now());
const later = (ms: number) => toInstant(Date.parse(NOW) + ms);
const MINUTE = 60_000;
const UNKNOWN = '13999999999';
const district = { personId: id(9009), role: 'district-staff', area: COMMUNITY.slice(0, 6) } as const;

let desk: SessionsDesk;
beforeAll(async () => {
  desk = await aSessionsDesk();
  await desk.putPerson({ name: '管理员', ...district });
});
afterAll(() => desk.dynamo.stop());

let people = 0;
async function aPhone(): Promise<string> {
  people += 1;
  const phone = `137${String(people).padStart(8, '0')}`;
  await desk.putPerson({ personId: id(people), name: '李明', role: 'community-staff', area: COMMUNITY, phone });
  return phone;
}

const ask = (phone: string, now = NOW) => requestOneTimeCode(desk, { phone, now, draw: () => '123456' });
const enter = (phone: string, code = '123456', now = NOW) => signIn(desk, { by: 'phone', phone, code }, now);
const codesOf = (answers: readonly unknown[]) =>
  answers.map((answer) => (isRefusal(answer) ? answer.refused : 'signed in')).sort();

describe('a one-time code', () => {
  it('is sent to the phone, and signs in once', async () => {
    const phone = await aPhone();
    expect(await ask(phone)).toEqual({ sentTo: `137****${phone.slice(-4)}`, expiresInSeconds: 300 });
    expect(desk.texts.at(-1)).toEqual({ phone, text: expect.stringContaining('123456') });
    expect(done(await enter(phone)).person).toMatchObject({ phone, role: 'community-staff' });
    expect(await enter(phone)).toEqual({ refused: 'one-time-code-wrong' });
  });

  it('is six digits, drawn anew each time, and stored as a hash only', async () => {
    const phone = await aPhone();
    done(await requestOneTimeCode(desk, { phone, now: NOW }));
    const code = /\d{6}/.exec(desk.texts.at(-1)?.text ?? '')?.[0] ?? '';
    const { Items } = await desk.db.send(new ScanCommand({ TableName: desk.sessionsTable }));
    expect(code).toMatch(/^\d{6}$/);
    expect(JSON.stringify(Items?.filter(({ pk }) => pk === `ONE-TIME-CODE#${phone}`))).not.toContain(`"${code}"`);
    done(await enter(phone, code));
  });

  it('holds for five minutes', async () => {
    const phone = await aPhone();
    await ask(phone);
    expect(await enter(phone, '123456', later(5 * MINUTE))).toEqual({ refused: 'one-time-code-wrong' });
    done(await enter(phone, '123456', later(5 * MINUTE - 1)));
  });

  it('can be tried five times; then not even the right one is taken', async () => {
    const phone = await aPhone();
    await ask(phone);
    for (let n = 0; n < MOST_TRIES; n++) {
      expect(await enter(phone, '000000')).toEqual({ refused: 'one-time-code-wrong' });
    }
    expect(await enter(phone)).toEqual({ refused: 'too-many-attempts' });
  });

  it('is judged five times at most, however many tries come at once', async () => {
    const phone = await aPhone();
    await ask(phone);
    const answers = await Promise.all(Array.from({ length: 50 }, () => enter(phone, '000000')));
    expect(codesOf(answers).filter((code) => code === 'one-time-code-wrong')).toHaveLength(MOST_TRIES);
  });

  it('signs in once when the right one comes many times at once', async () => {
    const phone = await aPhone();
    await ask(phone);
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(phone)));
    expect(codesOf(answers).filter((code) => code === 'signed in')).toHaveLength(1);
  });

  it('takes the place of the one before', async () => {
    const phone = await aPhone();
    await requestOneTimeCode(desk, { phone, now: NOW, draw: () => '111111' });
    await ask(phone);
    expect(await enter(phone, '111111')).toEqual({ refused: 'one-time-code-wrong' });
    done(await enter(phone));
  });

  it('is not used up when the signer fails', async () => {
    const phone = await aPhone();
    await ask(phone);
    const broken = { ...desk, signer: () => Promise.reject(new Error('KMS is down')) };
    await expect(signIn(broken, { by: 'phone', phone, code: '123456' }, NOW)).rejects.toThrow('KMS');
    done(await enter(phone));
  });
});

describe('asking for a code', () => {
  it('can be done five times an hour', async () => {
    const phone = await aPhone();
    for (let n = 0; n < MOST_CODES; n++) done(await ask(phone, later(n)));
    expect(await ask(phone, later(10))).toEqual({ refused: 'too-many-attempts' });
    done(await ask(phone, later(60 * MINUTE)));
  });

  it('sends five messages at most, however many requests come at once', async () => {
    const phone = await aPhone();
    const before = desk.texts.length;
    await Promise.all(Array.from({ length: 50 }, () => ask(phone)));
    expect(desk.texts.length - before).toBe(MOST_CODES);
  });

  it('says so when the message cannot be sent, and does not count it', async () => {
    const phone = await aPhone();
    const silent = { ...desk, sendText: async () => false };
    for (let n = 0; n < 8; n++) {
      expect(await requestOneTimeCode(silent, { phone, now: NOW })).toEqual({ refused: 'message-unsent' });
    }
    done(await ask(phone));
  });
});

describe('a number that nobody signs in with', () => {
  it('gets every answer that a known one gets, and no message', async () => {
    const known = await aPhone();
    const before = desk.texts.length;
    for (const phone of [UNKNOWN, known]) {
      expect(await enter(phone)).toEqual({ refused: 'one-time-code-wrong' });
      for (let n = 0; n < MOST_CODES; n++) {
        expect(await ask(phone)).toEqual({ sentTo: expect.stringMatching(/^13\d\*{4}\d{4}$/), expiresInSeconds: 300 });
      }
      expect(await ask(phone)).toEqual({ refused: 'too-many-attempts' });
      for (let n = 0; n < MOST_TRIES; n++) {
        expect(await enter(phone, '000000')).toEqual({ refused: 'one-time-code-wrong' });
      }
      expect(await enter(phone, '000000')).toEqual({ refused: 'too-many-attempts' });
    }
    expect(desk.texts.slice(before).map(({ phone }) => phone)).toEqual(Array(MOST_CODES).fill(known));
  });

  it('does not sign in with the very code that was drawn for it', async () => {
    const phone = '13999999998';
    done(await ask(phone));
    expect(await enter(phone)).toEqual({ refused: 'one-time-code-wrong' });
  });
});

describe('a code that was sent to somebody who is then', () => {
  const staffForm = (phone: string) => ({ name: '李明', phone, role: 'community-staff', area: COMMUNITY }) as const;

  it('removed, does not sign in', async () => {
    const phone = await aPhone();
    await ask(phone);
    expect(await removeStaff(desk, district, { personId: id(people), now: NOW })).toEqual({});
    expect(await enter(phone)).toEqual({ refused: 'one-time-code-wrong' });
  });

  it('given another number, does not sign in', async () => {
    const phone = await aPhone();
    await ask(phone);
    done(await putStaff(desk, district, { personId: id(people), form: staffForm('13611111111') }));
    expect(await enter(phone)).toEqual({ refused: 'one-time-code-wrong' });
  });
});
