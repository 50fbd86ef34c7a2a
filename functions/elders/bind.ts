import type { BindingView, BindRequest } from '../../shared/contracts/elders.ts';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Instant } from '../../shared/values/dates.ts';
import { type AttemptLimit, attemptGivenBack, takeAttempt } from '../platform/attempts.ts';
import type { Answer } from '../platform/endpoint.ts';
import { transact } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import { bindingView, isSameRequest, newBinding, refuseConsents, withheldWith } from './binding.ts';
import { readBindingCode, useBindingCode } from './binding-code.ts';
import { consentLogged, putFamily, putNewBinding, readBinding } from './binding-store.ts';
import type { ElderDeps } from './deps.ts';
import { changedElder } from './elder.ts';
import { putNextElder, readElder } from './elder-store.ts';
import { bindingAttemptsKey } from './keys.ts';

/** Five wrong codes an hour: of 100 million codes, nobody finds one that way. */
const WRONG_CODES = 5;
const WITHIN_SECONDS = 3600;
const ROUNDS = 5;

const attemptsOf = (table: string, personId: string): AttemptLimit => ({
  table,
  key: bindingAttemptsKey(personId),
  most: WRONG_CODES,
  seconds: WITHIN_SECONDS,
});

/**
 * Binds a family member to an elder by the community's code, with their consents. The code, the elder's list of family, the
 * binding and the proof of consent are one transaction. The same again, by the same person, gets the first answer.
 *
 * Refuses: `consent-required` (the one that is needed is not given), `too-many-attempts` (five wrong codes within an hour; a
 * right one is not counted), `binding-code-wrong` (no such code, used by another, or expired), `already-bound`, `elder-died`,
 * `busy`.
 */
export async function bind(
  deps: ElderDeps,
  who: Who,
  request: BindRequest,
  now: Instant,
): Promise<Answer<BindingView>> {
  const refused = refuseConsents(request.consents);
  if (refused) return refused;
  const attempts = attemptsOf(deps.eldersTable, who.personId);
  if (!(await takeAttempt(deps.db, attempts, now))) return refuse('too-many-attempts');
  for (let round = 0; round < ROUNDS; round++) {
    const code = await readBindingCode(deps, request.code, now);
    const mine = code?.usedBy === undefined || code.usedBy === who.personId;
    const elder = code && mine ? await readElder(deps, code.elderId) : undefined;
    if (code === undefined || elder === undefined) return refuse('binding-code-wrong');
    if (code.usedBy !== undefined) return repeated(deps, who, { elderId: elder.elderId, request, attempts });
    if (elder.diedOn !== null) return notCounted(deps, attempts, refuse('elder-died'));
    if (elder.family.includes(who.personId)) return notCounted(deps, attempts, refuse('already-bound'));
    const { personId } = who;
    const binding = newBinding(elder.elderId, personId, request, now);
    const table = deps.eldersTable;
    const outcome = await transact<'code' | 'elder' | 'binding' | 'family' | 'consent-entry' | 'attempt'>(deps.db, [
      useBindingCode(table, { code: request.code, elderId: elder.elderId, personId, now }),
      putNextElder(
        table,
        changedElder(elder, {
          family: [...elder.family, personId],
          withheld: withheldWith(elder.withheld, binding),
        }),
      ),
      putNewBinding(table, binding),
      putFamily(table, binding),
      consentLogged(table, binding, { at: now, by: personId, what: 'bound' }),
      attemptGivenBack(attempts),
    ]);
    if (outcome.committed) return bindingView(binding);
    if ('busy' in outcome) break;
  }
  return notCounted(deps, attempts, refuse('busy'));
}

/** The code was used by this very person: the first answer, when it bound them as they now ask; else they are bound already. */
async function repeated(
  deps: ElderDeps,
  { personId }: Who,
  { elderId, request, attempts }: { elderId: string; request: BindRequest; attempts: AttemptLimit },
): Promise<Answer<BindingView>> {
  const binding = await readBinding(deps, elderId, personId);
  if (binding === undefined || binding.endedAt !== null) return refuse('binding-code-wrong');
  const answer = isSameRequest(binding, request) ? { replayed: bindingView(binding) } : refuse('already-bound');
  return notCounted(deps, attempts, answer);
}

/** What is said although no wrong code was tried. */
async function notCounted<T extends Refusal | { readonly replayed: BindingView }>(
  deps: ElderDeps,
  attempts: AttemptLimit,
  answer: T,
): Promise<T> {
  await transact(deps.db, [attemptGivenBack(attempts)]);
  return answer;
}
