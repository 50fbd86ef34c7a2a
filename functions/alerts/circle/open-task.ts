import type { CheckTask } from '../../../shared/contracts/circle.ts';
import { type Instant, toInstant } from '../../../shared/values/dates.ts';
import { type Step, transact } from '../../platform/transact.ts';
import { openTaskKey, taskIndex, taskKey } from '../keys.ts';
import { sendTimer } from '../ladder/send-timer.ts';
import { type ElderCard, TaskRecord } from '../records.ts';
import { type AlertsTable, readItem } from './alerts-table.ts';
import type { Timed } from './deps.ts';
import { tell } from './inbox.ts';
import { onDutyFor } from './people.ts';
import { watchIn } from './watch.ts';

export async function readTask(store: AlertsTable, taskId: string): Promise<TaskRecord | undefined> {
  const item = await readItem(store, taskKey(taskId));
  return item && TaskRecord.parse(item);
}

interface OpenTask {
  readonly card: ElderCard;
  readonly why: CheckTask['why'];
  /** Made of what led to it, so that the same cause opens one task however often it is told. */
  readonly taskId: string;
  readonly now: Instant;
}

/**
 * Opens a check task for an elder, unless one is open: whoever is at the door looks once. Tells the grid worker and the community,
 * and sets the timer that raises an alert when nobody has looked by then. The same again does what was left undone.
 */
export async function openTask(deps: Timed, { card, why, taskId, now }: OpenTask): Promise<void> {
  const { checkTaskMinutes } = watchIn(deps.policies, card.area, now);
  const { elderId, name, address, phone, area } = card;
  const task: TaskRecord = {
    taskId,
    elderId,
    name,
    address,
    ...(phone !== undefined && { phone }),
    area,
    why,
    openedAt: now,
    dueAt: toInstant(Date.parse(now) + checkTaskMinutes * 60_000),
  };
  const outcome = await transact<'task' | 'open'>(deps.db, newTaskSteps(deps.alertsTable, task));
  if (!outcome.committed && 'busy' in outcome) throw new Error(`check task ${taskId} could not be opened`);
  const own = outcome.committed ? task : await readTask(deps, taskId);
  // Another task of this elder is open, or this one is done already.
  if (own === undefined || own.doneAt !== undefined) return;
  await sendTimer(deps, { type: 'check-task', taskId, dueAt: own.dueAt }, now);
  await tell(deps, await nearest(deps, area), { at: own.openedAt, of: taskId, kind: 'check-task', text: wordsOf(own) });
}

/** A task as it lies in the table. Who fills a table from outside (the town) uses it too. */
export const taskItem = (task: TaskRecord) => ({
  ...taskKey(task.taskId),
  ...(task.doneAt === undefined && taskIndex(task.area, task.dueAt, task.taskId)),
  ...task,
});
export const openTaskItem = ({ elderId, taskId }: TaskRecord) => ({ ...openTaskKey(elderId), taskId });

const newTaskSteps = (table: string, task: TaskRecord): Step<'task' | 'open'>[] => [
  { step: 'task', Put: { TableName: table, Item: taskItem(task), ConditionExpression: 'attribute_not_exists(pk)' } },
  {
    step: 'open',
    Put: { TableName: table, Item: openTaskItem(task), ConditionExpression: 'attribute_not_exists(pk)' },
  },
];

/** The grid worker and the community; where there is neither, whoever is on duty further up. */
async function nearest(store: AlertsTable, area: string): Promise<string[]> {
  const near = await onDutyFor(store, area, ['grid-worker', 'community-staff']);
  return near.length > 0 ? near : onDutyFor(store, area, ['district-staff', 'dispatcher']);
}

const WHY = {
  'meals-missed': { zh: '连续缺餐', en: 'meals missed running' },
  'visit-missed': { zh: '探访未按时', en: 'a visit not made' },
  'device-silent': { zh: '设备失联', en: 'a silent device' },
} as const satisfies Record<CheckTask['why'], { zh: string; en: string }>;
export const whyWords = (why: CheckTask['why']): { zh: string; en: string } => WHY[why];

function wordsOf({ name = '', address = '', why }: TaskRecord): { zh: string; en: string } {
  const { zh, en } = WHY[why];
  return {
    zh: `请上门看看${name}（${address}）：${zh}。`,
    en: `Please look after ${name} (${address}): ${en}.`,
  };
}
