import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BindingView, ElderRow } from '../../../shared/contracts/elders.ts';
import type { Session } from '../../../shared/contracts/people.ts';
import { changedBetween, daysFromToday } from '../support/cloud.ts';
import { areaOf, CITIES, type DemoTown, startDemoTown } from '../support/demo-town.ts';

let town: DemoTown;
beforeAll(async () => {
  town = await startDemoTown();
});
afterAll(() => town?.stop());

/** What was last sent by text message to this number, as the page of this machine shows it. */
async function codeSentTo(phone: string): Promise<string> {
  const { messages } = (await (await fetch(`${town.cloud.web}/dev/messages`)).json()) as {
    messages: { phone: string; text: string }[];
  };
  const text = messages.find((each) => each.phone === phone)?.text ?? '';
  const [code = ''] = /\d{6}/.exec(text) ?? [];
  return code;
}

describe.each(CITIES)('a son comes to Anxin in $city', ({ city }) => {
  let newcomer: Session;
  let staff: Session;
  let elderId: string;
  let code: string;

  it('is bound to nobody at first', async () => {
    newcomer = await town.signIn(city, 'newcomer');
    staff = await town.signIn(city, 'community');
    expect((await town.call('listMyElders', {}, newcomer.token)).json).toEqual({ elders: [] });
  });

  it('gets a code from the community, for the one elder', async () => {
    const { json } = await town.call('listElders', { params: { area: areaOf(staff.person) } }, staff.token);
    // The demo town's fifth elder has nobody yet.
    const rows: ElderRow[] = json.elders;
    const unbound = rows.find((each) => each.elderId.endsWith('105'));
    elderId = unbound?.elderId ?? '';
    expect(unbound?.maskedPhone).toMatch(/^1\d\d\*{4}\d{4}$/);
    const seen = await town.call('getElder', { params: { elderId } }, newcomer.token);
    expect([seen.status, seen.json.code]).toEqual([403, 'forbidden']);
    code = (await town.call('makeBindingCode', { params: { elderId } }, staff.token)).json.code;
    expect(code).toMatch(/^\d{8}$/);
  });

  it('is bound by it, with the consents that are written down', async () => {
    const body = { code, name: '赵静', relation: 'daughter', consents: ['care-services', 'diet-to-canteen'] };
    const bound = await town.call('bind', { body }, newcomer.token);
    expect(bound.status).toBe(200);
    const purposes = (binding: BindingView) => binding.consents.map(({ purpose }) => purpose);
    expect(purposes(bound.json)).toEqual(body.consents);
    for (const { givenAt, withdrawnAt } of bound.json.consents)
      expect([givenAt, withdrawnAt]).toEqual([bound.json.boundAt, null]);
    expect((await town.call('bind', { body }, newcomer.token)).headers['idempotency-replayed']).toBe('true');
    const { json } = await town.call('listBindings', { params: { elderId } }, staff.token);
    expect(json.bindings).toEqual([bound.json]);
    expect((await town.call('getElder', { params: { elderId } }, newcomer.token)).status).toBe(200);
  });

  it('nobody else is bound by the same code', async () => {
    const other = await town.signIn(city, 'daughter');
    const body = { code, name: '别人', relation: 'other', consents: ['care-services'] };
    const { status, json } = await town.call('bind', { body }, other.token);
    expect([status, json.code]).toEqual([422, 'binding-code-wrong']);
  });

  it('opens the care record for a reason, and that is written down', async () => {
    const query = { reason: 'family-request' };
    const { json } = await town.call('getCareRecord', { params: { elderId }, query }, newcomer.token);
    expect(json.tags).toEqual([expect.objectContaining({ tag: 'low-income', evidence: expect.anything() })]);
    const log = await town.call('getAccessLog', { params: { elderId } }, staff.token);
    expect(log.json.entries[0]).toMatchObject({
      personId: newcomer.person.personId,
      role: 'family',
      what: 'care-record',
      ...query,
    });
  });

  it('takes one consent back, but not the one that care needs', async () => {
    const withdraw = (purpose: string) =>
      town.call('putConsent', { params: { elderId, purpose }, body: { granted: false } }, newcomer.token);
    const { json } = await withdraw('diet-to-canteen');
    const consents = (json as BindingView).consents.map(({ purpose, withdrawnAt }) => [purpose, withdrawnAt !== null]);
    expect(Object.fromEntries(consents)).toEqual({ 'care-services': false, 'diet-to-canteen': true });
    expect((await withdraw('care-services')).json.code).toBe('consent-required');
  });

  it('leaves again, and sees nothing more', async () => {
    const params = { elderId, personId: newcomer.person.personId };
    expect((await town.call('unbind', { params }, newcomer.token)).status).toBe(200);
    expect((await town.call('getElder', { params: { elderId } }, newcomer.token)).status).toBe(403);
    expect((await town.call('listMyElders', {}, newcomer.token)).json).toEqual({ elders: [] });
  });
});

