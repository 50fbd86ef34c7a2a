import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalCloud } from '../../infra/local/local-cloud.ts';
import { databaseDeeds } from '../../infra/local/permissions.ts';
import { eventually, newDataFolder, notesAt, removeDataFolder, startFixture } from './fixture/cloud.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/T';

describe('what a call needs permission for', () => {
  const needs = (operation: string, call: object): string[] =>
    databaseDeeds(operation, JSON.stringify(call)).map(({ action, resource }) => `${action} ${resource}`);

  it('is the action on the table, or on the index that it reads', () => {
    expect(needs('GetItem', { TableName: 'T' })).toEqual([`dynamodb:GetItem ${TABLE}`]);
    expect(needs('Query', { TableName: 'T', IndexName: 'gsi1' })).toEqual([`dynamodb:Query ${TABLE}/index/gsi1`]);
  });

  it('is the batch on each of its tables', () => {
    const call = { RequestItems: { T: {}, U: {} } };
    expect(needs('BatchGetItem', call)).toHaveLength(2);
  });

  it('is the action of each step of a transaction', () => {
    const TransactItems = [
      { ConditionCheck: { TableName: 'T' } },
      { Put: { TableName: 'T' } },
      { Delete: { TableName: 'T' } },
    ];
    expect(needs('TransactWriteItems', { TransactItems })).toEqual([
      `dynamodb:ConditionCheckItem ${TABLE}`,
      `dynamodb:PutItem ${TABLE}`,
      `dynamodb:DeleteItem ${TABLE}`,
    ]);
  });
});

describe('with permissions checked', () => {
  let cloud: LocalCloud;
  let notes: ReturnType<typeof notesAt>;
  const data = newDataFolder();
  beforeAll(async () => {
    cloud = await startFixture({ data, checkPermissions: true });
    notes = notesAt(cloud.apis.FixtureApi ?? '');
  });
  afterAll(async () => {
    await cloud.stop();
    removeDataFolder(data);
  });

  it('what the roles allow works, from the API to the last queue', async () => {
    await notes.put('kept', { type: 'important' });
    const heard = await eventually('it is heard', async () => (await notes.get('kept')).tally?.heard);
    expect(heard).toBe(1);
  });

  it('a message may be put into the queue that the role names, and into no other', async () => {
    expect((await notes.behave('later', { noteId: 'sent', queue: 'important', delay: 0 })).status).toBe(200);
    expect((await notes.behave('later', { noteId: 'sent', queue: 'dead', delay: 0 })).status).toBe(500);
  });

  it('what they do not allow is refused, and not done', async () => {
    expect((await notes.behave('trespass')).status).toBe(500);
    expect((await notes.get('kept')).note).toMatchObject({ type: 'important' });
    expect(cloud.denied().at(-1)).toContain('not authorized to perform: dynamodb:DeleteItem');
  });
});
