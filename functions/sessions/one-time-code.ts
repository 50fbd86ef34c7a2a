import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { maskPhone, type OneTimeCodeSent } from '../../shared/contracts/people.ts';
import { type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import { type Instant, toInstant } from '../../shared/values/dates.ts';
import { type AttemptLimit, attemptGivenBack, takeAttempt } from '../platform/attempts.ts';
import { type Step, transact } from '../platform/transact.ts';
import type { SessionDeps } from './deps.ts';
import { codeRequestsKey, oneTimeCodeKey } from './keys.ts';
import { personOfPhone } from './person-store.ts';

const DIGITS = 6;
const VALID_SECONDS = 5 * 60;
/** Tries for one code. */
export const MOST_TRIES = 5;
/** Codes for one number within an hour: with five tries each, 25 guesses at a million. */
export const MOST_CODES = 5;
const WITHIN_SECONDS = 3600;

const randomCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
const hashOf = (phone: string, code: string): string =>
  createHash('sha256').update(`one-time ${phone} ${code}`).digest('base64url');

const textOf = (code: string): string => `【安心】您的登录验证码是 ${code}，5 分钟内有效。请勿告诉他人。`;

/** Without a person it is a decoy: an unknown number then answers every question as a known one does. */
const StoredCode = z.object({
  hash: z.string(),
  personId: z.optional(z.string()),
  expiresAt: z.string(),
  tries: z.int(),
});
type StoredCode = z.infer<typeof StoredCode>;

/**
 * Sends a one-time code to whoever signs in with this number. To a number that nobody signs in with nothing is sent, but the
 * answer is the same. A new code takes the place of the one before.
 *
 * Refuses: `too-many-attempts` (five codes within an hour), `message-unsent`.
 */
export async function requestOneTimeCode(
  deps: SessionDeps,
  { phone, now, draw = randomCode }: { phone: string; now: Instant; draw?: () => string },
): Promise<z.infer<typeof OneTimeCodeSent> | Refusal> {
  const requests: AttemptLimit = {
    table: deps.sessionsTable,
    key: codeRequestsKey(phone),
    most: MOST_CODES,
    seconds: WITHIN_SECONDS,
  };
  if (!(await takeAttempt(deps.db, requests, now))) return refuse('too-many-attempts');
  const person = await personOfPhone(deps, phone);
  const code = draw();
  const end = Date.parse(now) + VALID_SECONDS * 1000;
  await deps.db.send(
    new PutCommand({
      TableName: deps.sessionsTable,
      Item: {
        ...oneTimeCodeKey(phone),
        hash: hashOf(phone, code),
        ...(person && { personId: person.personId }),
        expiresAt: toInstant(end),
        tries: 0,
        ttl: Math.floor(end / 1000),
      },
    }),
  );
  if (person && !(await deps.sendText(phone, textOf(code)))) {
    // What was not sent does not count: the number is not shut out because the gateway is down.
    await transact(deps.db, [attemptGivenBack(requests)]);
    return refuse('message-unsent');
  }
  return { sentTo: maskPhone(phone), expiresInSeconds: VALID_SECONDS };
}

/**
 * Whose code it is. Each try is counted before it is judged, in one conditional write.
 *
 * Refuses: `one-time-code-wrong`, `too-many-attempts` (this code was tried five times).
 */
export async function tryOneTimeCode(
  { db, sessionsTable }: SessionDeps,
  { phone, code, now }: { phone: string; code: string; now: Instant },
): Promise<{ readonly personId: string } | Refusal> {
  const stored = await countTry();
  if ('refused' in stored) return stored;
  const right = timingSafeEqual(Buffer.from(stored.hash), Buffer.from(hashOf(phone, code)));
  return right && stored.personId !== undefined ? { personId: stored.personId } : refuse('one-time-code-wrong');

  async function countTry(): Promise<StoredCode | Refusal> {
    try {
      const { Attributes } = await db.send(
        new UpdateCommand({
          TableName: sessionsTable,
          Key: oneTimeCodeKey(phone),
          UpdateExpression: 'SET tries = tries + :one',
          ConditionExpression: 'expiresAt > :now AND tries < :most',
          ExpressionAttributeValues: { ':one': 1, ':now': now, ':most': MOST_TRIES },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return StoredCode.parse(Attributes);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const usedUp = error.Item?.expiresAt?.S !== undefined && error.Item.expiresAt.S > now;
      return refuse(usedUp ? 'too-many-attempts' : 'one-time-code-wrong');
    }
  }
}

/** Uses a code up; fails when it was used, or another was sent meanwhile. */
export const useOneTimeCode = (table: string, phone: string, code: string): Step<'used'> => ({
  step: 'used',
  Delete: {
    TableName: table,
    Key: oneTimeCodeKey(phone),
    ConditionExpression: '#hash = :hash',
    ExpressionAttributeNames: { '#hash': 'hash' },
    ExpressionAttributeValues: { ':hash': hashOf(phone, code) },
  },
});
