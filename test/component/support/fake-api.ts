import * as z from 'zod/mini';
import { type RefusalCode, refusalMessage, refusalStatus } from '../../../shared/contracts/refusal.ts';
import { methodOf, pathOf, type Route } from '../../../shared/route.ts';
import { type RouteName, routes } from '../../../shared/routes.ts';

interface Asked {
  readonly name: RouteName;
  readonly params: Record<string, string>;
  readonly query: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: each handler knows the body of its route, which has been parsed
  readonly body: any;
  readonly token: string | undefined;
}

export const refused = (code: RefusalCode) => ({ refused: code });

/** What one route answers: its reply, `refused(code)`, or 'no-answer' for a lost connection. */
type Handler = (asked: Asked) => unknown;
export type Handlers = { [N in RouteName]?: Handler };

export interface FakeAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Record<string, string>;
}

const lines = Object.entries(routes).map(([name, route]) => ({
  name: name as RouteName,
  route: route as Route,
  pattern: new RegExp(
    `^${pathOf(route)
      .replace(/[.]/g, '\\.')
      .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`,
  ),
}));

/**
 * Stands in for AnxinApi where a page is tested alone. It parses what is sent and what is answered with the schemas of the route
 * table, so that neither a page nor a test can speak of something that the API does not know.
 */
export function createFakeApi(handlers: Handlers) {
  const asked: Asked[] = [];
  let isConnected = true;
  return {
    asked,
    handlers,
    connect: (connected: boolean) => {
      isConnected = connected;
    },
    /** How often a route was asked. */
    times: (name: RouteName): number => asked.filter((one) => one.name === name).length,
    /** Answers one request; rejects where a connection would be lost. */
    async answer(method: string, url: string, body: string | undefined, token?: string): Promise<FakeAnswer> {
      if (!isConnected) throw new Error('no connection');
      const { pathname, searchParams } = new URL(url, 'http://api');
      const found = lines.find(({ route, pattern }) => methodOf(route) === method && pattern.test(pathname));
      if (found === undefined) throw new Error(`the route table has no ${method} ${pathname}`);
      const { name, route, pattern } = found;
      const params = { ...pattern.exec(decodeURIComponent(pathname))?.groups };
      const query = Object.fromEntries(searchParams);
      if (route.params) z.parse(route.params, params);
      if (route.query) z.parse(route.query, query);
      const sent = route.body ? z.parse(route.body, JSON.parse(body ?? 'null')) : undefined;
      const one: Asked = { name, params, query, body: sent, token };
      asked.push(one);
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`the test has no answer for ${name}`);
      const reply = await handler(one);
      if (reply === 'no-answer') throw new Error('connection lost after sending');
      if (typeof reply === 'object' && reply !== null && 'refused' in reply) {
        const code = reply.refused as RefusalCode;
        return {
          status: refusalStatus(code),
          text: JSON.stringify({ code, message: refusalMessage(code) }),
          headers: {},
        };
      }
      const text = 'contentType' in route.reply ? String(reply) : JSON.stringify(z.parse(route.reply, reply));
      return { status: 200, text, headers: {} };
    },
  };
}
export type FakeApi = ReturnType<typeof createFakeApi>;
