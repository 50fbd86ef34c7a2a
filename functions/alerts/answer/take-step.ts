import type { Actor, AlertStep } from '../../../shared/contracts/alerts.ts';
import { isRefusal, type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { type Outcome, pause, type Step, transact } from '../../platform/transact.ts';
import type { Who } from '../../platform/who.ts';
import type { AlertRecord } from '../records.ts';
import { isClosed } from './alert-steps.ts';
import { claimStep, endJoining, putChanges, putStep, readAlert } from './alert-store.ts';
import { type Tie, tieOf } from './alert-view.ts';
import type { AnswerDeps } from './deps.ts';
import { followUp, type Told } from './follow-up.ts';

/** A step that somebody takes on an alert. */
export interface AlertAct {
  readonly alertId: string;
  /** Made by the client: the same step again gets the alert as it is. */
  readonly stepId: string;
  readonly now: Instant;
  readonly kind: AlertStep['kind'];
  readonly note?: string | undefined;
  readonly to?: Actor | undefined;
  /** Whether this person may take this step. */
  readonly may: (tie: Tie, alert: AlertRecord) => boolean;
  readonly change: (alert: AlertRecord, by: Actor) => AlertRecord | Refusal;
  /** What those who were called are told of it. Absent: nothing. */
  readonly tells?: Told;
  /** What is written in the same transaction. */
  readonly with?: (alert: AlertRecord, by: Actor) => readonly Step<'with'>[];
}

export interface Taken {
  readonly alert: AlertRecord;
  readonly by: Actor;
  readonly tie: Tie;
  /** Whether this request wrote it: nothing was written for a repeat, or where the alert was so already. */
  readonly written: boolean;
}

type Written = 'alert' | 'step' | 'claim' | 'current' | 'with';

/** How often a step is judged anew because somebody else's came between. */
const ROUNDS = 10;
/** How often a conflict with other transactions that does not end (two seconds each) is borne. */
const MOST_CONFLICTS = 2;

export const answers = (tie: Tie): boolean => tie === 'desk' || tie === 'family';
export const isOnDutyForIt = (tie: Tie): boolean => tie === 'desk';

/**
 * Takes a step: reads the alert, judges, and writes the alert, the line of its timeline and the claim to the step's id in one
 * transaction. When somebody else was faster, it is read and judged anew: so of two who acknowledge at once, one owns the alert
 * and the other is told who does. What follows from the step is sent after it has been written, and cannot fail it.
 *
 * Refuses: `not-found`, `forbidden`, `id-reused` (the step's id was used for another step), what the step refuses, and `busy` (a
 * press that has not become an alert yet, or too many writers).
 */
export async function takeStep(deps: AnswerDeps, who: Who, act: AlertAct): Promise<Taken | Refusal> {
  let othersJoin = false;
  let conflicts = 0;
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await pause(round);
    const { alert, press, claim, by } = await readAlert(deps, who, act.alertId, act.stepId);
    if (!alert) return refuse(press && press.by.personId === who.personId ? 'busy' : 'not-found');
    const tie = tieOf(who, alert);
    if (tie === undefined || !act.may(tie, alert)) return refuse('forbidden');
    if (claim) {
      if (claim.personId !== who.personId || claim.kind !== act.kind) return refuse('id-reused');
      // The first try may have been killed before anything followed from it. Whoever was told is not told twice.
      if (claim.rev === alert.rev) await followUp(deps, alert, by, act);
      return { alert, by, tie, written: false };
    }
    const next = act.change(alert, by);
    if (isRefusal(next)) return next;
    if (next === alert) return { alert, by, tie, written: false };
    const step = { stepId: act.stepId, at: act.now, kind: act.kind, by, to: act.to, note: act.note };
    const outcome: Outcome<Written> = await transact<Written>(deps.db, [
      putChanges(deps.alertsTable, alert, next),
      putStep(deps.alertsTable, alert.alertId, step),
      claimStep(deps.alertsTable, next, step),
      ...(isClosed(next) && !othersJoin ? [endJoining(deps.alertsTable, alert)] : []),
      ...(act.with?.(alert, by) ?? []),
    ]);
    if (outcome.committed) {
      await followUp(deps, next, by, act);
      return { alert: next, by, tie, written: true };
    }
    if ('failed' in outcome) othersJoin ||= outcome.failed.has('current');
    else if (++conflicts === MOST_CONFLICTS) break;
  }
  return refuse('busy');
}
