import type { DomainEvent, PersonTold } from '../../../shared/contracts/events.ts';
import { ANSWERING_ROLES } from '../../../shared/contracts/roles.ts';
import type { Instant } from '../../../shared/values/dates.ts';
import { type Step, transact } from '../../platform/transact.ts';
import { dutyIndex, dutyKey, personKey } from '../keys.ts';
import { ReachablePerson } from '../records.ts';
import { type AlertsTable, readItem, updateItem } from './alerts-table.ts';

const ROUNDS = 5;

/** What is kept of a person: what was told, and since when they work here no more. */
type Kept = PersonTold & { readonly removedAt?: string };

/** For which area somebody is on duty; undefined for who answers no alerts, or does so no more. */
const dutyOf = ({ role, area, removedAt }: Pick<ReachablePerson, 'role' | 'area' | 'removedAt'>): string | undefined =>
  removedAt === undefined && ANSWERING_ROLES.some((each) => each === role) ? area : undefined;

/**
 * Keeps how a person can be reached, and who is on duty where: the entry in the roster of their area, and none in the one that
 * they left. News that is no newer than what is known changes nothing.
 */
export async function keepPerson(store: AlertsTable, person: Kept): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const item = await readItem(store, personKey(person.personId));
    const known = item && ReachablePerson.parse(item);
    if (known && !isNews(known, person)) return;
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

/** What was kept before there were epochs learns its own when the same is told again (`npm run retell`). */
const isNews = (known: ReachablePerson, told: Kept): boolean =>
  told.rev > known.rev || (told.rev === known.rev && known.epoch === undefined && told.epoch !== undefined);

/**
 * Keeps that somebody was removed: nobody reaches them any more, and their presses are not taken at their word. Who and where they
 * were stays, so that older news that comes late is old, and so that those on duty there can see to it.
 */
export const keepRemoved = (
  store: AlertsTable,
  { personId, name, role, area, epoch, rev }: Removed['person'],
  removedAt: Instant,
): Promise<void> =>
  keepPerson(store, {
    personId,
    name,
    role,
    ...(area !== undefined && { area }),
    ...(epoch !== undefined && { epoch }),
    rev,
    removedAt,
  });
type Removed = Extract<DomainEvent, { type: 'person-removed' }>;

/** A person as it lies in the table. Who fills a table from outside (the town) uses it too. */
export const personItem = (person: Kept) => ({ ...personKey(person.personId), ...person });

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

const putPerson = (table: string, person: Kept, known: ReachablePerson | undefined): Step<'person'> => ({
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
