import { elderItems } from '../../../functions/elders/elder-items.ts';
import type { ElderRecord } from '../../../functions/elders/elder-record.ts';
import { slotKey } from '../../../functions/meals/keys.ts';
import { type SittingRecord, sittingItem, sittingOf } from '../../../functions/meals/sitting.ts';
import type { Who } from '../../../functions/platform/who.ts';
import { newPerson } from '../../../functions/sessions/person.ts';
import { personItem } from '../../../functions/sessions/person-items.ts';
import type { TownItem } from '../../../infra/town/town-item.ts';
import type { PlaceMealOrder } from '../../../shared/contracts/meal-orders.ts';
import { districtOf } from '../../../shared/values/areas.ts';
import { aCanteen, aSittingForm } from '../../support/a-town.ts';
import { aWorld, type World } from '../authorisation/worlds.ts';
import { daysFromToday, type TestCloud } from './cloud.ts';
import { privateKeyOf, sign } from './tokens.ts';

/** A family with its elder, canteen, menus and orders, put into a town that runs; nobody else's. */
export interface Home extends World {
  readonly who: Who;
  readonly family: string;
  readonly staff: string;
  /** Whose session `staff` is. */
  readonly staffId: string;
  readonly district: string;
  readonly cook: string;
  /** An order for the day after tomorrow that is right in everything. */
  placing(over?: Partial<PlaceMealOrder>): Record<string, unknown>;
  /** Writes the elder anew, with other facts. */
  elderIs(facts: Partial<ElderRecord>): Promise<void>;
  /** Publishes a lunch over what is there. */
  lunch(over: Partial<SittingRecord>): Promise<void>;
}

let homes = 0;

export async function aHome(town: TestCloud): Promise<Home> {
  homes += 1;
  const { items, ...world } = aWorld(homes, 'family', 'own');
  await town.put(items);
  const { community, elder, canteenId } = world;
  const key = privateKeyOf(town.sessionKey);
  const token = (who: Who) => sign(who, key);
  const who = world.who as Who;
  const staff: Who = { personId: crypto.randomUUID(), role: 'community-staff', area: community };
  const district: Who = { personId: crypto.randomUUID(), role: 'district-staff', area: districtOf(community) };
  await town.put(
    [staff, district].map((one) => ({ table: 'sessions', item: personItem(newPerson({ name: '某人', ...one })) })),
  );
  return {
    ...world,
    who,
    family: await token(who),
    staff: await token(staff),
    staffId: staff.personId,
    district: await token(district),
    cook: await token({ personId: world.cookId, role: 'canteen-staff', area: community, canteenId }),
    placing: (over = {}) => ({
      elderId: elder.elderId,
      canteenId,
      date: daysFromToday(2),
      sitting: 'lunch',
      slotId: 'early',
      eating: 'dine-in',
      dishIds: ['beef', 'rice'],
      ...over,
    }),
    elderIs: (facts) =>
      town.put(elderItems({ ...elder, ...facts }).map((item) => ({ table: 'elders' as const, item }))),
    lunch: (over) => town.put(lunchItems({ community, canteenId }, over)),
  };
}

/** Until the last minute of its day, so that the time at which tests run does not matter. */
export const ALL_DAY = { closesAt: '23:58', closesDaysBefore: 0 } as const;

function* lunchItems(
  { community, canteenId }: Pick<World, 'community' | 'canteenId'>,
  over: Partial<SittingRecord>,
): Generator<TownItem> {
  const plan = { ...ALL_DAY, slots: [{ slotId: 'early', from: '00:00', until: '23:59', capacity: 30 }] };
  const canteen = aCanteen({ canteenId, area: community });
  const sitting = sittingOf(canteen, over.date ?? daysFromToday(2), 'lunch', aSittingForm({ plan }));
  if (!sitting) throw new Error('this canteen serves no lunch');
  const made = { ...sitting, ...over };
  yield { table: 'meals', item: sittingItem(made) };
  for (const { slotId, capacity } of made.slots) {
    const item = { ...slotKey(canteenId, made.date, 'lunch', slotId), capacity, taken: 0, isOpen: made.open };
    yield { table: 'meals', item };
  }
}
