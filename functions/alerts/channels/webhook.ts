import { log } from '../../platform/log.ts';
import { secretFrom } from '../../platform/secret.ts';
import { derivedId } from '../circle/derived-id.ts';
import type { NoticeMessage } from '../messages.ts';
import type { Recipient } from '../records.ts';
import { refused, SENT, type Sent, unreached } from './delivery.ts';
import { signatureOf } from './signature.ts';

const TIMEOUT_MS = 5000;

/** How webhooks are sent. */
export interface WebhookOptions {
  readonly secret: () => Promise<string>;
  readonly clock?: () => number;
  readonly timeoutMs?: number;
}
/** Posts JSON about one delivery to an address. */
export type PostWebhook = (
  url: string | undefined,
  body: object,
  delivery: { readonly notice: NoticeMessage; readonly recipient: Recipient },
) => Promise<Sent>;

/**
 * A signed webhook: `POST` of JSON with `anxin-signature` (see signature.ts) and `anxin-delivery`, an id that is the same for each
 * try of one delivery, by which the receiver leaves repeats. Any 2xx within 5 s is an acceptance; redirects are not followed.
 * What is not accepted is tried again by its queue: 3 times, 15 s apart.
 *
 * Without an address it is refused: `no-address`.
 */
export function signedWebhook({ secret, clock = Date.now, timeoutMs = TIMEOUT_MS }: WebhookOptions): PostWebhook {
  return async (url, content, { notice, recipient }) => {
    const { alertId } = notice;
    const { channel, to } = recipient;
    if (url === undefined) {
      await log.error('nowhere to send a webhook to', { alertId, channel });
      return refused('no-address');
    }
    const body = JSON.stringify(content);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'anxin-alerts',
          'anxin-signature': signatureOf(await secret(), body, clock()),
          'anxin-delivery': derivedId(alertId, notice.notice, channel, to),
        },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (response.ok) return SENT;
      await log.error('a webhook was not accepted', { alertId, channel, status: response.status });
      return unreached(`status ${response.status}`);
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      await log.error('a webhook was not reached', { alertId, channel, isLate, error: error as Error });
      return unreached(isLate ? 'too late' : 'no connection');
    }
  };
}

/** From the environment: WEBHOOK_SECRET (one machine) or WEBHOOK_SECRET_ARN. */
export function webhookFromEnv(): PostWebhook {
  const secret = secretFrom(process.env, 'WEBHOOK_SECRET');
  if (secret === undefined) throw new Error('environment lacks WEBHOOK_SECRET_ARN (or WEBHOOK_SECRET on one machine)');
  return signedWebhook({ secret });
}
