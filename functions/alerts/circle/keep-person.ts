import type { PersonTold } from '../../../shared/contracts/events.ts';
import { ANSWERING_ROLES } from '../../../shared/contracts/roles.ts';
import { type Step, transact } from '../../platform/transact.ts';
import { dutyIndex, dutyKey, personKey } from '../keys.ts';
import { ReachablePerson } from '../records.ts';
import { type AlertsTable, readItem, updateItem } from './alerts-table.ts';

const ROUNDS = 5;

/** For which area somebody is on duty; undefined for who answers no alerts. */
const dutyOf = ({ role, area }: ReachablePerson): string | undefined =>
  ANSWERING_ROLES.some((each) => each === role) ? area : undefined;

/**
 * Keeps how a person can be reached, and who is on duty where: the entry in the roster of their area, and none in the one that
 * they left. News that is no newer than what is known changes nothing.
 */
export async function keepPerson(store: AlertsTable, person: PersonTold): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const item = await readItem(store, personKey(person.personId));
    const known = item && ReachablePerson.parse(item);
    if (known && known.rev >= person.rev) return;
    const [left, joins] = [known && dutyOf(known), dutyOf(person)];
    for (const area of new Set([left, joins])) if (area !== undefined) await openRoster(store, area);
    const table = store.alertsTable;
    const outcome = await transact<'person' | 'left' | 'joins'>(store.db, [
      putPerson(table, person, known),
      ...(left === undefined || left === joins ? [] : [leaveRoster(table, left, person)]),
      ...(joins === undefined ? [] : [joinRoster(table, joins, person)]),
    ]);
    if (outcome.committed) return;
  }
  throw new Error(`person ${person.personId} could not be kept: it changes all the time`);
}

/** Keeps that somebody was removed: nobody reaches them any more. Name and role stay, so that older news that comes late is old. */
export const keepRemoved = (
  store: AlertsTable,
  { personId, name, role, rev }: Pick<PersonTold, 'personId' | 'name' | 'role' | 'rev'>,
): Promise<void> => keepPerson(store, { personId, name, role, rev });

/** A person as it lies in the table. Who fills a table from outside (the town) uses it too. */
export const personItem = (person: PersonTold) => ({ ...personKey(person.personId), ...person });

/** What a roster holds of somebody. */
const onDuty = ({ name, role, phone }: PersonTold) => ({ name, role, ...(phone !== undefined && { phone }) });

/** The rosters that these people make. */
export function rosterItems(people: readonly PersonTold[]) {
  const areas = Map.groupBy(
    people.filter((person) => dutyOf(person) !== undefined),
    (person) => dutyOf(person) ?? '',
  );
  return [...areas].map(([area, members]) => ({
    ...dutyKey(area),
    ...dutyIndex(area),
    area,
    people: Object.fromEntries(members.map((person) => [person.personId, onDuty(person)])),
  }));
}

/** Makes sure that a roster is there, as something that entries can be put into. */
async function openRoster(store: AlertsTable, area: string): Promise<void> {
  const { gsi1pk, gsi1sk } = dutyIndex(area);
  await updateItem(store, dutyKey(area), {
    UpdateExpression: 'SET people = if_not_exists(people, :none), area = :area, gsi1pk = :pk, gsi1sk = :sk',
    ExpressionAttributeValues: { ':none': {}, ':area': area, ':pk': gsi1pk, ':sk': gsi1sk },
  });
}

const putPerson = (table: string, person: PersonTold, known: ReachablePerson | undefined): Step<'person'> => ({
  step: 'person',
  Put: {
    TableName: table,
    Item: personItem(person),
    ...(known === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'rev = :known', ExpressionAttributeValues: { ':known': known.rev } }),
  },
});

const joinRoster = (table: string, area: string, person: PersonTold): Step<'joins'> => ({
  step: 'joins',
  Update: {
    TableName: table,
    Key: dutyKey(area),
    UpdateExpression: 'SET people.#who = :entry',
    ExpressionAttributeNames: { '#who': person.personId },
    ExpressionAttributeValues: { ':entry': onDuty(person) },
  },
});

const leaveRoster = (table: string, area: string, { personId }: PersonTold): Step<'left'> => ({
  step: 'left',
  Update: {
    TableName: table,
    Key: dutyKey(area),
    UpdateExpression: 'REMOVE people.#who',
    ExpressionAttributeNames: { '#who': personId },
  },
});
