import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceToken } from '../../../../functions/alerts/circle/device-token.ts';
import { keepCard } from '../../../../functions/alerts/circle/keep-card.ts';
import { keepPerson } from '../../../../functions/alerts/circle/keep-person.ts';
import { fileSigner } from '../../../../functions/platform/signer.ts';
import type { Who } from '../../../../functions/platform/who.ts';
import chengguan from '../../../../shared/policies/lanzhou-chengguan.2026-01.json' with { type: 'json' };
import { circleRoutes } from '../../../../shared/routes/circle.ts';
import { cook, daughter, GRID, id, NOW, staff, stranger } from '../../../support/a-town.ts';
import {
  anElderTold,
  aPersonTold,
  dispatcher,
  districtStaff,
  elsewhere,
  gridWorker,
} from '../../../support/circle-desk.ts';
import { startDynamo, type TestDynamo } from '../../../support/dynamodb.ts';
import { aContext, anHttpEvent } from '../../../support/http-event.ts';
import { testSessions } from '../../../support/session.ts';

type RouteName = keyof typeof circleRoutes;
type Sent = NonNullable<Parameters<typeof anHttpEvent>[1]>;

const sessions = testSessions();
const folder = mkdtempSync(join(tmpdir(), 'anxin-circle-'));
const keyFile = join(folder, 'device.pem');
let dynamo: TestDynamo;
let handler: (event: never, context: never) => Promise<APIGatewayProxyStructuredResultV2>;

