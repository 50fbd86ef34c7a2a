import type { Actor } from '../../../shared/contracts/alerts.ts';
import { type Refusal, refuse } from '../../../shared/contracts/refusal.ts';
import { type Instant, toInstant } from '../../../shared/values/dates.ts';
import { dueAfterReopening } from '../ladder/next-due.ts';
import type { AlertRecord } from '../records.ts';

/**
 * The steps that an alert takes once it has been raised: docs/alert-states.md draws them. Each is a function from the alert as
 * it stands to the alert as it becomes, or to a refusal. An alert that comes back as the very same object was there already:
 * nothing is to be written.
 */

/**
 * How long somebody at the door may stay silent before the alert opens again, in seconds. Longer than the next step of an
 * acknowledgement, for hands are busy there; but never endless: whoever went in may themselves be in need of help.
 */
export const AT_THE_DOOR_SECONDS = 1800;

const CLOSED = new Set<AlertRecord['state']>(['resolved', 'false-alarm']);
export const isClosed = ({ state }: Pick<AlertRecord, 'state'>): boolean => CLOSED.has(state);
/** Whether somebody owns it. */
export const isAnswered = ({ state }: Pick<AlertRecord, 'state'>): boolean =>
  state === 'acknowledged' || state === 'arrived';

const later = (at: Instant, seconds: number): Instant => toInstant(Date.parse(at) + seconds * 1000);
const isOwner = (alert: AlertRecord, by: Actor): boolean =>
  by.personId !== undefined && alert.owner?.personId === by.personId;

const changed = (alert: AlertRecord, change: Partial<AlertRecord>): AlertRecord => ({
  ...alert,
  ...change,
  rev: alert.rev + 1,
});
const nextStepDue = (alert: AlertRecord, at: Instant): Instant =>
  later(at, alert.state === 'arrived' ? AT_THE_DOOR_SECONDS : alert.plan.nextStepSeconds);
/** The change that makes somebody the owner: nobody is waited for any more, and the next step is due. */
const owned = (alert: AlertRecord, by: Actor, at: Instant): Partial<AlertRecord> => ({
  state: alert.state === 'arrived' ? 'arrived' : 'acknowledged',
  owner: by,
  answeredAt: alert.answeredAt ?? at,
  waitingSince: undefined,
  dueAt: nextStepDue(alert, at),
});

/** Says who has it: so that whoever comes second can call them. */
const refuseOwned = ({ owner }: AlertRecord): Refusal =>
  refuse('alert-owned', [
    { path: 'owner', message: owner?.name ?? owner?.role ?? '', personId: owner?.personId, role: owner?.role },
  ]);

/**
 * Takes the alert. Whoever has it keeps it, with one exception: those on duty may take it over from a member of the family, who
 * may be far away and cannot be expected to lead a rescue. Refuses `alert-closed`, `alert-owned` (details name the owner).
 */
export function acknowledge(alert: AlertRecord, by: Actor, at: Instant): AlertRecord | Refusal {
  if (isClosed(alert)) return refuse('alert-closed');
  if (isAnswered(alert)) {
    if (isOwner(alert, by)) return alert;
    const takesOver = alert.owner?.role === 'family' && by.role !== 'family';
    if (!takesOver) return refuseOwned(alert);
  }
  return changed(alert, owned(alert, by, at));
}

/**
 * Gives one's alert to somebody else, who must take a next step in turn. Refuses `alert-closed`, `alert-not-acknowledged`,
 * `alert-owned` (only the owner can give it away).
 */
export function handOver(alert: AlertRecord, by: Actor, to: Actor, at: Instant): AlertRecord | Refusal {
  if (isClosed(alert)) return refuse('alert-closed');
  if (!isAnswered(alert)) return refuse('alert-not-acknowledged');
  if (!isOwner(alert, by)) return refuseOwned(alert);
  return isOwner(alert, to) ? alert : changed(alert, owned(alert, to, at));
}

