import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type {
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import * as z from 'zod/mini';
import { $ZodError } from 'zod/v4/core';
import { type Instant, toInstant } from '../../shared/values/dates.ts';
import { inParallel } from './in-parallel.ts';
import { log } from './log.ts';

type Item = Readonly<Record<string, unknown>>;

/** One write to a table, as its stream tells it. `before` is absent for a new item, `after` for a deleted one. */
export interface ItemChange {
  readonly key: { readonly pk: string; readonly sk: string };
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** When it was written, as the stream says (to the second), or now where it does not. */
  readonly at: Instant;
  /** The same for each delivery of this change: the stream's sequence number. */
  readonly changeId: string;
}

const Key = z.object({ pk: z.string(), sk: z.string() });

type Image = Record<string, AttributeValue>;
const itemOf = (image: unknown): Item | undefined => (image ? unmarshall(image as Image) : undefined);

function changeOf({ dynamodb = {} }: DynamoDBRecord, clock: () => number): ItemChange {
  const seconds = dynamodb.ApproximateCreationDateTime;
  return {
    key: Key.parse(itemOf(dynamodb.Keys)),
    before: itemOf(dynamodb.OldImage),
    after: itemOf(dynamodb.NewImage),
    at: toInstant(seconds === undefined ? clock() : seconds * 1000),
    changeId: dynamodb.SequenceNumber ?? '',
  };
}

/** How many records are worked on side by side. */
const WIDTH = 10;

function partition(record: DynamoDBRecord): string {
  return JSON.stringify(record.dynamodb?.Keys?.pk ?? record.eventID ?? '');
}

/**
 * The handler of a table's stream. A record that cannot be read or handled fails alone and is reported
 * (`ReportBatchItemFailures`); the later records of the same partition key then wait for it, so that what happened to one
 * elder or order is always told in its order. Other partition keys go on, ten side by side.
 *
 * A change can be delivered more than once: handlers must bear it.
 */
export const streamConsumer =
  (handle: (change: ItemChange) => Promise<void>, clock: () => number = Date.now) =>
  async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    const byPartition = Map.groupBy(event.Records, partition);
    await inParallel(WIDTH, byPartition.values(), async (records) => {
      let stuck = false;
      for (const record of records) {
        const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
        if (!stuck) {
          try {
            await handle(changeOf(record, clock));
            continue;
          } catch (error) {
            stuck = true;
            await log.error('stream record failed', { itemIdentifier, error: asError(error) });
          }
        }
        batchItemFailures.push({ itemIdentifier });
      }
    });
    return { batchItemFailures };
  };

/** What SNS wraps around a message where the subscription does not deliver it raw. */
const Envelope = z.object({ Type: z.literal('Notification'), Message: z.string() });

/** Reads a message's body by its schema; the envelope of SNS, where there is one, is taken off first. */
function messageOf<T>(schema: z.ZodMiniType<T>, record: SQSRecord): T {
  const json: unknown = JSON.parse(record.body);
  const wrapped = Envelope.safeParse(json);
  return schema.parse(wrapped.success ? JSON.parse(wrapped.data.Message) : json);
}

/** What is known of a delivery besides the message. */
export interface Delivery {
  readonly messageId: string;
  /** 1 at the first try. */
  readonly attempt: number;
  readonly now: Instant;
}

type Read<T> = { readonly message: T } | { readonly unreadable: unknown };

function read<T>(schema: z.ZodMiniType<T>, record: SQSRecord): Read<T> {
  try {
    return { message: messageOf(schema, record) };
  } catch (unreadable) {
    return { unreadable };
  }
}

/**
 * Trying again makes nothing readable. A queue whose messages are tried for an hour would hand it out for an hour: where the
 * function is told its dead letters (DEAD_LETTERS_URL), it goes there at once.
 */
async function setAside(record: SQSRecord, error: unknown): Promise<void> {
  const { DEAD_LETTERS_URL } = process.env;
  if (!DEAD_LETTERS_URL) throw error;
  const { putWithDeadLetters } = await import('./dead-letters.ts');
  await putWithDeadLetters(DEAD_LETTERS_URL, record.body);
  await log.error('unreadable message set aside', { messageId: record.messageId, error: asError(error) });
}

/**
 * The handler of a queue whose messages have one schema. A message that cannot be read or handled fails alone and is reported
 * (`ReportBatchItemFailures`): the queue hands it out again, and in the end puts it with the dead letters.
 *
 * A message can be delivered more than once, and in any order: handlers must bear it.
 */
export const queueConsumer =
  <T>(
    schema: z.ZodMiniType<T>,
    handle: (message: T, delivery: Delivery) => Promise<void>,
    clock: () => number = Date.now,
  ) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    await inParallel(WIDTH, event.Records, async (record) => {
      const { messageId } = record;
      const attempt = Number(record.attributes?.ApproximateReceiveCount ?? 1);
      try {
        const found = read(schema, record);
        if ('unreadable' in found) await setAside(record, found.unreadable);
        else await handle(found.message, { messageId, attempt, now: toInstant(clock()) });
      } catch (error) {
        await log.error('queue message failed', { messageId, attempt, error: asError(error) });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    });
    return { batchItemFailures };
  };

/** Errors of a parser carry the text that they failed on, and that may be personal: of those only the kind and places are kept. */
function asError(error: unknown): Error {
  if (error instanceof $ZodError) {
    return new Error(
      `does not fit the schema at ${error.issues.map((issue) => issue.path.join('.') || '(whole)').join(', ')}`,
    );
  }
  if (error instanceof SyntaxError) return new Error('the body is no JSON');
  return error instanceof Error ? error : new Error(String(error));
}
