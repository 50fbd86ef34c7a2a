import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Who } from '../../../functions/platform/who.ts';
import { elderRoutes } from '../../../shared/routes/elders.ts';
import { dateInChina, toInstant } from '../../../shared/values/dates.ts';
import { COMMUNITY, cook, id, otherStaff, staff } from '../../support/a-town.ts';
import { startDynamo, type TestDynamo } from '../../support/dynamodb.ts';
import { aBindRequest, anElderForm, anIdNumber, relative } from '../../support/elders-desk.ts';
import { aContext, anHttpEvent } from '../../support/http-event.ts';
import { testSessions } from '../../support/session.ts';
import { storePerson } from '../../support/stored-people.ts';

type RouteName = keyof typeof elderRoutes;
interface Sent {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
}
interface Reply {
  status: number;
  body: Record<string, unknown>;
  replayed: boolean;
}

const sessions = testSessions();
const today = dateInChina(toInstant(Date.now()));
let dynamo: TestDynamo;
let sessionsTable: string;
let handler: (event: never, context: never) => Promise<APIGatewayProxyStructuredResultV2>;

beforeAll(async () => {
  dynamo = await startDynamo();
  process.env.ELDERS_TABLE = await dynamo.createTable('elders');
  sessionsTable = await dynamo.createTable('sessions');
  process.env.SESSIONS_TABLE = sessionsTable;
  process.env.SESSION_PUBLIC_KEY = sessions.publicKey;
  process.env.STAGE = 'test';
  ({ handler } = (await import('../../../functions/elders/api.ts')) as never);
  expect((await call('putElder', staff, { params: { elderId: id(1) }, body: anElderForm() })).status).toBe(200);
});
afterAll(() => dynamo.stop());

async function call(route: RouteName, who: Who | undefined, sent: Sent = {}): Promise<Reply> {
  if (who) await storePerson(dynamo.client, sessionsTable, who);
  const token = who && (await sessions.token(who));
  const event = anHttpEvent(elderRoutes[route].key, { ...sent, ...(token !== undefined && { token }) });
  const result = await handler(event as never, aContext as never);
  const { statusCode = 0, body = '{}', headers } = result;
  return { status: statusCode, body: JSON.parse(body), replayed: headers?.['idempotency-replayed'] === 'true' };
}

const elder = { elderId: id(1) };
const evidence = { kind: '残疾证' };
/** A right request of each route, for the elder of the community. */
const requests: Readonly<Record<RouteName, Sent>> = {
  listMyElders: {},
  listElders: { params: { area: COMMUNITY }, query: { find: '王' } },
  getElder: { params: elder },
  putElder: { params: elder, body: anElderForm() },
  importElders: {
    params: { area: COMMUNITY },
    body: { csv: '姓名,性别,出生日期,网格,地址\n赵一,女,1940-01-01,001,滨河路', dryRun: true },
  },
  getCareRecord: { params: elder, query: { reason: 'visit' } },
  putTag: { params: { ...elder, tag: 'disabled' }, body: { grade: 2, evidence, since: '2020-01-01' } },
  putAbility: { params: elder, body: { level: 'mild', assessedOn: '2026-01-01', evidence } },
  getAccessLog: { params: elder, query: {} },
  pauseMeals: { params: elder, body: { reason: 'hospital', from: today } },
  resumeMeals: { params: elder },
  recordDeath: { params: elder, body: { diedOn: null } },
  makeBindingCode: { params: elder },
  bind: { body: aBindRequest('12345678') },
  listBindings: { params: elder },
  unbind: { params: { ...elder, personId: id(7) } },
  putConsent: { params: { ...elder, purpose: 'diet-to-canteen' }, body: { granted: true } },
};
const names = Object.keys(requests) as RouteName[];
const people: Readonly<Record<string, Who>> = {
  'staff of another community': otherStaff,
  'a family member who is not bound': relative(1),
  'another elder': { personId: id(9200), role: 'elder', elderId: id(2) },
  'canteen staff': cook,
  'staff of another district': { personId: id(9201), role: 'district-staff', area: '620103' },
};
/** What is one's own, and so open to everybody of the role. */
const own: readonly RouteName[] = ['listMyElders', 'bind'];

