import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Step } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';
import type { SessionDeps } from './deps.ts';
import { personKey, phoneKey, staffOfCity, wechatKey } from './keys.ts';
import { StoredPerson } from './person.ts';
import { personItem, phoneClaimItem, wechatClaimItem } from './person-items.ts';

type Store = Pick<SessionDeps, 'db' | 'sessionsTable'>;
type Key = { readonly pk: string; readonly sk: string };

async function read({ db, sessionsTable }: Store, Key: Key): Promise<Record<string, unknown> | undefined> {
  const { Item } = await db.send(new GetCommand({ TableName: sessionsTable, Key, ConsistentRead: true }));
  return Item;
}

/** The person, also one who was removed. */
export async function readPerson(store: Store, personId: string): Promise<StoredPerson | undefined> {
  const item = await read(store, personKey(personId));
  return item && StoredPerson.parse(item);
}

const Claim = z.object({ personId: z.string() });

async function claimant(store: Store, key: Key): Promise<StoredPerson | undefined> {
  const item = await read(store, key);
  const person = item && (await readPerson(store, Claim.parse(item).personId));
  return person?.removedAt === null ? person : undefined;
}

/** Who signs in with this phone number. */
export const personOfPhone = (store: Store, phone: string) => claimant(store, phoneKey(phone));
/** Who signs in with this WeChat account. */
export const personOfWechat = (store: Store, openid: string) => claimant(store, wechatKey(openid));

/** The staff whose area lies inside this one. */
export async function staffOf({ db, sessionsTable }: Store, area: string): Promise<StoredPerson[]> {
  const staff: StoredPerson[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: sessionsTable,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :city AND begins_with(gsi1sk, :area)',
        ExpressionAttributeValues: { ':city': staffOfCity(area), ':area': area },
        ExclusiveStartKey: from,
      }),
    );
    staff.push(...Items.map((item) => StoredPerson.parse(item)));
    from = LastEvaluatedKey;
  } while (from);
  return staff;
}

/** Puts a person over the revision that was read; a new one where there is none. */
export const putPerson = (table: string, person: StoredPerson): Step<'person'> => ({
  step: 'person',
  Put:
    person.rev === 1
      ? { TableName: table, Item: personItem(person), ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          TableName: table,
          Item: personItem(person),
          ConditionExpression: 'rev = :read',
          ExpressionAttributeValues: { ':read': person.rev - 1 },
        },
});

/** Fails when whoever asks was removed, or became somebody else, since their session was judged. */
export const callerStands = (table: string, { personId, epoch = 0 }: Who): Step<'caller'> => ({
  step: 'caller',
  ConditionCheck: {
    TableName: table,
    Key: personKey(personId),
    ConditionExpression: 'epoch = :epoch AND removedAt = :null',
    ExpressionAttributeValues: { ':epoch': epoch, ':null': null },
  },
});

const claim = <N extends string>(step: N, table: string, item: Key & { personId: string }): Step<N> => ({
  step,
  Put: {
    TableName: table,
    Item: item,
    ConditionExpression: 'attribute_not_exists(pk) OR personId = :me',
    ExpressionAttributeValues: { ':me': item.personId },
  },
});

/** Claims a phone number for a person; fails when it is another's. */
export const claimPhone = (table: string, phone: string, personId: string): Step<'phone'> =>
  claim('phone', table, phoneClaimItem(phone, personId));
/** Claims a WeChat account for a person; fails when it is another's. */
export const claimWechat = (table: string, openid: string, personId: string): Step<'wechat'> =>
  claim('wechat', table, wechatClaimItem(openid, personId));

export const releasePhone = (table: string, phone: string): Step<'old-phone'> => ({
  step: 'old-phone',
  Delete: { TableName: table, Key: phoneKey(phone) },
});
export const releaseWechat = (table: string, openid: string): Step<'old-wechat'> => ({
  step: 'old-wechat',
  Delete: { TableName: table, Key: wechatKey(openid) },
});
