import { toInstant } from '../../../shared/values/dates.ts';
import { log } from '../../platform/log.ts';
import { raiseOverdueTasks } from '../circle/overdue-tasks.ts';
import { alertDeps } from '../deps.ts';
import { sweep } from './sweep.ts';

const deps = alertDeps();

/** Each minute. The metrics of the oldest unanswered alert, and of what was found lost, are made from these lines. */
export async function handler(): Promise<void> {
  const now = toInstant(Date.now());
  const { presses, alerts, oldestSeconds } = await sweep(deps, now);
  await log.info('oldest unanswered', { seconds: oldestSeconds });
  const tasks = await raiseOverdueTasks(deps, now);
  if (presses + alerts + tasks > 0) await log.warn('swept', { presses, alerts, tasks });
}
