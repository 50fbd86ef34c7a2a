import type { CanteenRecord } from '../../functions/meals/canteen.ts';
import { type SittingRecord, sittingOf } from '../../functions/meals/sitting.ts';
import type { SittingName, SlotPlan } from '../../shared/contracts/canteens.ts';
import { addDays, type IsoDate, toInstant, weekdayOf } from '../../shared/values/dates.ts';
import type { City } from './cities.ts';
import { menuOf } from './menus.ts';
import { type Random, randomOf } from './random.ts';

/** Days of orders behind, and days of published menus ahead. */
export const DAYS_BACK = 30;
const DAYS_AHEAD = 14;

/** A sitting is settled by the schedule's next run after its end. */
const SETTLED_AFTER_MS = 12 * 60 * 1000;

const SLOT_TIMES: Readonly<Record<SittingName, readonly (readonly [from: string, until: string])[]>> = {
  breakfast: [
    ['07:00', '07:40'],
    ['07:40', '08:20'],
  ],
  lunch: [
    ['11:00', '11:40'],
    ['11:40', '12:20'],
    ['12:20', '13:00'],
  ],
  dinner: [
    ['17:00', '17:40'],
    ['17:40', '18:20'],
  ],
};

/** Orders close early enough to buy for them: breakfast the evening before, the others on the day itself. */
const CLOSING: Readonly<Record<SittingName, readonly [closesAt: string, daysBefore: number]>> = {
  breakfast: ['18:00', 1],
  lunch: ['09:30', 0],
  dinner: ['15:00', 0],
};

const slots = (sitting: SittingName, capacity: number): SlotPlan[] =>
  SLOT_TIMES[sitting].map(([from, until]) => ({ slotId: from.replace(':', ''), from, until, capacity }));

/** A canteen, and how it keeps its week. */
export interface TownCanteen {
  readonly record: CanteenRecord;
  /** Its number in the whole town: its menus start at another place than its neighbour's. */
  readonly number: number;
  readonly closedOnSundays: boolean;
  /** A day on which it was closed for repairs. */
  readonly closedOn: IsoDate;
}

/** Where a canteen stands: the n-th community of its city. */
export interface CanteenSite {
  readonly city: City;
  readonly community: string;
  /** The community's name. */
  readonly name: string;
  readonly index: number;
  readonly number: number;
  /** The first of each city serves every day, delivers, and has dinner: the demo people eat there. */
  readonly isDemo: boolean;
}

export function makeCanteen(
  random: Random,
  { city, community, name, index, number, isDemo }: CanteenSite,
  offered: ReadonlySet<string>,
  road: string,
  today: IsoDate,
): TownCanteen {
  const size = isDemo
    ? 40
    : random.weighted([
        [16, 3],
        [24, 4],
        [40, 2],
      ] as const);
  const plan = (sitting: SittingName, capacity: number) => {
    const [closesAt, closesDaysBefore] = CLOSING[sitting];
    return { closesAt, closesDaysBefore, slots: slots(sitting, capacity) };
  };
  const serves = (sitting: SittingName, share: number): boolean => {
    const draws = random.chance(share);
    return offered.has(sitting) && (isDemo || draws);
  };
  const [breakfast, dinner] = [serves('breakfast', 0.15), serves('dinner', 0.35)];
  const record: CanteenRecord = {
    canteenId: `${city.slug}-${String(index + 1).padStart(3, '0')}`,
    name: `${name}老年餐桌`,
    area: community,
    address: `${road}${random.between(2, 200)}号`,
    // No city has this area code, so nobody is called by mistake.
    phone: `0300-8${String(100_000 + number).slice(-6)}`,
    eating: isDemo || random.chance(0.8) ? ['dine-in', 'pickup', 'delivery'] : ['dine-in', 'pickup'],
    sittings: {
      ...(breakfast && { breakfast: plan('breakfast', Math.round(size / 2)) }),
      ...(offered.has('lunch') && { lunch: plan('lunch', size) }),
      ...(dinner && { dinner: plan('dinner', Math.round(size / 2)) }),
    },
    rev: 1,
  };
  return {
    record,
    number,
    closedOnSundays: !isDemo && random.chance(0.5),
    closedOn: addDays(today, -random.between(3, DAYS_BACK - 2)),
  };
}

/** Every sitting that a canteen has published from a month ago to two weeks ahead, by day. What is over by `now` is settled. */
export function* sittingsOf(
  seed: number,
  city: City,
  canteen: TownCanteen,
  today: IsoDate,
  now: string,
): Generator<SittingRecord> {
  const random = randomOf(seed, 'sittings', canteen.record.canteenId);
  for (let day = -DAYS_BACK; day <= DAYS_AHEAD; day++) {
    const date = addDays(today, day);
    if (canteen.closedOnSundays && weekdayOf(date) === 7) continue;
    for (const sitting of Object.keys(canteen.record.sittings) as SittingName[]) {
      const open = date !== canteen.closedOn;
      const menu = menuOf(city, canteen.number, date, sitting);
      // A sitting that was published and then closed for repairs is on its second revision.
      const record = sittingOf(canteen.record, date, sitting, { ...menu, open, rev: open ? 0 : 1 });
      if (record === undefined) continue;
      const settled = toInstant(Date.parse(record.endsAt) + SETTLED_AFTER_MS + random.between(0, 60) * 1000);
      yield { ...record, settledAt: settled <= now ? settled : null };
    }
  }
}
