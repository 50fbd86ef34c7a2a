import * as z from 'zod/mini';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import { log } from '../platform/log.ts';

/** From the single-use code of `wx.login` to the person's id at WeChat for this mini-program. */
export type WechatLogin = (code: string) => Promise<{ readonly openid: string } | Refusal>;

/** WeChat's answer. `session_key` is in it too, and is neither kept nor handed on. */
const Answer = z.object({
  openid: z.optional(z.string().check(z.regex(/^[\w-]{6,128}$/))),
  errcode: z.optional(z.int()),
});
type Answer = z.infer<typeof Answer>;

/** Codes of `auth.code2Session`: the code is invalid; it was used before; WeChat holds the account for risky. */
const CODE_REFUSED = new Set([40029, 40163, 40226]);
/** Our own id or secret is wrong: nothing that the person could mend. */
const MISCONFIGURED = new Set([40001, 40013, 40125, 41002, 41004]);

const TIMEOUT_MS = 3000;

export interface WechatOptions {
  readonly baseUrl: string;
  readonly appId: string;
  readonly secret: () => Promise<string>;
  readonly timeoutMs?: number;
}

/**
 * `GET /sns/jscode2session`. When no connection comes about, or it breaks, it is tried once more: should WeChat have seen the
 * first try, the code is used up, and `wechat-code-refused` lets the client ask `wx.login` for another at once. A call that
 * runs out of time is not tried again: the person is waiting.
 *
 * Refuses: `wechat-code-refused`, `wechat-unavailable`. A wrong app id or secret is a fault.
 */
export function wechatLogin({ baseUrl, appId, secret, timeoutMs = TIMEOUT_MS }: WechatOptions): WechatLogin {
  return async (code) => {
    const url = new URL('/sns/jscode2session', baseUrl);
    url.search = new URLSearchParams({
      appid: appId,
      secret: await secret(),
      js_code: code,
      grant_type: 'authorization_code',
    }).toString();
    const answer = (await ask(url, timeoutMs)) ?? (await ask(url, timeoutMs));
    if (answer === undefined || answer === 'silent') return refuse('wechat-unavailable');
    if (answer.openid !== undefined) return { openid: answer.openid };
    const { errcode } = answer;
    if (errcode !== undefined && CODE_REFUSED.has(errcode)) return refuse('wechat-code-refused');
    if (errcode !== undefined && MISCONFIGURED.has(errcode)) {
      throw new Error(`WeChat does not accept our app id or secret (errcode ${errcode})`);
    }
    await log.warn('WeChat did not sign in', { errcode });
    return refuse('wechat-unavailable');
  };
}

/** Undefined: no connection, worth another try. `silent`: it took too long, or what came was no answer of WeChat's. */
async function ask(url: URL, timeoutMs: number): Promise<Answer | 'silent' | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    const parsed = Answer.safeParse(await response.json().catch(() => undefined));
    if (parsed.success && (parsed.data.openid !== undefined || parsed.data.errcode !== undefined)) return parsed.data;
    await log.warn('WeChat answered something else', { status: response.status });
    return 'silent';
  } catch (error) {
    // The address holds the secret: nothing of it is logged.
    const timedOut = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
    await log.warn('WeChat was not reached', { timedOut });
    return timedOut ? 'silent' : undefined;
  }
}
