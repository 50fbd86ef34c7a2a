import { generateKeyPairSync } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pressKey } from '../../../functions/alerts/keys.ts';
import { DEVICE_ISSUER } from '../../../functions/platform/device-token.ts';
import { AlertReceived } from '../../../shared/contracts/alerts.ts';
import { RefusalBody } from '../../../shared/contracts/refusal.ts';
import { badAuthorizations } from '../../api/support/tokens.ts';
import { GRID, id } from '../../support/a-town.ts';
import { startDynamo, type TestDynamo } from '../../support/dynamodb.ts';
import { anHttpEvent } from '../../support/http-event.ts';
import { type TestSessions, testSessions } from '../../support/session.ts';

type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

const STAGE = 'local';
let dynamo: TestDynamo;
let table: string;
let sessions: TestSessions;
let handler: Handler;
const devices = generateKeyPairSync('rsa', { modulusLength: 2048 });
const sns = mockClient(SNSClient);
/** Stands in for the table where it is to fail. */
let brokenTable: { restore(): void } | undefined;

beforeAll(async () => {
  dynamo = await startDynamo();
  table = await dynamo.createTable('alerts');
  sessions = testSessions(STAGE);
  Object.assign(process.env, {
    STAGE,
    ALERTS_TABLE: table,
    ALERTS_TOPIC_ARN: 'arn:aws:sns:local:000000000000:Alerts',
    SESSION_PUBLIC_KEY: sessions.publicKey,
    DEVICE_PUBLIC_KEY: devices.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  });
  ({ handler } = await import('../../../functions/alerts/raise/api.ts'));
});
afterAll(() => dynamo.stop());
beforeEach(() => {
  sns.reset();
  sns.on(PublishCommand).resolves({});
});
afterEach(() => {
  brokenTable?.restore();
  brokenTable = undefined;
});

const LONG_AGO = 1_700_000_000;

const elder = { personId: id(7001), role: 'elder', elderId: id(1) } as const;
const expired = () => sessions.token(elder, { expiresIn: '-30d' });
const deviceToken = (
  over: Record<string, unknown> = {},
  { issuer = DEVICE_ISSUER, stage = STAGE, sub = id(6001) } = {},
) =>
  new SignJWT({ area: GRID, kind: 'key', elderId: id(1), gen: 1, iat: LONG_AGO + 500, ...over })
    .setProtectedHeader({ alg: 'RS256' })
    .setSubject(sub)
    .setIssuer(issuer)
    .setAudience(stage)
    .sign(devices.privateKey);

async function raise(token: string | undefined, body: unknown = {}, alertId = crypto.randomUUID() as string) {
  const event = anHttpEvent('PUT /alerts/{alertId}', {
    params: { alertId },
    body,
    ...(token !== undefined && { token }),
  });
  const { statusCode, body: answer = '', headers = {} } = await handler(event);
  return { alertId, statusCode, headers, json: JSON.parse(answer) as unknown };
}
async function stored(pressId: string): Promise<Record<string, unknown> | undefined> {
  const { Item } = await dynamo.client.send(new GetCommand({ TableName: table, Key: pressKey(pressId) }));
  return Item;
}
const published = () =>
  sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => JSON.parse(input.Message ?? ''));

