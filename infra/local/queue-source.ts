import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { FunctionHost } from './function-host.ts';
import type { Log } from './log.ts';

/** An event source mapping from a queue to a function, as the template sets it. */
export interface QueueSource {
  key: string;
  queueUrl: string;
  queueArn: string;
  host: FunctionHost;
  batchSize: number;
  windowSeconds: number;
  reportsItems: boolean;
  /** Batches at a time. */
  concurrency: number;
}

/**
 * Delivers a queue's messages to its function, several batches side by side. What fails stays in the queue: it comes back after its
 * visibility time-out, and goes to the dead letters in the end. One request waits for messages: a queue wakes everybody who waits
 * on it at each message, and all but one would have come in vain.
 */
export async function deliverQueue(
  source: QueueSource,
  sqs: SQSClient,
  repeats: () => number,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const running = new Set<Promise<void>>();
  while (!signal.aborted) {
    try {
      const messages = await receive(source, sqs, signal);
      if (messages.length === 0) continue;
      const batch: Promise<void> = deliver(source, messages, sqs, repeats, log)
        .catch((error) => log.loud(`${source.key}: delivering failed: ${error}`))
        .finally(() => running.delete(batch));
      running.add(batch);
      if (running.size >= source.concurrency) await Promise.race(running);
    } catch (error) {
      if (signal.aborted) break;
      log.loud(`${source.key}: receiving failed, tried again: ${error}`);
      await sleep(1000, undefined, { signal }).catch(() => {});
    }
  }
  await Promise.all(running);
}

async function receive(source: QueueSource, sqs: SQSClient, abortSignal: AbortSignal): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: source.queueUrl,
      MaxNumberOfMessages: Math.min(10, source.batchSize),
      WaitTimeSeconds: Math.max(1, Math.min(20, source.windowSeconds || 20)),
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
    { abortSignal },
  );
  return Messages;
}

async function deliver(
  source: QueueSource,
  messages: readonly Message[],
  sqs: SQSClient,
  repeats: () => number,
  log: Log,
): Promise<void> {
  const event = { Records: messages.map((message) => eventRecord(message, source.queueArn)) };
  let failed: ReadonlySet<string | undefined>;
  try {
    if (Math.random() < repeats()) await source.host.invoke(event).catch(() => {});
    const result = (await source.host.invoke(event)) as
      | { batchItemFailures?: { itemIdentifier?: string }[] }
      | null
      | undefined;
    failed = new Set(
      source.reportsItems ? (result?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier) : [],
    );
    if (failed.size > 0)
      log.loud(`${source.key}: ${source.host.spec.name} reported ${failed.size} message(s) as failed`);
  } catch (error) {
    log.loud(`${source.key}: ${error instanceof Error ? error.message : error}`);
    return;
  }
  const done = messages.filter(({ MessageId }) => !failed.has(MessageId));
  if (done.length === 0) return;
  const Entries = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: source.queueUrl, Entries }));
}

function eventRecord(message: Message, eventSourceARN: string): object {
  const messageAttributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
    name,
    { stringValue: value.StringValue, binaryValue: value.BinaryValue, dataType: value.DataType },
  ]);
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(messageAttributes),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: 'us-east-1',
  };
}
