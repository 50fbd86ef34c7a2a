import { describe, expect, it } from 'vitest';
import { createClient, createRaise } from '../../miniprogram/src/services/client.ts';
import type { Wire, WireAnswer } from '../../miniprogram/src/services/transport.ts';
import type { Session } from '../../shared/contracts/people.ts';
import { refusalMessage } from '../../shared/contracts/refusal.ts';
import { anElder, anOrder, aSession, ELDER_ID, ORDER_ID } from './support/sample.ts';

const json = (status: number, body: unknown, headers: Record<string, string> = {}): WireAnswer => ({
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  header: (name) => headers[name],
});
const expired = json(401, { code: 'session-expired', message: refusalMessage('session-expired') });
const tokenOf = (wire: Wire) => wire.headers.Authorization;
const isRefresh = (wire: Wire) => wire.url.endsWith('/sessions') && wire.method === 'POST';

/** A client on a transport of the test's making, with everything that it sent. */
function aClient(
  answer: (wire: Wire) => WireAnswer | Promise<WireAnswer>,
  first: Session | null = aSession('old'),
  keptElsewhere?: Session,
) {
  const sent: Wire[] = [];
  let session = first;
  let ended = 0;
  const kept = keptElsewhere;
  const call = createClient({
    transport: async (wire) => {
      sent.push(wire);
      return answer(wire);
    },
    base: async (api) => (api === 'AnxinApi' ? 'http://api' : 'http://alerts'),
    session: () => session,
    keptSession: () => kept,
    keepSession: (next) => {
      session = next;
    },
    endSession: () => {
      session = null;
      ended += 1;
    },
  });
  return { call, sent, session: () => session, ended: () => ended };
}

const anInbox = { at: '2026-11-30T02:00:00.000Z', entries: [], unread: 0 };
const getElder = { params: { elderId: ELDER_ID } };

