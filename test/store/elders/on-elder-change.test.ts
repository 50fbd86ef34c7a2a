import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { elderItem } from '../../../functions/elders/elder-items.ts';
import { anElder, GRID, id, NOW } from '../../support/a-town.ts';

const sns = mockClient(SNSClient);
let handler: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

beforeAll(async () => {
  process.env.DOMAIN_EVENTS_TOPIC_ARN = 'arn:aws:sns:local:000000000000:DomainEvents';
  process.env.AWS_REGION = 'cn-north-1';
  ({ handler } = await import('../../../functions/elders/on-elder-change.ts'));
});
beforeEach(() => sns.reset());

function aDeath(n: number): DynamoDBRecord {
  const image = (diedOn: string | null) =>
    marshall(elderItem(anElder({ elderId: id(n), diedOn })), { removeUndefinedValues: true }) as never;
  return {
    dynamodb: {
      Keys: marshall({ pk: `ELDER#${id(n)}`, sk: 'ELDER' }) as never,
      OldImage: image(null),
      NewImage: image('2026-11-30'),
      SequenceNumber: String(n),
      ApproximateCreationDateTime: Date.parse(NOW) / 1000,
    },
  };
}

describe('the stream handler of elders', () => {
  it('publishes an event with its type as an attribute, for filters', async () => {
    sns.on(PublishCommand).resolves({});
    expect(await handler({ Records: [aDeath(1)] })).toEqual({ batchItemFailures: [] });
    const [call] = sns.commandCalls(PublishCommand);
    expect(call?.args[0].input).toMatchObject({
      TopicArn: 'arn:aws:sns:local:000000000000:DomainEvents',
      MessageAttributes: { type: { DataType: 'String', StringValue: 'elder-died' } },
    });
    expect(JSON.parse(call?.args[0].input.Message ?? '')).toEqual({
      type: 'elder-died',
      elderId: id(1),
      area: GRID,
      diedOn: '2026-11-30',
      at: NOW,
    });
  });

  it('reports the record whose event could not be published, and publishes the others', async () => {
    sns.on(PublishCommand).callsFake(({ Message }) => {
      if (Message.includes(id(2))) throw new Error('SNS is down');
      return {};
    });
    expect(await handler({ Records: [aDeath(1), aDeath(2), aDeath(3)] })).toEqual({
      batchItemFailures: [{ itemIdentifier: '2' }],
    });
    // A death, and the card that has it: of the second one the first publication failed, and ended it.
    const told = sns.commandCalls(PublishCommand).map((call) => call.args[0].input.Message ?? '');
    expect([1, 2, 3].map((n) => told.filter((message) => message.includes(id(n))).length)).toEqual([2, 1, 2]);
  });
});
