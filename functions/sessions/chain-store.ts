import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type Instant, toInstant } from '../../shared/values/dates.ts';
import type { Step } from '../platform/transact.ts';
import type { SessionDeps } from './deps.ts';
import { chainKey } from './keys.ts';
import type { StoredPerson } from './person.ts';
import { chainHashOf, newSalt, nextToken, tokenHashOf } from './refresh-token.ts';

/** A refresh token holds for 30 days; each use begins them anew. */
const VALID_MS = 30 * 24 * 60 * 60 * 1000;

/** A chain of refresh tokens, as stored. */
export const Chain = z.object({
  personId: z.string(),
  epoch: z.int(),
  /** Hash of the token that is to be used next. */
  current: z.string(),
  /** Hash of the one that was used last, when that was, and the salt with which it made the current one. */
  previous: z.nullable(z.string()),
  salt: z.nullable(z.string()),
  rotatedAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.nullable(z.string()),
});
export type Chain = z.infer<typeof Chain>;

type Store = Pick<SessionDeps, 'db' | 'sessionsTable'>;
const until = (now: Instant) => {
  const end = Date.parse(now) + VALID_MS;
  return { expiresAt: toInstant(end), ttl: Math.floor(end / 1000) };
};

export const putChain = (table: string, token: string, person: StoredPerson, now: Instant): Step<'chain'> => ({
  step: 'chain',
  Put: {
    TableName: table,
    Item: {
      ...chainKey(chainHashOf(token)),
      personId: person.personId,
      epoch: person.epoch,
      current: tokenHashOf(token),
      previous: null,
      salt: null,
      rotatedAt: now,
      revokedAt: null,
      ...until(now),
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

export async function readChain({ db, sessionsTable }: Store, token: string): Promise<Chain | undefined> {
  const { Item } = await db.send(
    new GetCommand({ TableName: sessionsTable, Key: chainKey(chainHashOf(token)), ConsistentRead: true }),
  );
  return Item && Chain.parse(Item);
}

/** Goes on to the next token. Undefined when somebody else did so meanwhile. */
export async function rotate({ db, sessionsTable }: Store, token: string, now: Instant): Promise<string | undefined> {
  const salt = newSalt();
  const next = nextToken(token, salt);
  const { expiresAt, ttl } = until(now);
  try {
    await db.send(
      new UpdateCommand({
        TableName: sessionsTable,
        Key: chainKey(chainHashOf(token)),
        UpdateExpression:
          'SET #current = :next, previous = :used, salt = :salt, rotatedAt = :now, expiresAt = :end, #ttl = :ttl',
        ConditionExpression: '#current = :used AND revokedAt = :null',
        ExpressionAttributeNames: { '#current': 'current', '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':next': tokenHashOf(next),
          ':used': tokenHashOf(token),
          ':salt': salt,
          ':now': now,
          ':end': expiresAt,
          ':ttl': ttl,
          ':null': null,
        },
      }),
    );
    return next;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

/** Ends a chain for good. It is kept until it would have expired, so that its tokens stay known as void. */
export async function revoke({ db, sessionsTable }: Store, token: string, now: Instant): Promise<void> {
  await db.send(
    new UpdateCommand({
      TableName: sessionsTable,
      Key: chainKey(chainHashOf(token)),
      UpdateExpression: 'SET revokedAt = :now',
      ExpressionAttributeValues: { ':now': now },
    }),
  );
}
