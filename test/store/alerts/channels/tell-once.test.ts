import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { MOST_ATTEMPTS } from '../../../../functions/alerts/channels/attempts.ts';
import { refused, SENT, type Send } from '../../../../functions/alerts/channels/delivery.ts';
import { claim, LEASE_MS, type LedgerTable } from '../../../../functions/alerts/channels/ledger.ts';
import { channelConsumer } from '../../../../functions/alerts/channels/notice-consumer.ts';
import { voiceSend } from '../../../../functions/alerts/channels/voice.ts';
import { signedWebhook } from '../../../../functions/alerts/channels/webhook.ts';
import { log } from '../../../../functions/platform/log.ts';
import { aGateway, type Gateway } from '../../../support/a-gateway.ts';
import { aNotice, aRecipient, handedOut, ledgerRow, putAlertState, RAISED_AT } from '../../../support/a-notice.ts';
import { startDynamo, type TestDynamo } from '../../../support/dynamodb.ts';

const NOW = Date.parse(RAISED_AT) + 2000;
const DONE = { batchItemFailures: [] };
const AGAIN = { batchItemFailures: [{ itemIdentifier: 'message-0' }] };

let dynamo: TestDynamo;
let table: LedgerTable;
let gateway: Gateway;
let now = NOW;
beforeAll(async () => {
  [dynamo, gateway] = await Promise.all([startDynamo(), aGateway()]);
  // The patience of a test: a database that has just started is slow, and that is no ledger that does not answer.
  table = { db: dynamo.client, alertsTable: await dynamo.createTable('alerts'), clock: () => now, claimMs: 20_000 };
});
beforeEach(() => {
  now = NOW;
  gateway.asked.length = 0;
  gateway.answer = () => 202;
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => Promise.all([dynamo.stop(), gateway.close()]));

const callPhone = (): Send => voiceSend(signedWebhook({ secret: async () => 's' }), gateway.url);
/** The voice channel as one warm process has it. */
const aProcess = (over: Partial<LedgerTable> = {}) => {
  const handle = channelConsumer('voice', callPhone(), { ...table, ...over });
  return (...args: Parameters<typeof handedOut>) => handle(handedOut(...args));
};
const called = (): string[] => gateway.asked.map(({ body }) => JSON.parse(body).to);

/** A client in front of the database that answers, or fails, as it is told. */
function inFront(send: (pass: () => Promise<unknown>) => Promise<unknown>): DynamoDBDocumentClient {
  const { db } = table;
  const client = Object.create(db) as DynamoDBDocumentClient;
  const throughDb = db.send.bind(db) as (...args: unknown[]) => Promise<unknown>;
  client.send = ((...args: unknown[]) => send(() => throughDb(...args))) as typeof db.send;
  return client;
}
const away = () => inFront(() => Promise.reject(new Error('connection refused')));

describe('somebody is told once', () => {
  it('under fifty copies of a message at once', async () => {
    const recipient = aRecipient();
    const notice = aNotice({ recipients: [recipient] });
    await Promise.all(Array.from({ length: 50 }, () => aProcess()([notice])));
    expect(called()).toEqual([recipient.phone]);
    expect(await aProcess()([notice], 2)).toEqual(DONE);
    expect(called()).toHaveLength(1);
    expect(await ledgerRow(table, notice, recipient)).toEqual({
      notice: 'wave-1',
      channel: 'voice',
      to: recipient.to,
      name: '王芳',
      callee: 'family',
      phone: '138****0002',
      state: 'sent',
      at: '2026-12-01T05:05:02.000Z',
      attempts: 1,
    });
  });

  it('when the same message stands twice in one batch', async () => {
    const notice = aNotice();
    await aProcess()([notice, notice]);
    expect(called()).toHaveLength(1);
  });

  it('for each notice and each alert anew', async () => {
    const recipients = [aRecipient()];
    const notice = aNotice({ recipients });
    expect(await aProcess()([notice, { ...notice, notice: 'wave-2' }, aNotice({ recipients })])).toEqual(DONE);
    expect(called()).toHaveLength(3);
  });

  it('while another try is under way: the message comes again', async () => {
    const notice = aNotice();
    let answerNow = () => {};
    const slow = channelConsumer(
      'voice',
      () =>
        new Promise((resolve) => {
          answerNow = () => resolve(SENT);
        }),
      table,
    );
    const first = slow(handedOut([notice]));
    await vi.waitFor(async () =>
      expect((await ledgerRow(table, notice, notice.recipients[0] ?? aRecipient()))?.state).toBe('sending'),
    );
    expect(await aProcess()([notice])).toEqual(AGAIN);
    expect(called()).toEqual([]);
    answerNow();
    expect(await first).toEqual(DONE);
    expect(await aProcess()([notice], 2)).toEqual(DONE);
    expect(called()).toEqual([]);
  });

  it('when the answer of the claim was lost', async () => {
    let isFirst = true;
    const db = inFront(async (pass) => {
      const answer = await pass();
      if (isFirst) {
        isFirst = false;
        throw new Error('the connection was lost');
      }
      return answer;
    });
    const notice = aNotice({ kind: 'answered', notice: 'answered-2' });
    expect(await aProcess({ db })([notice])).toEqual(DONE);
    expect(called()).toHaveLength(1);
  });
});

describe('a try that was cut off', () => {
  it('between claim and mark is made again when its lease is over, though the person may hear it twice', async () => {
    const recipient = aRecipient();
    const notice = aNotice({ recipients: [recipient] });
    // What the process did before it died: it claimed, and called.
    await claim(table, notice, recipient, { over: false });
    await callPhone()(notice, recipient);
    now += LEASE_MS - 1;
    expect(await aProcess()([notice], 2)).toEqual(AGAIN);
    expect(called()).toHaveLength(1);
    now += 1;
    expect(await aProcess()([notice], 2)).toEqual(DONE);
    expect(called()).toHaveLength(2);
    expect(await ledgerRow(table, notice, recipient)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('holds its lease for less than the 15 s until the queue hands the message out again, and longer than a function may run', () => {
    expect(LEASE_MS).toBeLessThan(15_000);
    expect(LEASE_MS).toBeGreaterThan(10_000);
  });

  it('does not keep the last try from being made', async () => {
    const recipient = aRecipient();
    const notice = aNotice({ recipients: [recipient] });
    await claim(table, notice, recipient, { over: false });
    expect(await aProcess()([notice], MOST_ATTEMPTS.voice)).toEqual(DONE);
    expect(called()).toHaveLength(1);
  });
});

describe('a ledger that does not answer', () => {
  it('stops nobody from being told, and does not fail the message', async () => {
    const notice = aNotice({ recipients: [aRecipient(), aRecipient()] });
    expect(await aProcess({ db: away() })([notice])).toEqual(DONE);
    expect(called()).toHaveLength(2);
  });

  it('is waited for no longer than two seconds before people are told', async () => {
    const { claimMs: _, ...hasty } = { ...table, db: inFront(() => new Promise(() => {})) };
    const started = Date.now();
    let toldAfter = 0;
    gateway.answer = () => {
      toldAfter = Date.now() - started;
      return 202;
    };
    await channelConsumer('voice', callPhone(), hasty)(handedOut([aNotice()]));
    expect(toldAfter).toBeGreaterThan(0);
    expect(toldAfter).toBeLessThan(2500);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('does not make the same process call those twice who were told, when the message comes again for another', async () => {
    const [well, unwell] = [aRecipient({ phone: '13800000003' }), aRecipient({ phone: '13800000004' })];
    const notice = aNotice({ recipients: [well, unwell] });
    let isAway = true;
    const db = inFront((pass) => (isAway ? Promise.reject(new Error('connection refused')) : pass()));
    const handle = aProcess({ db });
    gateway.answer = ({ body }) => (JSON.parse(body).to === unwell.phone ? 503 : 202);
    expect(await handle([notice])).toEqual(AGAIN);
    isAway = false;
    expect(await handle([notice], 2)).toEqual(AGAIN);
    expect(called().filter((phone) => phone === well.phone)).toHaveLength(1);
    expect(called().filter((phone) => phone === unwell.phone)).toHaveLength(2);
    expect(await ledgerRow(table, notice, well)).toMatchObject({ state: 'sent' });
  });

  it('that loses the mark does not fail the message', async () => {
    const notice = aNotice({ kind: 'answered', notice: 'answered-2' });
    let calls = 0;
    // The claim goes through, nothing after it.
    const db = inFront((pass) => (++calls === 1 ? pass() : Promise.reject(new Error('throttled'))));
    expect(await aProcess({ db })([notice])).toEqual(DONE);
    expect(called()).toHaveLength(1);
  });

  it('that refuses half of the calls is asked until it answers', async () => {
    const db = inFront((pass) => (Math.random() < 0.5 ? Promise.reject(new Error('throttled')) : pass()));
    const notices = Array.from({ length: 20 }, () => aNotice());
    expect(await aProcess({ db })(notices)).toEqual(DONE);
    const rows = await Promise.all(
      notices.map((notice) => ledgerRow(table, notice, notice.recipients[0] ?? aRecipient())),
    );
    expect(rows.filter((row) => row?.state === 'sent').length).toBeGreaterThanOrEqual(19);
    expect(called()).toHaveLength(20);
  });
});

describe('an alert that is closed', () => {
  it.each(['resolved', 'false-alarm'])('(%s) calls nobody any more, and the ledger says so', async (state) => {
    const recipient = aRecipient();
    const notice = aNotice({ recipients: [recipient] });
    await putAlertState(table, notice.alertId, state);
    expect(await aProcess()([notice])).toEqual(DONE);
    expect(called()).toEqual([]);
    expect(await ledgerRow(table, notice, recipient)).toMatchObject({ state: 'cancelled' });
    expect(await aProcess()([notice], 2)).toEqual(DONE);
    expect(called()).toEqual([]);
  });

  it('still tells that it is closed', async () => {
    const notice = aNotice({ kind: 'closed', notice: 'closed-5' });
    await putAlertState(table, notice.alertId, 'resolved');
    expect(await aProcess()([notice])).toEqual(DONE);
    expect(called()).toHaveLength(1);
  });

  it.each(['calling', 'acknowledged', 'arrived'])('is not one that is %s', async (state) => {
    const notice = aNotice();
    await putAlertState(table, notice.alertId, state);
    expect(await aProcess()([notice])).toEqual(DONE);
    expect(called()).toHaveLength(1);
  });

  it('cancels a try that failed before it was closed', async () => {
    const recipient = aRecipient();
    const notice = aNotice({ recipients: [recipient] });
    gateway.answer = () => 500;
    expect(await aProcess()([notice])).toEqual(AGAIN);
    await putAlertState(table, notice.alertId, 'resolved');
    expect(await aProcess()([notice], 2)).toEqual(DONE);
    expect(await ledgerRow(table, notice, recipient)).toMatchObject({ state: 'cancelled' });
    expect(called()).toHaveLength(1);
  });
});

describe('a gateway that fails', () => {
  it('is tried again with the message, at once when the queue hands it out; who was told stays told', async () => {
    const [well, unwell] = [aRecipient({ phone: '13800000003' }), aRecipient({ phone: '13800000004' })];
    const notice = aNotice({ recipients: [unwell, well] });
    gateway.answer = ({ body }) => (JSON.parse(body).to === unwell.phone ? 500 : 202);
    expect(await aProcess()([notice])).toEqual(AGAIN);
    expect(await ledgerRow(table, notice, well)).toMatchObject({ state: 'sent' });
    expect(await ledgerRow(table, notice, unwell)).toMatchObject({ state: 'sending', reason: 'status 500' });
    gateway.answer = () => 202;
    expect(await aProcess()([notice], 2)).toEqual(DONE);
    expect(called().sort()).toEqual(['13800000003', '13800000004', '13800000004']);
    const row = await ledgerRow(table, notice, unwell);
    expect(row).toMatchObject({ state: 'sent', attempts: 2 });
    expect(row).not.toHaveProperty('reason');
  });

  it('three times is given up: the ledger says failed, and the message goes to the dead letters', async () => {
    const recipient = aRecipient();
    const notice = aNotice({ recipients: [recipient] });
    gateway.answer = () => 'cut';
    for (const attempt of [1, 2]) {
      expect(await aProcess()([notice], attempt)).toEqual(AGAIN);
      expect(await ledgerRow(table, notice, recipient)).toMatchObject({ state: 'sending' });
    }
    expect(await aProcess()([notice], 3)).toEqual(AGAIN);
    expect(await ledgerRow(table, notice, recipient)).toMatchObject({
      state: 'failed',
      reason: 'no connection',
      attempts: 3,
    });
    expect(called()).toHaveLength(3);
  });

  it('and was given up can be tried again, when somebody puts the dead letters back', async () => {
    const notice = aNotice();
    gateway.answer = () => 500;
    await aProcess()([notice], 3);
    gateway.answer = () => 202;
    expect(await aProcess()([notice], 1)).toEqual(DONE);
    expect(called()).toHaveLength(2);
  });

  it('for one recipient, also by a fault in the code, stops none of the others', async () => {
    const recipients = Array.from({ length: 100 }, (_, n) => aRecipient({ phone: String(13_900_000_000 + n) }));
    const sick = new Set(recipients.slice(0, 50));
    const told: unknown[] = [];
    const send: Send = async (_, { to }) => {
      if ([...sick].some((recipient) => recipient.to === to)) throw new Error('a fault');
      told.push(to);
      return SENT;
    };
    expect(await channelConsumer('voice', send, table)(handedOut([aNotice({ recipients })]))).toEqual(AGAIN);
    expect(told).toHaveLength(50);
  });

  it('tells those of one wave side by side', async () => {
    const recipients = Array.from({ length: 30 }, () => aRecipient());
    let atOnce = 0;
    let allAreThere = () => {};
    const all = new Promise<void>((resolve) => {
      allAreThere = resolve;
    });
    // Nobody's call ends before everybody's has begun.
    const send: Send = async () => {
      atOnce += 1;
      if (atOnce === recipients.length) allAreThere();
      await all;
      return SENT;
    };
    expect(await channelConsumer('voice', send, table)(handedOut([aNotice({ recipients })]))).toEqual(DONE);
  });
});

describe('somebody whom a channel can never reach', () => {
  it('stands as failed, with the reason, and is not tried again', async () => {
    const recipient = aRecipient({ channel: 'wechat' });
    const notice = aNotice({ recipients: [recipient] });
    let asked = 0;
    const send: Send = async () => {
      asked += 1;
      return refused('no-consent');
    };
    const handle = channelConsumer('wechat', send, table);
    for (const attempt of [1, 1, 8]) expect(await handle(handedOut([notice], attempt))).toEqual(DONE);
    expect(asked).toBe(1);
    expect(await ledgerRow(table, notice, recipient)).toMatchObject({ state: 'failed', reason: 'no-consent' });
  });
});

describe('a drill', () => {
  it('never rings the emergency services, and everybody else', async () => {
    const [emergency, family] = [aRecipient({ callee: 'emergency-services', phone: '120' }), aRecipient()];
    const drill = aNotice({ drill: true, recipients: [emergency, family] });
    expect(await aProcess()([drill])).toEqual(DONE);
    expect(called()).toEqual([family.phone]);
    expect(await ledgerRow(table, drill, emergency)).toMatchObject({ state: 'cancelled', phone: '120' });
    expect(await aProcess()([aNotice({ recipients: [emergency] })])).toEqual(DONE);
    expect(called()).toEqual([family.phone, '120']);
  });
});

describe('what is logged', () => {
  it('is how long it took until the first person heard it, once for each channel', async () => {
    const lines = vi.spyOn(log, 'info').mockResolvedValue();
    const unwell = aRecipient({ phone: '13800000004' });
    const notice = aNotice({ recipients: [aRecipient(), unwell] });
    gateway.answer = ({ body }) => (JSON.parse(body).to === unwell.phone ? 500 : 202);
    await aProcess()([notice]);
    gateway.answer = () => 202;
    now += 15_000;
    await aProcess()([notice], 2);
    await aProcess()([aNotice({ ...notice, notice: 'wave-2' })]);
    expect(lines.mock.calls).toEqual([['first ring', { alertId: notice.alertId, channel: 'voice', seconds: 2 }]]);
  });

  it('holds no personal data, whatever goes wrong', async () => {
    const lines: unknown[] = [];
    for (const level of ['info', 'warn', 'error'] as const) {
      vi.spyOn(log, level).mockImplementation(async (message, details) => {
        const { error } = details as { error?: Error };
        lines.push(message, { ...details, error: `${error} ${error?.stack} ${error?.cause}` });
      });
    }
    gateway.answer = () => 500;
    const notice = aNotice();
    await aProcess()([
      notice,
      JSON.stringify(notice).slice(0, -1),
      { ...notice, recipients: [{ phone: '13800000002' }] },
    ]);
    await aProcess({ db: away() })([aNotice()], 3);
    expect(lines.length).toBeGreaterThan(4);
    expect(JSON.stringify(lines)).not.toMatch(/王芳|王建国|滨河路|138\d{8}/);
  });
});
