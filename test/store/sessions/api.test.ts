import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Who } from '../../../functions/platform/who.ts';
import { newPerson } from '../../../functions/sessions/person.ts';
import { personItems } from '../../../functions/sessions/person-items.ts';
import type { Person } from '../../../shared/contracts/people.ts';
import { sessionRoutes } from '../../../shared/routes/sessions.ts';
import { COMMUNITY, cook, id, otherStaff, staff } from '../../support/a-town.ts';
import { startDynamo, type TestDynamo } from '../../support/dynamodb.ts';
import { relative } from '../../support/elders-desk.ts';
import { aContext, anHttpEvent } from '../../support/http-event.ts';
import { testSessions } from '../../support/session.ts';
import { storePerson } from '../../support/stored-people.ts';

type RouteName = keyof typeof sessionRoutes;
interface Sent {
  params?: Record<string, string>;
  body?: unknown;
  token?: string;
}

const sessions = testSessions();
const folder = mkdtempSync(join(tmpdir(), 'anxin-api-'));
const texts: { phone: string; text: string }[] = [];
let dynamo: TestDynamo;
let sessionsTable: string;
let outside: Server;
let handler: (event: never, context: never) => Promise<APIGatewayProxyStructuredResultV2>;

const MING: Person = { personId: id(1), name: '李明', role: 'community-staff', area: COMMUNITY, phone: '13800000001' };

beforeAll(async () => {
  dynamo = await startDynamo();
  const table = await dynamo.createTable('sessions');
  sessionsTable = table;
  for (const Item of personItems(newPerson(MING))) await dynamo.client.send(new PutCommand({ TableName: table, Item }));
  // WeChat and the text gateway, as one server.
  outside = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.method === 'POST') texts.push(JSON.parse(Buffer.concat(chunks).toString()));
    const code = new URL(request.url ?? '/', 'http://x').searchParams.get('js_code');
    response.end(
      JSON.stringify(code === 'good' ? { openid: 'o-family-1', session_key: 'secret-key' } : { errcode: 40029 }),
    );
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const address = outside.address();
  const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const keyFile = join(folder, 'session.pem');
  writeFileSync(keyFile, sessions.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  Object.assign(process.env, {
    SESSIONS_TABLE: table,
    STAGE: 'test',
    SESSION_PUBLIC_KEY: sessions.publicKey,
    SESSION_PRIVATE_KEY_FILE: keyFile,
    WECHAT_BASE_URL: base,
    WECHAT_APP_ID: 'wx1',
    WECHAT_SECRET: 'stand-in',
    SMS_GATEWAY_URL: `${base}/sms`,
  });
  ({ handler } = (await import('../../../functions/sessions/api.ts')) as never);
});
afterAll(async () => {
  outside.close();
  rmSync(folder, { recursive: true });
  await dynamo.stop();
});

async function call(route: RouteName, who: Who | undefined, { token, ...sent }: Sent = {}) {
  if (who) await storePerson(dynamo.client, sessionsTable, who);
  const given = token ?? (who && (await sessions.token(who)));
  const event = anHttpEvent(sessionRoutes[route].key, { ...sent, ...(given !== undefined && { token: given }) });
  const { statusCode, body = '{}', headers } = await handler(event as never, aContext as never);
  return { status: statusCode, body: JSON.parse(body), text: body, headers };
}

