import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asObject, asText, type JsonObject } from '../../infra/local/json.ts';
import { openApiDocument } from '../../infra/openapi/document.ts';
import { RefusalBody } from '../../shared/contracts/refusal.ts';
import { ROLES } from '../../shared/contracts/roles.ts';
import { methodOf, pathOf, type Route } from '../../shared/route.ts';
import { type RouteName, routes } from '../../shared/routes.ts';
import { synthesized } from '../infra/synthesized.ts';
import { startTestCloud, type TestCloud } from './support/cloud.ts';
import { requestTo, routeOf } from './support/http.ts';

const names = Object.keys(routes) as RouteName[];
const closed = names.filter((name) => routeOf(name).role !== 'public');

/** What API Gateway itself answers where it knows no route. */
const NO_ROUTE = { message: 'Not Found' };

let town: TestCloud;
beforeAll(async () => {
  town = await startTestCloud();
});
afterAll(() => town?.stop());

/** A value for each parameter of the path, of no particular thing. */
const anyParams = (route: Route): Record<string, string> =>
  Object.fromEntries([...pathOf(route).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, 'x']));

describe('the route table', () => {
  it('names every path parameter in its schema, and no other', () => {
    for (const name of names) {
      const route = routeOf(name);
      const shape = (route.params as { shape?: object } | undefined)?.shape ?? {};
      expect(Object.keys(shape).sort(), name).toEqual(Object.keys(anyParams(route)).sort());
    }
  });

  it('says of every route who may call it; only three are public', () => {
    for (const name of closed) {
      const { role } = routeOf(name);
      expect(role.length, name).toBeGreaterThan(0);
      expect([...ROLES, 'device'], name).toEqual(expect.arrayContaining([...role]));
    }
    expect(names.filter((name) => !closed.includes(name)).sort()).toEqual([
      'getOpenApi',
      'requestOneTimeCode',
      'signIn',
    ]);
  });

  it('has no two routes of one key', () => {
    const keys = names.map((name) => routeOf(name).key.replace(/\{\w+\}/g, '{}'));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('every route', () => {
  it.each(closed)('%s is answered by a function, which asks who is there', async (name) => {
    const answer = await town.call(name, { params: anyParams(routeOf(name)) });
    expect(answer.json).not.toEqual(NO_ROUTE);
    expect([answer.status, answer.json?.code]).toEqual([401, 'unauthenticated']);
  });

  it.each(names.filter((name) => !closed.includes(name)))('%s is answered by a function for anybody', async (name) => {
    const answer = await town.call(name, routeOf(name).body ? { body: {} } : {});
    expect(answer.json).not.toEqual(NO_ROUTE);
    expect(answer.status).toBe(routeOf(name).body ? 400 : 200);
  });

  it('stands in the template for the cloud, and nothing else does', async () => {
    const { ofType } = await synthesized({ stage: 'prod', region: 'cn-north-1' });
    const made = Object.values(ofType('AWS::ApiGatewayV2::Route')).map(({ RouteKey }) => asText(RouteKey));
    expect(made.sort()).toEqual(names.map((name) => routeOf(name).key as string).sort());
  });

  it('is answered with what keeps browsers from guessing and storing', async () => {
    for (const name of names) {
      const { headers } = await town.call(name, { params: anyParams(routeOf(name)) });
      expect(headers, name).toMatchObject({
        'cache-control': 'no-store',
        'content-type': 'application/json; charset=utf-8',
        'x-content-type-options': 'nosniff',
      });
      expect(headers['strict-transport-security'], name).toMatch(/^max-age=\d{8}/);
    }
  });
});

describe('what is no route', () => {
  it.each([
    ['GET', '/'],
    ['PATCH', '/elders'],
    ['DELETE', '/meal-orders'],
    ['GET', '/openapi.json/..'],
    ['GET', '/dev/info'],
    ['GET', '/MEAL-QUOTES'],
  ])('%s %s gets the gateway’s own 404', async (method, path) => {
    const { status, json } = await town.send({ method, path });
    expect([status, json]).toEqual([404, NO_ROUTE]);
  });
});

describe('the OpenAPI document', () => {
  const kept = JSON.parse(readFileSync('docs/api/openapi.json', 'utf8')) as JsonObject;

  it('in docs/ is the one that the route table makes today (npm run openapi)', () => {
    expect(kept).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });

  it('is served to anybody', async () => {
    const { status, json } = await town.call('getOpenApi');
    expect(status).toBe(200);
    expect(json).toEqual(kept);
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(kept))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('holds every route, with its refusals', () => {
    for (const name of names) {
      const route = routeOf(name);
      const operation = asObject(asObject(asObject(kept.paths)[pathOf(route)])[methodOf(route).toLowerCase()]);
      expect(operation.operationId, route.key).toBe(name);
      for (const code of route.refusals ?? [])
        expect(JSON.stringify(operation.responses), name).toContain(`\`${code}\``);
    }
  });

  it('refers to nothing that it does not define', () => {
    const text = JSON.stringify(kept);
    const defined = Object.keys(asObject(asObject(kept.components).schemas));
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) expect(defined).toContain(name);
    expect(text).not.toContain('#/$defs');
  });
});

describe('a browser on another origin', () => {
  const preflight = (origin: string) =>
    town.send({
      method: 'OPTIONS',
      path: '/meal-orders/x',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  it('may send what the pages send, as the template says', async () => {
    const { status, headers } = await preflight('http://localhost:4000');
    expect(status).toBe(204);
    expect(headers['access-control-allow-origin']).toBe('*');
    for (const method of new Set(names.map((name) => methodOf(routeOf(name)))))
      expect(headers['access-control-allow-methods']?.split(',')).toContain(method);
    expect(headers['access-control-allow-headers']?.split(',').sort()).toEqual(['authorization', 'content-type']);
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  it('may read the headers that tell a repeat and when to come again', async () => {
    const sent = requestTo('getElder', { params: { elderId: 'x' } });
    const { headers } = await town.send({ ...sent, headers: { origin: 'http://localhost:4000' } });
    expect(headers['access-control-expose-headers']?.split(',').sort()).toEqual([
      'idempotency-replayed',
      'retry-after',
    ]);
  });

  it('is let in from anywhere on this machine alone: deployed stages name their pages', async () => {
    const { ofType } = await synthesized({ stage: 'prod', region: 'cn-north-1' });
    const [api] = Object.values(ofType('AWS::ApiGatewayV2::Api'));
    expect(asObject(api?.CorsConfiguration).AllowOrigins).toEqual(['https://anxin.example']);
  });
});

describe('a refusal', () => {
  it('has a code, and words in both languages', async () => {
    const { json } = await town.call('getElder', { params: { elderId: 'x' } });
    expect(RefusalBody.safeParse(json).error).toBeUndefined();
    expect(json.message.zh).toMatch(/\p{Script=Han}/u);
    expect(json.message.en).toMatch(/^[\x20-\x7e]+$/);
  });
});
