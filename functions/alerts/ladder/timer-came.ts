import type { Instant } from '../../../shared/values/dates.ts';
import { checkTaskDue } from '../circle/check-task-due.ts';
import type { AlertDeps } from '../deps.ts';
import type { TimerMessage } from '../messages.ts';
import { escalate } from './escalate.ts';
import { reopen } from './reopen.ts';
import { sendTimer } from './send-timer.ts';

/** Does what a timer was set for, if it is still wanted; one that came before its time is handed on. */
export async function timerCame(deps: AlertDeps, timer: TimerMessage, now: Instant): Promise<void> {
  if (now < timer.dueAt) return sendTimer(deps, timer, now);
  switch (timer.type) {
    case 'escalate':
      return escalate(deps, timer, now);
    case 'reopen':
      return reopen(deps, timer, now);
    case 'check-task':
      return checkTaskDue(deps, timer.taskId, now);
  }
}
