import { type Session, type SignIn, UNNAMED } from '../../shared/contracts/people.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Instant } from '../../shared/values/dates.ts';
import { log } from '../platform/log.ts';
import { transact } from '../platform/transact.ts';
import { type Chain, readChain, revoke, rotate } from './chain-store.ts';
import type { SessionDeps } from './deps.ts';
import { tryOneTimeCode, useOneTimeCode } from './one-time-code.ts';
import { openSession } from './open-session.ts';
import { endSessions } from './own-session.ts';
import { newPerson, personView, type StoredPerson } from './person.ts';
import { claimWechat, personOfWechat, putPerson, readPerson } from './person-store.ts';
import { nextToken, tokenHashOf } from './refresh-token.ts';
import { sessionToken } from './session-token.ts';

/** A session, by any of the three ways. */
export function signIn(deps: SessionDeps, request: SignIn, now: Instant): Promise<Session | Refusal> {
  if (request.by === 'wechat') return signInByWechat(deps, request.code, now);
  if (request.by === 'phone') return signInByPhone(deps, request, now);
  return refreshSession(deps, request.refreshToken, now);
}

/** By WeChat's code. An account that is seen for the first time becomes a family member, bound to nobody yet. */
async function signInByWechat(deps: SessionDeps, code: string, now: Instant): Promise<Session | Refusal> {
  const account = await deps.wechat(code);
  if (isRefusal(account)) return account;
  const person = (await personOfWechat(deps, account.openid)) ?? (await welcome(deps, account.openid));
  if (isRefusal(person)) return person;
  return (await openSession(deps, person, now)) ?? refuse('busy');
}

async function welcome(deps: SessionDeps, openid: string): Promise<StoredPerson | Refusal> {
  const person = newPerson({ personId: crypto.randomUUID(), name: UNNAMED, role: 'family', openid });
  const outcome = await transact<'person' | 'wechat'>(deps.db, [
    putPerson(deps.sessionsTable, person),
    claimWechat(deps.sessionsTable, openid, person.personId),
  ]);
  if (outcome.committed) return person;
  // Two phones, or an impatient finger: the other call made the person.
  return (await personOfWechat(deps, openid)) ?? refuse('busy');
}

/** By a phone number and the code that was sent to it. The code is used up in the transaction that begins the session. */
async function signInByPhone(
  deps: SessionDeps,
  { phone, code }: { phone: string; code: string },
  now: Instant,
): Promise<Session | Refusal> {
  const tried = await tryOneTimeCode(deps, { phone, code, now });
  if (isRefusal(tried)) return tried;
  const person = await readPerson(deps, tried.personId);
  // Removed, or given another number, after the code was sent.
  if (person === undefined || person.removedAt !== null || person.phone !== phone) return refuse('one-time-code-wrong');
  const used = useOneTimeCode(deps.sessionsTable, phone, code);
  return (await openSession(deps, person, now, [used])) ?? refuse('one-time-code-wrong');
}

/** A client that lost the answer may ask again so long; it gets the same next token. */
export const REPEAT_MS = 10_000;
const ROUNDS = 4;

/**
 * By a refresh token, which is used up: the answer holds the next one. The same token again within ten seconds gets the same
 * next one (an answer was lost, or two calls ran side by side). After that, or for any older token, somebody has a copy:
 * every session of the person is ended, for the thief and for the owner, who signs in anew.
 *
 * Refuses: `session-expired`.
 */
async function refreshSession(deps: SessionDeps, token: string, now: Instant): Promise<Session | Refusal> {
  for (let round = 0; round < ROUNDS; round++) {
    const chain = await readChain(deps, token);
    const person = chain && (await holder(deps, chain, now));
    if (chain === undefined || person === undefined) return refuse('session-expired');
    // Signed before the token is used up: a fault of the signer costs nobody the session.
    const session = await sessionToken(deps, person, now);
    const refreshToken = isNext(chain, token) ? await rotate(deps, token, now) : repeated(chain, token, now);
    if (refreshToken === 'stolen') {
      // The thief has session tokens of this chain too. They go first: once the chain is revoked, nobody comes by here again.
      await endSessions(deps, person);
      await revoke(deps, token, now);
      await log.warn('a refresh token was used a second time: every session is ended', { personId: person.personId });
      return refuse('session-expired');
    }
    if (refreshToken !== undefined) return { ...session, refreshToken, person: personView(person) };
  }
  return refuse('busy');
}

/** Whose chain it is, unless it has expired or was ended, by signing out or otherwise. */
async function holder(deps: SessionDeps, chain: Chain, now: Instant): Promise<StoredPerson | undefined> {
  if (chain.revokedAt !== null || chain.expiresAt <= now) return undefined;
  const person = await readPerson(deps, chain.personId);
  return person?.removedAt === null && person.epoch === chain.epoch ? person : undefined;
}

const isNext = (chain: Chain, token: string): boolean => chain.current === tokenHashOf(token);

function repeated(chain: Chain, token: string, now: Instant): string | 'stolen' {
  const { previous, salt, rotatedAt } = chain;
  const inTime = Date.parse(now) - Date.parse(rotatedAt) <= REPEAT_MS;
  return salt !== null && previous === tokenHashOf(token) && inTime ? nextToken(token, salt) : 'stolen';
}
