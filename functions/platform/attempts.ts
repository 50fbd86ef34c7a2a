import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../shared/values/dates.ts';
import type { Step } from './transact.ts';

/** How often something may be tried: `most` times within `seconds` of the first. */
export interface AttemptLimit {
  readonly table: string;
  readonly key: { readonly pk: string; readonly sk: string };
  readonly most: number;
  readonly seconds: number;
}

const epochSeconds = (at: Instant): number => Math.floor(Date.parse(at) / 1000);

/**
 * Counts one attempt, and says whether it may be made. It is counted before it is made, in one conditional write, so that any
 * number of guesses at the same moment cannot be more than the limit. The count starts anew once its time is over.
 */
export async function takeAttempt(
  db: DynamoDBDocumentClient,
  { table, key, most, seconds }: AttemptLimit,
  now: Instant,
): Promise<boolean> {
  const at = epochSeconds(now);
  const another = () =>
    updated(db, {
      TableName: table,
      Key: key,
      UpdateExpression: 'SET tries = tries + :one',
      ConditionExpression: '#ttl > :now AND tries < :most',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':one': 1, ':now': at, ':most': most },
    });
  const first = () =>
    updated(db, {
      TableName: table,
      Key: key,
      UpdateExpression: 'SET tries = :one, #ttl = :end',
      ConditionExpression: 'attribute_not_exists(pk) OR #ttl <= :now',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':one': 1, ':now': at, ':end': at + seconds },
    });
  // Asked twice: somebody else may have begun the count between the two writes, and then it may still have room.
  return (await another()) || (await first()) || (await another());
}

/** Takes an attempt off the count again, for one that was no mistake. Its condition cannot fail while the attempt is counted. */
export const attemptGivenBack = ({ table, key }: AttemptLimit): Step<'attempt'> => ({
  step: 'attempt',
  Update: {
    TableName: table,
    Key: key,
    UpdateExpression: 'SET tries = tries - :one',
    ConditionExpression: 'tries > :zero',
    ExpressionAttributeValues: { ':one': 1, ':zero': 0 },
  },
});

async function updated(
  db: DynamoDBDocumentClient,
  input: ConstructorParameters<typeof UpdateCommand>[0],
): Promise<boolean> {
  try {
    await db.send(new UpdateCommand(input));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
