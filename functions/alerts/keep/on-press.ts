import { queueConsumer } from '../../platform/consumer.ts';
import { alertDeps } from '../deps.ts';
import { PressMessage } from '../messages.ts';
import { receiveQueued } from './receive-queued.ts';

const deps = alertDeps();

/** The queue of presses: from the topic, from the stream of those that were stored, and from inside. */
export const handler = queueConsumer(PressMessage, ({ press }, delivery) => receiveQueued(deps, press, delivery));
