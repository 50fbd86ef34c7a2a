import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consentsOf, openidOf } from '../../infra/local/people.ts';
import { listen } from '../../infra/local/ports.ts';
import { smsStandIn } from '../../infra/local/stand-ins/sms.ts';
import { wechatStandIn } from '../../infra/local/stand-ins/wechat.ts';

const people = [
  { name: '王芳', role: 'family', boundTo: '王建国', wechatCode: 'daughter', openid: 'openid-daughter', consents: 1 },
];
const wechat = wechatStandIn({
  openidOf: (code) => openidOf(people, code),
  consentsOf: (openid) => consentsOf(people, openid),
});
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

describe('the stand-in for WeChat, as the phone and the servers use it', () => {
  const post = async (path: string, body: object): Promise<unknown> => {
    const url = `http://127.0.0.1:${ports.get(wechat)}${path}`;
    return (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json();
  };
  const token = 'access_token=stand-in-token';
  const number = (code: string) => post(`/wxa/business/getuserphonenumber?${token}`, { code });
  const message = (touser: string) =>
    post(`/cgi-bin/message/subscribe/send?${token}`, { touser, template_id: 't', data: {} });

  it('tells the number behind a code of the number button, once', async () => {
    expect(await number('phone-13800138000')).toMatchObject({
      phone_info: { purePhoneNumber: '13800138000', countryCode: '86' },
    });
    expect(await number('phone-13800138000')).toMatchObject({ errcode: 40029 });
    expect(await number('phone-85291234567')).toMatchObject({
      phone_info: { purePhoneNumber: '91234567', countryCode: '852' },
    });
  });

  it('brings a message for each consent that a phone gave, and says 43101 after the last', async () => {
    expect(await message('openid-daughter')).toMatchObject({ errcode: 0 });
    expect(await message('openid-daughter')).toMatchObject({ errcode: 43101 });
    expect(await post('/stand-in/consents', { code: 'daughter' })).toMatchObject({ left: 1 });
    expect(await message('openid-daughter')).toMatchObject({ errcode: 0 });
    expect(await message('openid-daughter')).toMatchObject({ errcode: 43101 });
  });

  it('takes no message for somebody who has never consented', async () => {
    expect(await message('openid-guest-anna')).toMatchObject({ errcode: 43101 });
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
