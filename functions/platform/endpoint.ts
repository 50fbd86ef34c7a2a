import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { isRefusal, type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, Route } from '../../shared/route.ts';
import { within } from '../../shared/values/areas.ts';
import { type Instant, toInstant } from '../../shared/values/dates.ts';
import { fileResult, jsonResult, type Result, refusalResult } from './answers.ts';
import type { DeviceCaller } from './device-token.ts';
import { log } from './log.ts';
import { parseInput } from './parse-input.ts';
import type { Standing } from './standing.ts';
import type { Who } from './who.ts';

/** Who may ask on a route: people, devices, or either. */
type Asking<R extends Route> = R['role'] extends readonly (infer C)[]
  ? (Exclude<C, 'device'> extends never ? never : Who) | (Extract<C, 'device'> extends never ? never : DeviceCaller)
  : Who;

/** What a handler gets: the parsed request, who asks (on routes that are not public), and the time. */
export interface Ask<R extends Route> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  readonly who: R['role'] extends 'public' ? undefined : Asking<R>;
  readonly now: Instant;
}

/** What a handler answers: the reply, the first answer to a repeated request, or a refusal. */
export type Answer<T> = T | { readonly replayed: T } | Refusal;
export const isReplayed = (answer: object): answer is { readonly replayed: unknown } => 'replayed' in answer;

type Handlers<T extends Readonly<Record<string, Route>>> = {
  readonly [name in keyof T]: (ask: Ask<T[name]>) => Promise<Answer<ReplyOf<T[name]>>>;
};

export interface EndpointOptions {
  /** From the Authorization header to a person (or a device, where routes take devices), or a refusal. */
  readonly verify: (authorization: string | undefined) => Promise<Who | DeviceCaller | Refusal>;
  /** Whether a person is still who their token says. Devices are judged by the use cases that take them. */
  readonly standing: Standing;
  readonly clock?: () => number;
}

function success(route: Route, answer: unknown): Result {
  if ('contentType' in route.reply) return fileResult(route.reply.contentType, answer as string);
  const replayed = typeof answer === 'object' && answer !== null && isReplayed(answer);
  return replayed ? jsonResult(answer.replayed, { replayed }) : jsonResult(answer);
}

/** What AWS says when there is too much at once, and still says after the client's own repeats. */
const TOO_MUCH = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionConflictException',
  'TransactionInProgressException',
]);
const isTooMuch = (error: unknown): error is Error => error instanceof Error && TOO_MUCH.has(error.name);

/**
 * The route's role, and the relations that can be judged without reading anything: an area of the path lies inside the person's;
 * a device is the one of the path.
 */
function refuseStranger(route: Route, who: Who | DeviceCaller, params: unknown): Refusal | undefined {
  if (route.role === 'public') return undefined;
  if (!route.role.includes(who.role)) return refuse('forbidden');
  if (who.role === 'device' && (params as { deviceId?: string } | undefined)?.deviceId !== who.deviceId)
    return refuse('forbidden');
  if (route.relation !== 'area') return undefined;
  const area = (params as { area?: string } | undefined)?.area;
  return area === undefined || within(area, who.area ?? '') ? undefined : refuse('forbidden');
}

/**
 * One Lambda handler for a feature's routes. For each request: session, whether it still stands, role, input (path, query, body;
 * unknown fields and bodies over 64 KB are refused), area, then the use case. Refusals become their status and words; a database
 * that cannot keep up is `busy`; any other fault is logged and becomes a 500 that tells nothing of the inside.
 */
export function endpoint<T extends Readonly<Record<string, Route>>>(
  routes: T,
  handlers: Handlers<T>,
  { verify, standing, clock = Date.now }: EndpointOptions,
) {
  const byKey = new Map(Object.entries(routes).map(([name, route]) => [route.key as string, { name, route }]));

  async function answer(event: APIGatewayProxyEventV2): Promise<Result> {
    const found = byKey.get(event.routeKey);
    if (found === undefined) return refusalResult(refuse('not-found'));
    const { name, route } = found;
    let who: Who | DeviceCaller | undefined;
    if (route.role !== 'public') {
      const verified = await verify(event.headers.authorization);
      if (isRefusal(verified)) return refusalResult(verified);
      const judged = verified.role === 'device' ? verified : await standing(verified, route.standing ?? 'now');
      if (isRefusal(judged)) return refusalResult(judged);
      who = judged;
      if (!route.role.includes(who.role)) return refusalResult(refuse('forbidden'));
    }
    const input = parseInput(route, event);
    if (isRefusal(input)) return refusalResult(input);
    const stranger = who && refuseStranger(route, who, input.params);
    if (stranger) return refusalResult(stranger);
    const handle = handlers[name as keyof T] as unknown as (ask: object) => Promise<unknown>;
    const reply = await handle({ ...input, who, now: toInstant(clock()) });
    return isRefusal(reply) ? refusalResult(reply) : success(route, reply);
  }

  return middy<APIGatewayProxyEventV2, Result, Error, Context>()
    .before(({ context }) => {
      context.callbackWaitsForEmptyEventLoop = false;
    })
    .onError(async (request) => {
      const event = request.event;
      if (isTooMuch(request.error)) {
        const why = request.error.name;
        await log.warn('busy', { route: event.routeKey, requestId: event.requestContext?.requestId, why });
        request.response = refusalResult(refuse('busy'));
        return;
      }
      await log.error('fault', {
        route: event.routeKey,
        requestId: event.requestContext?.requestId,
        error: request.error ?? undefined,
      });
      request.response = refusalResult(refuse('fault'));
    })
    .handler((event: APIGatewayProxyEventV2) => answer(event));
}
