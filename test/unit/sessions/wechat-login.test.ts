import { createServer, type RequestListener, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { wechatLogin } from '../../../functions/sessions/wechat-login.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

/** A server in WeChat's place, and how often it was asked. */
async function inPlaceOfWechat(listener: RequestListener, timeoutMs = 1000) {
  const asked: URL[] = [];
  server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '/', 'http://x'));
    listener(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const login = wechatLogin({
    baseUrl: `http://127.0.0.1:${address.port}`,
    appId: 'wx1',
    secret: async () => 'the secret',
    timeoutMs,
  });
  return { login, asked };
}

const answering =
  (body: unknown, status = 200): RequestListener =>
  (_, response) => {
    // WeChat's own content type.
    response
      .writeHead(status, { 'content-type': 'text/plain' })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
  };

describe('asking WeChat who somebody is', () => {
  it('sends app id, secret and code, and answers the openid alone', async () => {
    const { login, asked } = await inPlaceOfWechat(answering({ openid: 'oABC-123_x', session_key: 'k', unionid: 'u' }));
    expect(await login('code+1')).toEqual({ openid: 'oABC-123_x' });
    expect(asked.map((url) => url.pathname)).toEqual(['/sns/jscode2session']);
    expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toEqual({
      appid: 'wx1',
      secret: 'the secret',
      js_code: 'code+1',
      grant_type: 'authorization_code',
    });
  });

  it.each([40029, 40163, 40226])('refuses the code on errcode %i', async (errcode) => {
    const { login } = await inPlaceOfWechat(answering({ errcode, errmsg: 'no' }));
    expect(await login('c')).toEqual({ refused: 'wechat-code-refused' });
  });

  it.each([-1, 45011, 50001])(
    'says that WeChat is unavailable on errcode %i, without asking again',
    async (errcode) => {
      const { login, asked } = await inPlaceOfWechat(answering({ errcode, errmsg: 'busy' }));
      expect(await login('c')).toEqual({ refused: 'wechat-unavailable' });
      expect(asked).toHaveLength(1);
    },
  );

  it.each([40013, 40125])('is a fault of ours on errcode %i, and does not tell the secret', async (errcode) => {
    const { login } = await inPlaceOfWechat(answering({ errcode, errmsg: 'invalid' }));
    const error = await login('c').catch((thrown: Error) => thrown);
    expect(String(error)).toContain(String(errcode));
    expect(String(error)).not.toContain('the secret');
  });

  it.each([
    ['a page', '<html>', 200],
    ['nothing', '', 502],
    ['an openid of a strange form', { openid: 'a b' }, 200],
    ['neither openid nor errcode', {}, 200],
  ])('says that WeChat is unavailable when %s comes', async (_, body, status) => {
    const { login } = await inPlaceOfWechat(answering(body, status));
    expect(await login('c')).toEqual({ refused: 'wechat-unavailable' });
  });

  it('does not wait longer than its time, and does not ask again then', async () => {
    const { login, asked } = await inPlaceOfWechat(() => {}, 100);
    expect(await login('c')).toEqual({ refused: 'wechat-unavailable' });
    expect(asked).toHaveLength(1);
  });

  it('asks once more when the connection breaks', async () => {
    let first = true;
    const { login, asked } = await inPlaceOfWechat((request, response) => {
      if (first) request.socket.destroy();
      else answering({ openid: 'oABC123' })(request, response);
      first = false;
    });
    expect(await login('c')).toEqual({ openid: 'oABC123' });
    expect(asked).toHaveLength(2);
  });

  it('lets the client fetch a new code when the first try used the code up but its answer was lost', async () => {
    let first = true;
    const { login } = await inPlaceOfWechat((request, response) => {
      if (first) request.socket.destroy();
      else answering({ errcode: 40163, errmsg: 'code been used' })(request, response);
      first = false;
    });
    expect(await login('c')).toEqual({ refused: 'wechat-code-refused' });
  });

  it('says that WeChat is unavailable when nobody listens', async () => {
    const { login } = await inPlaceOfWechat(answering({}));
    const address = server?.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    await expect(
      new Promise((resolve, reject) => connect(port, '127.0.0.1').once('connect', resolve).once('error', reject)),
    ).rejects.toThrow('ECONNREFUSED');
    expect(await login('c')).toEqual({ refused: 'wechat-unavailable' });
  });
});
