import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import findMyWay from 'find-my-way';
import { type FunctionHost, InvocationError } from './function-host.ts';
import { asArray, asNumber, asObject, asText, type JsonObject } from './json.ts';
import type { Log } from './log.ts';

/** API Gateway refuses bodies above 10 MB. */
const LARGEST_BODY = 10 * 1024 * 1024;

interface ApiRoute {
  /** `PUT /meal-orders/{orderId}` or `$default` */
  key: string;
  host: FunctionHost;
  timeoutMs: number;
}

export interface ApiSpec {
  name: string;
  cors: JsonObject | undefined;
  routes: readonly ApiRoute[];
  /** The chance that a request is given to its function twice, as after a lost answer. Asked at every request. */
  repeats: () => number;
}

type Respond = (
  request: IncomingMessage,
  response: ServerResponse,
  parameters: Record<string, string | undefined>,
) => void;

/** Answers the requests of one HTTP API: the template's routes, payload format 2.0, cross-origin rules and limits. */
export function httpApi(api: ApiSpec, log: Log): RequestListener {
  const router = findMyWay({
    ignoreTrailingSlash: false,
    maxParamLength: 2000,
    onBadUrl: (_path, _request, response) => answer(response as ServerResponse, 400, { message: 'Bad Request' }),
    defaultRoute: (_request, response) => answer(response as ServerResponse, 404, { message: 'Not Found' }),
  });
  let fallback: Respond | undefined;
  for (const route of api.routes) {
    const respond = responder(route, api, log);
    const [method = '', path] = route.key.split(' ');
    if (path === undefined) {
      fallback = respond;
      continue;
    }
    const pattern = path.replace(/\{(\w+)\+\}$/, '*').replace(/\{(\w+)\}/g, ':$1');
    const methods = method === 'ANY' ? (['GET', 'PUT', 'POST', 'PATCH', 'DELETE'] as const) : [method as 'GET'];
    for (const each of methods) {
      router.on(each, pattern, (request, response, parameters) =>
        respond(request as IncomingMessage, response as ServerResponse, parameters),
      );
    }
  }
  const cross = api.cors && crossOrigin(api.cors);
  return (request, response) => {
    if (cross?.(request, response)) return;
    if (fallback && router.find(request.method as 'GET', (request.url ?? '/').split('?', 1)[0] ?? '/') === null) {
      fallback(request, response, {});
    } else router.lookup(request, response);
  };
}

/** Sets the headers that the template's CORS rules call for, and answers a preflight. Says whether that was all. */
function crossOrigin(cors: JsonObject): (request: IncomingMessage, response: ServerResponse) => boolean {
  const list = (name: string): string[] => asArray(cors[name]).map(asText);
  const origins = list('AllowOrigins');
  const preflight: Record<string, string> = {
    'access-control-allow-methods': list('AllowMethods').join(','),
    'access-control-allow-headers': list('AllowHeaders').join(','),
    'access-control-max-age': asText(cors.MaxAge ?? 0),
  };
  const exposed = list('ExposeHeaders').join(',');
  return (request, response) => {
    const origin = request.headers.origin;
    if (origin === undefined) return false;
    const allowed = origins.includes('*') || origins.includes(origin);
    if (allowed) {
      response.setHeader('access-control-allow-origin', origins.includes('*') ? '*' : origin);
      if (!origins.includes('*')) response.setHeader('vary', 'origin');
      if (exposed) response.setHeader('access-control-expose-headers', exposed);
    }
    const asks = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    if (asks) response.writeHead(204, allowed ? preflight : {}).end();
    return asks;
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function responder(route: ApiRoute, api: ApiSpec, log: Log): Respond {
  return (request, response, parameters) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
    });
    request.on('end', async () => {
      if (size > LARGEST_BODY) return answer(response, 413, { message: 'Request Entity Too Large' });
      const event = eventOf(route, request, parameters, Buffer.concat(chunks));
      try {
        if (Math.random() < api.repeats()) await route.host.invoke(event).catch(() => {});
        const result = await withinTime(route.host.invoke(event), route.timeoutMs);
        if (result === undefined) answer(response, 503, { message: 'Service Unavailable' });
        else respondWith(response, asObject(result.is as JsonObject), result.is);
      } catch (error) {
        if (!(error instanceof InvocationError)) throw error;
        if (error.kind === 'throttled') return answer(response, 503, { message: 'Service Unavailable' });
        log.loud(`${api.name} ${route.key}: ${error.message}`);
        answer(response, 500, { message: 'Internal Server Error' });
      }
    });
    request.on('error', () => response.destroy());
  };
}

/** The result, or nothing when the integration's own time limit passes first. */
async function withinTime(result: Promise<unknown>, timeoutMs: number): Promise<{ is: unknown } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  try {
    return await Promise.race([result.then((is) => ({ is })), late]);
  } finally {
    clearTimeout(timer);
  }
}

function eventOf(
  route: ApiRoute,
  request: IncomingMessage,
  parameters: Record<string, string | undefined>,
  body: Buffer,
): object {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  const { cookie, ...rest } = request.headers;
  const headers: Record<string, string> = {};
  for (const name in rest) headers[name] = Array.isArray(rest[name]) ? rest[name].join(',') : (rest[name] ?? '');
  const binary =
    body.length > 0 &&
    !/^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded)|.*\+(json|xml))/.test(
      headers['content-type'] ?? '',
    );
  const hasParameters = Object.keys(parameters).length > 0;
  const now = Date.now();
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers,
    ...(query === '' ? {} : { queryStringParameters: queryOf(query) }),
    ...(hasParameters ? { pathParameters: { ...parameters } } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(body.length === 0 ? {} : { body: body.toString(binary ? 'base64' : 'utf8') }),
    isBase64Encoded: binary,
  };
}

/** A repeated name's values are joined by commas, as API Gateway does it. */
function queryOf(query: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    values[name] = Object.hasOwn(values, name) ? `${values[name]},${value}` : value;
  }
  return values;
}

/** A structured answer, or any other value as JSON with status 200 (API Gateway's own inference). */
function respondWith(response: ServerResponse, result: JsonObject, raw: unknown): void {
  if (result.statusCode === undefined) {
    answer(response, 200, raw as object);
    return;
  }
  const body = asText(result.body);
  const bytes = result.isBase64Encoded === true ? Buffer.from(body, 'base64') : Buffer.from(body);
  for (const [name, value] of Object.entries(asObject(result.headers))) response.setHeader(name, asText(value));
  const cookies = asArray(result.cookies).map(asText);
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.setHeader('content-length', bytes.length);
  response.writeHead(asNumber(result.statusCode, 200)).end(bytes);
}
