import * as z from 'zod/mini';
import { Phone } from '../../shared/contracts/people.ts';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import { log } from '../platform/log.ts';
import { accessToken, TOKEN_REFUSED, type WechatServer, withToken } from '../platform/wechat-token.ts';

/** From the code that WeChat's number button gave to the number that WeChat has verified. A code holds for five minutes and once. */
export type WechatPhone = (code: string) => Promise<{ readonly phone: string } | Refusal>;

const Answer = z.object({
  errcode: z.int(),
  phone_info: z.optional(z.object({ purePhoneNumber: z.string(), countryCode: z.string() })),
});
type Answer = z.infer<typeof Answer>;

/** The code is invalid, or was used before. */
const CODE_REFUSED = new Set([40029, 40163]);
const CHINA = '86';
const TIMEOUT_MS = 3000;

type Options = Pick<WechatServer, 'baseUrl' | 'appId' | 'secret'> & Partial<Pick<WechatServer, 'timeoutMs' | 'clock'>>;

/**
 * `POST /wxa/business/getuserphonenumber`
 * (https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-info/phone-number/getPhoneNumber.html).
 *
 * Refuses: `wechat-code-refused`, `wechat-unavailable`, `phone-elsewhere` (no mobile number of mainland China: nothing here can call it).
 */
export function wechatPhone({ timeoutMs = TIMEOUT_MS, clock = Date.now, ...server }: Options): WechatPhone {
  const tokens = accessToken({ ...server, timeoutMs, clock });
  const ask = async (token: string, code: string): Promise<Answer | undefined> => {
    const url = new URL('/wxa/business/getuserphonenumber', server.baseUrl);
    url.searchParams.set('access_token', token);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = Answer.safeParse(await response.json().catch(() => undefined));
    return answer.success ? answer.data : undefined;
  };
  return async (code) => {
    let answer: Answer | undefined;
    try {
      answer = await withToken(
        tokens,
        (token) => ask(token, code),
        (said) => TOKEN_REFUSED.has(said?.errcode ?? 0),
      );
    } catch (error) {
      // The address holds the token: nothing of the error but its kind is logged.
      await log.warn('WeChat was not reached for a number', { kind: error instanceof Error ? error.name : 'unknown' });
      return refuse('wechat-unavailable');
    }
    if (answer !== undefined && CODE_REFUSED.has(answer.errcode)) return refuse('wechat-code-refused');
    if (answer?.errcode !== 0 || answer.phone_info === undefined) {
      await log.warn('WeChat told no number', { errcode: answer?.errcode });
      return refuse('wechat-unavailable');
    }
    const { purePhoneNumber: phone, countryCode } = answer.phone_info;
    return countryCode === CHINA && Phone.safeParse(phone).success ? { phone } : refuse('phone-elsewhere');
  };
}
