import { streamConsumer } from '../../platform/consumer.ts';
import { env } from '../../platform/env.ts';
import { sender } from '../../platform/messages.ts';
import { pressStored } from './press-stored.ts';

const { PRESSES_QUEUE_URL, PRESSES_AGAIN_QUEUE_URL } = env('PRESSES_QUEUE_URL', 'PRESSES_AGAIN_QUEUE_URL');
const ways = { send: sender(), pressesQueue: PRESSES_QUEUE_URL, pressesAgainQueue: PRESSES_AGAIN_QUEUE_URL };

/** The alerts table's stream, as far as presses are inserted. */
export const handler = streamConsumer((change) => pressStored(ways, change));
