import { ledgerTable } from './deps.ts';
import { channelConsumer } from './notice-consumer.ts';
import { voiceSend } from './voice.ts';
import { webhookFromEnv } from './webhook.ts';

/** The queue of notices that are read aloud by telephone. */
export const handler = channelConsumer(
  'voice',
  voiceSend(webhookFromEnv(), process.env.VOICE_GATEWAY_URL || undefined),
  ledgerTable(),
);
