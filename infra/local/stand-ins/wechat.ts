import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Received } from './received.ts';

/** What one consent of this person was good for is used up, as WeChat puts it: they get no message. No town has any of them. */
const REFUSES = /^openid-refuses/;
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

/**
 * Stands in for WeChat's servers. Replies have WeChat's own shape: status 200 always, `errcode` where refused.
 *
 * - `GET /sns/jscode2session`: knows the demo people's login codes, which, unlike real ones, work more than once. To the code
 *   `busy` it answers that it is busy itself.
 * - `POST /cgi-bin/stable_token` and `GET /cgi-bin/token`: an access token.
 * - `POST /cgi-bin/message/subscribe/send`: a subscription message, refused where a field does not fit its kind. The alert and the notice are read from the page that it opens.
 */
export function wechatStandIn(
  openidOf: (code: string) => string | undefined,
  take: (received: Received) => void = () => {},
): Server {
  return createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const answer = await answerTo(url, await textOf(request), openidOf, take);
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

async function answerTo(
  url: URL,
  body: string,
  openidOf: (code: string) => string | undefined,
  take: (received: Received) => void,
): Promise<object> {
  if (url.pathname === '/sns/jscode2session') return session(url.searchParams, openidOf);
  if (url.pathname === '/cgi-bin/token') return token(Object.fromEntries(url.searchParams));
  if (url.pathname === '/cgi-bin/stable_token') return token(read<Record<string, string>>(body));
  if (url.pathname === '/cgi-bin/message/subscribe/send')
    return subscribed(url.searchParams.get('access_token'), read<SubscribeMessage>(body), take);
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
  take: (received: Received) => void,
): object {
  if (accessToken !== 'stand-in-token') return { errcode: 40001, errmsg: 'invalid credential' };
  if (!touser) return { errcode: 40003, errmsg: 'invalid openid' };
  if (!template_id) return { errcode: 40037, errmsg: 'invalid template_id' };
  if (REFUSES.test(touser)) return { errcode: 43101, errmsg: 'user refuse to accept the msg' };
  const unfit = Object.entries(data).find(([name, { value }]) => !FITS[name.replace(/\d+$/, '')]?.test(String(value)));
  if (unfit) return { errcode: 47003, errmsg: `argument invalid! data.${unfit[0]}.value invalid` };
  const query = new URLSearchParams(page.split('?', 2)[1] ?? '');
  const [alertId, notice] = [query.get('alertId') ?? query.get('alert') ?? '', query.get('notice') ?? ''];
  const text = Object.values(data)
    .map(({ value }) => value)
    .join(' · ');
  take({ at: Date.now(), channel: 'wechat', to: touser, alertId, notice, text, drill: text.includes('演练') });
  return { errcode: 0, errmsg: 'ok', msgid: Date.now() };
}
