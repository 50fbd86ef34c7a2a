import type { AlertReceived } from '../../../shared/contracts/alerts.ts';
import { type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import { inTime, type Patience } from '../../platform/in-time.ts';
import { log } from '../../platform/log.ts';
import { isSamePress, underAnotherId } from '../press.ts';
import type { PressRecord } from '../press-record.ts';

/** The two ways on which a press is passed on. Each ends when the signal says so. */
export interface RaiseWays {
  /** Stores a press, unless one of its id is there: then answers that one. */
  readonly put: (press: PressRecord, signal: AbortSignal) => Promise<PressRecord | undefined>;
  readonly publish: (press: PressRecord, signal: AbortSignal) => Promise<void>;
}

/** A person waits: neither way has longer than 1.4 s, the second try included. */
const PATIENCE: Patience = { deadline: 700, tries: 2 };

/** What the caller hears, and whether it is the first answer once more. */
export interface Received {
  readonly received: AlertReceived;
  readonly replayed: boolean;
}

/**
 * Passes a press on, by both ways at once. Yes when one of them holds it: the table's stream then brings what was not published,
 * and the queue behind the topic stores what was not put. Nothing of it runs on after the answer.
 *
 * A press that is there already gets its first answer again. Another press that comes with its id is kept under an id of its
 * own, which is answered. Refuses `alert-not-passed-on` when both ways failed.
 */
export async function receivePress(
  ways: RaiseWays,
  press: PressRecord,
  patience = PATIENCE,
): Promise<Received | Refusal> {
  const { first, stored, published } = await passOn(ways, press, patience);
  if (first !== undefined && !isSamePress(first, press)) return receivePress(ways, underAnotherId(press), patience);
  if (!stored && !published) return refuse('alert-not-passed-on');
  const receivedAt = first?.at ?? press.at;
  return {
    received: { alertId: press.pressId, receivedAt, stored, published },
    replayed: receivedAt !== press.at,
  };
}

async function passOn({ put, publish }: RaiseWays, press: PressRecord, patience: Patience) {
  // The slower of the two goes first.
  const [published, stored] = await Promise.allSettled([
    inTime(patience, (signal) => publish(press, signal)),
    inTime(patience, (signal) => put(press, signal)),
  ]);
  await Promise.all([failed('put failed', press, stored), failed('publish failed', press, published)]);
  return {
    first: stored.status === 'fulfilled' ? stored.value : undefined,
    stored: stored.status === 'fulfilled',
    published: published.status === 'fulfilled',
  };
}

/** The lines from which the metrics of failed puts and publishes are made. */
async function failed(message: string, { pressId }: PressRecord, result: PromiseSettledResult<unknown>): Promise<void> {
  if (result.status === 'fulfilled') return;
  const error = result.reason instanceof Error ? result.reason : new Error(String(result.reason));
  await log.error(message, { what: 'press', alertId: pressId, error });
}
