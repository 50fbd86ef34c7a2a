import { ledgerTable } from './deps.ts';
import { channelConsumer } from './notice-consumer.ts';
import { severalVoiceText } from './short-text.ts';
import { voiceSend } from './voice.ts';
import { webhookFromEnv } from './webhook.ts';

const [post, gateway] = [webhookFromEnv(), process.env.VOICE_GATEWAY_URL || undefined];

/** The queue of notices that are read aloud by telephone. */
export const handler = channelConsumer(
  'voice',
  voiceSend(post, gateway),
  ledgerTable(),
  voiceSend(post, gateway, severalVoiceText),
);
