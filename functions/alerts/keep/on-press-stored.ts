import { streamConsumer } from '../../platform/consumer.ts';
import { env } from '../../platform/env.ts';
import { sender } from '../../platform/messages.ts';
import { pressStored } from './press-stored.ts';

const { PRESSES_QUEUE_URL: pressesQueue } = env('PRESSES_QUEUE_URL');
const send = sender();

/** The alerts table's stream, as far as presses are inserted. */
export const handler = streamConsumer((change) => pressStored({ send, pressesQueue }, change));
