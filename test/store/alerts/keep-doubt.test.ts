import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeUnverified } from '../../../functions/alerts/answer/close-unverified.ts';
import { callOffAlert } from '../../../functions/alerts/answer/steps.ts';
import { familyOfKey, personKey, pressKey, revokedKey, unkeptIndex } from '../../../functions/alerts/keys.ts';
import { sweep } from '../../../functions/alerts/ladder/sweep.ts';
import { pressItem } from '../../../functions/alerts/press.ts';
import type { PressRecord, ReachablePerson } from '../../../functions/alerts/records.ts';
import type { Doubt } from '../../../shared/contracts/alerts.ts';
import { type Role, STAFF_ROLES } from '../../../shared/contracts/roles.ts';
import { COMMUNITY, GRID } from '../../support/a-town.ts';
import { type AlertsDesk, AROUND, aDevice, anAlertsDesk, aPress, plus } from '../../support/alerts-desk.ts';

let desk: AlertsDesk;
beforeAll(async () => {
  desk = await anAlertsDesk();
});
afterAll(() => desk.dynamo.stop());
beforeEach(() => desk.mend());

const NOW_SECONDS = Math.floor(Date.parse(plus(0)) / 1000);
const DAY = 24 * 60 * 60;
/** A token of this moment. */
const fresh = (over: Partial<NonNullable<PressRecord['token']>> = {}) => ({
  issuedAt: NOW_SECONDS - 60,
  expiresAt: NOW_SECONDS + 7140,
  epoch: 2,
  ...over,
});

/** Somebody of a role whom alerts know, at epoch 2. */
async function somebody(role: Role, over: Partial<ReachablePerson> = {}): Promise<string> {
  const personId = crypto.randomUUID();
  const area = (STAFF_ROLES as readonly string[]).includes(role) ? { area: COMMUNITY } : {};
  await desk.put({ ...personKey(personId), personId, name: '某人', role, ...area, epoch: 2, rev: 3, ...over });
  return personId;
}
const by = (role: Role, personId: string, over: Partial<PressRecord> = {}) =>
  aPress({
    by: { personId, role },
    token: fresh(),
    ...((STAFF_ROLES as readonly string[]).includes(role) && { area: COMMUNITY }),
    ...over,
  });
const withoutElder = ({ elderId: _, ...press }: PressRecord): PressRecord => press;
const rings = (alertId: string) =>
  desk.notices(alertId).filter(({ recipients }) => recipients.some(({ channel }) => channel === 'voice')).length;

describe('a press by somebody who is who the token says', () => {
  it.each(STAFF_ROLES)('is taken at its word: %s for an elder of their area, and for themselves', async (role) => {
    const personId = await somebody(role);
    const press = by(role, personId, { elderId: await desk.elder() });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ unverified: false });
    const own = withoutElder(by(role, personId));
    await desk.keep(own);
    expect(await desk.alert(own.pressId)).toMatchObject({ unverified: false, subject: `person:${personId}` });
  });

  it('is taken at its word with a token that ran out, or of before there were epochs', async () => {
    for (const token of [fresh({ expiresAt: NOW_SECONDS - 29 * DAY }), { issuedAt: 0 }, undefined]) {
      const personId = await somebody('elder');
      const { token: _, ...press } = by('elder', personId, { elderId: await desk.elder() });
      await desk.keep({ ...press, ...(token && { token }) });
      expect(await desk.alert(press.pressId)).toMatchObject({ unverified: false });
    }
  });

  it('is taken at its word where the token is newer than what alerts have heard of the person', async () => {
    const press = by('elder', await somebody('elder'), { elderId: await desk.elder(), token: fresh({ epoch: 3 }) });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ unverified: false });
  });
});