/** Something was heard or done. It is a next step where the owner says it; it never stops the ladder. Refuses `alert-closed`. */
export function note(alert: AlertRecord, by: Actor, at: Instant): AlertRecord | Refusal {
  if (isClosed(alert)) return refuse('alert-closed');
  return changed(alert, isAnswered(alert) && isOwner(alert, by) ? { dueAt: nextStepDue(alert, at) } : {});
}

/**
 * Somebody is at the door. Where nobody owned the alert, they do now: no answer is better. Where somebody did, they still do.
 * It opens again after `AT_THE_DOOR_SECONDS` in which nothing more is heard. Refuses `alert-closed`.
 */
export function arrive(alert: AlertRecord, by: Actor, at: Instant): AlertRecord | Refusal {
  if (isClosed(alert)) return refuse('alert-closed');
  const arrived = { ...alert, state: 'arrived' } as const;
  return changed(arrived, isAnswered(alert) ? { dueAt: nextStepDue(arrived, at) } : owned(arrived, by, at));
}

/** Until when the alert can be called off; undefined once that is over, or somebody has answered. */
export function callOffUntil(alert: AlertRecord, at: Instant): Instant | undefined {
  const ends = later(alert.raisedAt, alert.plan.callOffSeconds);
  const stands = !isClosed(alert) && alert.answeredAt === undefined && alert.calledOffAt === undefined;
  return stands && at <= ends ? ends : undefined;
}

/**
 * Calls the alert off: in the first seconds, before anybody answered. The ladder stops climbing, yet the alert stays on the board
 * until somebody on duty has looked and closed it. Refuses `alert-closed`, `too-late-to-call-off`.
 */
export function callOff(alert: AlertRecord, at: Instant): AlertRecord | Refusal {
  if (isClosed(alert)) return refuse('alert-closed');
  if (alert.calledOffAt !== undefined) return alert;
  if (callOffUntil(alert, at) === undefined) return refuse('too-late-to-call-off');
  return changed(alert, { calledOffAt: at, dueAt: undefined });
}

/** How an alert ends. `outcome` is one of ALERT_OUTCOMES; a false alarm has none. */
export type Ending =
  | { readonly state: 'resolved'; readonly outcome: string }
  | { readonly state: 'false-alarm'; readonly outcome?: undefined };

/** Closes the alert: nothing is due any more. Closing what nobody had answered answers it. Refuses `alert-closed`. */
export function close(alert: AlertRecord, by: Actor, at: Instant, ending: Ending): AlertRecord | Refusal {
  if (isClosed(alert)) return refuse('alert-closed');
  return changed(alert, {
    state: ending.state,
    outcome: ending.outcome,
    owner: isAnswered(alert) ? alert.owner : by,
    answeredAt: alert.answeredAt ?? at,
    closedAt: at,
    waitingSince: undefined,
    dueAt: undefined,
  });
}

/**
 * Nobody took the next step in time: the alert calls again, everybody whom it had called so far, and its ladder goes on where it
 * stood. That it was called off counts no more: somebody on duty had a reason to take it.
 */
export function reopen(alert: AlertRecord, at: Instant): AlertRecord {
  if (!isAnswered(alert) || alert.dueAt === undefined || at < alert.dueAt) return alert;
  return changed(alert, {
    state: 'calling',
    owner: undefined,
    calledOffAt: undefined,
    waitingSince: at,
    dueAt: dueAfterReopening(alert.plan, alert.wave, at),
  });
}

/**
 * The elder pressed again after calling off: the alert calls and climbs like any other. Where somebody has taken it meanwhile,
 * they keep it. What rings once does not ring again for that.
 */
export function resume(alert: AlertRecord, at: Instant): AlertRecord {
  if (isClosed(alert) || alert.calledOffAt === undefined) return alert;
  const climbs = {
    waitingSince: at,
    ...(!alert.plan.once && { dueAt: dueAfterReopening(alert.plan, alert.wave, at) }),
  };
  return changed(alert, { calledOffAt: undefined, ...(!isAnswered(alert) && climbs) });
}
