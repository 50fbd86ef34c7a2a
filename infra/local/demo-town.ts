import { dateInChina, toInstant } from '../../shared/values/dates.ts';
import { loadTown } from '../town/load-town.ts';
import { makeTown, type Town } from '../town/town.ts';
import { townClient } from '../town/town-client.ts';
import type { LoadTarget } from './local-cloud.ts';
import type { DemoPerson } from './people.ts';

const SIZE = { elders: 2000, canteens: 10, seed: 7 } as const;

/**
 * Fills new tables with the demo town, up to this moment, and answers whom to sign in as: one city, or all that have a policy
 * document side by side. Throws at once for a city that has none.
 */
export const loadDemoTown = (city: string | undefined) => {
  const now = toInstant(Date.now());
  const town = makeTown({ ...SIZE, city, today: dateInChina(now), now });
  return (target: LoadTarget): Promise<readonly DemoPerson[]> => {
    target.log.say(`filling a town of ${town.elders} elders and ${town.canteens} canteens …`);
    return loadTownInto(town, target);
  };
};

/** Fills new tables with a town, and answers whom to sign in as. */
export async function loadTownInto(
  town: Town,
  { endpoint, tables }: Pick<LoadTarget, 'endpoint' | 'tables'>,
): Promise<readonly DemoPerson[]> {
  const table = (name: string): string => {
    const found = tables[name];
    if (found === undefined) throw new Error(`no function of the template knows ${name}: the town cannot be loaded`);
    return found;
  };
  const db = townClient(endpoint);
  await loadTown(town, {
    db,
    eldersTable: table('ELDERS_TABLE'),
    mealsTable: table('MEALS_TABLE'),
    sessionsTable: table('SESSIONS_TABLE'),
    alertsTable: table('ALERTS_TABLE'),
  });
  db.destroy();
  return town.people;
}
