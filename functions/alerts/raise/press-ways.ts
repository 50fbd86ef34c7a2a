import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { unkeptIndex } from '../keys.ts';
import type { PressMessage } from '../messages.ts';
import { laneOf, pressItem } from '../press.ts';
import { PressRecord } from '../press-record.ts';
import type { RaiseWays } from './receive-press.ts';

export interface PressClients {
  readonly dynamodb: Pick<DynamoDBClient, 'send'>;
  readonly sns: Pick<SNSClient, 'send'>;
  readonly table: string;
  readonly topicArn: string;
}

/**
 * The clients are made when they are first asked for: that takes a tenth of the time of loading them, and can be done once the
 * function has loaded. Tries and deadlines are the use case's: the clients try once.
 */
export function pressClients(table: string, topicArn: string): PressClients {
  let dynamodb: DynamoDBClient | undefined;
  let sns: SNSClient | undefined;
  const settings = { maxAttempts: 1, requestHandler: { connectionTimeout: 600 } } as const;
  return {
    get dynamodb() {
      dynamodb ??= new DynamoDBClient(settings);
      return dynamodb;
    },
    get sns() {
      sns ??= new SNSClient(settings);
      return sns;
    },
    table,
    topicArn,
  };
}

/** The two ways of a press: the table and the topic. */
export function pressWays(clients: PressClients): RaiseWays {
  const { table, topicArn } = clients;
  return {
    async put(press, abortSignal) {
      const item = { ...pressItem(press), ...unkeptIndex(press) };
      const command = new PutItemCommand({
        TableName: table,
        Item: marshall(item, { removeUndefinedValues: true }),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await clients.dynamodb.send(command, { abortSignal });
        return undefined;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
        return PressRecord.parse(unmarshall(error.Item));
      }
    },
    async publish(press, abortSignal) {
      const message: PressMessage = { type: 'press', press };
      const command = new PublishCommand({
        TopicArn: topicArn,
        Message: JSON.stringify(message),
        MessageAttributes: { type: { DataType: 'String', StringValue: laneOf(press) } },
      });
      await clients.sns.send(command, { abortSignal });
    },
  };
}
