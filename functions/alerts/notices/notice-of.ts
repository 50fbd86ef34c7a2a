import type { NoticeMessage } from '../messages.ts';
import type { AlertRecord, Recipient } from '../records.ts';

/** A notice of an alert with everything that its channels need to say. */
export function noticeOf(
  alert: AlertRecord,
  { notice, kind, recipients }: Pick<NoticeMessage, 'notice' | 'kind'> & { readonly recipients: readonly Recipient[] },
): NoticeMessage {
  const { alertId, source, raisedAt, drill, elderId, name, address, phone, area, position, note } = alert;
  return {
    type: 'notice',
    alertId,
    notice,
    kind,
    source,
    raisedAt,
    drill,
    ...(alert.unverified && { unverified: true }),
    ...(elderId !== undefined && { elderId }),
    ...(name !== undefined && { name }),
    ...(address !== undefined && { address }),
    ...(phone !== undefined && { phone }),
    area,
    ...(position !== undefined && { position }),
    ...(note !== undefined && { note }),
    recipients: [...recipients],
  };
}
