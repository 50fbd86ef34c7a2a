import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { ElderRow, ElderView } from '../../shared/contracts/elders.ts';
import { isRefusal, type Refusal } from '../../shared/contracts/refusal.ts';
import { batchGetAll } from '../platform/batch-get.ts';
import type { Who } from '../platform/who.ts';
import type { ElderDeps } from './deps.ts';
import { elderRow } from './elder.ts';
import { ElderRecord, elderKey, elderView, mayActFor } from './elder-record.ts';
import { elderFor, listCommunity, readElder } from './elder-store.ts';
import { familyPartition, nameStarts, phoneEnds } from './keys.ts';

/** The elders whom a family member is bound to, or the elder themselves. */
export async function listMyElders(deps: ElderDeps, who: Who): Promise<{ elders: ElderView[] }> {
  if (who.role === 'elder') {
    const self = who.elderId === undefined ? undefined : await readElder(deps, who.elderId);
    return { elders: self ? [elderView(self)] : [] };
  }
  const keys = (await boundTo(deps, who.personId)).map(elderKey);
  const elders = (await batchGetAll(deps.db, deps.eldersTable, keys)).map((item) => ElderRecord.parse(item));
  // The elder's own list decides; the pointers only say where to look.
  return {
    elders: elders
      .filter((elder) => mayActFor(who, elder))
      .sort((a, b) => (a.birthDate < b.birthDate ? -1 : 1))
      .map(elderView),
  };
}

const Pointer = z.object({ elderId: z.string() });

async function boundTo({ db, eldersTable }: ElderDeps, personId: string): Promise<string[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: eldersTable,
      KeyConditionExpression: 'pk = :family AND begins_with(sk, :elder)',
      ExpressionAttributeValues: { ':family': familyPartition(personId), ':elder': 'ELDER#' },
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => Pointer.parse(item).elderId);
}

const PHONE_TAIL = /^\d{4}$/;

/** A page of a community's elders, by name. `find`: the start of a name, or the last four digits of a phone. */
export async function listElders(
  deps: ElderDeps,
  { area, find, cursor }: { area: string; find?: string | undefined; cursor?: string | undefined },
): Promise<{ elders: ElderRow[]; cursor?: string } | Refusal> {
  const byTail = find !== undefined && PHONE_TAIL.test(find);
  const page = await listCommunity(deps, {
    community: area,
    index: byTail ? 'gsi2' : 'gsi1',
    prefix: byTail ? phoneEnds(find) : nameStarts(find ?? ''),
    cursor,
  });
  return isRefusal(page) ? page : { ...page, elders: page.elders.map(elderRow) };
}

export async function getElder(deps: ElderDeps, who: Who, elderId: string): Promise<ElderView | Refusal> {
  const elder = await elderFor(deps, who, elderId);
  return isRefusal(elder) ? elder : elderView(elder);
}
