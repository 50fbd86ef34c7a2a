import { toInstant } from '../../../shared/values/dates.ts';
import { log } from '../../platform/log.ts';
import { alertDeps } from '../deps.ts';
import { sweep } from './sweep.ts';

const deps = alertDeps();

/** Each minute. The metrics of the oldest unanswered alert, and of what was found lost, are made from these lines. */
export async function handler(): Promise<void> {
  const { presses, alerts, oldestSeconds } = await sweep(deps, toInstant(Date.now()));
  await log.info('oldest unanswered', { seconds: oldestSeconds });
  if (presses + alerts > 0) await log.warn('swept', { presses, alerts });
}
