import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { rosterItems, personItem as toldItem } from '../../../functions/alerts/circle/keep-person.ts';
import type { StoredPerson } from '../../../functions/sessions/person.ts';
import { personTold } from '../../../functions/sessions/person-events.ts';
import { personItems } from '../../../functions/sessions/person-items.ts';
import type { LocalCloudOptions } from '../../../infra/local/local-cloud.ts';
import { STAFF_ROLES } from '../../../shared/contracts/roles.ts';
import { ADMIN, aPerson, ENDED, type Ending } from '../../support/endings.ts';
import { documentClientAt, loadWith } from '../../support/loaded-cloud.ts';
import { seeded } from '../orders/load.ts';

export const ELDERS = 400;
const WRITES_AT_ONCE = 25;

/** Somebody whose sessions will end, and how; or a bystander, of whom nothing changes. */
export interface Cast {
  readonly person: StoredPerson;
  readonly how: string | undefined;
  readonly end: Ending | undefined;
}

/** What is done to people by others, and signing out; what a thief does is a matter of chains, not of load. */
const CHANGES = ENDED.filter(({ role, how }) => STAFF_ROLES.some((each) => each === role) && how !== 'robbed');

/** So many people of all staff roles whose sessions will end, in random ways, and so many bystanders. */
export function castOf(changes: number, bystanders: number, seed: number): Cast[] {
  const random = seeded(seed);
  const leaving = Array.from({ length: changes }, (_, n): Cast => {
    const { role, how, end } = CHANGES[Math.floor(random() * CHANGES.length)] as (typeof CHANGES)[number];
    return { person: aPerson(n, role), how, end };
  });
  const staying = Array.from({ length: bystanders }, (_, n): Cast => {
    const role = STAFF_ROLES[n % STAFF_ROLES.length] as (typeof STAFF_ROLES)[number];
    return { person: aPerson(changes + n, role), how: undefined, end: undefined };
  });
  return [...leaving, ...staying];
}

/** A town with these people in it, who have been there for long: alerts know them too. */
export const loadCast =
  (cast: readonly Cast[]): NonNullable<LocalCloudOptions['load']> =>
  async (target) => {
    const slots = [{ slotId: 'early', from: '11:00', until: '11:40', capacity: 100_000 }];
    await loadWith({ elders: ELDERS, days: 6, canteens: 1, slots })(target);
    const people = [ADMIN, ...cast.map(({ person }) => person)];
    const db = documentClientAt(target.endpoint);
    const put = async (table: string, items: readonly object[]) => {
      for (let start = 0; start < items.length; start += WRITES_AT_ONCE) {
        const batch = items.slice(start, start + WRITES_AT_ONCE).map((Item) => ({ PutRequest: { Item } }));
        await db.send(new BatchWriteCommand({ RequestItems: { [table]: batch } }));
      }
    };
    const told = people.map(personTold);
    await put(target.tables.SESSIONS_TABLE ?? '', people.flatMap(personItems));
    await put(target.tables.ALERTS_TABLE ?? '', [...told.map(toldItem), ...rosterItems(told)]);
    db.destroy();
    return [];
  };
