import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wechatPhone } from '../../../functions/sessions/wechat-phone.ts';
import { aGateway, type Gateway, type GatewayAnswer } from '../../support/a-gateway.ts';

let wechat: Gateway;
let toNumber: (token: string) => GatewayAnswer;
let tokens: string[];
beforeAll(async () => {
  wechat = await aGateway();
});
beforeEach(() => {
  wechat.asked.length = 0;
  tokens = ['token-1', 'token-2'];
  toNumber = () => ({ errcode: 0, phone_info: { purePhoneNumber: '13800138000', countryCode: '86' } });
  wechat.answer = ({ url }) =>
    url.pathname === '/cgi-bin/stable_token'
      ? { access_token: tokens.length > 1 ? tokens.shift() : tokens[0], expires_in: 7200 }
      : toNumber(url.searchParams.get('access_token') ?? '');
});
afterAll(() => wechat.close());

const ask = (code = 'code-1') =>
  wechatPhone({ baseUrl: wechat.url, appId: 'wx1', secret: async () => 'the-secret', timeoutMs: 300 })(code);

describe('the number that WeChat has verified', () => {
  it('is asked for with the code of the button', async () => {
    expect(await ask()).toEqual({ phone: '13800138000' });
    const call = wechat.asked.find(({ url }) => url.pathname === '/wxa/business/getuserphonenumber');
    expect(call?.url.searchParams.get('access_token')).toBe('token-1');
    expect(JSON.parse(call?.body ?? '')).toEqual({ code: 'code-1' });
  });

  it.each([40001, 40014, 42001])('is asked for once more with another token where WeChat says %i', async (errcode) => {
    toNumber = (token) =>
      token === 'token-1'
        ? { errcode }
        : { errcode: 0, phone_info: { purePhoneNumber: '13800138000', countryCode: '86' } };
    expect(await ask()).toEqual({ phone: '13800138000' });
  });

  it.each([40029, 40163])('is not told for a code that WeChat refuses with %i', async (errcode) => {
    toNumber = () => ({ errcode });
    expect(await ask()).toEqual({ refused: 'wechat-code-refused' });
  });

  it.each([
    ['busy', () => ({ errcode: -1 })],
    ['asked too often', () => ({ errcode: 45011 })],
    ['without a number', () => ({ errcode: 0 })],
    ['no answer of its own', () => ({ welcome: 'to our network' })],
  ] as const)('is not told where WeChat is %s: another try may help', async (_, answer) => {
    toNumber = answer as () => GatewayAnswer;
    expect(await ask()).toEqual({ refused: 'wechat-unavailable' });
  });

  it.each([
    ['of another country', { purePhoneNumber: '91234567', countryCode: '852' }],
    ['that is no mobile number', { purePhoneNumber: '01012345678', countryCode: '86' }],
  ])('%s is refused: nothing here could call it', async (_, phone_info) => {
    toNumber = () => ({ errcode: 0, phone_info });
    expect(await ask()).toEqual({ refused: 'phone-elsewhere' });
  });
});

it('what is logged of a failure holds no token', async () => {
  await wechat.close();
  expect(await ask()).toEqual({ refused: 'wechat-unavailable' });
  wechat = await aGateway();
});