describe('the community imports a file of elders', () => {
  const csv = [
    '姓名,性别,出生日期,电话,网格,地址,饮食',
    '何秀英,女,1941-03-08,13900000001,001,滨河路9号,低盐',
    '太年轻,男,1999-03-08,,001,滨河路10号,',
    '"换\n行",男,1940-03-08,,001,滨河路11号,',
    '冯国强,男,1939/1/2,,2,滨河路12号,',
  ].join('\n');
  let staff: Session;
  let area: string;
  const importing = async (more: object) =>
    town.call('importElders', { params: { area }, body: { csv, ...more } }, staff.token);
  const named = async (find: string) =>
    (await town.call('listElders', { params: { area }, query: { find } }, staff.token)).json.elders;

  it('a dry run says what is wrong, row by row, and writes nothing', async () => {
    staff = await town.signIn('north-city', 'community');
    area = areaOf(staff.person);
    const before = await town.stored();
    const { status, json } = await importing({ dryRun: true });
    expect([status, json.rows, json.good, json.imported]).toEqual([200, 4, 2, 0]);
    expect(json.errors.map(({ row, column }: { row: number; column: string }) => [row, column])).toEqual([
      [3, '出生日期'],
      [4, '姓名'],
    ]);
    for (const { message } of json.errors) expect(Object.keys(message).sort()).toEqual(['en', 'zh']);
    expect(changedBetween(before, await town.stored())).toEqual([]);
  });

  it('one bad row stops all', async () => {
    const before = await town.stored();
    expect((await importing({ dryRun: false })).json).toMatchObject({ good: 2, imported: 0 });
    expect(changedBetween(before, await town.stored())).toEqual([]);
  });

  it('unless only the good ones are asked for; a second time nobody is registered twice', async () => {
    expect((await importing({ dryRun: false, goodRowsOnly: true })).json).toMatchObject({ good: 2, imported: 2 });
    expect((await importing({ dryRun: false, goodRowsOnly: true })).json).toMatchObject({ good: 2, imported: 2 });
    expect(await named('何秀英')).toHaveLength(1);
    expect(await named('冯国强')).toMatchObject([{ birthDate: '1939-01-02', area: `${area}002` }]);
    expect(await named('太年轻')).toEqual([]);
  });

  it('a file that is none is a report, too, and no fault', async () => {
    const before = await town.stored();
    for (const strange of ['\u0000', '"', 'a,b\n1,2', `姓名\n${'\ud800'}`, '姓名,姓名\n', ',,,\n,,,']) {
      const { status, json } = await importing({ csv: strange, dryRun: false, goodRowsOnly: true });
      expect([status, json.imported, json.errors.length > 0], JSON.stringify(strange)).toEqual([200, 0, true]);
    }
    expect(changedBetween(before, await town.stored())).toEqual([]);
  });
});

describe('staff sign in by phone', () => {
  const phone = '19900000104';
  let session: Session;

  it('with the one-time code that is sent to it, once', async () => {
    const sent = await town.call('requestOneTimeCode', { body: { phone } });
    expect(sent.json).toEqual({ sentTo: '199****0104', expiresInSeconds: 300 });
    const code = await codeSentTo(phone);
    const wrong = code === '000000' ? '000001' : '000000';
    expect((await town.call('signIn', { body: { by: 'phone', phone, code: wrong } })).json.code).toBe(
      'one-time-code-wrong',
    );
    const { status, json } = await town.call('signIn', { body: { by: 'phone', phone, code } });
    expect(status).toBe(200);
    session = json;
    expect((await town.call('whoAmI', {}, session.token)).json).toEqual(session.person);
    expect(session.person.role).toBe('community-staff');
    expect((await town.call('signIn', { body: { by: 'phone', phone, code } })).status).toBe(401);
  });

  it('nobody learns from the answer whether a number is known', async () => {
    const unknown = await town.call('requestOneTimeCode', { body: { phone: '13000000000' } });
    expect([unknown.status, unknown.json]).toEqual([200, { sentTo: '130****0000', expiresInSeconds: 300 }]);
    expect(await codeSentTo('13000000000')).toBe('');
  });

  it('goes on with the refresh token; asked twice within seconds it is the same next one', async () => {
    const refresh = (refreshToken: string) => town.call('signIn', { body: { by: 'refresh', refreshToken } });
    const first = await refresh(session.refreshToken);
    const again = await refresh(session.refreshToken);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.json.refreshToken).toBe(first.json.refreshToken);
    expect(first.json.refreshToken).not.toBe(session.refreshToken);
    session = first.json;
    expect((await town.call('listStaff', { params: { area: areaOf(session.person) } }, session.token)).status).toBe(
      200,
    );
  });

  it('signs out: no refresh token works any more', async () => {
    expect((await town.call('signOut', {}, session.token)).status).toBe(200);
    const { status, json } = await town.call('signIn', { body: { by: 'refresh', refreshToken: session.refreshToken } });
    expect([status, json.code]).toEqual([401, 'session-expired']);
  });

  it('who was removed does not sign in again', async () => {
    const district = await town.signIn('north-city', 'district');
    const params = { personId: session.person.personId };
    expect((await town.call('removeStaff', { params }, district.token)).status).toBe(200);
    await town.call('requestOneTimeCode', { body: { phone } });
    const before = await codeSentTo(phone);
    const { status } = await town.call('signIn', { body: { by: 'phone', phone, code: before } });
    expect(status).toBe(401);
  });
});

describe('the figures', () => {
  it('of a community say who paid what, and add up', async () => {
    const district = await town.signIn('lanzhou-chengguan', 'district');
    const staff = await town.signIn('lanzhou-chengguan', 'community');
    const query = { from: daysFromToday(-20), to: daysFromToday(1) };
    const { json } = await town.call(
      'getMealFigures',
      { params: { area: areaOf(staff.person) }, query },
      district.token,
    );
    expect(json.sum.served).toBeGreaterThan(0);
    const sumOf = (shares: Record<string, number>) => Object.values(shares).reduce((a, b) => a + b, 0);
    for (const day of json.days) expect(sumOf(day.shares), day.date).toBe(day.total);
    expect(json.days.reduce((sum: number, day: { total: number }) => sum + day.total, 0)).toBe(json.sum.total);
  });
});
