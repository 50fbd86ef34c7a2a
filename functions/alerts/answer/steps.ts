import type { ALERT_OUTCOMES, AlertView } from '../../../shared/contracts/alerts.ts';
import { isRefusal, type Refusal } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import type { Answer } from '../../platform/endpoint.ts';
import type { Who } from '../../platform/who.ts';
import { acknowledge, arrive, callOff, close, type Ending, note } from './alert-steps.ts';
import { alertView, mayCallOff } from './alert-view.ts';
import type { AnswerDeps } from './deps.ts';
import { answers, isOnDutyForIt, type Taken, takeStep } from './take-step.ts';

/** A step as its route gives it: the alert of the path, the form, and the time. */
interface StepForm {
  readonly alertId: string;
  readonly stepId: string;
  readonly note?: string | undefined;
  readonly now: Instant;
}

export const answerTo = (who: Who, taken: Taken | Refusal, now: Instant): Answer<AlertView> => {
  if (isRefusal(taken)) return taken;
  const view = alertView(taken.alert, { who, tie: taken.tie }, now);
  return taken.written ? view : { replayed: view };
};

/** Takes the alert: one person owns it, whoever comes second is told who. Refuses: see `alertRoutes.acknowledgeAlert`. */
export async function acknowledgeAlert(deps: AnswerDeps, who: Who, form: StepForm): Promise<Answer<AlertView>> {
  const taken = await takeStep(deps, who, {
    ...form,
    kind: 'acknowledged',
    may: answers,
    change: (alert, by) => acknowledge(alert, by, form.now),
    tells: 'answered',
  });
  return answerTo(who, taken, form.now);
}

/** Writes down what was heard or done. Refuses: see `alertRoutes.noteOnAlert`. */
export async function noteOnAlert(deps: AnswerDeps, who: Who, form: StepForm): Promise<Answer<AlertView>> {
  const taken = await takeStep(deps, who, {
    ...form,
    kind: 'note',
    may: answers,
    change: (alert, by) => note(alert, by, form.now),
  });
  return answerTo(who, taken, form.now);
}

/** Somebody is at the door. Refuses: see `alertRoutes.arriveAtAlert`. */
export async function arriveAtAlert(deps: AnswerDeps, who: Who, form: StepForm): Promise<Answer<AlertView>> {
  const taken = await takeStep(deps, who, {
    ...form,
    kind: 'arrived',
    may: answers,
    change: (alert, by) => arrive(alert, by, form.now),
    tells: 'answered',
  });
  return answerTo(who, taken, form.now);
}

/** The elder, or whoever raised it, calls the alert off. Refuses: see `alertRoutes.callOff`. */
export async function callOffAlert(deps: AnswerDeps, who: Who, form: StepForm): Promise<Answer<AlertView>> {
  const taken = await takeStep(deps, who, {
    ...form,
    kind: 'called-off',
    may: (tie, alert) => mayCallOff(who, tie, alert),
    change: (alert) => callOff(alert, form.now),
  });
  return answerTo(who, taken, form.now);
}

/** Closes the alert with what became of it. Refuses: see `alertRoutes.resolveAlert`. */
export const resolveAlert = (
  deps: AnswerDeps,
  who: Who,
  form: StepForm & { readonly outcome: (typeof ALERT_OUTCOMES)[number] },
): Promise<Answer<AlertView>> => closeAlert(deps, who, form, { state: 'resolved', outcome: form.outcome });

/** Closes the alert as a false alarm. Refuses: see `alertRoutes.falseAlarm`. */
export const closeAsFalseAlarm = (deps: AnswerDeps, who: Who, form: StepForm): Promise<Answer<AlertView>> =>
  closeAlert(deps, who, form, { state: 'false-alarm' });

async function closeAlert(deps: AnswerDeps, who: Who, form: StepForm, ending: Ending): Promise<Answer<AlertView>> {
  const { alertId, stepId, note: words, now } = form;
  const taken = await takeStep(deps, who, {
    alertId,
    stepId,
    note: words,
    now,
    kind: ending.state,
    may: isOnDutyForIt,
    change: (alert, by) => close(alert, by, now, ending),
    tells: 'closed',
  });
  return answerTo(who, taken, now);
}
