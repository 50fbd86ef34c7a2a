import type { AlertStep } from '../../../shared/contracts/alerts.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { transact } from '../../platform/transact.ts';
import { reopen as opened, resume as resumed } from '../answer/alert-steps.ts';
import { putChanges, putStep } from '../answer/alert-store.ts';
import { NOBODY, readAround, readCircle } from '../keep/around-store.ts';
import { readAlert } from '../keep/keep-store.ts';
import { noticeOf } from '../notices/notice-of.ts';
import { publishNotice } from '../notices/publish-notice.ts';
import { type Around, recipientsOf } from '../notices/recipients.ts';
import type { AlertRecord } from '../records.ts';
import { type LadderDeps, setTimer } from './call-wave.ts';
import { wavesUntil } from './next-due.ts';

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
  const next = alert.rev === rev ? opened(alert, now) : alert;
  if (next !== alert && (await putOpened(deps, alert, next, now))) await callAgain(deps, next, now);
  // Written by a try that was killed before it told anybody.
  const isUntold = alert.state === 'calling' && alert.rev === rev + 1 && alert.waitingSince !== alert.raisedAt;
  if (isUntold) await callAgain(deps, alert, now);
}

/**
 * Goes on with an alert that was called off, because the elder has pressed again since. Whoever was called is called again, unless
 * somebody has taken it meanwhile.
 */
export async function resume(deps: LadderDeps, alert: AlertRecord, now: Instant): Promise<void> {
  const next = resumed(alert, now);
  const note = '取消后又按了 · pressed again after calling off';
  if (next === alert || !(await putOpened(deps, alert, next, now, note))) return;
  if (next.state === 'calling' && !next.plan.once) await callAgain(deps, next, now);
}

/** Writes that an alert is open again; says no when something has happened to it since it was read. */
async function putOpened(
  { db, alertsTable }: LadderDeps,
  alert: AlertRecord,
  next: AlertRecord,
  now: Instant,
  note?: string,
): Promise<boolean> {
  const step: AlertStep = {
    stepId: `reopened-${next.rev}`,
    at: now,
    kind: next.state === 'calling' ? 'reopened' : 'note',
    by: { role: 'system' },
    ...(note !== undefined && { note }),
  };
  const outcome = await transact(db, [putChanges(alertsTable, alert, next), putStep(alertsTable, alert.alertId, step)]);
  if ('busy' in outcome) throw new Error(`alert ${alert.alertId} could not be opened again: too many writers`);
  return outcome.committed;
}

async function callAgain(deps: LadderDeps, alert: AlertRecord, now: Instant): Promise<void> {
  const { alertId, wave, plan, rev, dueAt } = alert;
  const recipients = recipientsOf(wavesUntil(plan, wave), await aroundOf(deps, alert, now));
  await publishNotice(deps, noticeOf(alert, { notice: `reopened-${rev}`, kind: 'reopened', recipients }));
  if (dueAt !== undefined) await setTimer(deps, { type: 'escalate', alertId, wave: wave + 1, dueAt }, now);
}
