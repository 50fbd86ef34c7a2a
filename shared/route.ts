import type * as z from 'zod/mini';
import type { RefusalCode } from './contracts/refusal.ts';
import type { Role } from './contracts/roles.ts';

/** The function that answers a route. Each is one Lambda, in `functions/<feature>/api.ts`. */
export type Feature = 'sessions' | 'elders' | 'meals' | 'raise-alert' | 'alerts' | 'circle';

/** The API that a feature belongs to: alerts stand apart, with an address of their own. */
export const API_OF = {
  sessions: 'AnxinApi',
  elders: 'AnxinApi',
  meals: 'AnxinApi',
  'raise-alert': 'AnxinAlerts',
  alerts: 'AnxinAlerts',
  circle: 'AnxinAlerts',
} as const satisfies Record<Feature, string>;
export type ApiName = (typeof API_OF)[Feature];

/** Who may call a route: people by their role, or a registered device by its token. */
export type Caller = Role | 'device';

/**
 * What ties the person who asks to what is asked for, besides the role.
 * `none`: nothing personal. `self`: only the person's own things. `area`: the path's area lies inside the person's.
 * `elder`: the elder is the person, is bound to the person (family) or lives inside the person's area (staff).
 * `alert`: the alert is of an elder to whom the person is so tied (devices: the device is the one of the path).
 * `canteen`: the canteen lies inside the person's area, and is their own where they work in one.
 */
export type Relation = 'none' | 'self' | 'area' | 'elder' | 'canteen' | 'alert';

type Schema = z.ZodMiniType;
/** A reply that is no JSON but a file. */
export const CSV = { contentType: 'text/csv; charset=utf-8' } as const;

export interface RouteOptions {
  readonly feature: Feature;
  readonly summary: string;
  /** Who may call it. Public is spelled out. */
  readonly role: readonly Caller[] | 'public';
  readonly relation: Relation;
  /**
   * `recent`: whether the session still stands is asked at most every fifteen seconds. For what is asked again and again, and gives
   * nobody rights. Elsewhere it is asked each time.
   */
  readonly standing?: 'recent';
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly reply: Schema | typeof CSV;
  /** The refusals of its own, besides those that every route has (bad input, no session, no right, not found). */
  readonly refusals?: readonly RefusalCode[];
}

/** No PATCH: WeChat's `wx.request` cannot send it. */
export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';
export type RouteKey = `${Method} /${string}`;
export type Route = RouteOptions & { readonly key: RouteKey };

/** A line of the route table: `route('PUT /meal-orders/{orderId}', { role, body, reply, … })`. */
export const route = <const K extends RouteKey, const O extends RouteOptions>(
  key: K,
  options: O,
): O & { readonly key: K } => ({
  key,
  ...options,
});

type Out<S> = S extends Schema ? z.output<S> : undefined;
type In<S> = S extends Schema ? z.input<S> : undefined;
type Of<R, K extends string> = R extends { readonly [key in K]: infer S } ? S : undefined;

/** What a handler receives, parsed. */
export type ParamsOf<R> = Out<Of<R, 'params'>>;
export type QueryOf<R> = Out<Of<R, 'query'>>;
export type BodyOf<R> = Out<Of<R, 'body'>>;
/** What a handler answers and a client gets: JSON, or the text of a file. */
export type ReplyOf<R> = Of<R, 'reply'> extends Schema ? Out<Of<R, 'reply'>> : string;
/** What a client sends. */
export type BodyToSend<R> = In<Of<R, 'body'>>;
export type QueryToSend<R> = In<Of<R, 'query'>>;
export type ParamsToSend<R> = In<Of<R, 'params'>>;

export const methodOf = (route: Route): Method => route.key.slice(0, route.key.indexOf(' ')) as Method;
export const pathOf = (route: Route): string => route.key.slice(route.key.indexOf(' ') + 1);