describe('every route of elders', () => {
  it.each(names)('%s wants a session', async (name) => {
    expect(await call(name, undefined, requests[name])).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated' },
    });
  });

  for (const [who, person] of Object.entries(people)) {
    it.each(names.filter((name) => !own.includes(name)))(`%s is closed to ${who}`, async (name) => {
      expect(await call(name, person, requests[name])).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    });
  }

  it.each(names.filter((name) => 'body' in elderRoutes[name]))(
    '%s refuses a field that it does not know',
    async (name) => {
      const body = { ...(requests[name].body as object), more: 1 };
      const who = name === 'bind' || name === 'putConsent' ? relative(1) : staff;
      expect(await call(name, who, { ...requests[name], body })).toMatchObject({
        status: 400,
        body: { code: 'invalid-request', details: [{ path: 'body', message: 'unknown: more' }] },
      });
    },
  );

  it.each(names.filter((name) => 'params' in elderRoutes[name]))('%s refuses a path that is none', async (name) => {
    const params = Object.fromEntries(Object.keys(requests[name].params ?? {}).map((key) => [key, '../x']));
    const who = name === 'putConsent' ? relative(1) : staff;
    expect((await call(name, who, { ...requests[name], params })).status).toBe(400);
  });
});

describe('an elder’s life at the desk, over the handler', () => {
  it('goes from registration to a family member who sees the elder', async () => {
    const two = { elderId: id(2) };
    const form = anElderForm({ idNumber: anIdNumber('1944-05-01', 2) });
    expect(await call('putElder', staff, { params: two, body: form })).toMatchObject({ status: 200, replayed: false });
    expect(await call('putElder', staff, { params: two, body: form })).toMatchObject({ status: 200, replayed: true });
    const code = (await call('makeBindingCode', staff, { params: two })).body.code as string;
    expect(await call('bind', relative(5), { body: aBindRequest(code) })).toMatchObject({ status: 200 });
    expect((await call('listMyElders', relative(5))).body.elders).toMatchObject([{ elderId: id(2), rev: 2 }]);
    const consent = { params: { ...two, purpose: 'diet-to-canteen' }, body: { granted: false } };
    expect((await call('putConsent', relative(5), consent)).body.consents).toMatchObject([
      {},
      { withdrawnAt: expect.any(String) },
    ]);
    expect((await call('listBindings', relative(5), { params: two })).body.bindings).toHaveLength(1);
    expect(
      await call('pauseMeals', relative(5), { params: two, body: { reason: 'travel', from: today } }),
    ).toMatchObject({
      status: 200,
      body: { absence: { reason: 'travel' } },
    });
    expect((await call('resumeMeals', relative(5), { params: two })).body.absence).toBeNull();
    expect((await call('unbind', relative(5), { params: { ...two, personId: relative(5).personId } })).body).toEqual(
      {},
    );
    expect((await call('getElder', relative(5), { params: two })).status).toBe(403);
  });

  it('has a care record whose every opening is in the log', async () => {
    expect((await call('putTag', staff, requests.putTag)).status).toBe(200);
    expect((await call('putAbility', staff, requests.putAbility)).status).toBe(200);
    expect((await call('getCareRecord', staff, requests.getCareRecord)).body).toMatchObject({
      tags: [{ tag: 'disabled', grade: 2 }],
      ability: { level: 'mild' },
    });
    const { entries } = (await call('getAccessLog', staff, requests.getAccessLog)).body;
    expect(entries).toMatchObject([
      { what: 'care-record', reason: 'visit' },
      { what: 'ability' },
      { what: 'tag disabled' },
    ]);
    expect((await call('getCareRecord', staff, { params: elder, query: {} })).status).toBe(400);
  });

  it('is found in the list, imported dry, and recorded as dead', async () => {
    expect((await call('listElders', staff, requests.listElders)).body.elders).toMatchObject([{}, {}]);
    expect((await call('importElders', staff, requests.importElders)).body).toEqual({
      rows: 1,
      good: 1,
      imported: 0,
      errors: [],
    });
    expect((await call('recordDeath', staff, { params: elder, body: { diedOn: today } })).body.diedOn).toBe(today);
    expect((await call('makeBindingCode', staff, { params: elder })).body).toMatchObject({ code: 'elder-died' });
    expect(await call('recordDeath', staff, { params: elder, body: { diedOn: null } })).toMatchObject({
      status: 422,
      body: { code: 'reason-required' },
    });
  });

  it('finds nobody under an id that stands for nobody', async () => {
    expect(await call('getElder', staff, { params: { elderId: id(404) } })).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });
});
