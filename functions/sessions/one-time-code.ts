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
import { codeRequestsKey, oneTimeCodeKey, ownPhoneCodeKey } from './keys.ts';
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

/** What a code is for: signing in, or showing that a number is the own one of somebody who is signed in. Neither does for the other. */
export type CodeFor = { readonly to: 'sign-in' } | { readonly to: 'own-phone'; readonly personId: string };

const keyOf = (phone: string, codeFor: CodeFor) =>
  codeFor.to === 'sign-in' ? oneTimeCodeKey(phone) : ownPhoneCodeKey(phone, codeFor.personId);

const TEXTS: Readonly<Record<CodeFor['to'], (code: string) => string>> = {
  'sign-in': (code) => `【安心】您的登录验证码是 ${code}，5 分钟内有效。请勿告诉他人。`,
  'own-phone': (code) => `【安心】您登记手机号的验证码是 ${code}，5 分钟内有效。登记后，老人求助时会打这个号码。`,
};

/** Without a person it is a decoy: an unknown number then answers every question as a known one does. */
const StoredCode = z.object({
  hash: z.string(),
  personId: z.optional(z.string()),
  expiresAt: z.string(),
  tries: z.int(),
});
type StoredCode = z.infer<typeof StoredCode>;

interface CodeAsked {
  readonly phone: string;
  readonly now: Instant;
  readonly draw?: (() => string) | undefined;
}

/**
 * Sends a one-time code to whoever signs in with this number. To a number that nobody signs in with nothing is sent, but the
 * answer is the same. A new code takes the place of the one before.
 *
 * Refuses: `too-many-attempts` (five codes within an hour), `message-unsent`.
 */
export async function requestOneTimeCode(
  deps: SessionDeps,
  asked: CodeAsked,
): Promise<z.infer<typeof OneTimeCodeSent> | Refusal> {
  return sendCode(deps, asked, { to: 'sign-in' }, async () => (await personOfPhone(deps, asked.phone))?.personId);
}

/**
 * Sends a code to a number that a person says is their own, whoever signs in with it now.
 *
 * Refuses: `too-many-attempts` (five codes to one number within an hour), `message-unsent`.
 */
export const requestOwnPhoneCode = (
  deps: SessionDeps,
  { personId }: { readonly personId: string },
  asked: CodeAsked,
): Promise<z.infer<typeof OneTimeCodeSent> | Refusal> =>
  sendCode(deps, asked, { to: 'own-phone', personId }, () => Promise.resolve(personId));

async function sendCode(
  deps: SessionDeps,
  { phone, now, draw = randomCode }: CodeAsked,
  codeFor: CodeFor,
  whose: () => Promise<string | undefined>,
): Promise<z.infer<typeof OneTimeCodeSent> | Refusal> {
  const requests: AttemptLimit = {
    table: deps.sessionsTable,
    key: codeRequestsKey(phone),
    most: MOST_CODES,
    seconds: WITHIN_SECONDS,
  };
  if (!(await takeAttempt(deps.db, requests, now))) return refuse('too-many-attempts');
  const personId = await whose();
  const code = draw();
  const end = Date.parse(now) + VALID_SECONDS * 1000;
  await deps.db.send(
    new PutCommand({
      TableName: deps.sessionsTable,
      Item: {
        ...keyOf(phone, codeFor),
        hash: hashOf(phone, code),
        ...(personId !== undefined && { personId }),
        expiresAt: toInstant(end),
        tries: 0,
        ttl: Math.floor(end / 1000),
      },
    }),
  );
  if (personId !== undefined && !(await deps.sendText(phone, TEXTS[codeFor.to](code)))) {
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
  codeFor: CodeFor = { to: 'sign-in' },
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
          Key: keyOf(phone, codeFor),
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
export const useOneTimeCode = (
  table: string,
  phone: string,
  code: string,
  codeFor: CodeFor = { to: 'sign-in' },
): Step<'used'> => ({
  step: 'used',
  Delete: {
    TableName: table,
    Key: keyOf(phone, codeFor),
    ConditionExpression: '#hash = :hash',
    ExpressionAttributeNames: { '#hash': 'hash' },
    ExpressionAttributeValues: { ':hash': hashOf(phone, code) },
  },
});
