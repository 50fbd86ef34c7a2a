import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindingCodeItem } from '../../functions/elders/binding-code.ts';
import {
  RefusalBody,
  type RefusalCode,
  refusalMessage,
  refusalStatus,
  refusals,
} from '../../shared/contracts/refusal.ts';
import { toInstant } from '../../shared/values/dates.ts';
import { anElderForm, anIdNumber } from '../support/elders-desk.ts';
import { alertRefusals } from './support/alert-refusals.ts';
import { daysFromToday, startTestCloud, type TestCloud, today } from './support/cloud.ts';
import { aHome, type Home } from './support/home.ts';
import type { Answer } from './support/http.ts';
import { privateKeyOf, sign } from './support/tokens.ts';

let town: TestCloud;
beforeAll(async () => {
  town = await startTestCloud();
});
afterAll(() => town?.stop());

const newId = (): string => crypto.randomUUID();

/** Places an order that is right but for what is said. */
const place = (home: Home, over: Parameters<Home['placing']>[0], token = home.family): Promise<Answer> =>
  town.call('placeMealOrder', { params: { orderId: newId() }, body: home.placing(over) }, token);

const change = (home: Home, which: keyof Home['orders'], body: object): Promise<Answer> =>
  town.call('changeMealOrder', { params: { orderId: home.orders[which].orderId }, body }, home.family);

const bind = (home: Home, over: object): Promise<Answer> =>
  town.call(
    'bind',
    { body: { code: home.bindingCode, name: '王小梅', relation: 'daughter', consents: ['care-services'], ...over } },
    home.family,
  );

const signIn = (body: object): Promise<Answer> => town.call('signIn', { body });

async function whileFaulty(faults: string, ask: () => Promise<Answer>): Promise<Answer> {
  await town.cloud.setFaults(faults);
  try {
    return await ask();
  } finally {
    await town.cloud.setFaults('');
  }
}

