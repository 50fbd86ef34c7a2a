import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answer, OFFLINE, type Refused } from '../../miniprogram/src/services/client.ts';
import { createSos, type SosPress } from '../../miniprogram/src/services/sos.ts';
import type { SosPass } from '../../miniprogram/src/services/sos-pass.ts';
import { type RefusalCode, refusalMessage } from '../../shared/contracts/refusal.ts';
import { DAUGHTER_ID, ELDER_ID, NOW } from './support/sample.ts';

const pass: SosPass = {
  token: 'expired-token',
  personId: DAUGHTER_ID,
  role: 'family',
  elders: [{ elderId: ELDER_ID, name: '王建国' }],
};
type Received = Answer<{ alertId: string; receivedAt: string; stored: boolean; published: boolean }>;
const yes: Received = {
  ok: true,
  value: { alertId: 'x', receivedAt: NOW, stored: true, published: true },
  replayed: false,
};
const no = (code: RefusalCode): Received => ({
  ok: false,
  refusal: { code, message: refusalMessage(code) } satisfies Refused,
});
const lost: Received = { ok: false, refusal: OFFLINE };
const forFather = { elderId: ELDER_ID, name: '王建国' };

/** The line of a phone whose server and storage the test holds in its hands. */
function aLine(stored: { presses?: readonly SosPress[] } = {}) {
  const sent: { token: string; alertId: string; body: object; storedBefore: boolean }[] = [];
  const world = { answer: yes as Received | (() => Promise<Received>), pass: pass as SosPass | undefined, ids: 0 };
  const sos = createSos({
    raise: async (token, alertId, body) => {
      sent.push({
        token,
        alertId,
        body,
        storedBefore: stored.presses?.some((one) => one.alertId === alertId) ?? false,
      });
      return typeof world.answer === 'function' ? world.answer() : world.answer;
    },
    pass: () => world.pass,
    now: () => NOW,
    newId: () => {
      world.ids += 1;
      return `id-${world.ids}`;
    },
    read: () => stored.presses,
    write: (presses) => {
      stored.presses = presses;
    },
  });
  return { sos, sent, world, stored, states: () => sos.presses.get().map((one) => one.state) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the line of the emergency button', () => {
  it('keeps the press on the phone before it is sent, with an id of its own, and says yes when the server does', async () => {
    const { sos, sent, states } = aLine();
    sos.raise(forFather);
    expect(states()).toEqual(['sending']);
    await wait(0);
    expect(sent).toEqual([
      {
        token: 'expired-token',
        alertId: 'id-1',
        body: { source: 'app', pressedAt: NOW, elderId: ELDER_ID },
        storedBefore: true,
      },
    ]);
    expect(states()).toEqual(['received']);
  });

  it('tries again after 2 s, then further apart up to 10 s, always with the same id, until there is a yes', async () => {
    const { sos, sent, world, states } = aLine();
    world.answer = lost;
    sos.raise(forFather);
    await wait(0);
    expect(states()).toEqual(['waiting']);
    const after: number[] = [];
    for (let second = 1; second <= 60; second += 1) {
      const before = sent.length;
      await wait(1000);
      if (sent.length > before) after.push(second);
    }
    expect(after).toEqual([2, 4, 6, 9, 13, 19, 27, 37, 47, 57]);
    world.answer = yes;
    await wait(10_000);
    expect(states()).toEqual(['received']);
    const times = sent.length;
    await wait(60_000);
    expect(sent.length).toBe(times);
    expect(new Set(sent.map((one) => one.alertId)).size).toBe(1);
  });

  it('tries at once when the connection is back, and not twice at the same moment', async () => {
    const { sos, sent, world } = aLine();
    world.answer = lost;
    sos.raise(forFather);
    await wait(30_000);
    const times = sent.length;
    let letGo: (answer: Received) => void = () => undefined;
    world.answer = () => new Promise((resolve) => (letGo = resolve));
    sos.flush();
    sos.flush();
    await wait(20_000);
    expect(sent.length).toBe(times + 1);
    letGo(yes);
    await wait(0);
    expect(sos.presses.get()).toMatchObject([{ state: 'received' }]);
  });

  it('goes on after the app was closed, with the same id', async () => {
    const before = aLine();
    before.world.answer = lost;
    before.sos.raise(forFather);
    await wait(0);
    vi.clearAllTimers();
    const after = aLine(before.stored);
    after.sos.restore();
    await wait(0);
    expect(after.sent).toMatchObject([{ alertId: 'id-1', body: { elderId: ELDER_ID, pressedAt: NOW } }]);
    expect(after.states()).toEqual(['received']);
  });

  it('hurries the first press instead of making a second one while it has no yes', async () => {
    const { sos, sent, world } = aLine();
    world.answer = lost;
    sos.raise(forFather);
    await wait(500);
    sos.raise(forFather);
    await wait(0);
    expect(sent.map((one) => one.alertId)).toEqual(['id-1', 'id-1']);
  });

  it('makes a new press of one after the yes: the server joins them, and keeps the proof of each', async () => {
    const { sos, sent } = aLine();
    sos.raise(forFather);
    await wait(0);
    sos.raise(forFather);
    await wait(0);
    expect(sent.map((one) => one.alertId)).toEqual(['id-1', 'id-2']);
    expect(sos.presses.get()).toMatchObject([{ alertId: 'id-2', state: 'received' }]);
  });

  it('calls for two elders at the same time', async () => {
    const { sos, world, states } = aLine();
    world.answer = lost;
    sos.raise(forFather);
    sos.raise({ elderId: '99999999-9999-4999-8999-999999999999', name: '刘桂英' });
    await wait(0);
    world.answer = yes;
    await wait(3000);
    expect(states()).toEqual(['received', 'received']);
  });

  it.each(['alert-not-passed-on', 'busy', 'fault', 'too-many-attempts', 'not-found'] as const)(
    'goes on trying after “%s”, which may pass',
    async (code) => {
      const { sos, world, states } = aLine();
      world.answer = no(code);
      sos.raise(forFather);
      await wait(0);
      expect(sos.presses.get()).toMatchObject([{ state: 'waiting', offline: false }]);
      world.answer = yes;
      await wait(2000);
      expect(states()).toEqual(['received']);
    },
  );

  it('says that it was refused, and sends it again by itself with the token of the next sign-in', async () => {
    const { sos, sent, world, states } = aLine();
    world.answer = no('unauthenticated');
    sos.raise(forFather);
    await wait(0);
    expect(states()).toEqual(['refused']);
    await wait(60_000);
    sos.flush();
    await wait(0);
    expect(sent).toHaveLength(1);
    world.pass = { ...pass, token: 'new-token' };
    world.answer = yes;
    sos.flush();
    await wait(0);
    expect(sent.map((one) => one.token)).toEqual(['expired-token', 'new-token']);
    expect(states()).toEqual(['received']);
  });

  it('sends with the token of whoever pressed, although somebody else has signed in since', async () => {
    const { sos, sent, world } = aLine();
    world.answer = lost;
    sos.raise(forFather);
    await wait(0);
    world.pass = { ...pass, token: 'of-another', personId: '99999999-9999-4999-8999-999999999999' };
    await wait(2000);
    expect(sent.map((one) => one.token)).toEqual(['expired-token', 'expired-token']);
  });

  it('stops when the person stops it, also while it is on its way', async () => {
    const { sos, sent, world, stored } = aLine();
    let letGo: (answer: Received) => void = () => undefined;
    world.answer = () => new Promise((resolve) => (letGo = resolve));
    const press = sos.raise(forFather);
    await wait(0);
    sos.drop(press?.alertId ?? '');
    letGo(lost);
    await wait(60_000);
    expect(sent).toHaveLength(1);
    expect(stored.presses).toEqual([]);
  });

  it('raises nothing where nobody has ever signed in', () => {
    const { sos, sent, world } = aLine();
    world.pass = undefined;
    expect(sos.raise(forFather)).toBeUndefined();
    expect(sent).toEqual([]);
  });

  it('shows a received press for some hours, and forgets it then', async () => {
    const first = aLine();
    first.sos.raise(forFather);
    await wait(0);
    const soon = aLine(first.stored);
    soon.sos.restore();
    expect(soon.states()).toEqual(['received']);
    const kept = first.stored.presses?.map((one) => ({ ...one, receivedAt: '2026-11-29T02:00:00.000Z' })) ?? [];
    const late = aLine({ presses: kept });
    late.sos.restore();
    expect(late.states()).toEqual([]);
    expect(late.sent).toEqual([]);
  });

  it('says a staff member’s own word for it: raised for an elder on the phone', async () => {
    const { sos, sent } = aLine();
    sos.raise({ ...forFather, source: 'staff-call', note: '摔倒了，起不来' });
    await wait(0);
    expect(sent[0]?.body).toMatchObject({ source: 'staff-call', note: '摔倒了，起不来', elderId: ELDER_ID });
  });
});
