import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Received } from './received.ts';

const TOKEN_SECONDS = 7200;

/** What the fields of a template take, by their kind: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html */
const FITS: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
  time: /^(\d{4}年\d{1,2}月\d{1,2}日 )?([01]\d|2[0-3]):[0-5]\d$/,
};

interface SubscribeMessage {
  touser?: string;
  template_id?: string;
  page?: string;
  data?: Record<string, { value?: unknown }>;
}

/** Whom WeChat knows. */
export interface WechatAccounts {
  /** The account behind a code of `wx.login`. */
  openidOf(code: string): string | undefined;
  /** How many messages an account has consented to before this began. */
  consentsOf(openid: string): number;
}

/** What WeChat remembers: how many messages each account still takes, and which codes of the number button were used. */
interface Memory extends WechatAccounts {
  readonly consents: Map<string, number>;
  readonly usedCodes: Set<string>;
}

/**
 * Stands in for WeChat's servers, and is as strict. Replies have WeChat's own shape: status 200 always, `errcode` where refused.
 *
 * - `GET /sns/jscode2session`: knows the demo people's login codes, which, unlike real ones, work more than once. To the code
 *   `busy` it answers that it is busy itself.
 * - `POST /cgi-bin/stable_token` and `GET /cgi-bin/token`: an access token.
 * - `POST /cgi-bin/message/subscribe/send`: a subscription message, refused where a field does not fit its kind, and where the account
 *   has no consent left (43101): each message uses one up. The alert and the notice are read from the page that it opens.
 * - `POST /wxa/business/getuserphonenumber`: the number behind a code of the number button, `phone-13800138000`, once.
 * - `POST /stand-in/consents`, which WeChat does not have: `{ "code" }`, by which the account behind a login code consents to one more
 *   message. In WeChat that happens on the phone.
 */
export function wechatStandIn(accounts: WechatAccounts, take: (received: Received) => void = () => {}): Server {
  const memory: Memory = { ...accounts, consents: new Map(), usedCodes: new Set() };
  return createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const answer = await answerTo(url, await textOf(request), memory, take);
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(answer));
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const read = <T extends object>(text: string): Partial<T> => {
  try {
    return JSON.parse(text) as Partial<T>;
  } catch {
    return {};
  }
};

async function answerTo(url: URL, body: string, memory: Memory, take: (received: Received) => void): Promise<object> {
  if (url.pathname === '/sns/jscode2session') return session(url.searchParams, memory.openidOf);
  if (url.pathname === '/cgi-bin/token') return token(Object.fromEntries(url.searchParams));
  if (url.pathname === '/cgi-bin/stable_token') return token(read<Record<string, string>>(body));
  if (url.pathname === '/cgi-bin/message/subscribe/send')
    return subscribed(url.searchParams.get('access_token'), read<SubscribeMessage>(body), memory, take);
  if (url.pathname === '/wxa/business/getuserphonenumber')
    return phoneNumber(url.searchParams.get('access_token'), read<{ code: string }>(body), memory);
  if (url.pathname === '/stand-in/consents') return consented(read<{ code: string }>(body), memory);
  return { errcode: 40066, errmsg: 'invalid url' };
}

function session(asked: URLSearchParams, openidOf: (code: string) => string | undefined): object {
  const missing = ['appid', 'secret', 'js_code', 'grant_type'].find((name) => !asked.get(name));
  if (missing) return { errcode: 41002, errmsg: `${missing} missing` };
  if (asked.get('grant_type') !== 'authorization_code') return { errcode: 40002, errmsg: 'invalid grant_type' };
  if (asked.get('js_code') === 'busy') return { errcode: -1, errmsg: 'system error' };
  const openid = openidOf(asked.get('js_code') ?? '');
  return openid === undefined
    ? { errcode: 40029, errmsg: 'invalid code' }
    : { openid, session_key: 'c3RhbmQtaW4ga2V5IA==' };
}

function token({ appid, secret, grant_type }: Partial<Record<string, string>>): object {
  if (grant_type !== 'client_credential') return { errcode: 40002, errmsg: 'invalid grant_type' };
  if (!appid || !secret) return { errcode: 41002, errmsg: 'appid or secret missing' };
  return { access_token: 'stand-in-token', expires_in: TOKEN_SECONDS };
}

function subscribed(
  accessToken: string | null,
  { touser, template_id, page = '', data = {} }: Partial<SubscribeMessage>,
  memory: Memory,
  take: (received: Received) => void,
): object {
  if (accessToken !== 'stand-in-token') return { errcode: 40001, errmsg: 'invalid credential' };
  if (!touser) return { errcode: 40003, errmsg: 'invalid openid' };
  if (!template_id) return { errcode: 40037, errmsg: 'invalid template_id' };
  const left = leftOf(memory, touser);
  if (left === 0) return { errcode: 43101, errmsg: 'user refuse to accept the msg' };
  const unfit = Object.entries(data).find(([name, { value }]) => !FITS[name.replace(/\d+$/, '')]?.test(String(value)));
  if (unfit) return { errcode: 47003, errmsg: `argument invalid! data.${unfit[0]}.value invalid` };
  memory.consents.set(touser, left - 1);
  const query = new URLSearchParams(page.split('?', 2)[1] ?? '');
  const [alertId, notice] = [query.get('alertId') ?? query.get('alert') ?? '', query.get('notice') ?? ''];
  const text = Object.values(data)
    .map(({ value }) => value)
    .join(' · ');
  take({ at: Date.now(), channel: 'wechat', to: touser, alertId, notice, text, drill: text.includes('演练') });
  return { errcode: 0, errmsg: 'ok', msgid: Date.now() };
}

const leftOf = ({ consents, consentsOf }: Memory, openid: string): number => consents.get(openid) ?? consentsOf(openid);

function consented({ code = '' }: { code?: string }, memory: Memory): object {
  const openid = memory.openidOf(code);
  if (openid === undefined) return { errcode: 40029, errmsg: 'invalid code' };
  const left = leftOf(memory, openid) + 1;
  memory.consents.set(openid, left);
  return { errcode: 0, errmsg: 'ok', left };
}

function phoneNumber(accessToken: string | null, { code = '' }: { code?: string }, { usedCodes }: Memory): object {
  if (accessToken !== 'stand-in-token') return { errcode: 40001, errmsg: 'invalid credential' };
  const digits = /^phone-(\d{7,15})$/.exec(code)?.[1];
  if (digits === undefined || usedCodes.has(code)) return { errcode: 40029, errmsg: 'invalid code' };
  usedCodes.add(code);
  const countryCode = /^1\d{10}$/.test(digits) ? '86' : digits.slice(0, 3);
  const purePhoneNumber = countryCode === '86' ? digits : digits.slice(3);
  return { errcode: 0, errmsg: 'ok', phone_info: { phoneNumber: digits, purePhoneNumber, countryCode } };
}