describe('a press that is not taken at its word', () => {
  const removedAt = plus(-60);
  it.each<[string, Doubt, Role, Partial<ReachablePerson>, Partial<NonNullable<PressRecord['token']>>]>([
    ['staff who were removed a minute ago', 'removed', 'community-staff', { removedAt, epoch: 3 }, {}],
    ['a dispatcher who was removed', 'removed', 'dispatcher', { removedAt, epoch: 3 }, {}],
    ['a cook who was removed, with a token that looks newer', 'removed', 'canteen-staff', { removedAt }, { epoch: 9 }],
    ['staff who were moved since', 'ended', 'grid-worker', { epoch: 3 }, {}],
    ['an elder who has signed out everywhere', 'ended', 'elder', { epoch: 3 }, {}],
    [
      'staff whose session lies a month unused',
      'long-expired',
      'district-staff',
      {},
      { expiresAt: NOW_SECONDS - 31 * DAY },
    ],
  ])('is that of %s', async (_, doubt, role, person, token) => {
    const press = by(role, await somebody(role, person), { elderId: await desk.elder(), token: fresh(token) });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ unverified: true, doubt, presses: 1 });
    await desk.passUntil(plus(1200));
    const called = new Set(
      desk.notices(press.pressId).flatMap(({ recipients }) => recipients.map((one) => one.callee)),
    );
    expect(called).toEqual(new Set(['dispatchers']));
    expect(rings(press.pressId)).toBe(1);
  });

  it('is that of a device that was revoked; one whose token was only superseded is taken', async () => {
    const [revoked, superseded] = [crypto.randomUUID(), crypto.randomUUID()];
    const elderId = await desk.elder();
    await desk.put({ ...aDevice({ deviceId: revoked, elderId }), revokedAt: plus(-60) });
    await desk.put({ ...aDevice({ deviceId: superseded, elderId }), tokensFrom: NOW_SECONDS });
    const of = (deviceId: string) =>
      aPress({
        deviceId,
        by: { role: 'device' },
        source: 'key',
        area: COMMUNITY,
        token: { issuedAt: NOW_SECONDS - DAY },
      });
    const [lost, old] = [of(revoked), of(superseded)];
    await desk.keep(lost);
    await desk.keep(old);
    expect(await desk.alert(lost.pressId)).toMatchObject({ unverified: true, doubt: 'revoked', elderId });
    expect(await desk.alert(old.pressId)).toMatchObject({ unverified: false, elderId });
  });

  it.each(STAFF_ROLES)(
    'is that of %s who name an elder of whom nobody has heard, or of another place',
    async (role) => {
      for (const elderId of [crypto.randomUUID(), await desk.elder({ area: '620103001001001' })]) {
        const press = by(role, await somebody(role), { elderId });
        await desk.keep(press);
        expect(await desk.alert(press.pressId)).toMatchObject({ unverified: true, doubt: 'not-tied' });
      }
    },
  );

  it('is that of an account that is bound to nobody and names nobody', async () => {
    const press = withoutElder(by('family', await somebody('family')));
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ unverified: true, doubt: 'not-tied', area: '' });
  });

  it('of an elder whose session lies a month unused is marked, and the family is called as always', async () => {
    const elderId = await desk.elder();
    const press = by('elder', await somebody('elder'), {
      elderId,
      token: fresh({ expiresAt: NOW_SECONDS - 31 * DAY }),
    });
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ unverified: true, doubt: 'long-expired' });
    await desk.passUntil(plus(400));
    expect(desk.called('voice', press.pressId)).toContain(AROUND.daughter.personId);
    expect(rings(press.pressId)).toBeGreaterThan(3);
  });
});

