import * as z from 'zod/mini';
import type { Session } from '../../../shared/contracts/people.ts';
import {
  RefusalBody,
  type RefusalCode,
  type RefusalDetail,
  refusalMessage,
} from '../../../shared/contracts/refusal.ts';
import {
  API_OF,
  type ApiName,
  type BodyToSend,
  methodOf,
  type ParamsToSend,
  pathOf,
  type QueryToSend,
  type ReplyOf,
  type Route,
} from '../../../shared/route.ts';
import { type RouteName, type Routes, routes } from '../../../shared/routes.ts';
import type { Bilingual } from '../../../shared/values/text.ts';
import { parseReply } from './parse-reply.ts';
import type { Transport, WireAnswer } from './transport.ts';

/** A no, as a value. `offline`: no answer came, so nothing is known of what the server did; sending the same again is safe. */
export interface Refused {
  readonly code: RefusalCode | 'offline';
  readonly message: Bilingual;
  readonly details?: readonly RefusalDetail[];
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly replayed: boolean }
  | { readonly ok: false; readonly refusal: Refused };

type Part<K extends string, V> = [V] extends [undefined]
  ? { readonly [key in K]?: undefined }
  : { readonly [key in K]: V };
/** `params`, `query` and `body` of a route: each is there exactly when the route has it. */
export type InputOf<N extends RouteName> = Part<'params', ParamsToSend<Routes[N]>> &
  Part<'query', QueryToSend<Routes[N]>> &
  Part<'body', BodyToSend<Routes[N]>>;
export type Reply<N extends RouteName> = ReplyOf<Routes[N]>;

/** A route's input can be left out when it has neither params, query nor body. */
type Arguments<N extends RouteName> =
  Record<string, never> extends InputOf<N> ? [input?: InputOf<N>] : [input: InputOf<N>];
export type Call = <N extends RouteName>(name: N, ...input: Arguments<N>) => Promise<Answer<Reply<N>>>;

export const OFFLINE: Refused = {
  code: 'offline',
  message: {
    zh: '现在连不上网络。您填的内容没有丢，连上后再试。',
    en: 'No connection at the moment. What you filled in is kept; try again when you are connected.',
  },
};

export interface SendParts {
  readonly transport: Transport;
  /** The base address of an API; rejects when it is not known yet. */
  readonly base: (api: ApiName) => Promise<string>;
}

export interface ClientParts extends SendParts {
  readonly session: () => Session | null;
  /** The session as it is kept: another window of the same browser may have renewed it. */
  readonly keptSession: () => Session | undefined;
  readonly keepSession: (session: Session) => void;
  /** Called when the server no longer knows the session. */
  readonly endSession: () => void;
}

const offline: Answer<never> = { ok: false, refusal: OFFLINE };
const refused = (code: RefusalCode, body?: z.infer<typeof RefusalBody>): Answer<never> => ({
  ok: false,
  refusal: {
    code,
    message: body?.message ?? refusalMessage(code),
    ...(body?.details ? { details: body.details } : {}),
  },
});

