import type * as z from 'zod/mini';
import type { ClosedUnverified, CloseUnverifiedForm } from '../../../shared/contracts/alerts.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { inParallel } from '../../platform/in-parallel.ts';
import type { Who } from '../../platform/who.ts';
import { derivedId } from '../circle/derived-id.ts';
import { close } from './alert-steps.ts';
import type { AnswerDeps } from './deps.ts';
import { isOnDutyForIt, takeStep } from './take-step.ts';

/** How many are closed side by side. */
const WIDTH = 8;

/**
 * Closes many unverified alerts as false alarms, each as if by itself: with a line in its timeline, by whom and why. A verified one is
 * left open (`forbidden`): somebody must look at each of those. The same again closes nothing twice.
 */
export async function closeUnverified(
  deps: AnswerDeps,
  who: Who,
  { stepId, note, alertIds, now }: z.infer<typeof CloseUnverifiedForm> & { readonly now: Instant },
): Promise<z.infer<typeof ClosedUnverified>> {
  const closed: string[] = [];
  const left: { alertId: string; refused: string }[] = [];
  await inParallel(WIDTH, [...new Set(alertIds)], async (alertId) => {
    const taken = await takeStep(deps, who, {
      alertId,
      stepId: derivedId('close-unverified', stepId, alertId),
      note,
      now,
      kind: 'false-alarm',
      may: (tie, alert) => isOnDutyForIt(tie) && alert.unverified,
      change: (alert, by) => close(alert, by, now, { state: 'false-alarm' }),
      tells: 'closed',
    });
    if (!isRefusal(taken) || taken.refused === 'alert-closed') closed.push(alertId);
    else left.push({ alertId, refused: taken.refused });
  });
  return { closed, left };
}
