import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { type ItemChange, queueConsumer, streamConsumer } from '../../../functions/platform/consumer.ts';

const NOW = Date.parse('2026-12-01T02:00:00.000Z');

function aRecord(seq: string, pk: string, images: { before?: object; after?: object } = {}): DynamoDBRecord {
  const image = (of: object | undefined) => of && (marshall({ pk, sk: 'ITEM', ...of }) as never);
  return {
    eventName: 'MODIFY',
    dynamodb: {
      Keys: marshall({ pk, sk: 'ITEM' }) as never,
      OldImage: image(images.before),
      NewImage: image(images.after),
      SequenceNumber: seq,
      ApproximateCreationDateTime: NOW / 1000,
    },
  };
}

describe('the consumer of a stream', () => {
  it('hands over each change with its key, both images and its time', async () => {
    const seen: ItemChange[] = [];
    const handler = streamConsumer(async (change) => {
      seen.push(change);
    });
    const answer = await handler({ Records: [aRecord('1', 'A', { before: { rev: 1 }, after: { rev: 2 } })] });
    expect(answer.batchItemFailures).toEqual([]);
    expect(seen).toEqual([
      {
        key: { pk: 'A', sk: 'ITEM' },
        before: { pk: 'A', sk: 'ITEM', rev: 1 },
        after: { pk: 'A', sk: 'ITEM', rev: 2 },
        at: '2026-12-01T02:00:00.000Z',
        changeId: '1',
      },
    ]);
  });

  it('lets a record that fails, fail alone', async () => {
    const done: string[] = [];
    const handler = streamConsumer(async ({ key }) => {
      if (key.pk === 'bad') throw new Error('no');
      done.push(key.pk);
    });
    const { batchItemFailures } = await handler({
      Records: [aRecord('1', 'A'), aRecord('2', 'bad'), aRecord('3', 'B')],
    });
    expect(batchItemFailures).toEqual([{ itemIdentifier: '2' }]);
    expect(done.sort()).toEqual(['A', 'B']);
  });

  it('holds back the later changes of a partition whose change failed, so that they stay in order', async () => {
    const done: string[] = [];
    const handler = streamConsumer(async ({ changeId }) => {
      if (changeId === '2') throw new Error('no');
      done.push(changeId);
    });
    const { batchItemFailures } = await handler({
      Records: [aRecord('1', 'A'), aRecord('2', 'A'), aRecord('3', 'A'), aRecord('4', 'B')],
    });
    expect(batchItemFailures).toEqual([{ itemIdentifier: '2' }, { itemIdentifier: '3' }]);
    expect(done.sort()).toEqual(['1', '4']);
  });

  it('works through the changes of one partition in their order, also when the first is slow', async () => {
    const done: string[] = [];
    const handler = streamConsumer(async ({ changeId }) => {
      await new Promise((resolve) => setTimeout(resolve, changeId === '1' ? 20 : 0));
      done.push(changeId);
    });
    await handler({ Records: [aRecord('1', 'A'), aRecord('2', 'A')] });
    expect(done).toEqual(['1', '2']);
  });

  it('reports a record that carries no key', async () => {
    const handler = streamConsumer(async () => {});
    const { batchItemFailures } = await handler({ Records: [{ dynamodb: { SequenceNumber: '9' } }] });
    expect(batchItemFailures).toEqual([{ itemIdentifier: '9' }]);
  });
});

const Note = z.strictObject({ type: z.literal('note'), text: z.string() });

const aMessage = (messageId: string, body: string): SQSRecord =>
  ({ messageId, body, attributes: { ApproximateReceiveCount: '2' } }) as unknown as SQSRecord;

describe('the consumer of a queue', () => {
  it('parses a raw message and one in the envelope of SNS alike', async () => {
    const seen: unknown[] = [];
    const handler = queueConsumer(
      Note,
      async (note, delivery) => {
        seen.push([note.text, delivery]);
      },
      () => NOW,
    );
    const note = { type: 'note', text: 'hello' };
    const envelope = { Type: 'Notification', Message: JSON.stringify(note), MessageId: 'x' };
    const answer = await handler({
      Records: [aMessage('1', JSON.stringify(note)), aMessage('2', JSON.stringify(envelope))],
    });
    expect(answer.batchItemFailures).toEqual([]);
    expect(seen).toEqual([
      ['hello', { messageId: '1', attempt: 2, now: '2026-12-01T02:00:00.000Z' }],
      ['hello', { messageId: '2', attempt: 2, now: '2026-12-01T02:00:00.000Z' }],
    ]);
  });

  it.each([
    ['that is no JSON', '{'],
    ['of another schema', '{"type":"note"}'],
    ['with a field too many', '{"type":"note","text":"a","more":1}'],
  ])('reports a message %s, and handles the others', async (_, body) => {
    const seen: string[] = [];
    const handler = queueConsumer(Note, async (note) => {
      seen.push(note.text);
    });
    const answer = await handler({ Records: [aMessage('1', body), aMessage('2', '{"type":"note","text":"good"}')] });
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
    expect(seen).toEqual(['good']);
  });

  it('reports a message whose handler fails', async () => {
    const handler = queueConsumer(Note, async () => {
      throw new Error('down');
    });
    const answer = await handler({ Records: [aMessage('1', '{"type":"note","text":"a"}')] });
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
  });

  describe('that is told its dead letters', () => {
    const sqs = mockClient(SQSClient);
    beforeEach(() => {
      sqs.reset();
      vi.stubEnv('DEAD_LETTERS_URL', 'https://queues.example/dead');
    });
    afterEach(() => vi.unstubAllEnvs());
    const handler = queueConsumer(Note, async () => {
      throw new Error('down');
    });

    it('puts what nobody can read there at once, as it came', async () => {
      sqs.on(SendMessageCommand).resolves({});
      const answer = await handler({ Records: [aMessage('1', '{"type":7}')] });
      expect(answer.batchItemFailures).toEqual([]);
      expect(sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input)).toEqual([
        { QueueUrl: 'https://queues.example/dead', MessageBody: '{"type":7}' },
      ]);
    });

    it('reports it where that fails too, so that it is not lost', async () => {
      sqs.on(SendMessageCommand).rejects(new Error('SQS is down'));
      const answer = await handler({ Records: [aMessage('1', '{"type":7}')] });
      expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
    });

    it('leaves in the queue what can be read and fails: it may go well the next time', async () => {
      const answer = await handler({ Records: [aMessage('1', '{"type":"note","text":"a"}')] });
      expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
      expect(sqs.calls()).toHaveLength(0);
    });
  });
});
