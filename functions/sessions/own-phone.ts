import type { OwnPhone, Person } from '../../shared/contracts/people.ts';
import { maskPhone } from '../../shared/contracts/people.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Instant } from '../../shared/values/dates.ts';
import { type AttemptLimit, takeAttempt } from '../platform/attempts.ts';
import type { Answer } from '../platform/endpoint.ts';
import { log } from '../platform/log.ts';
import { type Step, transact } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import type { SessionDeps } from './deps.ts';
import { ownPhoneTriesKey } from './keys.ts';
import { requestOwnPhoneCode, tryOneTimeCode, useOneTimeCode } from './one-time-code.ts';
import { personView, type StoredPerson } from './person.ts';
import { claimPhone, putPerson, readPerson, releasePhone } from './person-store.ts';

const ROUNDS = 4;
/** Codes and proofs of one person within a day: each costs a message or a call to WeChat. */
const MOST_TRIES = 10;
const DAY_SECONDS = 24 * 60 * 60;

const triesOf = (table: string, personId: string): AttemptLimit => ({
  table,
  key: ownPhoneTriesKey(personId),
  most: MOST_TRIES,
  seconds: DAY_SECONDS,
});

/**
 * Sends a code to a number that somebody says is theirs.
 *
 * Refuses: `too-many-attempts` (ten a day for one person, five an hour for one number), `message-unsent`.
 */
export async function askOwnPhone(
  deps: SessionDeps,
  who: Who,
  { phone, now, draw }: { phone: string; now: Instant; draw?: (() => string) | undefined },
): ReturnType<typeof requestOwnPhoneCode> {
  if (!(await takeAttempt(deps.db, triesOf(deps.sessionsTable, who.personId), now))) return refuse('too-many-attempts');
  return requestOwnPhoneCode(deps, who, { phone, now, draw });
}

/**
 * Keeps a number as somebody's own, once it is shown to be theirs: by WeChat, or by the code that was sent to it. Alerts ring it from
 * then on, and they can sign in with it. The number of before is told that it is theirs no more.
 *
 * Refuses: `one-time-code-wrong`, `too-many-attempts`, `wechat-code-refused`, `wechat-unavailable`, `phone-elsewhere`,
 * `already-registered` (another person signs in with it), `session-expired`, `busy`.
 */
export async function putOwnPhone(deps: SessionDeps, who: Who, proof: OwnPhone, now: Instant): Promise<Answer<Person>> {
  const proven = await provenPhone(deps, who, proof, now);
  if (isRefusal(proven)) return proven;
  const { phone, uses } = proven;
  for (let round = 0; round < ROUNDS; round++) {
    const before = await readPerson(deps, who.personId);
    if (before === undefined || before.removedAt !== null || before.epoch !== (who.epoch ?? 0))
      return refuse('session-expired');
    if (before.phone === phone) return { replayed: personView(before) };
    const after: StoredPerson = { ...before, phone, rev: before.rev + 1 };
    const table = deps.sessionsTable;
    const outcome = await transact<'person' | 'phone' | 'old-phone' | 'used'>(deps.db, [
      putPerson(table, after),
      claimPhone(table, phone, who.personId),
      ...(before.phone === undefined ? [] : [releasePhone(table, before.phone)]),
      ...uses,
    ]);
    if (outcome.committed) {
      if (before.phone !== undefined) await tellOldPhone(deps, before.phone, phone);
      return personView(after);
    }
    if ('busy' in outcome) break;
    if (outcome.failed.has('used')) return refuse('one-time-code-wrong');
    if (outcome.failed.has('phone')) return refuse('already-registered');
  }
  return refuse('busy');
}

async function provenPhone(
  deps: SessionDeps,
  { personId }: Who,
  proof: OwnPhone,
  now: Instant,
): Promise<{ readonly phone: string; readonly uses: readonly Step<'used'>[] } | Refusal> {
  if (proof.by === 'text') {
    const { phone, code } = proof;
    const codeFor = { to: 'own-phone', personId } as const;
    const tried = await tryOneTimeCode(deps, { phone, code, now }, codeFor);
    return isRefusal(tried) ? tried : { phone, uses: [useOneTimeCode(deps.sessionsTable, phone, code, codeFor)] };
  }
  if (!(await takeAttempt(deps.db, triesOf(deps.sessionsTable, personId), now))) return refuse('too-many-attempts');
  const told = await deps.wechatPhone(proof.code);
  return isRefusal(told) ? told : { phone: told.phone, uses: [] };
}

/** Whoever lost a number to somebody else's hand learns it there. That it could not be sent does not undo the change. */
async function tellOldPhone(deps: SessionDeps, old: string, phone: string): Promise<void> {
  const text = `【安心】您登记的手机号已改为 ${maskPhone(phone)}，这个号码不再接到求助。不是您本人改的，请马上联系社区。`;
  if (!(await deps.sendText(old, text))) await log.warn('the number of before was not told', { why: 'message-unsent' });
}
