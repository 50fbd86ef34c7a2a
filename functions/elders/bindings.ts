import type { ConsentPurpose } from '../../shared/contracts/elder-facts.ts';
import type { BindingView } from '../../shared/contracts/elders.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Instant } from '../../shared/values/dates.ts';
import type { Answer } from '../platform/endpoint.ts';
import { transact } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import { bindingView, withConsent, withheldWith } from './binding.ts';
import { bindingsOf, consentLogged, deleteFamily, putBindingOver, readBinding } from './binding-store.ts';
import type { ElderDeps } from './deps.ts';
import { changedElder } from './elder.ts';
import { mayActFor } from './elder-record.ts';
import { elderFor, putNextElder, readElder } from './elder-store.ts';

const ROUNDS = 5;

/** Who is bound to an elder. A family member sees their own binding alone. */
export async function listBindings(
  deps: ElderDeps,
  who: Who,
  elderId: string,
): Promise<{ bindings: BindingView[] } | Refusal> {
  const elder = await elderFor(deps, who, elderId);
  if (isRefusal(elder)) return elder;
  const bindings = await bindingsOf(deps, elderId);
  const seen = who.role === 'family' ? bindings.filter(({ personId }) => personId === who.personId) : bindings;
  return { bindings: seen.map(bindingView) };
}

/**
 * Ends a binding: a family member their own, the elder any of theirs, staff any in their area. Ending it again changes nothing.
 *
 * Refuses: `forbidden` (another family member's), `not-found` (never bound), `busy`.
 */
export async function unbind(
  deps: ElderDeps,
  who: Who,
  { elderId, personId, now }: { elderId: string; personId: string; now: Instant },
): Promise<Answer<Record<string, never>>> {
  for (let round = 0; round < ROUNDS; round++) {
    const elder = await readElder(deps, elderId);
    if (elder === undefined) return refuse('not-found');
    const own = who.role === 'family' && who.personId === personId;
    if (!own && (who.role === 'family' || !mayActFor(who, elder))) return refuse('forbidden');
    const binding = await readBinding(deps, elderId, personId);
    if (binding === undefined) return refuse(own ? 'forbidden' : 'not-found');
    if (binding.endedAt !== null) return { replayed: {} };
    const ended = { ...binding, endedAt: now };
    const table = deps.eldersTable;
    const outcome = await transact<'elder' | 'binding' | 'family' | 'consent-entry'>(deps.db, [
      putNextElder(
        table,
        changedElder(elder, {
          family: elder.family.filter((member) => member !== personId),
          withheld: withheldWith(elder.withheld, ended),
        }),
      ),
      putBindingOver(table, binding, ended),
      deleteFamily(table, binding),
      consentLogged(table, ended, { at: now, by: who.personId, what: 'unbound' }),
    ]);
    if (outcome.committed) return {};
    if ('busy' in outcome) break;
  }
  return refuse('busy');
}

/**
 * Gives or withdraws one consent of one's own binding. The same again changes nothing.
 *
 * Refuses: `consent-required` (the one without which there is no care ends with the binding only), `forbidden`, `busy`.
 */
export async function putConsent(
  deps: ElderDeps,
  who: Who,
  { elderId, purpose, granted, now }: { elderId: string; purpose: ConsentPurpose; granted: boolean; now: Instant },
): Promise<Answer<BindingView>> {
  for (let round = 0; round < ROUNDS; round++) {
    const elder = await elderFor(deps, who, elderId);
    if (isRefusal(elder)) return elder;
    const binding = await readBinding(deps, elderId, who.personId);
    if (binding === undefined || binding.endedAt !== null) return refuse('forbidden');
    const next = withConsent(binding, purpose, granted, now);
    if (isRefusal(next)) return next;
    if (next === binding) return { replayed: bindingView(binding) };
    const outcome = await transact<'elder' | 'binding' | 'consent-entry'>(deps.db, [
      putNextElder(deps.eldersTable, changedElder(elder, { withheld: withheldWith(elder.withheld, next) })),
      putBindingOver(deps.eldersTable, binding, next),
      consentLogged(deps.eldersTable, next, { at: now, by: who.personId, what: 'consent' }),
    ]);
    if (outcome.committed) return bindingView(next);
    if ('busy' in outcome) break;
  }
  return refuse('busy');
}
