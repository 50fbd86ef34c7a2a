import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { AlertState } from '../../../shared/contracts/alerts.ts';
import { toInstant } from '../../../shared/values/dates.ts';
import { inTime } from '../../platform/in-time.ts';
import { log } from '../../platform/log.ts';
import { pause } from '../../platform/transact.ts';
import { alertKey } from '../keys.ts';
import type { NoticeMessage } from '../messages.ts';
import type { Recipient } from '../records.ts';
import { deliveryFields, instantOf, keyOf } from './delivery.ts';

/** The alerts table as the channels use it. */
export interface LedgerTable {
  readonly db: DynamoDBDocumentClient;
  readonly alertsTable: string;
  readonly clock: () => number;
  /** How long a claim is waited for, ms; `CLAIM_MS` where it is not said. */
  readonly claimMs?: number;
}

/**
 * How long a claim holds. Longer than a channel's function may run (10 s), so that nobody else sends meanwhile; shorter than
 * the 15 s after which its queue hands the message out again, so that a try cut off in its middle costs no other one.
 */
export const LEASE_MS = 12_000;
/**
 * People wait behind a claim: when the ledger does not answer in this time, they are told without it. Long enough for the first
 * connection of a function that has just started; what fails at once is given up after half of it.
 */
const CLAIM_MS = 1500;
/** Nobody waits behind a mark. */
const MARK_MS = 1500;
const TRIES = 9;

/** Its own patience is `persistently`; a single call is given up early. */
export const ledgerClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 1000, requestTimeout: 1200, throwOnRequestTimeout: true },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );

/** Tries again and again, with jitter, while there is time: a throttled table answers sooner or later. A failed condition is an answer. */
export const persistently = <T>(forMs: number, act: (signal: AbortSignal) => Promise<T>): Promise<T> =>
  inTime({ deadline: forMs, tries: 1 }, async (signal) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await act(signal);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException || signal.aborted || attempt === TRIES) throw error;
        await pause(attempt);
      }
    }
  });

/**
 * `claimed`: it is ours to send, until the lease is over. `settled`: it was sent, cancelled or refused before. `busy`: somebody
 * else is at it. `unknown`: the ledger did not answer.
 */
export type Claim = { readonly state: 'claimed' | 'settled' | 'busy' | 'unknown'; readonly id: string };

/**
 * Claims one delivery, in one conditional write. It can be claimed when nobody has it, when the lease of who had it is over, or
 * when it failed and may be tried again. `over` takes it in spite of a lease: nobody comes after this try, and a duplicate is
 * better than a miss.
 */
export async function claim(
  { db, alertsTable, clock, claimMs = CLAIM_MS }: LedgerTable,
  notice: NoticeMessage,
  recipient: Recipient,
  { over }: { readonly over: boolean },
): Promise<Claim> {
  const id = crypto.randomUUID();
  const now = clock();
  const fields = {
    ...deliveryFields(notice, recipient),
    state: 'sending',
    at: toInstant(now),
    leaseUntil: toInstant(now + LEASE_MS),
    claim: id,
  };
  const free = over ? '' : ' AND (attribute_not_exists(leaseUntil) OR leaseUntil <= :now)';
  const set = settingAll(fields, 'attempts = if_not_exists(attempts, :zero) + :one');
  const command = new UpdateCommand({
    TableName: alertsTable,
    Key: keyOf(notice, recipient),
    ...set,
    ExpressionAttributeValues: {
      ...set.ExpressionAttributeValues,
      ':zero': 0,
      ':one': 1,
      ':sending': 'sending',
      ':failed': 'failed',
      ...(!over && { ':now': toInstant(now) }),
    },
    // A claim whose answer was lost is found again by its id.
    ConditionExpression: `attribute_not_exists(pk) OR claim = :claim OR (#state IN (:sending, :failed) AND attribute_not_exists(refused)${free})`,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    await persistently(claimMs, (abortSignal) => db.send(command, { abortSignal }));
    return { state: 'claimed', id };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      const isBusy = error.Item?.state?.S === 'sending';
      return { state: isBusy ? 'busy' : 'settled', id };
    }
    await unreachable('claim', notice, error);
    return { state: 'unknown', id };
  }
}

/** How a delivery ended. `again`: not yet; the claim is given back. */
export type Ending =
  | { readonly state: 'sent' | 'cancelled' | 'bundled' }
  | { readonly state: 'failed'; readonly reason: string; readonly refused: boolean }
  | { readonly state: 'again'; readonly reason: string };

/**
 * Writes down how a delivery ended. `sent` is written whatever stands there; anything else only over our own claim, or where
 * nothing stands. Answers whether it stands: that it could not be written is no reason to tell people twice.
 */
export async function mark(
  { db, alertsTable, clock }: LedgerTable,
  notice: NoticeMessage,
  recipient: Recipient,
  { id }: Claim,
  ending: Ending,
): Promise<boolean> {
  const { state } = ending;
  const fields = {
    ...deliveryFields(notice, recipient),
    state: state === 'again' ? 'sending' : state,
    at: instantOf(clock),
    ...('reason' in ending && { reason: ending.reason }),
    ...(state === 'failed' && ending.refused && { refused: true }),
  };
  const forgotten = state === 'sent' ? 'leaseUntil, claim, reason' : 'leaseUntil, claim';
  const set = settingAll(fields, 'attempts = if_not_exists(attempts, :one)', ` REMOVE ${forgotten}`);
  const command = new UpdateCommand({
    TableName: alertsTable,
    Key: keyOf(notice, recipient),
    ...set,
    ExpressionAttributeValues: {
      ...set.ExpressionAttributeValues,
      ':one': 1,
      ...(state !== 'sent' && { ':claim': id }),
    },
    ...(state !== 'sent' && { ConditionExpression: 'attribute_not_exists(pk) OR claim = :claim' }),
  });
  try {
    await persistently(MARK_MS, (abortSignal) => db.send(command, { abortSignal }));
    return true;
  } catch (error) {
    // Somebody else has it by now: what they write stands.
    if (error instanceof ConditionalCheckFailedException) return true;
    await unreachable('mark', notice, error);
    return false;
  }
}

const CLOSED = new Set<unknown>(['resolved', 'false-alarm'] satisfies AlertState[]);

/** Whether an alert is closed. False where that cannot be read, or the alert is not stored yet: people are told. */
export async function isAlertClosed({ db, alertsTable }: LedgerTable, notice: NoticeMessage): Promise<boolean> {
  const command = new GetCommand({
    TableName: alertsTable,
    Key: alertKey(notice.alertId),
    ProjectionExpression: '#state',
    ExpressionAttributeNames: { '#state': 'state' },
    ConsistentRead: true,
  });
  try {
    const { Item } = await persistently(CLAIM_MS, (abortSignal) => db.send(command, { abortSignal }));
    return CLOSED.has(Item?.state);
  } catch (error) {
    await unreachable('alert', notice, error);
    return false;
  }
}

/** The parts of an update that sets each of the fields that is there. */
function settingAll(fields: Readonly<Record<string, unknown>>, more: string, then = '') {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    UpdateExpression: `SET ${[...there.map(([name]) => `#${name} = :${name}`), more].join(', ')}${then}`,
    ExpressionAttributeNames: Object.fromEntries(there.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(there.map(([name, value]) => [`:${name}`, value])) as Record<
      string,
      unknown
    >,
  };
}

const unreachable = (what: string, { alertId, notice }: NoticeMessage, error: unknown): Promise<void> =>
  log.error('ledger not reached', {
    what,
    alertId,
    notice,
    error: error instanceof Error ? error : new Error(String(error)),
  });
