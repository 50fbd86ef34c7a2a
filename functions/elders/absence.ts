import type { Absence } from '../../shared/contracts/elder-facts.ts';
import type { ElderView } from '../../shared/contracts/elders.ts';
import { isRefusal, refuse } from '../../shared/contracts/refusal.ts';
import { dateInChina, type Instant } from '../../shared/values/dates.ts';
import type { Answer } from '../platform/endpoint.ts';
import type { Who } from '../platform/who.ts';
import type { ElderDeps } from './deps.ts';
import { changedElder } from './elder.ts';
import { elderView } from './elder-record.ts';
import { absenceFaults, refuseFaults } from './elder-rules.ts';
import { changeElder } from './elder-store.ts';

/**
 * Pauses an elder's meals; a second pause takes the place of the first. The same again changes nothing. What is ordered for
 * those days is cancelled by whoever hears the event that follows.
 *
 * Refuses: `invalid-request` (ends before it starts; days that are over; too far back or ahead), `elder-died`, `busy`.
 */
export async function pauseMeals(
  deps: ElderDeps,
  who: Who,
  { elderId, absence, now }: { elderId: string; absence: Absence; now: Instant },
): Promise<Answer<ElderView>> {
  const outcome = await changeElder<ElderView>(deps, who, elderId, (elder) => {
    if (elder.diedOn !== null) return refuse('elder-died');
    if (isSameAbsence(elder.absence, absence)) return { say: elderView(elder) };
    return refuseFaults(absenceFaults(absence, dateInChina(now))) ?? { elder: changedElder(elder, { absence }) };
  });
  return answerOf(outcome);
}

/** Ends a pause now. Where there is none, nothing changes. */
export async function resumeMeals(deps: ElderDeps, who: Who, elderId: string): Promise<Answer<ElderView>> {
  const outcome = await changeElder<ElderView>(deps, who, elderId, (elder) =>
    elder.absence === null ? { say: elderView(elder) } : { elder: changedElder(elder, { absence: null }) },
  );
  return answerOf(outcome);
}

function answerOf(outcome: Awaited<ReturnType<typeof changeElder<ElderView>>>): Answer<ElderView> {
  if (isRefusal(outcome)) return outcome;
  return 'changed' in outcome ? elderView(outcome.changed) : { replayed: outcome.say };
}

const isSameAbsence = (a: Absence | null, b: Absence): boolean =>
  a !== null && a.reason === b.reason && a.from === b.from && a.until === b.until;