describe('raising an alert', () => {
  it('stores the press, publishes it, and says yes', async () => {
    const { alertId, statusCode, json } = await raise(await expired(), { source: 'app', note: '摔倒了' });
    expect(statusCode).toBe(200);
    expect(AlertReceived.parse(json)).toMatchObject({ alertId, stored: true, published: true });
    expect(await stored(alertId)).toMatchObject({
      pressId: alertId,
      elderId: id(1),
      by: { personId: id(7001), role: 'elder' },
      note: '摔倒了',
      gsi1pk: 'UNKEPT',
    });
    const { gsi1pk: _, gsi1sk: __, pk: _pk, sk: _sk, ttl: _ttl, ...press } = (await stored(alertId)) ?? {};
    expect(published()).toEqual([{ type: 'press', press }]);
    const [call] = sns.commandCalls(PublishCommand);
    expect(call?.args[0].input.MessageAttributes).toEqual({ type: { DataType: 'String', StringValue: 'press' } });
  });

  it('takes the token of a device, which never runs out', async () => {
    const { alertId, statusCode } = await raise(await deviceToken(), { reading: { kind: 'heart-rate', value: 142 } });
    expect(statusCode).toBe(200);
    expect(await stored(alertId)).toMatchObject({
      source: 'key',
      deviceId: id(6001),
      elderId: id(1),
      area: GRID,
      reading: { kind: 'heart-rate', value: 142 },
    });
  });

  it('reads no table before its yes, and hands on what the token says for the judgement that comes later', async () => {
    const asked = mockClient(DynamoDBClient);
    asked.on(PutItemCommand).resolves({});
    brokenTable = asked;
    const iat = Math.floor(Date.now() / 1000);
    expect((await raise(await sessions.token({ ...elder, epoch: 3 }))).json).toMatchObject({ stored: true });
    expect(asked.calls().map(({ args: [command] }) => command.constructor.name)).toEqual(['PutItemCommand']);
    const [{ press }] = published();
    expect(press.token.epoch).toBe(3);
    expect(press.token.issuedAt).toBeGreaterThanOrEqual(iat);
    expect(press.token.expiresAt).toBeGreaterThan(press.token.issuedAt);
  });

  it('sends the presses of who presses again and again another way, refuses none, and lets the next person pass', async () => {
    const flooder = await sessions.token({ personId: id(7777), role: 'family' });
    for (let press = 0; press < 6; press++) expect((await raise(flooder)).statusCode).toBe(200);
    expect((await raise(await deviceToken({}, { sub: id(6777) }))).statusCode).toBe(200);
    const ways = sns.commandCalls(PublishCommand).map(({ args }) => args[0].input.MessageAttributes?.type?.StringValue);
    expect(ways).toEqual([...Array(3).fill('press'), ...Array(3).fill('press-again'), 'press']);
    const again = published().find(({ press }) => press.again);
    expect(await stored(again.press.pressId)).toMatchObject({ gsi1pk: 'UNKEPT-AGAIN' });
  });

  it('takes a press of every role', async () => {
    const roles = [
      'elder',
      'family',
      'community-staff',
      'canteen-staff',
      'district-staff',
      'dispatcher',
      'grid-worker',
    ];
    for (const role of roles) {
      const token = await sessions.token({ ...elder, role: role as 'elder' });
      expect((await raise(token)).statusCode).toBe(200);
    }
  });

  it('answers a repeat as it answered the first time', async () => {
    const token = await expired();
    const first = await raise(token, { source: 'app' });
    const again = await raise(token, { source: 'app' }, first.alertId);
    expect(again.json).toEqual(first.json);
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
  });

  it('keeps another press that comes with an id which is taken', async () => {
    const token = await expired();
    const first = await raise(token, { source: 'app' });
    const other = await raise(token, { source: 'app', note: '快来' }, first.alertId);
    const { alertId } = AlertReceived.parse(other.json);
    expect(other.statusCode).toBe(200);
    expect(alertId).not.toBe(first.alertId);
    expect(await stored(alertId)).toMatchObject({ note: '快来' });
    expect(await stored(first.alertId)).not.toHaveProperty('note');
  });

  it.each([
    ['no JSON', 'not json'],
    ['a reading of a size that the table does not take', { reading: { kind: 'x', value: 1e300 } }],
    ['a position that is none', { position: { longitude: 'east' } }],
    ['text with half a character', `{"note":"\ud800","source":7}`],
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['NUL and what XML has no place for', '\u0000\uffff\ufffe'],
  ])('is never stopped by its body: %s', async (_, body) => {
    const { alertId, statusCode, json } = await raise(await expired(), body);
    expect(statusCode).toBe(200);
    expect(json).toMatchObject({ stored: true, published: true });
    expect(await stored(alertId)).toMatchObject({ unreadable: expect.stringMatching(/./s) });
  });

  it('answers with the address that the press got when the one it came with is no id', async () => {
    const { json } = await raise(await expired(), {}, 'no-uuid');
    const { alertId } = AlertReceived.parse(json);
    expect(await stored(alertId)).toMatchObject({ unreadable: 'alertId: no-uuid' });
  });
});

