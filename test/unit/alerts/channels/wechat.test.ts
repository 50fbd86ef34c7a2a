import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wechatSend } from '../../../../functions/alerts/channels/wechat.ts';
import { type Asked, aGateway, type Gateway, type GatewayAnswer } from '../../../support/a-gateway.ts';
import { aNotice, aRecipient } from '../../../support/a-notice.ts';

const HOUR = 3_600_000;
let wechat: Gateway;
let now = 0;
/** Tokens in the order in which WeChat gives them, and what it answers to messages. */
let tokens: string[];
let toMessage: (token: string) => GatewayAnswer;
beforeAll(async () => {
  wechat = await aGateway();
});
beforeEach(() => {
  now = 0;
  wechat.asked.length = 0;
  tokens = ['token-1', 'token-2', 'token-3'];
  toMessage = () => ({ errcode: 0, errmsg: 'ok' });
  wechat.answer = ({ url }) => {
    if (url.pathname === '/cgi-bin/stable_token')
      return { access_token: tokens.length > 1 ? tokens.shift() : tokens[0], expires_in: 7200 };
    return toMessage(url.searchParams.get('access_token') ?? '');
  };
});
afterAll(() => wechat.close());

const aSender = () =>
  wechatSend({
    baseUrl: wechat.url,
    appId: 'wx1',
    secret: async () => 'the-secret',
    templateId: 'template-1',
    version: 'trial',
    timeoutMs: 300,
    clock: () => now,
  });
const somebody = () => aRecipient({ channel: 'wechat', openid: 'openid-1' });
const bodyOf = ({ body }: Asked): Record<string, unknown> => JSON.parse(body);
const tokenCalls = () => wechat.asked.filter(({ url }) => url.pathname === '/cgi-bin/stable_token');
const messages = () => wechat.asked.filter(({ url }) => url.pathname === '/cgi-bin/message/subscribe/send');

describe('a subscription message', () => {
  it('goes to the openid, by the template, and opens the alert', async () => {
    const notice = aNotice();
    expect(await aSender()(notice, somebody())).toEqual({ state: 'sent' });
    expect(tokenCalls().map(bodyOf)).toEqual([{ grant_type: 'client_credential', appid: 'wx1', secret: 'the-secret' }]);
    expect(messages()[0]?.url.searchParams.get('access_token')).toBe('token-1');
    expect(messages().map(bodyOf)).toEqual([
      {
        touser: 'openid-1',
        template_id: 'template-1',
        page: `packages/family/alert/index?alertId=${notice.alertId}&notice=wave-1`,
        miniprogram_state: 'trial',
        lang: 'zh_CN',
        data: {
          thing1: { value: '王建国' },
          thing2: { value: '按下一键通，滨河路1号3单元402' },
          time3: { value: '2026年12月1日 13:05' },
          phrase4: { value: '紧急求助' },
        },
      },
    ]);
  });

  it('is refused for good where no consent is left, or the openid is not ours', async () => {
    toMessage = () => ({ errcode: 43101, errmsg: 'user refuse to accept the msg' });
    expect(await aSender()(aNotice(), somebody())).toEqual({ state: 'refused', reason: 'no-consent' });
    toMessage = () => ({ errcode: 40003, errmsg: 'invalid openid' });
    expect(await aSender()(aNotice(), somebody())).toEqual({ state: 'refused', reason: 'not-this-mini-program' });
    expect(messages()).toHaveLength(2);
  });

  it('is refused for good where the person has no openid, without asking WeChat', async () => {
    expect(await aSender()(aNotice(), aRecipient({ channel: 'wechat' }))).toEqual({
      state: 'refused',
      reason: 'no-address',
    });
    expect(wechat.asked).toEqual([]);
  });

  it.each([-1, 45009, 40037, 47003, 41030, 43107])('is to be tried again on errcode %i', async (errcode) => {
    toMessage = () => ({ errcode, errmsg: 'no' });
    expect(await aSender()(aNotice(), somebody())).toEqual({ state: 'unreached', reason: `errcode ${errcode}` });
  });

  it.each([502, {}] as const)('is to be tried again when WeChat answers something else (%j)', async (answer) => {
    toMessage = () => answer;
    expect(await aSender()(aNotice(), somebody())).toEqual({ state: 'unreached', reason: 'errcode none' });
  });

  it.each(['cut', 'silent'] as const)(
    'fails when the answer is %s, without telling the token or the secret',
    async (answer) => {
      toMessage = () => answer;
      const error = await aSender()(aNotice(), somebody()).catch((thrown: Error) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(`${error} ${(error as Error).cause} ${(error as Error).stack}`).not.toMatch(/token-1|the-secret/);
    },
  );
});

describe('the token for WeChat', () => {
  it('is asked for once by many at the same time, and kept until five minutes before its end', async () => {
    const send = aSender();
    await Promise.all(Array.from({ length: 20 }, () => send(aNotice(), somebody())));
    now = 2 * HOUR - 5 * 60_000 - 1;
    await send(aNotice(), somebody());
    expect(tokenCalls()).toHaveLength(1);
    now += 1;
    await send(aNotice(), somebody());
    expect(tokenCalls()).toHaveLength(2);
    expect(messages().at(-1)?.url.searchParams.get('access_token')).toBe('token-2');
  });

  it.each([40001, 42001, 40014])('is replaced once when WeChat refuses it with %i', async (errcode) => {
    toMessage = (token) => ({ errcode: token === 'token-1' ? errcode : 0 });
    const send = aSender();
    expect(await send(aNotice(), somebody())).toEqual({ state: 'sent' });
    expect(await send(aNotice(), somebody())).toEqual({ state: 'sent' });
    expect(tokenCalls()).toHaveLength(2);
    expect(messages()).toHaveLength(3);
  });

  it('is replaced once for everybody whose call was refused', async () => {
    const send = aSender();
    await send(aNotice(), somebody());
    toMessage = (token) => ({ errcode: token === 'token-1' ? 40001 : 0 });
    const all = await Promise.all(Array.from({ length: 20 }, () => send(aNotice(), somebody())));
    expect(all).toEqual(Array.from({ length: 20 }, () => ({ state: 'sent' })));
    expect(tokenCalls()).toHaveLength(2);
  });

  it('is forced anew only where WeChat gives the very one that it refused', async () => {
    tokens = ['token-1', 'token-1', 'token-2'];
    toMessage = (token) => ({ errcode: token === 'token-1' ? 40001 : 0 });
    expect(await aSender()(aNotice(), somebody())).toEqual({ state: 'sent' });
    expect(tokenCalls().map((asked) => bodyOf(asked).force_refresh)).toEqual([undefined, undefined, true]);
  });

  it('is not asked for again and again when each is refused', async () => {
    toMessage = () => ({ errcode: 40001 });
    expect(await aSender()(aNotice(), somebody())).toEqual({ state: 'unreached', reason: 'errcode 40001' });
    expect(messages()).toHaveLength(2);
  });

  it('that was not given is asked for at the next message', async () => {
    const given = wechat.answer;
    wechat.answer = () => ({ errcode: 40164, errmsg: 'invalid ip' });
    const send = aSender();
    const error = await send(aNotice(), somebody()).catch((thrown: Error) => thrown);
    expect(String(error)).toContain('40164');
    expect(String(error)).not.toContain('the-secret');
    wechat.answer = given;
    expect(await send(aNotice(), somebody())).toEqual({ state: 'sent' });
  });
});
