import { lstat, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type PageOrigins, pageHeaders } from '../web/page-headers.ts';
import { H5 } from './h5-build.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** The names by which this machine reaches itself. Another name that leads here is somebody else's page. */
const OWN_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const isOwnHost = (host: string | undefined): boolean => OWN_HOSTS.has(new URL(`http://${host ?? 'none'}`).hostname);

/** What the pages under `/dev/` and `/config.json` answer; they exist on this machine only. */
export interface DevPages {
  config(): object;
  /** Where the page may send requests. */
  origins(): PageOrigins;
  info(): object;
  messages(): object;
  /** `POST /dev/faults` with the text that `--fault` takes. Answers what is broken now. */
  faults(spec: string): Promise<object>;
  /** `POST /dev/invoke/<function>` with an event: runs a function by hand, a schedule's for example. */
  invoke(name: string, event: unknown): Promise<unknown>;
}

/** The web page and the local-only pages. Until `pages` is set it says that the system is starting. */
export function createWeb(): { server: Server; open(pages: DevPages): void } {
  let pages: DevPages | undefined;
  const server = createServer(async (request, response) => {
    if (pages === undefined) return send(response, 503, { message: 'starting' });
    try {
      await serve(pages, request, response);
    } catch (error) {
      send(response, 400, { message: error instanceof Error ? error.message : String(error) });
    }
  });
  return {
    server,
    open(opened) {
      pages = opened;
    },
  };
}

async function serve(pages: DevPages, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const line = `${request.method} ${pathname}`;
  const { origin, host } = request.headers;
  // A page from elsewhere, open in the same browser, must not switch anything here, also not under a name that leads here.
  if (!isOwnHost(host) || (origin !== undefined && origin !== `http://${host}`))
    return send(response, 403, { message: 'not from another origin' });
  if (line === 'GET /config.json') return send(response, 200, pages.config());
  if (line === 'GET /dev/info') return send(response, 200, pages.info());
  if (line === 'GET /dev/messages') return send(response, 200, pages.messages());
  if (line === 'POST /dev/faults') return send(response, 200, await pages.faults(await textOf(request)));
  if (line.startsWith('POST /dev/invoke/')) {
    const text = await textOf(request);
    const result = await pages.invoke(pathname.slice('/dev/invoke/'.length), text === '' ? {} : JSON.parse(text));
    return send(response, 200, { result });
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, { message: 'only GET here' });
  const headers = pageHeaders(pages.origins(), { tls: false });
  return file(pathname === '/' ? '/index.html' : decodeURIComponent(pathname), headers, request, response);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString().trim();
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(JSON.stringify(body, undefined, 1));
}

async function file(
  path: string,
  always: Readonly<Record<string, string>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const inside = normalize(path);
  const wanted = join(H5, inside);
  if (!wanted.startsWith(H5) || inside.includes('..')) return send(response, 404, { message: 'not found' });
  const stat = await lstat(wanted).catch(() => undefined);
  if (!stat?.isFile()) return send(response, 404, { message: `no ${inside} in the web page's build (${H5})` });
  // A build may replace a file under the same name: ask each time, send only what changed.
  const etag = `"${stat.size.toString(36)}-${stat.mtimeMs.toString(36)}"`;
  const headers = {
    ...always,
    etag,
    'cache-control': 'no-cache',
    'content-type': TYPES[extname(wanted)] ?? 'application/octet-stream',
  };
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, headers).end();
  const body = await readFile(wanted);
  response.writeHead(200, headers);
  response.end(body);
}
