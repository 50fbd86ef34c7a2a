import type { Actor } from '../../../shared/contracts/alerts.ts';
import type { Role } from '../../../shared/contracts/roles.ts';
import { batchGetAll } from '../../platform/batch-get.ts';
import type { Who } from '../../platform/who.ts';
import { dutyKey, personKey } from '../keys.ts';
import { DutyRoster, ReachablePerson } from '../records.ts';
import { type AlertsTable, readItem } from './alerts-table.ts';

/** The name of who asks; a token does not carry it. Empty where alerts have not heard of them yet. */
export async function nameOf(store: AlertsTable, { personId }: Pick<Who, 'personId'>): Promise<string> {
  const item = await readItem(store, personKey(personId));
  return item ? ReachablePerson.parse(item).name : '';
}

/** Who asks, as alerts name those who act. */
export async function actorOf(store: AlertsTable, who: Who): Promise<Actor> {
  const name = await nameOf(store, who);
  return { personId: who.personId, role: who.role, ...(name !== '' && { name }) };
}

/** The levels of area, by digits: grid, community, street, district, city. */
const LEVELS = [15, 12, 9, 6, 4] as const;

/** Those of these roles who are on duty for a place, the nearest first. */
export async function onDutyFor(
  { db, alertsTable }: AlertsTable,
  area: string,
  roles: readonly Role[],
): Promise<string[]> {
  const keys = LEVELS.filter((digits) => digits <= area.length).map((digits) => dutyKey(area.slice(0, digits)));
  const items = keys.length === 0 ? [] : await batchGetAll(db, alertsTable, keys);
  return items
    .map((item) => DutyRoster.parse(item))
    .sort((a, b) => b.area.length - a.area.length)
    .flatMap(({ people }) =>
      Object.entries(people)
        .filter(([, { role }]) => roles.includes(role))
        .map(([personId]) => personId)
        .sort(),
    );
}
