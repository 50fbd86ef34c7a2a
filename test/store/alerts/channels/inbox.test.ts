import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellCanary, tellInbox } from '../../../../functions/alerts/channels/inbox.ts';
import { type LedgerTable, ledgerClient } from '../../../../functions/alerts/channels/ledger.ts';
import { noticeConsumer } from '../../../../functions/alerts/channels/notice-consumer.ts';
import { InboxEntry } from '../../../../shared/contracts/alerts.ts';
import { aNotice, aRecipient, handedOut, inboxOfPerson, ledgerRow, putAlertState } from '../../../support/a-notice.ts';
import { startDynamo, type TestDynamo } from '../../../support/dynamodb.ts';

const NOW = Date.parse('2026-12-01T05:05:02.000Z');
let dynamo: TestDynamo;
let table: LedgerTable;
let now = NOW;
beforeAll(async () => {
  dynamo = await startDynamo();
  table = { db: ledgerClient(), alertsTable: await dynamo.createTable('alerts'), clock: () => now };
});
afterAll(() => dynamo.stop());

const handle = (...args: Parameters<typeof handedOut>) =>
  noticeConsumer('inbox', tellInbox(table), table)(handedOut(...args));
const DONE = { batchItemFailures: [] };
const aPerson = (personId: string) => aRecipient({ channel: 'inbox', to: personId, personId });

describe('the inbox', () => {
  it('gives each person a line of 90 days, and the ledger its row', async () => {
    const people = [aPerson('p1'), aPerson('p2')];
    const notice = aNotice({ recipients: [...people, aRecipient()] });
    expect(await handle([notice])).toEqual(DONE);
    for (const person of people) {
      const [{ ttl, ...entry } = { ttl: 0 }, ...others] = await inboxOfPerson(table, person.to);
      expect(others).toEqual([]);
      expect(InboxEntry.parse(entry)).toMatchObject({
        alertId: notice.alertId,
        at: '2026-12-01T05:05:02.000Z',
        kind: 'wave',
        drill: false,
      });
      expect(ttl).toBe(NOW / 1000 + 90 * 24 * 3600);
      expect(await ledgerRow(table, notice, person)).toMatchObject({
        state: 'sent',
        at: '2026-12-01T05:05:02.000Z',
        phone: '138****0002',
      });
    }
  });

  it('leaves the recipients of other channels alone', async () => {
    const other = aRecipient({ channel: 'sms' });
    const notice = aNotice({ recipients: [other] });
    expect(await handle([notice])).toEqual(DONE);
    expect(await ledgerRow(table, notice, other)).toBeUndefined();
  });

  it('writes one line under fifty copies at once, and under a repeat at a later time', async () => {
    const person = aPerson('p3');
    const notice = aNotice({ recipients: [person] });
    const answers = await Promise.all(Array.from({ length: 50 }, () => handle([notice])));
    expect(answers.some(({ batchItemFailures }) => batchItemFailures.length === 0)).toBe(true);
    now += 60_000;
    expect(await handle([notice])).toEqual(DONE);
    expect(await inboxOfPerson(table, 'p3')).toHaveLength(1);
    now = NOW;
  });

  it('lists what was told later after what was told before', async () => {
    const person = aPerson('p4');
    const wave = aNotice({ recipients: [person] });
    await handle([wave]);
    now += 1000;
    await handle([aNotice({ ...wave, notice: 'answered-3', kind: 'answered', by: '张伟' })]);
    now = NOW;
    expect((await inboxOfPerson(table, 'p4')).map(({ kind }) => kind)).toEqual(['wave', 'answered']);
  });

  it('gives a desk its row alone', async () => {
    const desk = aRecipient({ channel: 'inbox', to: 'desk:620102', callee: 'dispatchers' });
    const notice = aNotice({ recipients: [desk] });
    expect(await handle([notice])).toEqual(DONE);
    expect(await ledgerRow(table, notice, desk)).toMatchObject({ state: 'sent', callee: 'dispatchers' });
    expect(await inboxOfPerson(table, 'desk:620102')).toEqual([]);
  });

  it('names no alert in the test of a contact', async () => {
    const notice = aNotice({
      kind: 'contact-test',
      notice: 'test-1',
      alertId: 'CONTACT-TESTS#e1',
      drill: true,
      recipients: [aPerson('p5')],
    });
    await handle([notice]);
    const [entry] = await inboxOfPerson(table, 'p5');
    expect(entry).toMatchObject({ kind: 'contact-test', drill: true });
    expect(entry).not.toHaveProperty('alertId');
  });

  it('cancels a wave of an alert that is closed, and still tells how it ended', async () => {
    const person = aPerson('p6');
    const wave = aNotice({ recipients: [person] });
    await putAlertState(table, wave.alertId, 'resolved');
    expect(await handle([wave])).toEqual(DONE);
    expect(await ledgerRow(table, wave, person)).toMatchObject({ state: 'cancelled' });
    expect(await handle([aNotice({ ...wave, notice: 'closed-4', kind: 'closed', by: '张伟' })])).toEqual(DONE);
    expect((await inboxOfPerson(table, 'p6')).map(({ kind }) => kind)).toEqual(['closed']);
  });

  it('comes again when the table is away, and writes the line then', async () => {
    const person = aPerson('p7');
    const notice = aNotice({ recipients: [person] });
    const broken = mockClient(DynamoDBDocumentClient);
    broken.onAnyCommand().rejects(new Error('connection refused'));
    try {
      expect(await handle([notice])).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
      expect(broken.commandCalls(TransactWriteCommand).length).toBeGreaterThan(1);
    } finally {
      broken.restore();
    }
    expect(await handle([notice], 2)).toEqual(DONE);
    expect(await inboxOfPerson(table, 'p7')).toHaveLength(1);
  });

  it('hands back a message that nobody can read, and goes on with the others', async () => {
    const person = aPerson('p8');
    const answer = await handle(['no json at all', { type: 'notice' }, aNotice({ recipients: [person] })]);
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['message-0', 'message-1']);
    expect(await inboxOfPerson(table, 'p8')).toHaveLength(1);
  });
});

describe('the test channel', () => {
  it('writes the row in the ledger and nothing else', async () => {
    const canary = aRecipient({ channel: 'canary', to: 'canary' });
    const notice = aNotice({ source: 'canary', recipients: [canary] });
    expect(await noticeConsumer('canary', tellCanary(table), table)(handedOut([notice]))).toEqual(DONE);
    expect(await ledgerRow(table, notice, canary)).toMatchObject({ state: 'sent', channel: 'canary' });
    expect(await inboxOfPerson(table, 'canary')).toEqual([]);
  });
});
