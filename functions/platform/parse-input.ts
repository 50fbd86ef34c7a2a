import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { type Refusal, type RefusalDetail, refuse } from '../../shared/contracts/refusal.ts';
import type { Route } from '../../shared/route.ts';
import { hasAmbiguousKey } from './json-keys.ts';

/** The largest body that any route takes, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

export interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

const MAX_DETAILS = 20;

function describe(issue: z.core.$ZodIssue, part: string): RefusalDetail {
  const path = [part, ...issue.path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys')
    return { path, message: `unknown: ${issue.keys.slice(0, 5).join(', ').slice(0, 200)}` };
  if (issue.code === 'invalid_type') return { path, message: `expected ${issue.expected}` };
  if (issue.code === 'invalid_value') return { path, message: `expected one of ${issue.values.join(', ')}` };
  if (issue.code === 'too_small') return { path, message: `at least ${issue.minimum}` };
  if (issue.code === 'too_big') return { path, message: `at most ${issue.maximum}` };
  if (issue.code === 'invalid_format' && 'pattern' in issue)
    return { path, message: `expected the form ${issue.pattern}` };
  return { path, message: issue.message };
}

function jsonOf(event: APIGatewayProxyEventV2): { json: unknown } | Refusal {
  const raw = event.body ?? '';
  if (raw.length > MAX_BODY_BYTES * 2) return refuse('body-too-large');
  const text = event.isBase64Encoded ? Buffer.from(raw, 'base64').toString('utf8') : raw;
  if (Buffer.byteLength(text) > MAX_BODY_BYTES) return refuse('body-too-large');
  // Bytes that are no UTF-8 arrive as this character; nobody types it.
  if (text.includes('\ufffd')) return refuse('malformed-json');
  try {
    const json: unknown = JSON.parse(text);
    return hasAmbiguousKey(text) ? refuse('malformed-json') : { json };
  } catch {
    return refuse('malformed-json');
  }
}

/** Parses path, query and body by the route's schemas. What a route has no schema for must not be there (a body is ignored). */
export function parseInput(route: Route, event: APIGatewayProxyEventV2): Input | Refusal {
  const details: RefusalDetail[] = [];
  const parse = (part: 'path' | 'query' | 'body', schema: z.ZodMiniType, value: unknown): unknown => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) details.push(describe(issue, part));
    return undefined;
  };
  const params = route.params && parse('path', route.params, event.pathParameters ?? {});
  const queryGiven = event.queryStringParameters ?? {};
  const query = route.query && parse('query', route.query, queryGiven);
  if (!route.query && Object.keys(queryGiven).length > 0)
    details.push({ path: 'query', message: 'this route takes no query' });
  let body: unknown;
  if (route.body) {
    const json = jsonOf(event);
    if ('refused' in json) return json;
    body = parse('body', route.body, json.json);
  }
  return details.length > 0 ? refuse('invalid-request', details.slice(0, MAX_DETAILS)) : { params, query, body };
}