describe('the client', () => {
  it('answers the parsed reply of a route', async () => {
    const { call, sent } = aClient(() => json(200, anElder()));
    const answer = await call('getElder', getElder);
    expect(answer).toEqual({ ok: true, value: anElder(), replayed: false });
    expect(sent[0]).toMatchObject({ method: 'GET', url: `http://api/elders/${ELDER_ID}` });
    expect(sent[0]?.body).toBeUndefined();
  });

  it('shows what it knows of an answer in which a newer server tells more, and nothing of one that lacks something', async () => {
    const person = { ...aSession('old').person, nickname: '小王' };
    const { call } = aClient(() => json(200, person));
    expect(await call('whoAmI')).toMatchObject({ ok: true, value: aSession('old').person });
    const { name: _, ...nameless } = person;
    const other = aClient(() => json(200, nameless));
    expect(await other.call('whoAmI')).toMatchObject({ ok: false, refusal: { code: 'fault' } });
  });

  it('writes the query without what is not given, and escapes the rest', async () => {
    const { call, sent } = aClient(() => json(200, { elders: [] }));
    await call('listElders', { params: { area: '130102001001' }, query: { find: '王 & 李', cursor: undefined } });
    expect(sent[0]?.url).toBe('http://api/areas/130102001001/elders?find=%E7%8E%8B%20%26%20%E6%9D%8E');
  });

  it('says whether an order had been placed before', async () => {
    const { call } = aClient(() => json(200, anOrder(), { 'Idempotency-Replayed': 'true' }));
    expect(await call('getMealOrder', { params: { orderId: ORDER_ID } })).toMatchObject({ ok: true, replayed: true });
  });

  it('gives a refusal as a value, in both languages', async () => {
    const body = { code: 'slot-full', message: refusalMessage('slot-full'), details: [{ path: 'slotId' }] };
    const { call } = aClient(() => json(409, body));
    expect(await call('getElder', getElder)).toEqual({ ok: false, refusal: body });
  });

  it('calls a lost connection offline, and keeps the session', async () => {
    const { call, session } = aClient(() => Promise.reject(new Error('network')));
    expect(await call('getElder', getElder)).toMatchObject({ ok: false, refusal: { code: 'offline' } });
    expect(session()?.token).toBe('old');
  });

  it('takes the gateway’s own throttling for busy, and an answer it cannot read for a fault', async () => {
    const throttled = aClient(() => json(429, { message: 'Too Many Requests' }));
    expect(await throttled.call('getElder', getElder)).toMatchObject({ ok: false, refusal: { code: 'busy' } });
    const odd = aClient(() => json(200, { surprise: true }));
    expect(await odd.call('getElder', getElder)).toMatchObject({ ok: false, refusal: { code: 'fault' } });
    const html = aClient(() => json(502, '<html>Bad gateway</html>'));
    expect(await html.call('getElder', getElder)).toMatchObject({ ok: false, refusal: { code: 'fault' } });
  });

  it('refreshes an expired session once for all calls that wait, and sends each again', async () => {
    const { call, sent, session } = aClient(async (wire) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (isRefresh(wire)) return json(200, aSession('new'));
      return tokenOf(wire) === 'Bearer new' ? json(200, anElder()) : expired;
    });
    const answers = await Promise.all(Array.from({ length: 12 }, () => call('getElder', getElder)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(sent.filter(isRefresh)).toHaveLength(1);
    expect(sent.filter((wire) => tokenOf(wire) === 'Bearer new')).toHaveLength(12);
    expect(session()?.token).toBe('new');
  });

  it('does not refresh again for a call that left with the old token and came back late', async () => {
    let letGo: (answer: WireAnswer) => void = () => undefined;
    let calls = 0;
    const { call, sent } = aClient((wire) => {
      if (isRefresh(wire)) return json(200, aSession('new'));
      if (tokenOf(wire) === 'Bearer new') return json(200, anElder());
      calls += 1;
      return calls === 1 ? new Promise((resolve) => (letGo = resolve)) : expired;
    });
    const slow = call('getElder', getElder);
    expect(await call('getElder', getElder)).toMatchObject({ ok: true });
    letGo(expired);
    expect(await slow).toMatchObject({ ok: true });
    expect(sent.filter(isRefresh)).toHaveLength(1);
  });

  it('uses the session that another window has renewed, and does not refresh a second time', async () => {
    const answer = (wire: Wire) => (tokenOf(wire) === 'Bearer newer' ? json(200, anElder()) : expired);
    const { call, sent, session } = aClient(answer, aSession('old'), aSession('newer'));
    expect(await call('getElder', getElder)).toMatchObject({ ok: true });
    expect(sent.filter(isRefresh)).toEqual([]);
    expect(session()?.token).toBe('newer');
  });

  it('ends the session when the refresh token is refused', async () => {
    const { call, ended } = aClient(() => expired);
    expect(await call('getElder', getElder)).toMatchObject({ ok: false, refusal: { code: 'session-expired' } });
    expect(ended()).toBe(1);
  });

  it('keeps the session when the refresh gets no answer', async () => {
    const { call, session, ended } = aClient((wire) => (isRefresh(wire) ? Promise.reject(new Error('lost')) : expired));
    expect(await call('getElder', getElder)).toMatchObject({ ok: false, refusal: { code: 'offline' } });
    expect([session()?.token, ended()]).toEqual(['old', 0]);
  });

  it('sends no token to a public route', async () => {
    const { call, sent } = aClient(() => json(200, { sentTo: '138****1234', expiresInSeconds: 300 }));
    await call('requestOneTimeCode', { body: { phone: '13800001234' } });
    expect(tokenOf(sent[0] as Wire)).toBeUndefined();
  });

  it('sends each route to the API of its feature, and waits less long where seconds count', async () => {
    const { call, sent } = aClient((wire) => json(200, wire.url.includes('/inbox') ? anInbox : anElder()));
    await call('getElder', getElder);
    await call('myInbox', { query: {} });
    expect(sent.map(({ url, timeoutMs }) => [url, timeoutMs])).toEqual([
      [`http://api/elders/${ELDER_ID}`, undefined],
      ['http://alerts/inbox', 6000],
    ]);
  });

  it('raises with the token that it is given and nothing else, also when that is refused', async () => {
    const sent: Wire[] = [];
    const raise = createRaise({
      base: async (api) => `http://${api}`,
      transport: async (wire) => {
        sent.push(wire);
        return expired;
      },
    });
    const answer = await raise('kept-token', ORDER_ID, { source: 'app' });
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'session-expired' } });
    expect(sent).toMatchObject([
      {
        method: 'PUT',
        url: `http://AnxinAlerts/alerts/${ORDER_ID}`,
        headers: { Authorization: 'Bearer kept-token' },
        body: '{"source":"app"}',
        timeoutMs: 4000,
      },
    ]);
  });

  it('hands a file over as text', async () => {
    const { call } = aClient(() => json(200, 'slot,name\n早,王'));
    const answer = await call('getKitchenSheetCsv', {
      params: { canteenId: 'heping', date: '2026-12-01', sitting: 'lunch' },
    });
    expect(answer).toMatchObject({ ok: true, value: 'slot,name\n早,王' });
  });
});
