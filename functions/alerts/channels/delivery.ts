import { maskPhone } from '../../../shared/contracts/people.ts';
import { type Instant, toInstant } from '../../../shared/values/dates.ts';
import { deliveryKey } from '../keys.ts';
import type { NoticeMessage } from '../messages.ts';
import type { DeliveryRecord, Recipient } from '../records.ts';

/**
 * What became of a try to tell somebody. `refused`: this channel will never reach this person with this notice, another try is
 * of no use. `unreached`: another try may. `spared`: it was not sent, on purpose. `reason` is a short name that stands in the ledger; it holds no personal data.
 */
export type Sent =
  | { readonly state: 'sent' }
  | { readonly state: 'refused' | 'unreached' | 'spared'; readonly reason: string };
/** The port of every channel: tells one recipient. May throw: that counts as `unreached`. */
export type Send = (notice: NoticeMessage, recipient: Recipient) => Promise<Sent>;

export const SENT: Sent = { state: 'sent' };
export const refused = (reason: string): Sent => ({ state: 'refused', reason });
export const spared = (reason: string): Sent => ({ state: 'spared', reason });
export const unreached = (reason: string): Sent => ({ state: 'unreached', reason });

/** What one delivery of a message to a channel knows besides the message. */
export interface Turn {
  /** The queue hands the message out no more after this. */
  readonly last: boolean;
  /** Whether the alert is closed, so that nobody need be called. False where that cannot be read. */
  readonly closed: Promise<boolean>;
}

/** `told`: just now. `settled`: nothing is left to do for this person. `left`: the message must come again, and why. */
export type Told = 'told' | 'settled' | { readonly left: string };
/** Tells one recipient and keeps the ledger. Never throws. */
export type Tell = (notice: NoticeMessage, recipient: Recipient, turn: Turn) => Promise<Told>;

const MOBILE = /^1\d{10}$/;
/** People's numbers are masked; those of partners (120, a call centre) are public. */
const shownPhone = (phone: string | undefined) =>
  phone !== undefined && MOBILE.test(phone) ? maskPhone(phone) : phone;

export const keyOf = ({ alertId, notice }: NoticeMessage, { channel, to }: Recipient) =>
  deliveryKey(alertId, notice, channel, to);

/** What the ledger says of a delivery, whatever becomes of it. */
export const deliveryFields = (
  { notice }: NoticeMessage,
  { channel, to, name, callee, phone }: Recipient,
): Omit<DeliveryRecord, 'state' | 'at' | 'attempts' | 'leaseUntil' | 'reason'> => ({
  notice,
  channel,
  to,
  name,
  callee,
  phone: shownPhone(phone),
});

export const instantOf = (clock: () => number): Instant => toInstant(clock());
