import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { isRefusal, type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import { type Step, transact } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import type { ElderDeps } from './deps.ts';
import { StoredElder } from './elder.ts';
import { elderItem, idClaimItem } from './elder-items.ts';
import { ElderRecord, elderToRead, mayActFor } from './elder-record.ts';
import { communityElders, idNumberKey } from './keys.ts';

export async function readElder({ db, eldersTable }: ElderDeps, elderId: string): Promise<StoredElder | undefined> {
  const { Item } = await db.send(new GetCommand(elderToRead(eldersTable, elderId)));
  return Item && StoredElder.parse(Item);
}

/**
 * The elder, for somebody who may act for them. The same answer everywhere: `not-found` where there is no such elder,
 * `forbidden` where there is one with whom this person has nothing to do.
 */
export async function elderFor(deps: ElderDeps, who: Who, elderId: string): Promise<StoredElder | Refusal> {
  const elder = await readElder(deps, elderId);
  if (elder === undefined) return refuse('not-found');
  return mayActFor(who, elder) ? elder : refuse('forbidden');
}

export const putNewElder = (table: string, elder: StoredElder): Step<'elder'> => ({
  step: 'elder',
  Put: {
    TableName: table,
    Item: elderItem(elder),
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

/** Puts the next revision of an elder over the one that was read. */
export const putNextElder = (table: string, elder: StoredElder): Step<'elder'> => ({
  step: 'elder',
  Put: {
    TableName: table,
    Item: elderItem(elder),
    ConditionExpression: 'rev = :read',
    ExpressionAttributeValues: { ':read': elder.rev - 1 },
  },
});

/** Claims an id number for an elder; fails when it is another's. */
export const claimIdNumber = (table: string, idNumber: string, elderId: string): Step<'id-number'> => ({
  step: 'id-number',
  Put: {
    TableName: table,
    Item: idClaimItem(idNumber, elderId),
    ConditionExpression: 'attribute_not_exists(pk) OR elderId = :me',
    ExpressionAttributeValues: { ':me': elderId },
  },
});

export const releaseIdNumber = (table: string, idNumber: string): Step<'old-id-number'> => ({
  step: 'old-id-number',
  Delete: { TableName: table, Key: idNumberKey(idNumber) },
});

const ROUNDS = 5;

/**
 * Reads an elder, judges, and writes the next revision with what belongs to it. When somebody else was faster, it is read and
 * judged anew. `change` answers what to write, or what to say when nothing is to be written.
 */
export async function changeElder<T extends object>(
  deps: ElderDeps,
  who: Who,
  elderId: string,
  change: (
    elder: StoredElder,
  ) => { readonly elder: StoredElder; readonly with?: readonly Step<'with'>[] } | { readonly say: T } | Refusal,
): Promise<{ readonly changed: StoredElder } | { readonly say: T } | Refusal> {
  for (let round = 0; round < ROUNDS; round++) {
    const read = await elderFor(deps, who, elderId);
    if (isRefusal(read)) return read;
    const next = change(read);
    if (isRefusal(next) || 'say' in next) return next;
    const outcome = await transact<'elder' | 'with'>(deps.db, [
      putNextElder(deps.eldersTable, next.elder),
      ...(next.with ?? []),
    ]);
    if (outcome.committed) return { changed: next.elder };
    if ('busy' in outcome) break;
  }
  return refuse('busy');
}

const PAGE = 50;
/** Where a page can end: at an elder of this very list. */
const placeIn = (prefix: string) =>
  z.strictObject({
    sk: z.string().check(z.maxLength(200), z.startsWith(prefix), z.regex(/#[0-9a-f-]{36}$/)),
  });

/** One page of an index of a community's elders. The cursor holds only the place within this list: it cannot lead elsewhere. */
export async function listCommunity(
  { db, eldersTable }: ElderDeps,
  {
    community,
    index,
    prefix,
    cursor,
  }: { community: string; index: 'gsi1' | 'gsi2'; prefix: string; cursor?: string | undefined },
): Promise<{ elders: ElderRecord[]; cursor?: string } | Refusal> {
  const from = decodeCursor(cursor, placeIn(prefix));
  if (from === 'unreadable') return unreadableCursor();
  const partition = communityElders(community);
  const elderId = from?.sk.slice(from.sk.lastIndexOf('#') + 1);
  const { Items = [], LastEvaluatedKey: last } = await db.send(
    new QueryCommand({
      TableName: eldersTable,
      IndexName: index,
      KeyConditionExpression: `${index}pk = :community AND begins_with(${index}sk, :prefix)`,
      ExpressionAttributeValues: { ':community': partition, ':prefix': prefix },
      ExclusiveStartKey: from && {
        pk: `ELDER#${elderId}`,
        sk: 'ELDER',
        [`${index}pk`]: partition,
        [`${index}sk`]: from.sk,
      },
      Limit: PAGE,
    }),
  );
  const elders = Items.map((item) => ElderRecord.parse(item));
  return last ? { elders, cursor: encodeCursor({ sk: last[`${index}sk`] }) } : { elders };
}

export const unreadableCursor = (): Refusal =>
  refuse('invalid-request', [{ path: 'query.cursor', message: 'not a cursor of this list' }]);
