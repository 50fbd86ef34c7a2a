import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';

/** Messages that could not be handled, kept for two weeks for somebody to look at; the first one rings an alarm. */
export function deadLetters(scope: Construct, id: string, alarms: Alarms): Queue {
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  acknowledge(queue, 'AwsSolutions-SQS3', 'It is itself where dead letters go; the rule sees only those of queues.');
  alarms.add(queue, 'dead-letters', {
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
    threshold: 1,
    periods: 1,
    says: 'something could not be handled and waits in the dead letters',
  });
  return queue;
}

export interface DeadLetteredQueueProps {
  alarms: Alarms;
  /** The time limit of the function that reads it. */
  readerTimeout: Duration;
  /** How long a message is hidden while it is worked on, which is also the time until it is tried again. Six reader time-outs, as Lambda advises, unless said otherwise. */
  retryAfter?: Duration;
  /** How often a message is tried before it goes to the dead letters. */
  tries?: number;
  /** An alarm rings when a message has waited this long. A queue of delayed messages counts the delay. */
  oldest?: Duration;
}

/** A queue of work: encrypted, each message is tried a number of times, then goes to the dead letters. An alarm rings when work waits too long. */
export class DeadLetteredQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: DeadLetteredQueueProps) {
    super(scope, id);
    const { alarms, readerTimeout, tries = 5, oldest = Duration.minutes(10) } = props;
    const retryAfter = props.retryAfter ?? Duration.seconds(readerTimeout.toSeconds() * 6);
    if (retryAfter.toSeconds() < readerTimeout.toSeconds())
      throw new Error(`${this.node.path}: a message would be tried again while its reader still works on it`);
    this.deadLetters = deadLetters(this, 'DeadLetters', alarms);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: retryAfter,
      retentionPeriod: Duration.days(7),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: tries },
    });
    alarms.add(this.queue, 'queue-age', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: oldest.toSeconds(),
      // Ten minutes of ordinary work may be made up for; what must be quick rings at the first look.
      periods: oldest.toMinutes() < 10 ? 1 : 5,
      says: `a message has waited for more than ${oldest.toHumanString()}`,
    });
  }
}
