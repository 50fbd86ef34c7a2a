import type { NoticeMessage } from '../messages.ts';
import { refused, type Send } from './delivery.ts';
import { noticeText } from './notice-text.ts';
import type { PostWebhook } from './webhook.ts';

/**
 * The system of a partner (a call centre, the emergency services): a signed `POST` of what is known of the alert. `override` goes
 * before the address in the policy: stages that must not call a real call centre.
 */
export const partnerSend =
  (post: PostWebhook, override: string | undefined): Send =>
  async (notice, recipient) => {
    const { partner } = recipient;
    if (partner === undefined) return refused('no-address');
    return post(override ?? partner.url, partnerBody(notice, partner.id), { notice, recipient });
  };

/**
 * What a partner is sent: `partner` (its id in the policy), which alert and which notice of it, whether it is a drill, who, where,
 * by what and since when (ISO 8601, UTC), and the same as text in Chinese and English.
 */
function partnerBody(message: NoticeMessage, partner: string) {
  const { alertId, notice, kind, drill, source, raisedAt, name, phone, address, area, position, by, note } = message;
  const { zh: text, en: textEn } = noticeText(message);
  const person = { name, phone, address };
  return { partner, alertId, notice, kind, drill, source, raisedAt, person, area, position, by, note, text, textEn };
}
