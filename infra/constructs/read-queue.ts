import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { SubscriptionFilter, type Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { DomainEvent } from '../../shared/contracts/events.ts';
import type { FeatureFunction } from './feature-function.ts';

/**
 * Feeds a queue to a function, up to ten messages at a time; what fails is reported message by message. `atOnce` is the room that
 * the function has: more readers than that would be throttled, and each such time counts as a failed try of the message.
 */
export function readQueue(fn: FeatureFunction, queue: Queue, { atOnce }: { atOnce?: number } = {}): void {
  fn.lambda.addEventSource(
    new SqsEventSource(queue, {
      batchSize: 10,
      reportBatchItemFailures: true,
      // Lambda takes no fewer than two.
      ...(atOnce !== undefined && { maxConcurrency: Math.max(2, atOnce) }),
    }),
  );
}

/** Lets a queue have the messages of a topic whose attributes have one of the values. */
export function takeFrom(topic: Topic, queue: Queue, attributes: Readonly<Record<string, readonly string[]>>): void {
  const filterPolicy = Object.fromEntries(
    Object.entries(attributes).map(([name, values]) => [
      name,
      SubscriptionFilter.stringFilter({ allowlist: [...values] }),
    ]),
  );
  topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true, filterPolicy }));
}

/** A subscription's filter on domain events; only types that exist can be named. */
export const ofType = (...type: DomainEvent['type'][]): { type: DomainEvent['type'][] } => ({ type });
