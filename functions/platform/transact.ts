import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
/** One step of a transaction, with the name under which its failed condition is reported. */
export type Step<N extends string = string> = Action & { readonly step: N };

/** What became of a transaction. `failed` maps a step to the item that stood against its condition (absent: there was none). */
export type Outcome<N extends string> =
  | { readonly committed: true }
  | { readonly committed: false; readonly failed: ReadonlyMap<N, Record<string, unknown> | undefined> }
  | { readonly committed: false; readonly busy: true };

const ATTEMPTS = 8;
const BASE_DELAY_MS = 15;
const RETRIED = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

const isContention = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'TransactionInProgressException' || error.name === 'TransactionConflictException');

/** Waits before another attempt (1, 2, …), with full jitter: up to 30 ms, then up to twice as long each time, at most 250 ms. */
export const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(250, BASE_DELAY_MS * 2 ** attempt)));

/**
 * Writes all steps or none. A failed condition is an outcome, told by step; a conflict with another transaction is tried again
 * with jitter and, when it does not end, is `busy`. Everything else throws. The same request token goes with every attempt, so
 * that an answer lost on the way is found again instead of being applied twice.
 */
export async function transact<N extends string>(
  client: DynamoDBDocumentClient,
  steps: readonly Step<N>[],
): Promise<Outcome<N>> {
  const TransactItems = steps.map(({ step: _, ...action }) => action as Action);
  const ClientRequestToken = crypto.randomUUID();
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await pause(attempt);
    try {
      await client.send(new TransactWriteCommand({ TransactItems, ClientRequestToken }));
      return { committed: true };
    } catch (error) {
      if (isContention(error)) continue;
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const failed = failedSteps(steps, reasons);
      if (failed.size > 0) return { committed: false, failed };
      if (!reasons.some((reason) => RETRIED.has(reason.Code ?? ''))) throw error;
    }
  }
  return { committed: false, busy: true };
}

function failedSteps<N extends string>(steps: readonly Step<N>[], reasons: readonly CancellationReason[]) {
  const failed = new Map<N, Record<string, unknown> | undefined>();
  for (const [index, reason] of reasons.entries()) {
    const step = steps[index];
    if (step && reason.Code === 'ConditionalCheckFailed') failed.set(step.step, reason.Item && unmarshall(reason.Item));
  }
  return failed;
}
