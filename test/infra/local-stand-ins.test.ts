import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openidOf } from '../../infra/local/people.ts';
import { listen } from '../../infra/local/ports.ts';
import { smsStandIn } from '../../infra/local/stand-ins/sms.ts';
import { wechatStandIn } from '../../infra/local/stand-ins/wechat.ts';

const people = [{ name: '王芳', role: 'family', boundTo: '王建国', wechatCode: 'daughter', openid: 'openid-daughter' }];
const wechat = wechatStandIn((code) => openidOf(people, code));
const sms = smsStandIn();
const ports = new Map<Server, number>();
beforeAll(async () => {
  for (const server of [wechat, sms.server]) ports.set(server, await listen(server, 0));
});
afterAll(() => {
  for (const server of ports.keys()) server.close();
});

describe('the stand-in for WeChat', () => {
  const ask = async (query: Record<string, string>): Promise<unknown> => {
    const all = { appid: 'wx0', secret: 's', grant_type: 'authorization_code', ...query };
    const response = await fetch(
      `http://127.0.0.1:${ports.get(wechat)}/sns/jscode2session?${new URLSearchParams(all)}`,
    );
    expect(response.status).toBe(200); // WeChat tells of errors in the body
    return response.json();
  };

  it('knows the demo people by their codes', async () => {
    expect(await ask({ js_code: 'daughter' })).toMatchObject({ openid: 'openid-daughter' });
  });

  it('takes a code that begins with guest- for the same new person each time', async () => {
    expect(await ask({ js_code: 'guest-anna' })).toMatchObject({ openid: 'openid-guest-anna' });
  });

  it('refuses other codes as WeChat does', async () => {
    expect(await ask({ js_code: 'nonsense' })).toEqual({ errcode: 40029, errmsg: 'invalid code' });
  });

  it('asks for what is missing', async () => {
    expect(await ask({ js_code: '' })).toMatchObject({ errcode: 41002 });
    expect(await ask({ js_code: 'daughter', grant_type: 'other' })).toMatchObject({ errcode: 40002 });
  });
});

describe('the stand-in for the text gateway', () => {
  const send = (body: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${ports.get(sms.server)}/`, { method: 'POST', body });

  it('keeps what was sent, newest first', async () => {
    for (const text of ['first', 'second']) {
      expect((await send(JSON.stringify({ phone: '13900000001', text }))).status).toBe(202);
    }
    expect(sms.messages.map(({ text }) => text)).toEqual(['second', 'first']);
  });

  it('refuses what is no message', async () => {
    expect((await send('{"phone":1}')).status).toBe(400);
    expect((await send('nonsense')).status).toBe(400);
    expect(sms.messages).toHaveLength(2);
  });
});
