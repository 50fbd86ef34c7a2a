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
  /** The time limit of the function that reads it. A message is hidden for six times as long, as Lambda advises. */
  readerTimeout: Duration;
}

/** A queue of work: encrypted, a message is tried five times, then goes to the dead letters. An alarm rings when work waits too long. */
export class DeadLetteredQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { alarms, readerTimeout }: DeadLetteredQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(readerTimeout.toSeconds() * 6),
      retentionPeriod: Duration.days(7),
      deadLetterQueue: { queue: deadLetters(this, 'DeadLetters', alarms), maxReceiveCount: 5 },
    });
    alarms.add(this.queue, 'queue-age', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 600,
      periods: 5,
      says: 'a message has waited for more than ten minutes',
    });
  }
}
