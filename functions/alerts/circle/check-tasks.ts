import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod/mini';
import type { CheckTask, CheckTaskDone } from '../../../shared/contracts/circle.ts';
import { refuse } from '../../../shared/contracts/refusal.ts';
import { within } from '../../../shared/values/areas.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import type { Answer } from '../../platform/endpoint.ts';
import { log } from '../../platform/log.ts';
import { type Step, transact } from '../../platform/transact.ts';
import type { Who } from '../../platform/who.ts';
import { cityOf, openTaskKey, taskKey, tasksOfCity } from '../keys.ts';
import { TaskRecord } from '../records.ts';
import { type AlertsTable, settingAll } from './alerts-table.ts';
import { type Raising, raiseFor } from './check-task-due.ts';
import { readTask } from './open-task.ts';
import { actorOf } from './people.ts';

/** The open check tasks of an area, the most urgent first. */
export async function listCheckTasks(
  store: AlertsTable,
  { area, now }: { readonly area: string; readonly now: Instant },
): Promise<{ at: string; tasks: CheckTask[] }> {
  const tasks: TaskRecord[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await store.db.send(
      new QueryCommand({
        TableName: store.alertsTable,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :tasks AND begins_with(gsi1sk, :area)',
        ExpressionAttributeValues: { ':tasks': tasksOfCity(cityOf(area)), ':area': area },
        ExclusiveStartKey,
      }),
    );
    tasks.push(...(page.Items ?? []).map((item) => TaskRecord.parse(item)));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return { at: now, tasks: tasks.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1)).map(taskView) };
}

const taskView = ({ doneById: _, ...task }: TaskRecord): CheckTask => task;

const ROUNDS = 4;

/**
 * Somebody says what they found at the door. Well: the task is over. Help is needed, or nobody was found: an alert is raised
 * first, then the task is over, so that a try that ends in between has called for help at least. The same again gets the first
 * answer.
 *
 * Refuses: `not-found`, `forbidden` (outside one's area), `already-done`, `busy` (also where the alert could not be passed on:
 * try again, or call).
 */
export async function finishCheckTask(
  deps: Raising,
  who: Who,
  {
    taskId,
    form,
    now,
  }: { readonly taskId: string; readonly form: z.infer<typeof CheckTaskDone>; readonly now: Instant },
): Promise<Answer<CheckTask>> {
  for (let round = 0; round < ROUNDS; round++) {
    const task = await readTask(deps, taskId);
    if (task === undefined) return refuse('not-found');
    if (!within(task.area, who.area ?? '')) return refuse('forbidden');
    if (task.doneAt !== undefined) {
      const isSame = task.doneById === who.personId && task.finding === form.finding && task.note === form.note;
      return isSame ? { replayed: taskView(task) } : refuse('already-done');
    }
    const by = await actorOf(deps, who);
    const alertId = await alertOf(deps, task, { by, form, now });
    if (alertId === 'failed') return refuse('busy');
    const done: TaskRecord = {
      ...task,
      doneAt: now,
      doneBy: by.name ?? who.personId,
      doneById: who.personId,
      finding: form.finding,
      ...(form.note !== undefined && { note: form.note }),
      ...(alertId !== undefined && { alertId }),
    };
    const outcome = await transact<'task' | 'open'>(deps.db, doneSteps(deps.alertsTable, done));
    if (outcome.committed) return taskView(done);
    if ('busy' in outcome) break;
  }
  return refuse('busy');
}

const FOUND = {
  'needs-help': { zh: '上门发现需要帮助', en: 'found in need of help' },
  'not-found': { zh: '上门没有找到人', en: 'nobody was found at the door' },
} as const;

interface Found {
  readonly by: Awaited<ReturnType<typeof actorOf>>;
  readonly form: z.infer<typeof CheckTaskDone>;
  readonly now: Instant;
}

/** The alert of what was found. The one that was raised when the task was overdue is joined by it, and stays the task's own. */
async function alertOf(
  deps: Raising,
  task: TaskRecord,
  { by, form: { finding, note = '' }, now }: Found,
): Promise<string | undefined | 'failed'> {
  if (finding === 'well') return task.alertId;
  const { zh, en } = FOUND[finding];
  try {
    const words = `${zh} · ${en}${note === '' ? '' : `: ${note}`}`.slice(0, MOST_NOTE);
    const raised = await raiseFor(deps, task, { cause: finding, note: words, by, now });
    return task.alertId ?? raised;
  } catch (error) {
    await log.error('check task not passed on', {
      taskId: task.taskId,
      error: error instanceof Error ? error : new Error(String(error)),
    });
    return 'failed';
  }
}
/** A press takes a note of this length. */
const MOST_NOTE = 200;

/** Over only if it is not over yet: of two at the door the first one's word stands. */
function doneSteps(table: string, task: TaskRecord): Step<'task' | 'open'>[] {
  const { taskId, elderId, doneAt, doneBy, doneById, finding, note, alertId } = task;
  const said = { doneAt, doneBy, doneById, finding, note, alertId, gsi1pk: undefined, gsi1sk: undefined };
  const { set, remove, ...values } = settingAll(said);
  return [
    {
      step: 'task',
      Update: {
        TableName: table,
        Key: taskKey(taskId),
        UpdateExpression: `SET ${set} REMOVE ${remove.join(', ')}`,
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(doneAt)',
        ...values,
      },
    },
    {
      step: 'open',
      Delete: {
        TableName: table,
        Key: openTaskKey(elderId),
        ConditionExpression: 'attribute_not_exists(pk) OR taskId = :task',
        ExpressionAttributeValues: { ':task': taskId },
      },
    },
  ];
}
