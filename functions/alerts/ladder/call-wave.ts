import type { AlertStep } from '../../../shared/contracts/alerts.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { log } from '../../platform/log.ts';
import { transact } from '../../platform/transact.ts';
import type { AlertDeps } from '../deps.ts';
import { alertKey, stepKey } from '../keys.ts';
import { noticeOf } from '../notices/notice-of.ts';
import { publishNotice } from '../notices/publish-notice.ts';
import { type Around, recipientsOf, ringsSomewhere } from '../notices/recipients.ts';
import type { AlertRecord } from '../records.ts';
import { nextDue, waveOf } from './next-due.ts';
import { sendTimer } from './send-timer.ts';

export type LadderDeps = Pick<
  AlertDeps,
  'db' | 'alertsTable' | 'policies' | 'publish' | 'send' | 'channelQueues' | 'timersQueue'
>;

/**
 * Calls the next wave of an alert: tells everybody in it, then writes that it was called and when the next one is due, and sets
 * the timer for that. Killed or failed in between it is done again: who has heard it already is not called twice.
 */
export async function callWave(deps: LadderDeps, alert: AlertRecord, around: Around, now: Instant): Promise<void> {
  const wave = alert.wave + 1;
  const recipients = recipientsOf(waveOf(alert.plan, wave), around);
  await publishNotice(deps, noticeOf(alert, { notice: `wave-${wave}`, kind: 'wave', recipients }));
  const rings = ringsSomewhere(recipients);
  const dueAt = nextDue(alert, { wave, at: now, rings });
  const isNext = await putWave(deps, alert, { wave, at: now, rings, dueAt });
  if (isNext && dueAt !== undefined)
    await setTimer(deps, { type: 'escalate', alertId: alert.alertId, wave: wave + 1, dueAt }, now);
}

/** A timer that could not be set is no reason to call anybody again: the sweep finds what is due. */
export async function setTimer(
  deps: Pick<LadderDeps, 'send' | 'timersQueue'>,
  timer: Parameters<typeof sendTimer>[1],
  now: Instant,
): Promise<void> {
  try {
    await sendTimer(deps, timer, now);
  } catch (error) {
    await log.error('timer failed', { timer, error: error instanceof Error ? error : new Error(String(error)) });
  }
}

interface Put {
  readonly wave: number;
  readonly at: Instant;
  readonly rings: boolean;
  readonly dueAt: Instant | undefined;
}

/**
 * Writes that a wave was called. Somebody may have answered or called it off meanwhile: then only that is written, and no next one
 * is due. Says whether the ladder goes on from here.
 */
async function putWave({ db, alertsTable }: LadderDeps, alert: AlertRecord, put: Put): Promise<boolean> {
  const { alertId } = alert;
  const { wave, at, rings, dueAt } = put;
  const step: AlertStep = { stepId: `wave-${wave}`, at, kind: 'wave', by: { role: 'system' }, wave, rings };
  const write = (going: boolean) =>
    transact<'alert' | 'step'>(db, [
      {
        step: 'alert',
        Update: {
          TableName: alertsTable,
          Key: alertKey(alertId),
          UpdateExpression: going
            ? `SET wave = :wave, rev = rev + :one${dueAt === undefined ? ' REMOVE dueAt' : ', dueAt = :due'}`
            : 'SET wave = :wave',
          ConditionExpression: going
            ? 'wave = :before AND #state = :calling AND attribute_exists(dueAt)'
            : 'wave = :before',
          ...(going && { ExpressionAttributeNames: { '#state': 'state' } }),
          ExpressionAttributeValues: {
            ':wave': wave,
            ':before': alert.wave,
            ...(going && { ':calling': 'calling', ':one': 1, ...(dueAt !== undefined && { ':due': dueAt }) }),
          },
        },
      },
      { step: 'step', Put: { TableName: alertsTable, Item: { ...stepKey(alertId, at, step.stepId), ...step } } },
    ]);
  for (const going of [true, false]) {
    const outcome = await write(going);
    if (outcome.committed) return going;
    if ('busy' in outcome) throw new Error(`wave ${wave} of alert ${alertId} could not be written: too many writers`);
  }
  // Somebody else has called it at the same time.
  return false;
}
