import { Duration } from 'aws-cdk-lib';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { CHANNELS } from '../../shared/contracts/alerts.ts';
import type { Alarms } from './alarms.ts';
import { DeadLetteredQueue } from './dead-lettered-queue.ts';
import { takeFrom } from './read-queue.ts';

type Channel = (typeof CHANNELS)[number];

/** How a queue's messages are tried: seconds that its reader has, seconds until the next try, and how often. */
interface Patience {
  readonly reader: number;
  readonly again: number;
  readonly tries: number;
  /** Seconds that a message may wait before the alarm rings. */
  readonly oldest: number;
}

/**
 * Presses and timers, and the inbox, which is the board's own, live through an hour without the database: 180 tries, 20 seconds apart.
 * What nobody can read does not wait that long: its reader sets it aside at once.
 */
const OUTLIVES_AN_HOUR = { reader: 15, again: 20, tries: 180 } as const;

const PRESSES: Patience = { ...OUTLIVES_AN_HOUR, oldest: 60 };
/** Presses of people who press again and again: evidence of alerts that ring already. A flood may take a while. */
const PRESSES_AGAIN: Patience = { ...OUTLIVES_AN_HOUR, oldest: 900 };
/** A timer may lie in its queue for SQS's longest delay, a quarter of an hour, before it is due. */
const TIMERS: Patience = { ...OUTLIVES_AN_HOUR, oldest: 900 + 120 };

const CHANNEL_PATIENCE: Readonly<Record<Channel, Patience>> = {
  inbox: { ...OUTLIVES_AN_HOUR, oldest: 60 },
  // Two minutes of a gateway that does not answer; by then the ladder has climbed on.
  wechat: { reader: 10, again: 15, tries: 8, oldest: 60 },
  sms: { reader: 10, again: 15, tries: 8, oldest: 60 },
  // Signed webhooks: three tries, 15 seconds apart.
  voice: { reader: 10, again: 15, tries: 3, oldest: 60 },
  partner: { reader: 10, again: 15, tries: 3, oldest: 60 },
  canary: { reader: 10, again: 15, tries: 3, oldest: 60 },
};

/** A queue with the time limit of the function that reads it. */
export interface AlertQueue {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly readerTimeout: Duration;
}

export interface AlertQueues {
  readonly presses: AlertQueue;
  readonly pressesAgain: AlertQueue;
  readonly timers: AlertQueue;
  readonly careEvents: AlertQueue;
  readonly channels: Readonly<Record<Channel, AlertQueue>>;
  readonly addressesOfChannels: Readonly<Record<Channel, Queue>>;
}

/** The queues of AnxinAlerts, each with dead letters and alarms of its own. The topic feeds the presses, and each channel by its name. */
export function alertQueues(scope: Construct, topic: Topic, alarms: Alarms): AlertQueues {
  const make = (id: string, { reader, again, tries, oldest }: Patience): AlertQueue => {
    const readerTimeout = Duration.seconds(reader);
    const { queue, deadLetters } = new DeadLetteredQueue(scope, id, {
      alarms,
      readerTimeout,
      retryAfter: Duration.seconds(again),
      tries,
      oldest: Duration.seconds(oldest),
    });
    return { queue, deadLetters, readerTimeout };
  };
  const presses = make('Presses', PRESSES);
  takeFrom(topic, presses.queue, { type: ['press'] });
  const pressesAgain = make('PressesAgain', PRESSES_AGAIN);
  takeFrom(topic, pressesAgain.queue, { type: ['press-again'] });
  const channels = Object.fromEntries(
    CHANNELS.map((channel) => {
      const made = make(`Notices${channel[0]?.toUpperCase()}${channel.slice(1)}`, CHANNEL_PATIENCE[channel]);
      takeFrom(topic, made.queue, { type: ['notice'], channels: [channel] });
      return [channel, made];
    }),
  ) as Record<Channel, AlertQueue>;
  const queueOf = ([channel, { queue }]: [string, AlertQueue]) => [channel, queue] as const;
  return {
    presses,
    pressesAgain,
    timers: make('Timers', TIMERS),
    careEvents: make('CareEvents', { reader: 30, again: 180, tries: 20, oldest: 600 }),
    channels,
    addressesOfChannels: Object.fromEntries(Object.entries(channels).map(queueOf)) as Record<Channel, Queue>,
  };
}
