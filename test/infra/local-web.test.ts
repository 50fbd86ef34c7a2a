import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../infra/local/ports.ts';
import { createWeb } from '../../infra/local/web.ts';

const { server, open } = createWeb();
let web: string;
beforeAll(async () => {
  web = `http://127.0.0.1:${await listen(server, 0)}`;
});
afterAll(() => server.close());

const get = async (path: string, init?: RequestInit): Promise<[number, unknown]> => {
  const response = await fetch(`${web}${path}`, init);
  return [response.status, await response.json()];
};

it('says that the system is starting until it is open', async () => {
  expect(await get('/dev/info')).toEqual([503, { message: 'starting' }]);
});

describe('the local-only pages', () => {
  beforeAll(() =>
    open({
      config: () => ({ apis: { AnxinApi: 'http://localhost:4001' }, dev: true }),
      origins: () => ({ api: 'http://localhost:4001', alerts: 'http://localhost:4002' }),
      info: () => ({ web }),
      messages: () => ({ messages: [] }),
      faults: async (spec) => ({ spec }),
      invoke: async (name, event) => ({ name, event }),
    }),
  );

  it('tell the page where the APIs are', async () => {
    expect(await get('/config.json')).toEqual([200, { apis: { AnxinApi: 'http://localhost:4001' }, dev: true }]);
  });

  it('run a function by hand', async () => {
    const run = await get('/dev/invoke/OnSettleSittings', { method: 'POST', body: '{"a":1}' });
    expect(run).toEqual([200, { result: { name: 'OnSettleSittings', event: { a: 1 } } }]);
  });

  it('take nothing from a page of another origin', async () => {
    const headers = { origin: 'https://evil.example' };
    expect((await get('/dev/faults', { method: 'POST', body: 'sns=down', headers }))[0]).toBe(403);
  });

  it('take nothing from a name of somebody else that leads here', async () => {
    const { port } = new URL(web);
    const asked = (path: string, host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const headers = { host: `${host}:${port}`, origin: `http://${host}:${port}` };
        request({ port, host: '127.0.0.1', path, headers }, ({ statusCode }) => resolve(statusCode))
          .on('error', reject)
          .end();
      });
    for (const path of ['/dev/info', '/dev/messages', '/config.json', '/index.html']) {
      expect(await asked(path, 'rebound.example')).toBe(403);
      expect(await asked(path, '127.0.0.1.evil.example')).toBe(403);
    }
    expect(await asked('/dev/info', 'localhost')).toBe(200);
  });

  it.each(['/../package.json', '/..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/js/%00', '/missing.js'])(
    'give no file from outside the build: %s',
    async (path) => {
      const [status] = await get(path);
      expect([400, 404]).toContain(status);
    },
  );

  it('refuse other methods on files', async () => {
    expect((await get('/index.html', { method: 'DELETE' }))[0]).toBe(405);
  });
});
