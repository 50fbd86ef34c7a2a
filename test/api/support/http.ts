import { Agent, request } from 'node:http';
import { API_OF, type ApiName, methodOf, pathOf, type Route } from '../../../shared/route.ts';
import { type RouteName, routes } from '../../../shared/routes.ts';

/** What came back over the wire. `json` is undefined where the body is none. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly json: any;
}

export interface Sent {
  /** Which API it goes to: AnxinApi unless told. */
  readonly api?: ApiName;
  readonly method: string;
  /** Goes on the wire as it stands: nothing is normalised or encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

const isJson = (text: string): boolean => /^\s*[[{"\d]/.test(text);

/** One request, byte by byte as told: `fetch` would tidy up paths and refuse some bodies. */
export const send = (base: string, { method, path, headers = {}, body }: Sent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const bytes = body === undefined ? undefined : Buffer.from(body as string);
    const outgoing = request(
      {
        agent,
        hostname,
        port,
        method,
        path,
        headers: { ...headers, ...(bytes && { 'content-length': String(bytes.length) }) },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          let json: unknown;
          try {
            json = isJson(text) ? JSON.parse(text) : undefined;
          } catch {
            json = undefined;
          }
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers as Record<string, string | undefined>,
            text,
            json,
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });

/** The parts of a request to a route. */
export interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export const routeOf = (name: RouteName): Route => routes[name];

/** The path of a route with its parameters filled in. */
export const pathWith = (route: Route, params: Readonly<Record<string, string>> = {}): string =>
  pathOf(route).replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? `(no ${name})`));

/** A request to a route, as a client of ours would write it. */
export function requestTo(name: RouteName, { params, query, body }: Parts = {}, token?: string): Sent {
  const route = routeOf(name);
  const search = query && Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : '';
  return {
    api: API_OF[route.feature],
    method: methodOf(route),
    path: pathWith(route, params) + search,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}
