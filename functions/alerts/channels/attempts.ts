import type { Channel } from '../../../shared/contracts/alerts.ts';

/**
 * How often each channel's queue hands a message out before it goes to the dead letters: the queues' `maxReceiveCount`. At the
 * last one a channel says `failed` in the ledger. Webhooks: three tries, 15 seconds apart. The inbox is our own: it waits for
 * the database for an hour.
 */
export const MOST_ATTEMPTS: Readonly<Record<Channel, number>> = {
  inbox: 180,
  wechat: 8,
  sms: 8,
  voice: 3,
  partner: 3,
  canary: 3,
};
