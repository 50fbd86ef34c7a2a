import type { Delivery } from '../../platform/consumer.ts';
import { log } from '../../platform/log.ts';
import type { AlertDeps } from '../deps.ts';
import type { PressRecord } from '../records.ts';
import { failOpen } from './fail-open.ts';
import { keepPress } from './keep-press.ts';

/** A table that has not answered by then is as good as down: people are told without it, and it may go on. */
const PATIENCE_MS = 3000;

/**
 * Keeps a press that came by the queue. When that fails, or takes too long, at the first try people are told without the table, once;
 * the failed press throws, so that the queue brings it again.
 */
export async function receiveQueued(
  deps: AlertDeps,
  press: PressRecord,
  { attempt, now }: Pick<Delivery, 'attempt' | 'now'>,
  patience = PATIENCE_MS,
): Promise<void> {
  let opened: Promise<void> | undefined;
  const tellWithout = (): void => {
    if (attempt > 1) return;
    opened ??= failOpen(deps, press).catch((error: unknown) => failed(press, error));
  };
  const timer = setTimeout(tellWithout, patience);
  try {
    await keepPress(deps, press, now);
  } catch (error) {
    tellWithout();
    throw error;
  } finally {
    clearTimeout(timer);
    await opened;
  }
}

const failed = ({ pressId }: PressRecord, error: unknown): Promise<void> =>
  log.error('fail-open failed', {
    alertId: pressId,
    error: error instanceof Error ? error : new Error(String(error)),
  });
