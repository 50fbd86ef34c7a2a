import { ledgerTable } from './deps.ts';
import { channelConsumer } from './notice-consumer.ts';
import { partnerSend } from './partner.ts';
import { webhookFromEnv } from './webhook.ts';

/** The queue of notices to the systems of partners. */
export const handler = channelConsumer(
  'partner',
  partnerSend(webhookFromEnv(), process.env.PARTNER_GATEWAY_URL || undefined),
  ledgerTable(),
);
