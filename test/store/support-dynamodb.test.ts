import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDynamo, type TestDynamo } from '../support/dynamodb.ts';

let dynamo: TestDynamo;
beforeAll(async () => {
  dynamo = await startDynamo();
});
afterAll(() => dynamo.stop());

it('gives a test file a database of its own, whose tables have the keys, indexes and stream of the features', async () => {
  const TableName = await dynamo.createTable('things');
  const { Table } = await dynamo.client.send(new DescribeTableCommand({ TableName }));
  expect(Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName).sort()).toEqual(['gsi1', 'gsi2']);
  expect(Table?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' });

  const Item = { pk: 'A', sk: 'B', gsi1pk: 'C', gsi1sk: 'D', note: 'kept' };
  await dynamo.client.send(new PutCommand({ TableName, Item }));
  const got = await dynamo.client.send(new GetCommand({ TableName, Key: { pk: 'A', sk: 'B' }, ConsistentRead: true }));
  expect(got.Item).toEqual(Item);
  const queried = await dynamo.client.send(
    new QueryCommand({
      TableName,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :c',
      ExpressionAttributeValues: { ':c': 'C' },
    }),
  );
  expect(queried.Items).toEqual([Item]);
});
