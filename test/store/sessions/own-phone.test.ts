import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Who } from '../../../functions/platform/who.ts';
import { requestOneTimeCode } from '../../../functions/sessions/one-time-code.ts';
import { askOwnPhone, putOwnPhone } from '../../../functions/sessions/own-phone.ts';
import { nameMyself } from '../../../functions/sessions/own-session.ts';
import { personOfPhone, readPerson } from '../../../functions/sessions/person-store.ts';
import { signIn } from '../../../functions/sessions/sign-in.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { COMMUNITY, done, id } from '../../support/a-town.ts';
import { aSessionsDesk, type SessionsDesk } from '../../support/sessions-desk.ts';

const NOW = toInstant(Date.now());
const tomorrow = toInstant(Date.parse(NOW) + 25 * 3_600_000);

let desk: SessionsDesk;
beforeAll(async () => {
  desk = await aSessionsDesk();
});
afterAll(() => desk.dynamo.stop());
beforeEach(() => {
  desk.texts.length = 0;
});

let guests = 0;
/** Somebody who has come by WeChat: nobody knows a number of theirs. */
async function aGuest(): Promise<Who> {
  guests += 1;
  desk.wechatCodes.set(`login-${guests}`, `openid-guest-${guests}`);
  const { person } = done(await signIn(desk, { by: 'wechat', code: `login-${guests}` }, NOW));
  expect(person).not.toHaveProperty('phone');
  return { personId: person.personId, role: 'family', epoch: 0 };
}
let numbers = 0;
const aNumber = () => `1350000${String(++numbers).padStart(4, '0')}`;

const ask = (who: Who, phone: string, now = NOW) => askOwnPhone(desk, who, { phone, now, draw: () => '123456' });
const byText = (who: Who, phone: string, code = '123456', now = NOW) =>
  putOwnPhone(desk, who, { by: 'text', phone, code }, now);
function byWechat(who: Who, phone: string, now = NOW) {
  const code = `phone-${phone}`;
  desk.phoneCodes.set(code, phone);
  return putOwnPhone(desk, who, { by: 'wechat', code }, now);
}
const phoneOf = async ({ personId }: Who) => (await readPerson(desk, personId))?.phone;

describe('somebody who came by WeChat', () => {
  it('has a number by WeChat’s button, and signs in with it from then on', async () => {
    const [who, phone] = [await aGuest(), aNumber()];
    expect(await byWechat(who, phone)).toMatchObject({ personId: who.personId, phone });
    done(await requestOneTimeCode(desk, { phone, now: NOW, draw: () => '654321' }));
    expect(done(await signIn(desk, { by: 'phone', phone, code: '654321' }, NOW)).person.personId).toBe(who.personId);
  });

  it('has a number by the code that was sent to it', async () => {
    const [who, phone] = [await aGuest(), aNumber()];
    expect(await ask(who, phone)).toMatchObject({ expiresInSeconds: 300 });
    expect(desk.texts).toEqual([{ phone, text: expect.stringContaining('123456') }]);
    expect(await byText(who, phone)).toMatchObject({ phone });
    expect((await personOfPhone(desk, phone))?.personId).toBe(who.personId);
  });

  it('gets the first answer when it is asked again, and no second change', async () => {
    const [who, phone] = [await aGuest(), aNumber()];
    done(await byWechat(who, phone));
    expect(await byWechat(who, phone)).toMatchObject({ replayed: { phone } });
    expect((await readPerson(desk, who.personId))?.rev).toBe(2);
  });

  it('says what they are called', async () => {
    const who = await aGuest();
    expect(await nameMyself(desk, who, '王小梅')).toMatchObject({ name: '王小梅' });
    expect(await nameMyself(desk, who, '王小梅')).toMatchObject({ replayed: { name: '王小梅' } });
  });
});

