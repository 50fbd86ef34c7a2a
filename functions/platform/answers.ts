import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Refusal, refusalMessage, refusalStatus } from '../../shared/contracts/refusal.ts';

/** The form of every answer over HTTP. */
export type Result = APIGatewayProxyStructuredResultV2;

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** A refusal with its status and words; `retry-after` (seconds) where another try makes sense. */
export function refusalResult({ refused, details }: Refusal): Result {
  const status = refusalStatus(refused);
  return {
    statusCode: status,
    headers: status === 503 || status === 429 ? { ...HEADERS, 'retry-after': status === 429 ? '3600' : '2' } : HEADERS,
    body: JSON.stringify({ code: refused, message: refusalMessage(refused), ...(details && { details }) }),
  };
}

/** A yes. `replayed`: it is the first answer to a request that was repeated. */
export const jsonResult = (answer: unknown, { replayed = false } = {}): Result => ({
  statusCode: 200,
  headers: replayed ? { ...HEADERS, 'idempotency-replayed': 'true' } : HEADERS,
  body: JSON.stringify(answer),
});

/** A yes with a file instead of JSON. */
export const fileResult = (contentType: string, body: string): Result => ({
  statusCode: 200,
  headers: { ...HEADERS, 'content-type': contentType },
  body,
});
