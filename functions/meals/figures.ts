import * as z from 'zod/mini';
import { EATING, SITTINGS } from '../../shared/contracts/canteens.ts';
import { MealFigures, type MealFiguresReport } from '../../shared/contracts/kitchen.ts';
import { PAYERS } from '../../shared/contracts/quote.ts';
import type { IsoDate } from '../../shared/values/dates.ts';
import { figuresKey, figuresOfCommunity } from './keys.ts';
import { countBy, tierOf } from './kitchen-sheet.ts';
import type { OrderRecord } from './order.ts';
import type { SittingRecord } from './sitting.ts';

/** The figures of one sitting, written when it is settled. Made from the orders alone: writing them again changes nothing. */
export const SittingFigures = z.object({
  ...MealFigures.shape,
  canteenId: z.string(),
  sitting: z.enum(SITTINGS),
  area: z.string(),
});
export type SittingFigures = z.infer<typeof SittingFigures>;

export const figuresItem = (figures: SittingFigures) => ({
  ...figuresKey(figures.canteenId, figures.date, figures.sitting),
  gsi1pk: figuresOfCommunity(figures.area),
  gsi1sk: `${figures.date}#${figures.canteenId}#${figures.sitting}`,
  ...figures,
});

/** Counts one sitting's orders. Money counts for every meal that was not cancelled: a missed meal was cooked and is paid. */
export function figuresOf(
  { canteenId, date, sitting, area }: Pick<SittingRecord, 'canteenId' | 'date' | 'sitting' | 'area'>,
  orders: readonly OrderRecord[],
): SittingFigures {
  const meals = orders.filter(({ state }) => state !== 'cancelled');
  const inState = (state: OrderRecord['state']) => orders.filter((order) => order.state === state).length;
  const shares = { person: 0, government: 0, charity: 0, enterprise: 0, voucher: 0 };
  for (const { quote } of meals) for (const payer of PAYERS) shares[payer] += quote.shares[payer];
  return {
    canteenId,
    date,
    sitting,
    area,
    ordered: meals.length,
    served: inState('served'),
    missed: inState('missed'),
    cancelled: inState('cancelled'),
    byTier: countBy(meals.map(tierOf)),
    byEating: EATING.map((code) => ({ code, count: meals.filter(({ eating }) => eating === code).length })),
    shares,
    total: meals.reduce((sum, { quote }) => sum + quote.price, 0),
  };
}

type Sum = Omit<MealFigures, 'date'>;

function added(a: Sum, b: Sum): Sum {
  const tiers = new Map(a.byTier.map((tier) => [tier.code, { ...tier }]));
  for (const tier of b.byTier)
    tiers.set(tier.code, { ...tier, count: tier.count + (tiers.get(tier.code)?.count ?? 0) });
  const eating = new Map(a.byEating.map(({ code, count }) => [code, count]));
  for (const { code, count } of b.byEating) eating.set(code, count + (eating.get(code) ?? 0));
  const shares = { ...a.shares };
  for (const payer of PAYERS) shares[payer] += b.shares[payer];
  return {
    ordered: a.ordered + b.ordered,
    served: a.served + b.served,
    missed: a.missed + b.missed,
    cancelled: a.cancelled + b.cancelled,
    byTier: [...tiers.values()].sort((x, y) => x.code.localeCompare(y.code)),
    byEating: EATING.map((code) => ({ code, count: eating.get(code) ?? 0 })),
    shares,
    total: a.total + b.total,
  };
}

const NOTHING: Sum = {
  ordered: 0,
  served: 0,
  missed: 0,
  cancelled: 0,
  byTier: [],
  byEating: EATING.map((code) => ({ code, count: 0 })),
  shares: { person: 0, government: 0, charity: 0, enterprise: 0, voucher: 0 },
  total: 0,
};

/** Adds sittings up by day and in all. */
export function figuresReport(
  area: string,
  from: IsoDate,
  to: IsoDate,
  sittings: readonly SittingFigures[],
): MealFiguresReport {
  const dates = [...new Set(sittings.map(({ date }) => date))].sort();
  const days = dates.map((date) => ({
    date,
    ...sittings.filter((sitting) => sitting.date === date).reduce<Sum>(added, NOTHING),
  }));
  return { area, from, to, days, sum: days.reduce<Sum>(added, NOTHING) };
}
