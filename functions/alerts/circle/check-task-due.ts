import type { Instant } from '../../../shared/values/dates.ts';
import type { AlertDeps } from '../deps.ts';

/** The time of a check task is over: raises an alert for its elder, unless the task is done. Safe to repeat. */
export async function checkTaskDue(_deps: AlertDeps, taskId: string, _now: Instant): Promise<void> {
  throw new Error(`check task ${taskId} is due, and nothing looks after it yet`);
}
