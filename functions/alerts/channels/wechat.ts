import * as z from 'zod/mini';
import { log } from '../../platform/log.ts';
import { accessToken, TOKEN_REFUSED, withToken } from '../../platform/wechat-token.ts';
import type { NoticeMessage } from '../messages.ts';
import type { Recipient } from '../records.ts';
import { refused, SENT, type Send, type Sent, unreached } from './delivery.ts';
import { pageOf, type TemplateFields, templateData } from './wechat-message.ts';

const TIMEOUT_MS = 3000;

export interface WechatOptions {
  readonly baseUrl: string;
  readonly appId: string;
  readonly secret: () => Promise<string>;
  readonly templateId: string;
  readonly fields?: TemplateFields | undefined;
  /** Which version of the mini-program a tap opens. */
  readonly version: 'formal' | 'trial' | 'developer';
  readonly timeoutMs?: number;
  readonly clock?: () => number;
}

const Answer = z.object({ errcode: z.int() });

/** Nothing that another try or we could mend: the consent is used up or was never given; the openid is none of this mini-program's. */
const PERSON_REFUSED: Readonly<Record<number, string>> = { 43101: 'no-consent', 40003: 'not-this-mini-program' };

/**
 * A subscription message of WeChat: one for each consent that the person gave, so no emergency channel by itself. Somebody without
 * a consent left is `refused`, quietly. Everything else that WeChat refuses is ours or WeChat's to mend (a wrong template, too many
 * calls): it is tried again, and rings with the dead letters in the end.
 */
export function wechatSend(options: WechatOptions): Send {
  const { baseUrl, appId, secret, timeoutMs = TIMEOUT_MS, clock = Date.now } = options;
  const tokens = accessToken({ baseUrl, appId, secret, timeoutMs, clock });
  return async (notice, recipient) => {
    if (recipient.openid === undefined) return refused('no-address');
    const message = messageTo(options, notice, recipient);
    const errcode = await withToken(
      tokens,
      (token) => post(options, token, message),
      (code) => TOKEN_REFUSED.has(code ?? 0),
    );
    return sentOf(errcode, notice);
  };
}

const messageTo = ({ templateId, fields, version }: WechatOptions, notice: NoticeMessage, recipient: Recipient) => ({
  touser: recipient.openid,
  template_id: templateId,
  page: pageOf(notice, recipient),
  miniprogram_state: version,
  lang: 'zh_CN',
  data: templateData(notice, fields),
});

/** WeChat's errcode; undefined where what came was no answer of WeChat's. The address holds the token: nothing of it is in an error. */
async function post(
  { baseUrl, timeoutMs = TIMEOUT_MS }: WechatOptions,
  token: string,
  message: object,
): Promise<number | undefined> {
  const url = new URL('/cgi-bin/message/subscribe/send', baseUrl);
  url.searchParams.set('access_token', token);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const answer = Answer.safeParse(await response.json().catch(() => undefined));
  return answer.success ? answer.data.errcode : undefined;
}

async function sentOf(errcode: number | undefined, { alertId }: NoticeMessage): Promise<Sent> {
  if (errcode === 0) return SENT;
  const reason = errcode === undefined ? undefined : PERSON_REFUSED[errcode];
  if (reason !== undefined) return refused(reason);
  await log.error('WeChat took no subscription message', { alertId, errcode });
  return unreached(`errcode ${errcode ?? 'none'}`);
}