/** How each refusal is met, over HTTP. A code without a way does not compile, and fails the test. */
const ways: Readonly<Record<RefusalCode, (home: Home) => Promise<Answer>>> = {
  'invalid-request': ({ family }) => town.call('getElder', { params: { elderId: 'father' } }, family),
  'malformed-json': ({ family }) =>
    town.send({ method: 'POST', path: '/bindings', headers: { authorization: `Bearer ${family}` }, body: '{' }),
  'body-too-large': ({ family }) =>
    town.send({
      method: 'POST',
      path: '/bindings',
      headers: { authorization: `Bearer ${family}` },
      body: ' '.repeat(65_537),
    }),
  unauthenticated: ({ elder }) => town.call('getElder', { params: { elderId: elder.elderId } }),
  'session-expired': async ({ elder, who }) => {
    const old = await sign(who, privateKeyOf(town.sessionKey), { expires: -1 });
    return town.call('getElder', { params: { elderId: elder.elderId } }, old);
  },
  'wechat-code-refused': () => signIn({ by: 'wechat', code: 'never-given-out' }),
  'one-time-code-wrong': ({ newPhone }) => signIn({ by: 'phone', phone: newPhone, code: '000000' }),
  'too-many-attempts': async ({ newPhone }) => {
    const ask = () => town.call('requestOneTimeCode', { body: { phone: newPhone } });
    for (let n = 0; n < 5; n++) expect((await ask()).status).toBe(200);
    return ask();
  },
  forbidden: async ({ family }) => {
    const other = await aHome(town);
    return town.call('getElder', { params: { elderId: other.elder.elderId } }, family);
  },
  'not-found': ({ family }) => town.call('getElder', { params: { elderId: newId() } }, family),
  'id-reused': async ({ placing, family }) => {
    const params = { orderId: newId() };
    await town.call('placeMealOrder', { params, body: placing() }, family);
    return town.call('placeMealOrder', { params, body: placing({ note: '少盐' }) }, family);
  },
  'rev-stale': (home) => change(home, 'ahead', { rev: 7, slotId: 'late' }),
  'slot-full': async (home) => {
    await home.lunch({ slots: [{ slotId: 'early', from: '11:00', until: '11:40', capacity: 0 }] });
    return place(home, {});
  },
  'already-ordered': (home) => place(home, { date: home.orders.ahead.date }),
  'price-changed': (home) => place(home, { seenCopay: 12_345 }),
  'past-closing-time': async (home) => {
    await home.lunch({ closesAt: toInstant(Date.now() - 1000) });
    return place(home, { reason: '忘了' });
  },
  'reason-required': async (home) => {
    await home.lunch({ closesAt: toInstant(Date.now() - 1000) });
    return place(home, {}, home.staff);
  },
  'sitting-not-open': (home) => place(home, { date: daysFromToday(9) }),
  'slot-unknown': (home) => place(home, { slotId: 'midnight' }),
  'not-on-menu': (home) => place(home, { dishIds: ['caviar'] }),
  'eating-not-offered': async (home) => {
    await home.lunch({ eating: ['dine-in'] });
    return place(home, { eating: 'delivery' });
  },
  'canteen-elsewhere': async (home) => {
    await home.lunch({ area: '139904000001' });
    return place(home, {});
  },
  'diet-clash': async (home) => {
    await home.elderIs({ allergens: ['crustacean'] });
    return place(home, { dishIds: ['shrimp', 'rice'] });
  },
  'elder-died': async (home) => {
    await home.elderIs({ diedOn: today() });
    return place(home, {});
  },
  'elder-paused': async (home) => {
    await home.elderIs({ absence: { reason: 'hospital', from: today() } });
    return place(home, {});
  },
  'already-cancelled': async (home) => {
    const { orderId } = home.orders.ahead;
    await town.call('cancelMealOrder', { params: { orderId }, body: {} }, home.family);
    return change(home, 'ahead', { rev: 2, slotId: 'late' });
  },
  'already-served': async (home) => {
    await home.lunch({ date: today() });
    return change(home, 'served', { rev: 2, slotId: 'late' });
  },
  'not-served': ({ orders, cook }) => town.call('undoCheckIn', { params: { orderId: orders.today.orderId } }, cook),
  'wrong-day': ({ orders, cook }) =>
    town.call('checkIn', { params: { orderId: orders.ahead.orderId }, body: { by: 'qr' } }, cook),
  'no-policy': async (home) => {
    await home.elderIs({ area: '990101000001001' });
    await home.lunch({ area: '990101000001' });
    return place(home, {});
  },
  busy: (home) => whileFaulty('dynamodb=throttle:1', () => place(home, {})),
  'binding-code-wrong': (home) => bind(home, { code: '99999999' }),
  'already-bound': async (home) => {
    const item = bindingCodeItem('77777777', {
      elderId: home.elder.elderId,
      madeBy: home.cookId,
      expiresAt: toInstant(Date.now() + 60_000),
    });
    await town.put([{ table: 'elders', item }]);
    return bind(home, { code: '77777777' });
  },
  'consent-required': (home) => bind(home, { consents: ['diet-to-canteen'] }),
  'already-registered': async (home) => {
    const form = anElderForm({ area: `${home.community}001`, idNumber: anIdNumber('1944-05-01', 77) });
    const register = () => town.call('putElder', { params: { elderId: newId() }, body: form }, home.staff);
    expect((await register()).status).toBe(200);
    return register();
  },
  'phone-elsewhere': ({ family }) =>
    town.call('putOwnPhone', { body: { by: 'wechat', code: 'phone-85291234567' } }, family),
  'wechat-unavailable': () => signIn({ by: 'wechat', code: 'busy' }),
  'message-unsent': async (home) => {
    const cook = {
      name: '某厨',
      phone: '19910000001',
      role: 'canteen-staff',
      area: home.community,
      canteenId: home.canteenId,
    };
    await town.call('putStaff', { params: { personId: newId() }, body: cook }, home.staff);
    return town.call('requestOneTimeCode', { body: { phone: cook.phone } });
  },
  ...alertRefusals(() => town, whileFaulty),
  fault: ({ elder, family }) =>
    whileFaulty('dynamodb=down', () => town.call('getElder', { params: { elderId: elder.elderId } }, family)),
};

describe('every refusal is met over HTTP', () => {
  it('has a way for each code', () => {
    expect(Object.keys(ways).sort()).toEqual(Object.keys(refusals).sort());
  });

  it.each(Object.keys(refusals) as RefusalCode[])('%s', async (code) => {
    const home = await aHome(town);
    const before = Date.now();
    const { status, json, headers } = await ways[code](home);
    expect(json).toMatchObject({ code, message: refusalMessage(code) });
    expect(RefusalBody.safeParse(json).error).toBeUndefined();
    expect(status).toBe(refusalStatus(code));
    expect(headers['retry-after']).toBe(status === 503 ? '2' : status === 429 ? '3600' : undefined);
    expect(Date.now() - before).toBeLessThan(20_000);
  });
});
