import * as z from 'zod/mini';

/** Replaced so long before it expires. */
const MARGIN_MS = 5 * 60 * 1000;

const Answer = z.object({
  access_token: z.optional(z.string()),
  /** Seconds. */
  expires_in: z.optional(z.number()),
  errcode: z.optional(z.int()),
});

export interface WechatServer {
  readonly baseUrl: string;
  readonly appId: string;
  readonly secret: () => Promise<string>;
  readonly timeoutMs: number;
  readonly clock: () => number;
}

/** The token for calls to WeChat's servers. */
export interface AccessToken {
  /** The one in hand, or a new one. Throws where WeChat gives none; the secret is in no error. */
  get(): Promise<string>;
  /** A new one in place of one that WeChat no longer takes. */
  replace(refused: string): Promise<string>;
}

/**
 * `POST /cgi-bin/stable_token`, kept until five minutes before it expires; who asks meanwhile waits for the same call. In its
 * ordinary mode WeChat answers the token that is valid now, so that several functions do not end each other's. Only when that is
 * the very one that it just refused, a new one is forced (WeChat allows that 20 times a day).
 */
export function accessToken(server: WechatServer): AccessToken {
  let kept: { readonly token: Promise<string>; until: number } | undefined;
  const fetchAnother = (force: boolean): Promise<string> => {
    const { clock } = server;
    const asked = askForToken(server, force);
    // Until it is known how long it holds, everybody waits for this one.
    const mine = { token: asked.then(({ token }) => token), until: Number.POSITIVE_INFINITY };
    kept = mine;
    asked.then(
      ({ seconds }) => {
        mine.until = clock() + seconds * 1000 - MARGIN_MS;
      },
      () => {
        if (kept === mine) kept = undefined;
      },
    );
    return mine.token;
  };
  const replaceOnce = async (refused: string): Promise<string> => {
    // Somebody may have replaced it since the call that was refused.
    const inHand = await kept?.token.catch(() => undefined);
    if (inHand !== undefined && inHand !== refused) return inHand;
    const valid = await fetchAnother(false);
    return valid === refused ? fetchAnother(true) : valid;
  };
  /** One replacement at a time for everybody whose call was refused. */
  let replacing: { readonly refused: string; readonly token: Promise<string> } | undefined;
  return {
    get: () => (kept !== undefined && server.clock() < kept.until ? kept.token : fetchAnother(false)),
    replace(refused) {
      if (replacing?.refused === refused) return replacing.token;
      const token = replaceOnce(refused).finally(() => {
        if (replacing?.token === token) replacing = undefined;
      });
      replacing = { refused, token };
      return token;
    },
  };
}

/** The errcodes that say: the token is wrong, too old, or was replaced. */
export const TOKEN_REFUSED: ReadonlySet<number> = new Set([40001, 40014, 42001]);

/** Makes a call, and once more with another token when it was refused for the token. */
export async function withToken<T>(
  tokens: AccessToken,
  call: (token: string) => Promise<T>,
  isRefused: (answer: T) => boolean,
): Promise<T> {
  const token = await tokens.get();
  const answer = await call(token);
  return isRefused(answer) ? call(await tokens.replace(token)) : answer;
}

async function askForToken(
  { baseUrl, appId, secret, timeoutMs }: WechatServer,
  force: boolean,
): Promise<{ token: string; seconds: number }> {
  const response = await fetch(new URL('/cgi-bin/stable_token', baseUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credential',
      appid: appId,
      secret: await secret(),
      ...(force && { force_refresh: true }),
    }),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const answer = Answer.safeParse(await response.json().catch(() => undefined));
  const { access_token: token, expires_in: seconds, errcode } = answer.success ? answer.data : {};
  if (token === undefined || seconds === undefined)
    throw new Error(`WeChat gives no token (status ${response.status}, errcode ${errcode ?? 'none'})`);
  return { token, seconds };
}
