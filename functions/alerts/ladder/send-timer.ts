import type { Instant } from '../../../shared/values/dates.ts';
import type { Send } from '../../platform/messages.ts';
import type { TimerMessage } from '../messages.ts';

export interface TimerWays {
  readonly send: Send;
  readonly timersQueue: string;
}

/** The longest that SQS delays a message, seconds. Longer timers are handed on when they come. */
const LONGEST_DELAY = 900;

/** Seconds until a timer is due, rounded up, so that it never comes early. */
export const secondsUntil = (dueAt: Instant, now: Instant): number =>
  Math.min(LONGEST_DELAY, Math.max(0, Math.ceil((Date.parse(dueAt) - Date.parse(now)) / 1000)));

/** Sends a timer: it comes when it is due, or after a quarter of an hour, to be handed on. */
export const sendTimer = ({ send, timersQueue }: TimerWays, timer: TimerMessage, now: Instant): Promise<void> =>
  send(timersQueue, timer, secondsUntil(timer.dueAt, now));
