import type { ElderRecord } from '../../functions/elders/elder-record.ts';
import { isPausedOn } from '../../functions/elders/elder-record.ts';
import type { Actor } from '../../functions/meals/order.ts';
import type { StandingOrderRecord } from '../../functions/meals/standing-order.ts';
import type { Eating, SittingName } from '../../shared/contracts/canteens.ts';
import { addDays, ageOn, dateInChina, type Instant, type IsoDate, instantInChina } from '../../shared/values/dates.ts';
import { DAYS_BACK } from './canteens.ts';
import type { Community } from './community.ts';
import type { Household } from './households.ts';
import { type Random, randomOf } from './random.ts';

/** One of a canteen's guests, and their habits. */
export interface Diner {
  readonly elder: ElderRecord;
  /** Who orders for them. */
  readonly actor: Actor;
  readonly slot: number;
  readonly eating: Eating;
  /** How likely they eat on a day that the canteen serves, by sitting. */
  readonly appetite: Readonly<Partial<Record<SittingName, number>>>;
  readonly standing: StandingOrderRecord | undefined;
  /** No order after this day, where the story wants none. */
  readonly lastDay?: IsoDate;
}

/** Of the elders of a community, this share eats at its canteen on a day, if it can cook for so many. */
const DAILY_SHARE = 0.11;
/** A canteen is full at some hours, not all day. */
const USUAL_FILL = 0.72;
const MEAN_APPETITE = 0.56;

/** The guests of a community's canteen: who is alone, old or poor comes more often, who cannot leave the bed seldom. */
export function dinersOf(community: Community, households: readonly Household[]): Diner[] {
  const random = randomOf(community.seed, 'diners', community.code);
  const { lunch, dinner } = community.canteen.record.sittings;
  const capacity = (lunch ?? dinner)?.slots.reduce((sum, slot) => sum + slot.capacity, 0) ?? 0;
  const wanted = Math.min(community.elders * DAILY_SHARE, capacity * USUAL_FILL) / MEAN_APPETITE;
  return households
    .flatMap((household) => household.elders.map((elder) => ({ elder, household })))
    .map((each) => ({ ...each, rank: random.next() ** (1 / weightOf(each.elder, community.today)) }))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, Math.round(wanted))
    .map(({ elder, household }) => dinerOf(random, community, elder, household));
}

function weightOf({ birthDate, tags, ability }: ElderRecord, today: IsoDate): number {
  const has = (...names: string[]) => tags.some(({ tag }) => names.includes(tag));
  return (
    (has('living-alone', 'empty-nest') ? 2 : 1) *
    (ageOn(birthDate, today) >= 75 ? 1.5 : 1) *
    (has('no-support', 'destitute', 'minimum-living', 'low-income', 'in-hardship') ? 1.6 : 1) *
    (ability?.level === 'complete' ? 0.3 : 1)
  );
}

function dinerOf(random: Random, community: Community, elder: ElderRecord, household: Household): Diner {
  const { canteen, staff, today } = community;
  const family = household.family[0]?.person;
  const account = household.accounts.find(({ elderId }) => elderId === elder.elderId);
  const byFamily = family !== undefined && random.chance(0.7) ? family : undefined;
  const { personId, role } = byFamily ?? account ?? staff.community;
  const isWeak = elder.ability?.level === 'severe' || elder.ability?.level === 'complete';
  const isOld = ageOn(elder.birthDate, today) >= 85;
  const wishes = [
    ['dine-in', isWeak ? 5 : 60],
    ['pickup', 20],
    ['delivery', isWeak ? 75 : isOld ? 35 : 14],
  ] as const;
  const eating = random.weighted(wishes.filter(([way]) => canteen.record.eating.includes(way)));
  const { lunch, dinner } = canteen.record.sittings;
  const slot = random.weighted([
    [0, 42],
    [1, 38],
    [2, 20],
  ] as const);
  const isWeekly = random.chance(0.25);
  const weekdays = [1, 2, 3, 4, 5, 6, 7].filter((day) => random.chance(day > 5 ? 0.45 : 0.82));
  const standing =
    isWeekly && lunch !== undefined
      ? {
          standingOrderId: random.uuid(),
          slot,
          eating,
          weekdays: weekdays.length === 0 ? [3] : weekdays,
          from: addDays(today, -random.between(DAYS_BACK + 10, 300)),
        }
      : undefined;
  return {
    elder,
    actor: { personId, role },
    slot,
    eating,
    appetite: {
      ...(lunch && { lunch: 0.25 + random.next() * 0.55 }),
      ...(dinner && random.chance(0.3) && { dinner: 0.15 + random.next() * 0.4 }),
    },
    standing: standing && standingOf(community, elder, standing),
  };
}

/** A weekly lunch. When its elder died, it was stopped on that day. */
export function standingOf(
  { canteen: { record }, now }: Pick<Community, 'canteen' | 'now'>,
  elder: ElderRecord,
  {
    slot,
    ...plan
  }: Pick<StandingOrderRecord, 'standingOrderId' | 'eating' | 'weekdays' | 'from'> & { readonly slot: number },
): StandingOrderRecord {
  const slots = record.sittings.lunch?.slots ?? [];
  return {
    ...plan,
    canteenId: record.canteenId,
    canteenName: record.name,
    sitting: 'lunch',
    slotId: (slots[slot] ?? slots[0])?.slotId ?? '',
    elderId: elder.elderId,
    stoppedAt: elder.diedOn === null ? null : noLaterThan(now, instantInChina(elder.diedOn, '16:00')),
  };
}

export const noLaterThan = (now: Instant, at: Instant): Instant => (at < now ? at : now);

/** An elder as they were known at a moment: a death or an absence that came later is not in it. */
export function asKnownAt(elder: ElderRecord, at: Instant, today: IsoDate): ElderRecord {
  if (elder.diedOn === null && elder.absence === null) return elder;
  const day = dateInChina(at);
  return {
    ...elder,
    diedOn: elder.diedOn !== null && elder.diedOn <= day ? elder.diedOn : null,
    absence: elder.absence !== null && reportedOn(elder, today) <= day ? elder.absence : null,
  };
}

const reportedOn = ({ absence }: ElderRecord, today: IsoDate): IsoDate =>
  absence !== null && absence.from < today ? absence.from : today;

/** When and why an elder's orders for a day were taken off, should there have been any. */
export function takenOff(
  elder: ElderRecord,
  date: IsoDate,
  { today, now }: Pick<Community, 'today' | 'now'>,
): { readonly at: Instant; readonly reason: string } | undefined {
  if (elder.diedOn !== null && elder.diedOn <= date)
    return { at: noLaterThan(now, instantInChina(elder.diedOn, '00:01')), reason: 'elder died' };
  if (!isPausedOn(elder, date)) return undefined;
  return { at: noLaterThan(now, instantInChina(reportedOn(elder, today), '00:01')), reason: 'meals paused' };
}
