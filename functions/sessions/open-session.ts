import type { Session } from '../../shared/contracts/people.ts';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Instant } from '../../shared/values/dates.ts';
import { type Step, transact } from '../platform/transact.ts';
import { putChain } from './chain-store.ts';
import type { SessionDeps } from './deps.ts';
import { personView, type StoredPerson } from './person.ts';
import { firstToken } from './refresh-token.ts';
import { sessionToken } from './session-token.ts';

/**
 * A new session for a person who proved to be it. `uses` is what is used up by it, in the same transaction: when its condition
 * fails, there is no session and the answer is undefined. The token is signed first, so that a fault of the signer uses nothing up.
 */
export async function openSession(
  deps: SessionDeps,
  person: StoredPerson,
  now: Instant,
  uses: readonly Step<'used'>[] = [],
): Promise<Session | Refusal | undefined> {
  const { token, expiresAt } = await sessionToken(deps, person, now);
  const refreshToken = firstToken();
  const outcome = await transact<'chain' | 'used'>(deps.db, [
    putChain(deps.sessionsTable, refreshToken, person, now),
    ...uses,
  ]);
  if (outcome.committed) return { token, expiresAt, refreshToken, person: personView(person) };
  return 'busy' in outcome ? refuse('busy') : undefined;
}