describe('whatever somebody presses who is tied to nobody', () => {
  it('is one alert with a count, whichever elders it names, and rings once', async () => {
    const personId = await somebody('family');
    const presses = await Promise.all(
      Array.from({ length: 40 }, async (_, n) =>
        n % 3 === 0
          ? withoutElder(by('family', personId, { at: plus(n) }))
          : by('family', personId, { at: plus(n), elderId: n % 3 === 1 ? crypto.randomUUID() : await desk.elder() }),
      ),
    );
    await Promise.all(presses.map((press) => desk.keep(press, press.at)));
    await desk.passUntil(plus(3600));
    const joined = await Promise.all(presses.map(({ pressId }) => desk.items(pressKey(pressId).pk)));
    const opened = [...new Set(joined.map(([press]) => String(press?.alertId)))];
    expect(opened).toHaveLength(1);
    const [alertId = ''] = opened;
    expect(await desk.alert(alertId)).toMatchObject({ subject: `unverified:person:${personId}`, presses: 40 });
    expect(rings(alertId)).toBe(1);
    const evidence = await desk.part(alertId, 'EVIDENCE#');
    expect(evidence).toHaveLength(40);
    expect(evidence.filter(({ elderId }) => elderId !== undefined)).toHaveLength(26);
  });

  it('opens another when the desk has closed it, which rings nobody within the hour, and somebody after it', async () => {
    const personId = await somebody('family');
    const answering = { ...desk, alertsTable: desk.alertsTable };
    const dispatcher = { personId: AROUND.dispatcher.personId, role: 'dispatcher', area: '6201', epoch: 0 } as const;
    const press = async (at: string) => {
      const one = withoutElder(by('family', personId, { at }));
      await desk.keep(one, at);
      const form = { stepId: crypto.randomUUID(), note: '无人', alertIds: [one.pressId], now: at };
      expect(await closeUnverified(answering, dispatcher, form)).toEqual({ closed: [one.pressId], left: [] });
      return rings(one.pressId);
    };
    expect([await press(plus(0)), await press(plus(60)), await press(plus(1800))]).toEqual([1, 0, 0]);
    expect(await press(plus(3700))).toBe(1);
  });

  it('rings nobody once somebody on duty has revoked them; a later sign-in counts anew', async () => {
    const personId = await somebody('family');
    await desk.put({ ...revokedKey(personId), before: NOW_SECONDS });
    const press = withoutElder(by('family', personId));
    await desk.keep(press);
    expect(await desk.alert(press.pressId)).toMatchObject({ doubt: 'revoked', presses: 1 });
    expect(rings(press.pressId)).toBe(0);
    expect(desk.called('inbox', press.pressId)).toContain('desk:0000');
    const elderId = await desk.elder({ family: [personId] });
    const since = by('family', personId, { elderId, token: fresh({ issuedAt: NOW_SECONDS }) });
    await desk.keep(since);
    expect(await desk.alert(since.pressId)).toMatchObject({ unverified: false });
  });

  it('never takes in a press of the elder, nor one of the family', async () => {
    const daughter = await somebody('family');
    const elderId = await desk.elder({ family: [daughter] });
    await desk.put({ ...familyOfKey(daughter, elderId) });
    const strange = by('family', await somebody('family'), { elderId });
    const own = by('elder', await somebody('elder'), { elderId, at: plus(2) });
    const theirs = withoutElder(by('family', daughter, { at: plus(4) }));
    for (const press of [strange, own, theirs]) await desk.keep(press);
    expect(await desk.alert(strange.pressId)).toMatchObject({ unverified: true, presses: 1 });
    expect(await desk.alert(own.pressId)).toMatchObject({ unverified: false, presses: 2, subject: `elder:${elderId}` });
  });

  it('called off and pressed again does not ring a second time', async () => {
    const personId = await somebody('family');
    const first = withoutElder(by('family', personId));
    await desk.keep(first);
    const who = { personId, role: 'family', epoch: 2 } as const;
    await callOffAlert(desk, who, { alertId: first.pressId, stepId: crypto.randomUUID(), now: plus(3) });
    expect(await desk.alert(first.pressId)).toMatchObject({ calledOffAt: plus(3) });
    await desk.keep(withoutElder(by('family', personId, { at: plus(5) })), plus(5));
    await desk.passUntil(plus(3600));
    const alert = await desk.alert(first.pressId);
    expect(alert).toMatchObject({ state: 'calling', presses: 2, waitingSince: plus(5) });
    expect(alert.calledOffAt).toBeUndefined();
    expect(rings(first.pressId)).toBe(1);
  });
});

describe('presses that were stored and not kept', () => {
  it('are swept first when they are nobody’s repeats, however many repeats wait', async () => {
    const flooder = await somebody('family');
    const store = (press: PressRecord) => desk.put({ ...pressItem(press), ...unkeptIndex(press) });
    const flood = Array.from({ length: 12 }, () => withoutElder(by('family', flooder, { at: plus(-90), again: true })));
    for (const press of flood) await store(press);
    const real = by('elder', await somebody('elder'), { elderId: await desk.elder(), area: GRID, at: plus(-40) });
    await store(real);
    expect(await sweep(desk, plus(0))).toMatchObject({ presses: 1 });
    expect(await desk.alert(real.pressId)).toMatchObject({ unverified: false });
    expect(await sweep(desk, plus(60))).toMatchObject({ presses: 12 });
  });
});
