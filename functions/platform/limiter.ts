import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../shared/values/dates.ts';
import { inTime } from './in-time.ts';
import { log } from './log.ts';

/**
 * How often something may happen: `burst` times at once, and then once in `everySeconds`. Of one key (a person, a number, an elder
 * …), in one item of the table, which its `ttl` takes away.
 */
export interface Limit {
  readonly table: string;
  readonly key: { readonly pk: string; readonly sk: string };
  readonly burst: number;
  readonly everySeconds: number;
}

/**
 * Takes one, and says whether it was there to be taken. One number is kept, the moment at which all that was taken has grown back
 * (the generic cell rate algorithm, ITU-T I.371): each try is one conditional write, so that any number at the same moment get
 * no more than the limit.
 */
export async function takeOne(
  db: DynamoDBDocumentClient,
  { table, key, burst, everySeconds }: Limit,
  now: Instant,
  abortSignal?: AbortSignal,
): Promise<boolean> {
  const at = Date.parse(now);
  const each = everySeconds * 1000;
  const write = (
    input: Pick<UpdateCommandInput, 'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'>,
  ) =>
    isWritten(
      db.send(
        new UpdateCommand({
          TableName: table,
          Key: key,
          ...input,
          UpdateExpression: `${input.UpdateExpression}, #ttl = :ttl`,
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: {
            ...input.ExpressionAttributeValues,
            ':now': at,
            ':ttl': Math.ceil((at + burst * each) / 1000) + 60,
          },
        }),
        abortSignal && { abortSignal },
      ),
    );
  const another = () =>
    write({
      UpdateExpression: 'SET fullAt = fullAt + :each',
      ConditionExpression: 'fullAt > :now AND fullAt <= :last',
      ExpressionAttributeValues: { ':each': each, ':last': at + (burst - 1) * each },
    });
  const first = () =>
    write({
      UpdateExpression: 'SET fullAt = :next',
      ConditionExpression: 'attribute_not_exists(pk) OR fullAt <= :now',
      ExpressionAttributeValues: { ':next': at + each },
    });
  // Asked twice: somebody else may have taken the first between the two writes.
  return (await first()) || (await another()) || (await first());
}

/** Gives one back that was taken for nothing. */
export async function giveBack(db: DynamoDBDocumentClient, { table, key, everySeconds }: Limit): Promise<void> {
  await isWritten(
    db.send(
      new UpdateCommand({
        TableName: table,
        Key: key,
        UpdateExpression: 'SET fullAt = fullAt - :each',
        ConditionExpression: 'attribute_exists(fullAt)',
        ExpressionAttributeValues: { ':each': everySeconds * 1000 },
      }),
    ),
  );
}

/** How long whoever waits for help waits for a limit, ms. */
const PATIENCE_MS = 400;

/** The same where somebody may be in need: a table that does not answer limits nothing. */
export async function takeOneOrOpen(db: DynamoDBDocumentClient, limit: Limit, now: Instant): Promise<boolean> {
  try {
    return await inTime({ deadline: PATIENCE_MS, tries: 1 }, (signal) => takeOne(db, limit, now, signal));
  } catch (error) {
    await log.warn('limit not asked', { what: limit.key.sk, error: error instanceof Error ? error : undefined });
    return true;
  }
}

async function isWritten(written: Promise<unknown>): Promise<boolean> {
  try {
    await written;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
