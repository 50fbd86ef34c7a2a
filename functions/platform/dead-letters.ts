import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

let client: SQSClient | undefined;

/** Puts a message with the dead letters at this address, as it came. */
export async function putWithDeadLetters(QueueUrl: string, MessageBody: string): Promise<void> {
  client ??= new SQSClient({ maxAttempts: 2, useQueueUrlAsEndpoint: false });
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}