beforeAll(async () => {
  dynamo = await startDynamo();
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(folder, 'policies.json'), JSON.stringify([chengguan]));
  const queue = 'http://127.0.0.1/queue';
  const alertsTable = await dynamo.createTable('alerts');
  Object.assign(process.env, {
    ALERTS_TABLE: alertsTable,
    STAGE: 'test',
    WECHAT_TEMPLATE_ID: 'template-of-alerts',
    LAMBDA_TASK_ROOT: folder,
    ALERTS_TOPIC_ARN: 'arn:aws:sns:local:000000000000:Alerts',
    PRESSES_QUEUE_URL: queue,
    TIMERS_QUEUE_URL: queue,
    CHANNEL_QUEUES: JSON.stringify({
      inbox: queue,
      wechat: queue,
      sms: queue,
      voice: queue,
      partner: queue,
      canary: queue,
    }),
    SESSION_PUBLIC_KEY: sessions.publicKey,
    DEVICE_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    DEVICE_PRIVATE_KEY_FILE: keyFile,
  });
  mockClient(SNSClient).resolves({});
  mockClient(SQSClient).resolves({});
  const store = { db: dynamo.client, alertsTable, policies: [] };
  await keepCard(store, anElderTold(), NOW);
  await keepPerson(store, aPersonTold());
  ({ handler } = (await import('../../../../functions/alerts/circle/api.ts')) as never);
});
afterAll(async () => {
  await dynamo.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function send(route: RouteName, sent: Sent): Promise<{ status: number; body: Record<string, unknown> }> {
  const { statusCode = 0, body = '{}' } = await handler(
    anHttpEvent(circleRoutes[route].key, sent) as never,
    aContext as never,
  );
  return { status: statusCode, body: JSON.parse(body) };
}
const call = async (route: RouteName, who: Who, sent: Sent = {}) =>
  send(route, { ...sent, token: await sessions.token(who) });

const elder = { elderId: id(1) };
const device = { deviceId: id(70) };
const contact = { ...elder, contactId: id(71) };
/** A right request of each route that people may ask, about the elder of the community. */
const requests: Readonly<Record<Exclude<RouteName, 'heartbeat'>, Sent>> = {
  registerDevice: { params: device, body: { kind: 'key', area: GRID, ...elder } },
  listContacts: { params: elder },
  putContact: { params: contact, body: { kind: 'neighbour', name: '赵大妈', phone: '19900005555', order: 1 } },
  getMessageConsents: {},
  putMessageConsent: { params: { consentId: id(73) }, body: { templateId: 'template-of-alerts' } },
  testContact: { params: contact },
  removeContact: { params: contact },
  getHealthNotes: { params: elder },
  putHealthNotes: { params: elder, body: { allergies: '青霉素' } },
  startDrill: { params: elder, body: { alertId: id(72) } },
  listElderDevices: { params: elder },
  listDevices: { params: { area: GRID } },
  testDevice: { params: device },
  listCheckTasks: { params: { area: GRID } },
  finishCheckTask: { params: { taskId: id(404) }, body: { finding: 'well' } },
  revokePerson: { params: { personId: daughter.personId } },
  revokeDevice: { params: device },
};
const names = Object.keys(requests) as Exclude<RouteName, 'heartbeat'>[];
const herself: Who = { personId: id(80), role: 'elder', elderId: id(1) };

describe('the circle over HTTP', () => {
  it.each(names)(
    '%s is open to each of its roles, where they have to do with it, and to no other role',
    async (name) => {
      const callers: readonly Who[] = [herself, daughter, staff, gridWorker, districtStaff, dispatcher, cook];
      for (const who of callers) {
        const { status } = await call(name, who, requests[name]);
        const roles: readonly string[] = circleRoutes[name].role;
        // Who is on duty revokes whoever floods the board, and the daughter does not.
        const mayNot = !roles.includes(who.role) || (name === 'revokePerson' && [gridWorker, dispatcher].includes(who));
        const right = mayNot ? [403] : name === 'finishCheckTask' ? [404] : [200, 409, 429];
        expect(right, who.role).toContain(status);
      }
    },
  );

  // What somebody asks of themselves is nobody else's.
  const ofOneself: readonly RouteName[] = names.filter((name) => circleRoutes[name].relation === 'self');
  it.each(names.filter((name) => name !== 'finishCheckTask' && name !== 'listCheckTasks' && !ofOneself.includes(name)))(
    '%s is refused to those of another community and to strangers',
    async (name) => {
      for (const who of [elsewhere, stranger, { ...herself, elderId: id(2) }]) {
        expect((await call(name, who, requests[name])).status).toBe(403);
      }
    },
  );

  it('asks for a session that has not run out, and says so', async () => {
    const token = await sessions.token(staff, { expiresIn: '-1h' });
    expect((await send('listContacts', { params: elder, token })).body).toMatchObject({ code: 'session-expired' });
    expect((await send('listContacts', { params: elder })).body).toMatchObject({ code: 'unauthenticated' });
    const elsewhereSigned = await testSessions().token(staff);
    expect((await send('listContacts', { params: elder, token: elsewhereSigned })).status).toBe(401);
  });

  it('takes what the form does not know as a mistake', async () => {
    for (const body of [{ kind: 'friend' }, { phone: '120' }, { order: 0 }, { nickname: 'x' }]) {
      const form = { kind: 'neighbour', name: '赵大妈', phone: '19900005555', order: 1, ...body };
      expect((await call('putContact', staff, { params: contact, body: form })).status).toBe(400);
    }
  });
});

describe('a device over HTTP', () => {
  const own = { deviceId: id(75) };
  const signing = () => ({ stage: 'test', signer: fileSigner(keyFile) });
  const beat = (token: string, params = own) => send('heartbeat', { params, token, body: { batteryPercent: 80 } });

  it('is heard by the token that its registration answered, and asks nothing else', async () => {
    const registered = await call('registerDevice', staff, {
      params: own,
      body: { kind: 'wristband', area: GRID, ...elder },
    });
    const token = String(registered.body.token);
    expect(await beat(token)).toMatchObject({ status: 200, body: { everySeconds: 3600 } });
    expect((await beat(token, device)).status).toBe(403);
    for (const name of names) expect((await send(name, { ...requests[name], token })).status).toBe(403);
  });

  it('is refused with a token of another stage, an unsigned one, or a person’s', async () => {
    const claims = { ...own, area: GRID, kind: 'wristband' } as const;
    const otherStage = await deviceToken({ ...signing(), stage: 'prod' }, claims, NOW);
    expect((await beat(otherStage)).status).toBe(401);
    const [head, content] = (await deviceToken(signing(), claims, NOW)).split('.');
    expect((await beat(`${head}.${content}.AAAA`)).status).toBe(401);
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    expect((await beat(`${none}.${content}.AAAA`)).status).toBe(401);
    expect((await beat(await sessions.token(staff))).status).toBe(403);
  });
});