describe('signing in over the handler', () => {
  it('by WeChat gives a session that opens what it may, and says nothing of WeChat’s keys', async () => {
    const { status, body, text } = await call('signIn', undefined, { body: { by: 'wechat', code: 'good' } });
    expect(status).toBe(200);
    expect(text).not.toContain('secret-key');
    expect(text).not.toContain('o-family-1');
    const me = await call('whoAmI', undefined, { token: body.token });
    expect(me).toMatchObject({ status: 200, body: { personId: body.person.personId, role: 'family' } });
    expect((await call('listStaff', undefined, { token: body.token, params: { area: COMMUNITY } })).status).toBe(403);
  });

  it('by phone sends a code and takes it', async () => {
    const phone = '13800000001';
    expect(await call('requestOneTimeCode', undefined, { body: { phone } })).toMatchObject({
      status: 200,
      body: { sentTo: '138****0001', expiresInSeconds: 300 },
    });
    const code = /\d{6}/.exec(texts.at(-1)?.text ?? '')?.[0] ?? '';
    const session = await call('signIn', undefined, { body: { by: 'phone', phone, code } });
    expect(session).toMatchObject({ status: 200, body: { person: MING } });
    const { refreshToken, token } = session.body;
    const next = await call('signIn', undefined, { body: { by: 'refresh', refreshToken } });
    expect(next).toMatchObject({ status: 200, body: { person: MING } });
    expect((await call('signOut', undefined, { token })).body).toEqual({});
    const over = await call('signIn', undefined, { body: { by: 'refresh', refreshToken: next.body.refreshToken } });
    expect(over).toMatchObject({ status: 401, body: { code: 'session-expired' } });
  });

  it.each([
    [{ by: 'wechat', code: 'bad' }, 401, 'wechat-code-refused'],
    [{ by: 'phone', phone: '13900000000', code: '000000' }, 401, 'one-time-code-wrong'],
    [{ by: 'refresh', refreshToken: 'A'.repeat(43) }, 401, 'session-expired'],
    [{ by: 'refresh', refreshToken: 'short' }, 400, 'invalid-request'],
    [{ by: 'phone', phone: '12345', code: '000000' }, 400, 'invalid-request'],
    [{ by: 'wechat', code: 'good', openid: 'o-staff' }, 400, 'invalid-request'],
    [{ by: 'magic' }, 400, 'invalid-request'],
    [null, 400, 'invalid-request'],
    ['{', 400, 'malformed-json'],
  ])('with %j is refused: %i %s', async (body, status, code) => {
    expect(await call('signIn', undefined, { body })).toMatchObject({ status, body: { code } });
  });
});

describe('staff over the handler', () => {
  const form = { name: '王芳', phone: '13800000009', role: 'community-staff', area: COMMUNITY };
  const person = { personId: id(9) };

  it('are registered, listed and removed by who may', async () => {
    expect(await call('putStaff', staff, { params: person, body: form })).toMatchObject({ status: 200, body: form });
    expect((await call('putStaff', staff, { params: person, body: form })).headers).toMatchObject({
      'idempotency-replayed': 'true',
    });
    const { body } = await call('listStaff', staff, { params: { area: COMMUNITY } });
    expect(body.staff.map((each: Person) => each.personId).sort()).toEqual([id(1), id(9), staff.personId].sort());
    expect((await call('removeStaff', staff, { params: person })).status).toBe(200);
  });

  it.each([
    ['family', relative(1)],
    ['canteen staff', cook],
    ['staff of another community', otherStaff],
  ])('are closed to %s', async (_, who) => {
    expect((await call('putStaff', who, { params: person, body: form })).status).toBe(403);
    expect((await call('removeStaff', who, { params: { personId: id(1) } })).status).toBe(403);
    expect((await call('listStaff', who, { params: { area: COMMUNITY } })).status).toBe(403);
  });

  it.each(['whoAmI', 'signOut', 'putStaff', 'removeStaff', 'listStaff'] as const)(
    '%s wants a session',
    async (name) => {
      expect((await call(name, undefined, { params: { ...person, area: COMMUNITY }, body: form })).status).toBe(401);
    },
  );
});

