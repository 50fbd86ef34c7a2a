import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { inTime } from '../../../functions/platform/in-time.ts';
import { publisher, sender } from '../../../functions/platform/messages.ts';

const sns = mockClient(SNSClient);
const sqs = mockClient(SQSClient);
beforeEach(() => {
  sns.reset();
  sqs.reset();
});

describe('publishing', () => {
  it('carries the attributes by which subscriptions filter: texts, and lists of texts', async () => {
    sns.on(PublishCommand).resolves({});
    await publisher('arn:topic')({ type: 'notice' }, { type: 'notice', channels: ['sms', 'voice'] });
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
      TopicArn: 'arn:topic',
      Message: '{"type":"notice"}',
      MessageAttributes: {
        type: { DataType: 'String', StringValue: 'notice' },
        channels: { DataType: 'String.Array', StringValue: '["sms","voice"]' },
      },
    });
  });

  it('is tried once more, and then fails', async () => {
    sns.on(PublishCommand).rejectsOnce(new Error('throttled')).resolves({});
    await publisher('arn:topic')({}, {});
    sns.reset();
    sns.on(PublishCommand).rejects(new Error('down'));
    await expect(publisher('arn:topic')({}, {})).rejects.toThrow('down');
    expect(sns.commandCalls(PublishCommand)).toHaveLength(2);
  });
});

describe('sending', () => {
  it('puts JSON into the queue, later where that is asked for', async () => {
    sqs.on(SendMessageCommand).resolves({});
    await sender()('https://queue', { type: 'press' });
    await sender()('https://queue', { type: 'press' }, 900);
    expect(sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { QueueUrl: 'https://queue', MessageBody: '{"type":"press"}' },
      { QueueUrl: 'https://queue', MessageBody: '{"type":"press"}', DelaySeconds: 900 },
    ]);
  });
});

describe('a deadline', () => {
  it('ends what is late, tells it so, and tries again', async () => {
    const signals: AbortSignal[] = [];
    const act = vi.fn((signal: AbortSignal) => {
      signals.push(signal);
      return signals.length === 1 ? new Promise<string>(() => undefined) : Promise.resolve('yes');
    });
    expect(await inTime({ deadline: 20, tries: 2 }, act)).toBe('yes');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it('fails when every try was late', async () => {
    const never = () => new Promise<never>(() => undefined);
    await expect(inTime({ deadline: 10, tries: 2 }, never)).rejects.toThrow('no answer within 10 ms');
  });
});