describe('no number is taken', () => {
  it('with a wrong code, a code twice, or a code of WeChat’s that it does not know', async () => {
    const [who, phone] = [await aGuest(), aNumber()];
    await ask(who, phone);
    expect(await byText(who, phone, '000000')).toEqual({ refused: 'one-time-code-wrong' });
    done(await byText(who, phone));
    const other = aNumber();
    expect(await byText(who, other)).toEqual({ refused: 'one-time-code-wrong' });
    expect(await byText(who, phone)).toEqual({ refused: 'one-time-code-wrong' });
    expect(await putOwnPhone(desk, who, { by: 'wechat', code: 'unknown' }, NOW)).toEqual({
      refused: 'wechat-code-refused',
    });
  });

  it('by a code that was sent to the number for somebody else', async () => {
    const [mine, another, phone] = [await aGuest(), await aGuest(), aNumber()];
    await ask(mine, phone);
    expect(await byText(another, phone)).toEqual({ refused: 'one-time-code-wrong' });
  });

  it('by a code for signing in, nor is a code for a number good for signing in', async () => {
    const [who, phone] = [await aGuest(), aNumber()];
    const staff = { personId: id(7001), name: '李明', role: 'community-staff', area: COMMUNITY, phone } as const;
    await desk.putPerson(staff);
    done(await requestOneTimeCode(desk, { phone, now: NOW, draw: () => '111111' }));
    expect(await byText(who, phone, '111111')).toEqual({ refused: 'one-time-code-wrong' });
    await ask(who, phone);
    expect(await signIn(desk, { by: 'phone', phone, code: '123456' }, NOW)).toEqual({ refused: 'one-time-code-wrong' });
  });

  it('that another person signs in with, although it was proven', async () => {
    const [who, phone] = [await aGuest(), aNumber()];
    done(await byWechat(await aGuest(), phone));
    expect(await byWechat(who, phone)).toEqual({ refused: 'already-registered' });
    await ask(who, phone);
    expect(await byText(who, phone)).toEqual({ refused: 'already-registered' });
    expect(await phoneOf(who)).toBeUndefined();
  });

  it('after ten tries in a day, and is on the next one', async () => {
    const who = await aGuest();
    for (let n = 0; n < 10; n++) done(await ask(who, aNumber()));
    const phone = aNumber();
    expect(await ask(who, phone)).toEqual({ refused: 'too-many-attempts' });
    expect(await byWechat(who, phone)).toEqual({ refused: 'too-many-attempts' });
    expect(await byWechat(who, phone, tomorrow)).toMatchObject({ phone });
  });

  it('of somebody whose sessions have ended', async () => {
    const who = await aGuest();
    expect(await byWechat({ ...who, epoch: 7 }, aNumber())).toEqual({ refused: 'session-expired' });
    expect(await nameMyself(desk, { ...who, epoch: 7 }, '谁')).toEqual({ refused: 'session-expired' });
  });
});

describe('a number that is changed', () => {
  it('is told to the old one, which is free for somebody else then', async () => {
    const [who, old, phone] = [await aGuest(), aNumber(), aNumber()];
    done(await byWechat(who, old));
    done(await byWechat(who, phone));
    expect(desk.texts).toEqual([{ phone: old, text: expect.stringContaining(`${phone.slice(0, 3)}****`) }]);
    expect(desk.texts[0]?.text).not.toContain(phone);
    expect(await byWechat(await aGuest(), old)).toMatchObject({ phone: old });
  });

  it('is one person’s, however many ask for it at the same moment', async () => {
    const phone = aNumber();
    const asking = await Promise.all(Array.from({ length: 30 }, aGuest));
    const answers = await Promise.all(asking.map((who) => byWechat(who, phone)));
    expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1);
    const refused = answers.flatMap((answer) => (isRefusal(answer) ? [answer.refused] : []));
    expect(refused.every((each) => each === 'already-registered' || each === 'busy')).toBe(true);
    const phones = await Promise.all(asking.map(phoneOf));
    expect(phones.filter((each) => each === phone)).toHaveLength(1);
  });
});
