import { type Instant, toInstant } from '../../../shared/values/dates.ts';
import { inParallel } from '../../platform/in-parallel.ts';
import { log } from '../../platform/log.ts';
import type { AlertDeps } from '../deps.ts';
import { cityOf } from '../keys.ts';
import { checkTaskDue } from './check-task-due.ts';
import { listCheckTasks } from './check-tasks.ts';
import { citiesWithDevices } from './silent-devices.ts';

/** A timer comes within seconds of its time: what is later than this was lost. */
const LOST_AFTER_MS = 60_000;
const AT_ONCE = 8;

/**
 * Raises the alerts of check tasks whose timer was lost, in every city that has a policy or devices. Answers how many. One that
 * cannot be raised is logged, and found again by the next sweep.
 */
export async function raiseOverdueTasks(deps: AlertDeps, now: Instant): Promise<number> {
  const cities = new Set([...deps.policies.map(({ area }) => cityOf(area.code)), ...(await citiesWithDevices(deps))]);
  const late = toInstant(Date.parse(now) - LOST_AFTER_MS);
  let raised = 0;
  for (const city of cities) {
    const { tasks } = await listCheckTasks(deps, { area: city, now });
    const overdue = tasks.filter(({ dueAt, alertId }) => alertId === undefined && dueAt <= late);
    await inParallel(AT_ONCE, overdue, async ({ taskId }) => {
      try {
        await checkTaskDue(deps, taskId, now);
        raised += 1;
      } catch (error) {
        await log.error('sweep failed', {
          what: 'check task',
          id: taskId,
          error: error instanceof Error ? error : new Error(String(error)),
        });
      }
    });
  }
  return raised;
}
