import { queueConsumer } from '../../platform/consumer.ts';
import { alertDeps } from '../deps.ts';
import { TimerMessage } from '../messages.ts';
import { timerCame } from './timer-came.ts';

const deps = alertDeps();

/** The queue of timers. */
export const handler = queueConsumer(TimerMessage, (timer, { now }) => timerCame(deps, timer, now));