describe('a token that is not good enough', () => {
  it('is refused whatever is wrong with it, but for its age', async () => {
    const pem = sessions.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const bad = await badAuthorizations(elder, pem);
    expect(Object.keys(bad).length).toBeGreaterThan(12);
    for (const [what, authorization] of Object.entries(bad)) {
      const event = anHttpEvent('PUT /alerts/{alertId}', { params: { alertId: crypto.randomUUID() } });
      const result = await handler({ ...event, headers: authorization === undefined ? {} : { authorization } });
      expect([what, result.statusCode]).toEqual([what, what === 'a token that has expired' ? 200 : 401]);
    }
  });

  it('is refused when it is a device’s and of another stage, another issuer, or without what a device says', async () => {
    const tokens = [
      await deviceToken({}, { stage: 'live' }),
      await deviceToken({}, { issuer: 'anxin' }),
      await deviceToken({ kind: 'toaster' }),
      await deviceToken({ area: undefined }),
      `${(await deviceToken()).slice(0, -6)}AAAAAA`,
    ];
    for (const token of tokens) {
      const { statusCode, json } = await raise(token);
      expect([statusCode, RefusalBody.parse(json).code]).toEqual([401, 'unauthenticated']);
    }
    expect(published()).toEqual([]);
  });
});

describe('when one of the two ways is down', () => {
  const breakTable = () => {
    const broken = mockClient(DynamoDBClient);
    broken.on(PutItemCommand).rejects(new Error('the table is down'));
    brokenTable = broken;
  };

  it('without SNS the press is stored, and the caller hears yes', async () => {
    sns.on(PublishCommand).rejects(new Error('SNS is down'));
    const { alertId, statusCode, json } = await raise(await sessions.token({ ...elder, personId: id(7002) }));
    expect(statusCode).toBe(200);
    expect(json).toMatchObject({ stored: true, published: false });
    expect(await stored(alertId)).toMatchObject({ gsi1pk: 'UNKEPT' });
    expect(sns.commandCalls(PublishCommand)).toHaveLength(2);
  });

  it('without the table the press is published, and the caller hears yes', async () => {
    breakTable();
    const { alertId, statusCode, json } = await raise(await expired());
    expect(statusCode).toBe(200);
    expect(json).toMatchObject({ stored: false, published: true });
    expect(published()).toMatchObject([{ type: 'press', press: { pressId: alertId } }]);
  });

  it('without both the caller hears no, with whom to phone, and may try again in two seconds', async () => {
    breakTable();
    sns.on(PublishCommand).rejects(new Error('SNS is down'));
    const { statusCode, json, headers } = await raise(await expired());
    expect(statusCode).toBe(503);
    expect(headers).toMatchObject({ 'retry-after': '2' });
    const { code, message } = RefusalBody.parse(json);
    expect(code).toBe('alert-not-passed-on');
    expect(message.zh).toContain('120');
  });

  it('a topic that hangs is given up after two tries, and nothing of it is left running', async () => {
    const signals: AbortSignal[] = [];
    const plain = SNSClient.prototype.send;
    sns.restore();
    SNSClient.prototype.send = ((_: unknown, options: { abortSignal: AbortSignal }) => {
      signals.push(options.abortSignal);
      return new Promise(() => undefined);
    }) as typeof plain;
    try {
      const started = performance.now();
      const { json } = await raise(await expired());
      expect(json).toMatchObject({ stored: true, published: false });
      expect(performance.now() - started).toBeLessThan(2000);
      expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    } finally {
      SNSClient.prototype.send = plain;
    }
  });
});
