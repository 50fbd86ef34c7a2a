import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { inTime, type Patience } from './in-time.ts';

/** What subscriptions filter by: a text, or a list of texts. */
export type Attributes = Readonly<Record<string, string | readonly string[]>>;
/** Publishes JSON to a topic. */
export type Publish = (message: object, attributes: Attributes) => Promise<void>;
/** Puts JSON into a queue, visible after `delaySeconds` (900 at most). */
export type Send = (queueUrl: string, message: object, delaySeconds?: number) => Promise<void>;

/** Whoever sends a message has another way, or is called again: nobody waits long for this one. */
const PATIENCE: Patience = { deadline: 1000, tries: 2 };

/** Tries are made by `inTime`, which knows the deadline. */
const SETTINGS = { maxAttempts: 1, requestHandler: { connectionTimeout: 800 } } as const;

/** Publishes to one topic: within a second, and once more. */
export function publisher(topicArn: string, client = new SNSClient(SETTINGS)): Publish {
  return async (message, attributes) => {
    const command = new PublishCommand({
      TopicArn: topicArn,
      Message: JSON.stringify(message),
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [
          name,
          typeof value === 'string'
            ? { DataType: 'String', StringValue: value }
            : { DataType: 'String.Array', StringValue: JSON.stringify(value) },
        ]),
      ),
    });
    await inTime(PATIENCE, (abortSignal) => client.send(command, { abortSignal }));
  };
}

/** Sends to queues by their address: within a second, and once more. */
export function sender(client = new SQSClient({ ...SETTINGS, useQueueUrlAsEndpoint: false })): Send {
  return async (QueueUrl, message, delaySeconds = 0) => {
    const command = new SendMessageCommand({
      QueueUrl,
      MessageBody: JSON.stringify(message),
      ...(delaySeconds > 0 && { DelaySeconds: delaySeconds }),
    });
    await inTime(PATIENCE, (abortSignal) => client.send(command, { abortSignal }));
  };
}
