import type { AlertStep } from '../../../shared/contracts/alerts.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { transact } from '../../platform/transact.ts';
import { NOBODY, readAround, readCircle } from '../keep/around-store.ts';
import { readAlert } from '../keep/keep-store.ts';
import { alertKey, stepKey } from '../keys.ts';
import { noticeOf } from '../notices/notice-of.ts';
import { publishNotice } from '../notices/publish-notice.ts';
import { type Around, recipientsOf } from '../notices/recipients.ts';
import type { AlertRecord } from '../records.ts';
import { type LadderDeps, setTimer } from './call-wave.ts';
import { dueAfterReopening, wavesUntil } from './next-due.ts';

/** Everybody around an alert as it stands now: people come and go while it is open. */
export async function aroundOf(
  deps: LadderDeps,
  { elderId, area, family, source }: AlertRecord,
  at: Instant,
): Promise<Around> {
  const { card, contacts } = elderId === undefined ? NOBODY : await readCircle(deps, elderId);
  const { around } = await readAround(deps, { area, source, at, family: card?.family ?? family }, contacts);
  return around;
}

/**
 * Opens an alert again whose owner took no step since `rev` by the time that was due: the ladder goes on from where it stood, and
 * everybody whom it has called until now is told that nobody has it any more.
 */
export async function reopen(
  deps: LadderDeps,
  { alertId, rev }: { readonly alertId: string; readonly rev: number },
  now: Instant,
): Promise<void> {
  const alert = await readAlert(deps, alertId);
  if (alert === undefined) return;
  const { state, dueAt } = alert;
  const isOwned = state === 'acknowledged' || state === 'arrived';
  if (isOwned && alert.rev === rev && dueAt !== undefined && dueAt <= now) {
    const opened = await putReopened(deps, alert, now, { kind: 'reopened' });
    if (opened !== undefined) await callAgain(deps, opened, now);
  }
  // Written by a try that was killed before it told anybody.
  const isUntold = state === 'calling' && alert.rev === rev + 1 && alert.waitingSince !== alert.raisedAt;
  if (isUntold) await callAgain(deps, alert, now);
}

/**
 * Goes on with an alert that was called off, because the elder has pressed again since. Whoever was called is called again.
 */
export async function resume(deps: LadderDeps, alert: AlertRecord, now: Instant): Promise<void> {
  const opened = await putReopened(deps, alert, now, {
    kind: 'reopened',
    note: '取消后又按了 · pressed again after calling off',
  });
  if (opened !== undefined) await callAgain(deps, opened, now);
}

/** Writes that nobody has the alert; undefined when something has happened to it since it was read. */
async function putReopened(
  { db, alertsTable }: LadderDeps,
  alert: AlertRecord,
  now: Instant,
  { kind, note }: Pick<AlertStep, 'kind' | 'note'>,
): Promise<AlertRecord | undefined> {
  const { alertId, rev, plan, wave } = alert;
  const dueAt = dueAfterReopening(plan, wave, now);
  const step: AlertStep = {
    stepId: `reopened-${rev + 1}`,
    at: now,
    kind,
    by: { role: 'system' },
    ...(note !== undefined && { note }),
  };
  const outcome = await transact<'alert' | 'step'>(db, [
    {
      step: 'alert',
      Update: {
        TableName: alertsTable,
        Key: alertKey(alertId),
        UpdateExpression:
          'SET #state = :calling, waitingSince = :now, dueAt = :due, #rev = :next REMOVE #owner, calledOffAt',
        ConditionExpression: '#rev = :rev',
        ExpressionAttributeNames: { '#state': 'state', '#rev': 'rev', '#owner': 'owner' },
        ExpressionAttributeValues: { ':calling': 'calling', ':now': now, ':due': dueAt, ':rev': rev, ':next': rev + 1 },
      },
    },
    { step: 'step', Put: { TableName: alertsTable, Item: { ...stepKey(alertId, now, step.stepId), ...step } } },
  ]);
  if ('busy' in outcome) throw new Error(`alert ${alertId} could not be opened again: too many writers`);
  if (!outcome.committed) return undefined;
  const { owner: _owner, calledOffAt: _calledOff, ...rest } = alert;
  return { ...rest, state: 'calling', waitingSince: now, dueAt, rev: rev + 1 };
}

async function callAgain(deps: LadderDeps, alert: AlertRecord, now: Instant): Promise<void> {
  const { alertId, wave, plan, rev, dueAt } = alert;
  const recipients = recipientsOf(wavesUntil(plan, wave), await aroundOf(deps, alert, now));
  await publishNotice(deps, noticeOf(alert, { notice: `reopened-${rev}`, kind: 'reopened', recipients }));
  if (dueAt !== undefined) await setTimer(deps, { type: 'escalate', alertId, wave: wave + 1, dueAt }, now);
}
