import { isRefusal } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import type { AlertDeps } from '../deps.ts';
import { taskKey } from '../keys.ts';
import { raiseInside } from '../raise/raise-inside.ts';
import type { PressRecord, TaskRecord } from '../records.ts';
import { updateItem } from './alerts-table.ts';
import { derivedId } from './derived-id.ts';
import { readTask, whyWords } from './open-task.ts';

/** What raising from inside needs. */
export type Raising = Pick<AlertDeps, 'db' | 'alertsTable' | 'publish' | 'send' | 'pressesQueue'>;

/**
 * The time of a check task is over: where nobody has looked, an alert is raised, once. The task stays open, as somebody must look
 * all the more. Throws when the alert could not be passed on: then the timer comes again.
 */
export async function checkTaskDue(deps: Raising, taskId: string, now: Instant): Promise<void> {
  const task = await readTask(deps, taskId);
  if (task === undefined || task.doneAt !== undefined || task.alertId !== undefined) return;
  const { zh, en } = whyWords(task.why);
  const note = `没有人按时上门（${zh}） · nobody has looked in time (${en})`;
  const alertId = await raiseFor(deps, task, { cause: 'due', note, by: { role: 'system' }, now });
  await updateItem(deps, taskKey(taskId), {
    UpdateExpression: 'SET alertId = if_not_exists(alertId, :alert)',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':alert': alertId },
  });
}

interface Cause {
  /** Tells the causes of one task apart: each raises once. */
  readonly cause: string;
  readonly note: string;
  readonly by: PressRecord['by'];
  readonly now: Instant;
}

/** Raises an alert for the elder of a task, with the source of a check that failed. Answers its id. */
export async function raiseFor(
  deps: Raising,
  { taskId, elderId, area }: TaskRecord,
  { cause, note, by, now }: Cause,
): Promise<string> {
  const raised = await raiseInside(deps, {
    pressId: derivedId('check-task', cause, taskId),
    at: now,
    source: 'missed-check',
    elderId,
    by,
    area,
    note,
    drill: false,
  });
  if (isRefusal(raised)) throw new Error(`check task ${taskId}: ${raised.refused}`);
  return raised.received.alertId;
}