describe('a session that was ended', () => {
  const NOBODY = { status: 401, body: { code: 'session-expired' } };
  const form = { name: '同伙', phone: '13800000777', role: 'community-staff', area: COMMUNITY };
  let serial = 500;
  /** Somebody of the community, with a session of the present. */
  async function worker() {
    const who: Who = { personId: id(++serial), role: 'community-staff', area: COMMUNITY, epoch: 0 };
    const phone = `138111${String(serial).padStart(5, '0')}`;
    await storePerson(dynamo.client, sessionsTable, who, { phone });
    return { ...who, phone, token: await sessions.token(who) };
  }
  const asks = async (token: string, personId: string) => [
    await call('whoAmI', undefined, { token }),
    await call('listStaff', undefined, { token, params: { area: COMMUNITY } }),
    await call('putStaff', undefined, { token, params: { personId }, body: { ...form, phone: '13800000778' } }),
    await call('putStaff', undefined, { token, params: { personId: id(9000) }, body: form }),
    await call('removeStaff', undefined, { token, params: { personId: id(1) } }),
    await call('signOut', undefined, { token }),
  ];

  it('by removal can register neither its owner anew nor an accomplice, nor read or change anything', async () => {
    const { personId, token } = await worker();
    expect((await call('whoAmI', undefined, { token })).status).toBe(200);
    expect((await call('removeStaff', staff, { params: { personId } })).status).toBe(200);
    for (const answer of await asks(token, personId)) expect(answer).toMatchObject(NOBODY);
    const { body } = await call('listStaff', staff, { params: { area: COMMUNITY } });
    expect(body.staff.map((each: Person) => each.personId)).not.toContain(id(9000));
  });

  it.each([
    ['another number', { phone: '13822220001' }],
    ['another role', { role: 'grid-worker' }],
    ['another area', { area: `${COMMUNITY}001`, role: 'grid-worker' }],
    ['another canteen', { role: 'canteen-staff', canteenId: 'binhe' }],
  ])('by %s is the session of nobody', async (_, change) => {
    const { personId, token, phone } = await worker();
    const changed = await call('putStaff', staff, {
      params: { personId },
      body: { ...form, phone: phone.replace('111', '333'), ...change },
    });
    expect(changed.status).toBe(200);
    for (const answer of await asks(token, personId)) expect(answer).toMatchObject(NOBODY);
  });

  it('by signing out ends on every device; a new name ends nothing', async () => {
    const one = await worker();
    const other = await sessions.token({ personId: one.personId, role: one.role, area: COMMUNITY, epoch: 0 });
    const renamed = { name: '新名', phone: one.phone, role: one.role, area: COMMUNITY };
    expect((await call('putStaff', staff, { params: { personId: one.personId }, body: renamed })).status).toBe(200);
    expect((await call('whoAmI', undefined, { token: other })).status).toBe(200);
    expect((await call('signOut', undefined, { token: one.token })).status).toBe(200);
    for (const token of [one.token, other]) expect(await call('whoAmI', undefined, { token })).toMatchObject(NOBODY);
  });

  it('is that of a stolen refresh token too: its use a second time ends every session of the person', async () => {
    const signedIn = await call('signIn', undefined, { body: { by: 'wechat', code: 'good' } });
    const { refreshToken, token } = signedIn.body;
    const refresh = (of: string) => call('signIn', undefined, { body: { by: 'refresh', refreshToken: of } });
    const second = await refresh(refreshToken);
    const third = await refresh(second.body.refreshToken);
    expect((await call('whoAmI', undefined, { token })).status).toBe(200);
    // Two steps old: somebody has a copy.
    expect(await refresh(refreshToken)).toMatchObject(NOBODY);
    for (const old of [token, second.body.token, third.body.token])
      expect(await call('whoAmI', undefined, { token: old })).toMatchObject(NOBODY);
    expect((await call('signIn', undefined, { body: { by: 'wechat', code: 'good' } })).status).toBe(200);
  });

  it('is that of somebody who returns after a removal: only a new sign-in stands', async () => {
    const { personId, token, phone } = await worker();
    await call('removeStaff', staff, { params: { personId } });
    const again = { name: '回来', phone, role: 'community-staff', area: COMMUNITY };
    expect((await call('putStaff', staff, { params: { personId }, body: again })).status).toBe(200);
    expect(await call('whoAmI', undefined, { token })).toMatchObject(NOBODY);
    const since = await sessions.token({ personId, role: 'community-staff', area: COMMUNITY, epoch: 2 });
    expect((await call('whoAmI', undefined, { token: since })).status).toBe(200);
  });
});
