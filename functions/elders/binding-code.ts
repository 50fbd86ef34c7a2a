import { createHash, randomInt } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { BindingCode } from '../../shared/contracts/elders.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import { type Instant, toInstant } from '../../shared/values/dates.ts';
import type { Step } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import type { ElderDeps } from './deps.ts';
import { elderFor } from './elder-store.ts';
import { bindingCodeKey } from './keys.ts';

const DIGITS = 8;
const VALID_MS = 7 * 24 * 60 * 60 * 1000;
const TRIES = 10;

/** A code as stored: never the digits, only their hash. It stays for its seven days after use, to tell a repeat from a theft. */
const StoredCode = z.object({
  elderId: z.string(),
  madeBy: z.string(),
  expiresAt: z.string(),
  usedBy: z.optional(z.string()),
});
export type StoredCode = z.infer<typeof StoredCode>;

const hashOf = (code: string): string => createHash('sha256').update(`binding ${code}`).digest('base64url');
const epochSeconds = (at: Instant): number => Math.floor(Date.parse(at) / 1000);

const randomCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');

/** The item of a code. Exported with the features' other item builders; the code itself is told to the family alone. */
export const bindingCodeItem = (code: string, stored: StoredCode) => ({
  ...bindingCodeKey(hashOf(code)),
  ...stored,
  ttl: epochSeconds(stored.expiresAt),
});

/**
 * A code that the community hands to a family: for one binding, within seven days. An elder can have several at once, one for
 * each child.
 *
 * Refuses: `elder-died`.
 */
export async function makeBindingCode(
  deps: ElderDeps,
  who: Who,
  { elderId, now, draw = randomCode }: { elderId: string; now: Instant; draw?: () => string },
): Promise<z.infer<typeof BindingCode> | Refusal> {
  const elder = await elderFor(deps, who, elderId);
  if (isRefusal(elder)) return elder;
  if (elder.diedOn !== null) return refuse('elder-died');
  const expiresAt = toInstant(Date.parse(now) + VALID_MS);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const code = draw();
    if (await stored(deps, code, { elderId, madeBy: who.personId, expiresAt }, now)) return { code, expiresAt };
  }
  throw new Error(`no free binding code was drawn in ${TRIES} tries`);
}

/** False when these digits are another code's that still holds. */
async function stored({ db, eldersTable }: ElderDeps, code: string, item: StoredCode, now: Instant): Promise<boolean> {
  try {
    await db.send(
      new PutCommand({
        TableName: eldersTable,
        Item: bindingCodeItem(code, item),
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
        ExpressionAttributeValues: { ':now': now },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** The code with these digits, unless it has expired. */
export async function readBindingCode(
  { db, eldersTable }: ElderDeps,
  code: string,
  now: Instant,
): Promise<StoredCode | undefined> {
  const { Item } = await db.send(
    new GetCommand({ TableName: eldersTable, Key: bindingCodeKey(hashOf(code)), ConsistentRead: true }),
  );
  const found = Item && StoredCode.parse(Item);
  return found && found.expiresAt > now ? found : undefined;
}

/** Uses a code up; fails when somebody else was faster, or it expired meanwhile. */
export const useBindingCode = (
  table: string,
  { code, elderId, personId, now }: { code: string; elderId: string; personId: string; now: Instant },
): Step<'code'> => ({
  step: 'code',
  Update: {
    TableName: table,
    Key: bindingCodeKey(hashOf(code)),
    UpdateExpression: 'SET usedBy = :person, usedAt = :now',
    ConditionExpression: 'attribute_not_exists(usedBy) AND elderId = :elder AND expiresAt > :now',
    ExpressionAttributeValues: { ':person': personId, ':elder': elderId, ':now': now },
  },
});
