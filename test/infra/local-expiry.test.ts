import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientConfig } from '../../infra/local/clients.ts';
import { type DatabaseEngine, startDatabase } from '../../infra/local/engine-dynamodb.ts';
import { localNaming } from '../../infra/local/resource-types.ts';
import { createTables, type LocalTable, openStreams, sweepOnce } from '../../infra/local/tables.ts';
import { Templates } from '../../infra/local/template.ts';
import { newDataFolder, removeDataFolder } from './fixture/cloud.ts';

const data = newDataFolder();
const Properties = {
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
};
const templateOf = (properties: object): Templates =>
  new Templates(
    data,
    [
      {
        name: 'S',
        template: { Resources: { Codes: { Type: 'AWS::DynamoDB::Table', Properties: { ...properties } } } },
      },
    ],
    localNaming({ queues: new Map(), publicKey: '' }),
  );

let engine: DatabaseEngine;
let db: DynamoDBClient;
let table: LocalTable;
beforeAll(async () => {
  engine = await startDatabase(data);
  db = new DynamoDBClient(clientConfig(engine.endpoint));
  await createTables(db, templateOf(Properties));
  const [made] = await openStreams(db, templateOf(Properties));
  if (!made) throw new Error('no table was made');
  table = made;
});
afterAll(async () => {
  db.destroy();
  await engine.stop();
  removeDataFolder(data);
});

it('deletes what has expired, page by page, and nothing else', async () => {
  const now = Date.parse('2026-12-01T00:00:00Z');
  const put = (pk: string, ttl?: number): Promise<unknown> =>
    db.send(
      new PutItemCommand({
        TableName: table.name,
        Item: { pk: { S: pk }, sk: { S: 'code' }, ...(ttl === undefined ? {} : { ttl: { N: String(ttl) } }) },
      }),
    );
  await Promise.all(Array.from({ length: 60 }, (_, n) => put(`old-${n}`, now / 1000 - 1 - n)));
  await put('coming', now / 1000 + 60);
  await put('for ever');
  expect(await sweepOnce(db, table, now)).toBe(60);
  const { Items = [] } = await db.send(new ScanCommand({ TableName: table.name }));
  expect(Items.map(({ pk }) => pk?.S).sort()).toEqual(['coming', 'for ever']);
});

it('opens the stream that the template asks for', () => {
  expect(table.streamArn).toContain('stream');
});

it('refuses data whose table has other keys than the template', async () => {
  const other = { ...Properties, KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] };
  await expect(createTables(db, templateOf(other))).rejects.toThrow('start over with --fresh');
});