function parseJson(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an answer outside 2xx says. The gateway's own refusals (throttling, time-out) have no body of ours. */
function readRefusal(answer: WireAnswer): Answer<never> {
  const body = z.safeParse(RefusalBody, parseJson(answer.text));
  if (body.success) return refused(body.data.code, body.data);
  return refused(answer.status === 429 || answer.status === 503 || answer.status === 504 ? 'busy' : 'fault');
}

function readReply(route: Route, answer: WireAnswer): Answer<unknown> {
  const replayed = answer.header('Idempotency-Replayed') === 'true';
  if ('contentType' in route.reply) return { ok: true, value: answer.text, replayed };
  const reply = parseReply(route.reply, parseJson(answer.text));
  // An answer that we cannot read is a fault of ours, never shown half-understood.
  return reply.success ? { ok: true, value: reply.data, replayed } : refused('fault');
}

type LooseInput = { params?: unknown; query?: unknown; body?: unknown };

function addressOf(route: Route, input: LooseInput): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = pathOf(route).replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  const query = Object.entries((input.query ?? {}) as Record<string, unknown>)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`)
    .join('&');
  return query === '' ? path : `${path}?${query}`;
}

const isSessionOver = (answer: Answer<unknown>): boolean =>
  !answer.ok && (answer.refusal.code === 'session-expired' || answer.refusal.code === 'unauthenticated');

/** Alerts are for now: what got no answer within this time is tried again, and the page says so. Milliseconds. */
const ALERTS_TIMEOUT_MS = 6000;
const RAISE_TIMEOUT_MS = 4000;
const timeoutOf = ({ feature }: Route): { timeoutMs?: number } => {
  if (feature === 'raise-alert') return { timeoutMs: RAISE_TIMEOUT_MS };
  return API_OF[feature] === 'AnxinAlerts' ? { timeoutMs: ALERTS_TIMEOUT_MS } : {};
};

/** Sends one request with the token that it is given, as it is. A lost connection is a value. */
type Send = (route: Route, input: LooseInput, token: string | undefined) => Promise<Answer<unknown>>;

function createSend(parts: SendParts): Send {
  return async (route, input, token) => {
    try {
      const base = await parts.base(API_OF[route.feature]);
      const answer = await parts.transport({
        method: methodOf(route),
        url: base + addressOf(route, input),
        headers: {
          Accept: 'application/json',
          ...(input.body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
        ...timeoutOf(route),
      });
      return answer.status >= 200 && answer.status < 300 ? readReply(route, answer) : readRefusal(answer);
    } catch {
      return offline;
    }
  };
}

/** Raises an alert with whatever token the phone has kept. Nothing stands in its way: no refresh, no sign-in. */
export type Raise = (
  token: string,
  alertId: string,
  body: BodyToSend<Routes['raiseAlert']>,
) => Promise<Answer<Reply<'raiseAlert'>>>;

export function createRaise(parts: SendParts): Raise {
  const send = createSend(parts);
  return (token, alertId, body) =>
    send(routes.raiseAlert, { params: { alertId }, body }, token) as Promise<Answer<Reply<'raiseAlert'>>>;
}

/**
 * The client of Anxin's APIs, typed by the route table. Refusals and lost connections come back as values. A session that ran out is
 * refreshed once, however many calls wait for it, and each of those calls is then sent again.
 */
export function createClient(parts: ClientParts): Call {
  const send = createSend(parts);
  let refreshing: Promise<Answer<unknown>> | undefined;

  async function refresh(session: Session): Promise<Answer<unknown>> {
    const kept = parts.keptSession();
    // Its refresh token is used up then; the server would take a second use for a stolen one.
    if (kept && kept.token !== session.token && kept.person.personId === session.person.personId) {
      parts.keepSession(kept);
      return { ok: true, value: kept, replayed: false };
    }
    const answer = await send(
      routes.signIn,
      { body: { by: 'refresh', refreshToken: session.refreshToken } },
      undefined,
    );
    if (answer.ok) parts.keepSession(answer.value as Session);
    else if (isSessionOver(answer)) parts.endSession();
    return answer;
  }

  async function call(name: RouteName, input: LooseInput = {}): Promise<Answer<unknown>> {
    const route: Route = routes[name];
    if (route.role === 'public') return send(route, input, undefined);
    const session = parts.session();
    const first = await send(route, input, session?.token);
    if (session === null || !isSessionOver(first)) return first;
    // Another call may have brought a new session while this one was on its way.
    if (parts.session()?.token === session.token) {
      refreshing ??= refresh(session).finally(() => {
        refreshing = undefined;
      });
      const refreshed = await refreshing;
      if (!refreshed.ok) return isSessionOver(refreshed) ? refused('session-expired') : refreshed;
    }
    const now = parts.session();
    return now === null ? refused('session-expired') : send(route, input, now.token);
  }

  return call as Call;
}
