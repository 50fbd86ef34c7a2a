import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';

/** An event of an HTTP API (payload 2.0), as far as handlers look at it. */
export function anHttpEvent(
  routeKey: string,
  {
    params,
    query,
    body,
    token,
  }: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown; token?: string } = {},
): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey,
    rawPath: '/',
    rawQueryString: '',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(params && { pathParameters: params }),
    ...(query && { queryStringParameters: query }),
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded: false,
    requestContext: { requestId: 'test', http: { method: 'GET', path: '/' } },
  } as unknown as APIGatewayProxyEventV2;
}

export const aContext = { awsRequestId: 'test', callbackWaitsForEmptyEventLoop: true } as unknown as Context;
