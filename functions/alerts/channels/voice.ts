import type { NoticeMessage } from '../messages.ts';
import { refused, type Send } from './delivery.ts';
import { voiceText } from './short-text.ts';
import type { PostWebhook } from './webhook.ts';

/**
 * The system that calls a phone and reads a text aloud: a signed `POST {to, text, alertId, notice, drill}`, `to` a telephone number.
 * A stage without a gateway calls nobody by machine.
 */
export const voiceSend =
  (post: PostWebhook, gateway: string | undefined, textOf: (notice: NoticeMessage) => string = voiceText): Send =>
  async (message, recipient) => {
    const { phone: to } = recipient;
    if (to === undefined) return refused('no-address');
    const { alertId, notice, drill } = message;
    return post(gateway, { to, text: textOf(message), alertId, notice, drill }, { notice: message, recipient });
  };
