import type { SNSClient } from '@aws-sdk/client-sns';
import { log } from './log.ts';

/**
 * Sends a text message to a mobile number of mainland China. False when it could not be handed over. `reference` is the same for
 * each try of one message: a gateway that knows it can leave the repeat.
 */
export type SendText = (phone: string, text: string, reference?: string) => Promise<boolean>;

const TIMEOUT_MS = 5000;

/** An HTTP gateway: `POST {phone, text, reference?}`, any 2xx is an acceptance. `key` goes along as a bearer token where there is one. */
export function gatewayText(url: string, key?: () => Promise<string>): SendText {
  return async (phone, text, reference) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(key && { authorization: `Bearer ${await key()}` }),
        },
        body: JSON.stringify({ phone, text, reference }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (!response.ok) await log.error('the text gateway refused a message', { status: response.status });
      return response.ok;
    } catch (error) {
      await log.error('the text gateway was not reached', { error: error as Error });
      return false;
    }
  };
}

/** SNS, outside the China regions: there SNS has no text messages. */
export function snsText(): SendText {
  let client: SNSClient | undefined;
  return async (phone, text) => {
    try {
      const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
      client ??= new SNSClient({ maxAttempts: 2, requestHandler: { connectionTimeout: 1000 } });
      const abortSignal = AbortSignal.timeout(TIMEOUT_MS);
      await client.send(new PublishCommand({ PhoneNumber: `+86${phone}`, Message: text }), { abortSignal });
      return true;
    } catch (error) {
      await log.error('SNS did not take a text message', { error: error as Error });
      return false;
    }
  };
}
