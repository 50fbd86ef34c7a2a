import type { Instant } from '../../../shared/values/dates.ts';
import { readAlert } from '../keep/keep-store.ts';
import { callWave, type LadderDeps } from './call-wave.ts';
import { aroundOf } from './reopen.ts';

/**
 * Calls a wave that is due, unless somebody has answered, called it off, or called that wave already. Of a timer that came twice
 * the second finds nothing to do.
 */
export async function escalate(
  deps: LadderDeps,
  { alertId, wave }: { readonly alertId: string; readonly wave: number },
  now: Instant,
): Promise<void> {
  const alert = await readAlert(deps, alertId);
  const isDue =
    alert?.state === 'calling' && alert.wave === wave - 1 && alert.dueAt !== undefined && alert.dueAt <= now;
  if (isDue) await callWave(deps, alert, await aroundOf(deps, alert, now), now);
}
