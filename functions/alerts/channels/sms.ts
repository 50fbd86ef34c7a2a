import type { SendText } from '../../platform/text-message.ts';
import type { NoticeMessage } from '../messages.ts';
import { refused, SENT, type Send, unreached } from './delivery.ts';
import { smsText } from './short-text.ts';

const MOBILE = /^1[3-9]\d{9}$/;

/** A text message to the recipient's mobile: of the notice, unless it says otherwise. Its reference, `<alertId>/<notice>/<to>`, is the same for each try. */
export const smsSend =
  (sendText: SendText, textOf: (notice: NoticeMessage) => string = smsText): Send =>
  async (notice, { phone, to }) => {
    if (phone === undefined) return refused('no-address');
    // A partner may have no more than 120 or a telephone on a desk.
    if (!MOBILE.test(phone)) return refused('not-a-mobile');
    const accepted = await sendText(phone, textOf(notice), `${notice.alertId}/${notice.notice}/${to}`);
    return accepted ? SENT : unreached('not accepted');
  };
