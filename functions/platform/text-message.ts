import { log } from './log.ts';

/** Sends a text message to a mobile number of mainland China. False when it could not be handed over. */
export type SendText = (phone: string, text: string) => Promise<boolean>;

const TIMEOUT_MS = 5000;

/** An HTTP gateway: `POST {phone, text}`, any 2xx is an acceptance. `key` goes along as a bearer token where there is one. */
export function gatewayText(url: string, key?: () => Promise<string>): SendText {
  return async (phone, text) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(key && { authorization: `Bearer ${await key()}` }),
        },
        body: JSON.stringify({ phone, text }),
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
  return async (phone, text) => {
    try {
      const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
      await new SNSClient({ maxAttempts: 3 }).send(new PublishCommand({ PhoneNumber: `+86${phone}`, Message: text }));
      return true;
    } catch (error) {
      await log.error('SNS did not take a text message', { error: error as Error });
      return false;
    }
  };
}
