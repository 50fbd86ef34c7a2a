import type * as z from 'zod/mini';
import type { DeathForm, ElderView } from '../../shared/contracts/elders.ts';
import { isRefusal, refuse } from '../../shared/contracts/refusal.ts';
import { dateInChina, type Instant } from '../../shared/values/dates.ts';
import type { Answer } from '../platform/endpoint.ts';
import type { Step } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import type { ElderDeps } from './deps.ts';
import { changedElder } from './elder.ts';
import { elderView } from './elder-record.ts';
import { deathFaults, refuseFaults } from './elder-rules.ts';
import { changeElder } from './elder-store.ts';
import { deathEntryKey } from './keys.ts';

export interface RecordDeath {
  readonly elderId: string;
  readonly form: z.infer<typeof DeathForm>;
  readonly now: Instant;
}

/**
 * Records the day on which an elder died, or takes a mistaken entry back. What was entered once is changed or taken back only
 * with a reason; who wrote what, and why, is kept. The same again changes nothing.
 *
 * Refuses: `invalid-request` (a day to come, or before birth), `reason-required`, `busy`.
 */
export async function recordDeath(
  deps: ElderDeps,
  who: Who,
  { elderId, form, now }: RecordDeath,
): Promise<Answer<ElderView>> {
  const { diedOn, reason } = form;
  const outcome = await changeElder<ElderView>(deps, who, elderId, (elder) => {
    if (elder.diedOn === diedOn) return { say: elderView(elder) };
    const refused = diedOn && refuseFaults(deathFaults(diedOn, elder.birthDate, dateInChina(now)));
    if (refused) return refused;
    if (elder.diedOn !== null && reason === undefined) return refuse('reason-required', [{ path: 'body.reason' }]);
    return {
      elder: changedElder(elder, { diedOn }),
      with: [deathEntry(deps.eldersTable, who, { elderId, form, now })],
    };
  });
  if (isRefusal(outcome)) return outcome;
  return 'changed' in outcome ? elderView(outcome.changed) : { replayed: outcome.say };
}

const deathEntry = (table: string, who: Who, { elderId, form, now }: RecordDeath): Step<'with'> => ({
  step: 'with',
  Put: {
    TableName: table,
    Item: {
      ...deathEntryKey(elderId, now, crypto.randomUUID()),
      at: now,
      personId: who.personId,
      role: who.role,
      ...form,
    },
  },
});
