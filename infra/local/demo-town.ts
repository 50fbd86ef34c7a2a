import { dateInChina, toInstant } from '../../shared/values/dates.ts';
import { loadTown } from '../town/load-town.ts';
import { makeTown } from '../town/town.ts';
import { townClient } from '../town/town-client.ts';
import type { LocalCloudOptions } from './local-cloud.ts';

const SIZE = { elders: 2000, canteens: 10, seed: 7 } as const;

/** Fills new tables with the demo town: one city, or all that have a policy document side by side. */
export const loadDemoTown =
  (city: string | undefined): NonNullable<LocalCloudOptions['load']> =>
  async ({ endpoint, tables, log }) => {
    const { ELDERS_TABLE, MEALS_TABLE, SESSIONS_TABLE } = tables;
    if (!ELDERS_TABLE || !MEALS_TABLE || !SESSIONS_TABLE)
      throw new Error('the template lacks a table of the demo town');
    const now = toInstant(Date.now());
    const town = makeTown({ ...SIZE, city, today: dateInChina(now), now });
    log.say(`filling a town of ${SIZE.elders} elders and ${SIZE.canteens} canteens …`);
    const db = townClient(endpoint);
    await loadTown(town, { db, eldersTable: ELDERS_TABLE, mealsTable: MEALS_TABLE, sessionsTable: SESSIONS_TABLE });
    db.destroy();
    return town.people;
  };
