import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Step } from '../platform/transact.ts';
import { Binding } from './binding.ts';
import type { ElderDeps } from './deps.ts';
import { bindingItem, familyItem } from './elder-items.ts';
import { BINDINGS, bindingKey, consentEntryKey, familyKey } from './keys.ts';

/** A binding, also one that has ended. */
export async function readBinding(
  { db, eldersTable }: ElderDeps,
  elderId: string,
  personId: string,
): Promise<Binding | undefined> {
  const { Item } = await db.send(
    new GetCommand({ TableName: eldersTable, Key: bindingKey(elderId, personId), ConsistentRead: true }),
  );
  return Item && Binding.parse(Item);
}

/** The bindings of an elder that have not ended, oldest first. An elder has a handful. */
export async function bindingsOf({ db, eldersTable }: ElderDeps, elderId: string): Promise<Binding[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: eldersTable,
      KeyConditionExpression: 'pk = :elder AND begins_with(sk, :bindings)',
      ExpressionAttributeValues: { ':elder': bindingKey(elderId, '').pk, ':bindings': BINDINGS },
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => Binding.parse(item))
    .filter((binding) => binding.endedAt === null)
    .sort((a, b) => (a.boundAt < b.boundAt ? -1 : 1));
}

/** Puts a binding where there is none, or one that ended. */
export const putNewBinding = (table: string, binding: Binding): Step<'binding'> => ({
  step: 'binding',
  Put: {
    TableName: table,
    Item: bindingItem(binding),
    ConditionExpression: 'attribute_not_exists(pk) OR endedAt <> :null',
    ExpressionAttributeValues: { ':null': null },
  },
});

/** Puts a binding over the one that was read; fails when its consents or its end were changed meanwhile. */
export const putBindingOver = (table: string, read: Binding, next: Binding): Step<'binding'> => ({
  step: 'binding',
  Put: {
    TableName: table,
    Item: bindingItem(next),
    ConditionExpression: 'boundAt = :bound AND endedAt = :ended AND consents = :consents',
    ExpressionAttributeValues: { ':bound': read.boundAt, ':ended': read.endedAt, ':consents': read.consents },
  },
});

export const putFamily = (table: string, binding: Binding): Step<'family'> => ({
  step: 'family',
  Put: { TableName: table, Item: familyItem(binding) },
});

export const deleteFamily = (table: string, { personId, elderId }: Binding): Step<'family'> => ({
  step: 'family',
  Delete: { TableName: table, Key: familyKey(personId, elderId) },
});

/** Proof of what was agreed to, and when: written with every change of a binding or its consents, and never changed. */
export const consentLogged = (
  table: string,
  { elderId, personId, name, relation, consents }: Binding,
  entry: { readonly at: string; readonly by: string; readonly what: 'bound' | 'unbound' | 'consent' },
): Step<'consent-entry'> => ({
  step: 'consent-entry',
  Put: {
    TableName: table,
    Item: {
      ...consentEntryKey(elderId, entry.at, crypto.randomUUID()),
      ...entry,
      personId,
      name,
      relation,
      consents,
    },
  },
});
