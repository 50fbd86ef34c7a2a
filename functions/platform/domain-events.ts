import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { DomainEvent } from '../../shared/contracts/events.ts';

export type PublishEvent = (event: DomainEvent) => Promise<void>;

/** Publishes domain events to their topic; the attribute `type` is what subscriptions filter by. */
export const domainEvents =
  (sns: SNSClient, topicArn: string): PublishEvent =>
  async (event) => {
    await sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Message: JSON.stringify(event),
        MessageAttributes: { type: { DataType: 'String', StringValue: event.type } },
      }),
    );
  };
