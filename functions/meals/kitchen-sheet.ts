import { EATING } from '../../shared/contracts/canteens.ts';
import { type Allergen, DIETS } from '../../shared/contracts/diet.ts';
import type { DeliveryLabel, KitchenSheet } from '../../shared/contracts/kitchen.ts';
import type { Instant } from '../../shared/values/dates.ts';
import { type ElderRecord, isPausedOn, mayShare } from '../elders/elder-record.ts';
import type { OrderRecord } from './order.ts';
import type { SittingRecord } from './sitting.ts';

/** An order with its elder as they are now. */
export interface Meal {
  readonly order: OrderRecord;
  readonly elder: ElderRecord;
}

/** The meals to cook: placed or already served, of elders who live and are not paused that day. */
export function mealsToCook(orders: readonly OrderRecord[], elders: ReadonlyMap<string, ElderRecord>): Meal[] {
  return orders.flatMap((order) => {
    const elder = elders.get(order.elderId);
    if (!elder || elder.diedOn !== null || isPausedOn(elder, order.date)) return [];
    return order.state === 'placed' || order.state === 'served' ? [{ order, elder }] : [];
  });
}

/** What the kitchen may know of an elder's diet: nothing, where the family does not agree to share it. */
export const dietOf = (elder: ElderRecord): Pick<ElderRecord, 'allergens' | 'diets'> =>
  // Never the elder itself: whoever spreads what is answered here must not hand out the rest of the entry.
  mayShare(elder, 'diet-to-canteen')
    ? { allergens: elder.allergens, diets: elder.diets }
    : { allergens: [], diets: [] };

/** Where a box is carried: withheld again after the order was placed, it is for staff to ask the family. */
const addressOf = (elder: ElderRecord): Pick<DeliveryLabel, 'address' | 'phone'> =>
  mayShare(elder, 'address-to-delivery')
    ? { address: elder.address, phone: elder.phone }
    : { address: '住址未授权，请问社区 (address withheld)', phone: undefined };

interface Counted {
  readonly code: string;
  readonly name: string;
  readonly count: number;
}

/** Counts by code, in the order of `known` and then of appearance; what is never met is left out. */
export function countBy(
  entries: readonly { readonly code: string; readonly name: string }[],
  known: readonly string[] = [],
): Counted[] {
  const counts = new Map<string, { code: string; name: string; count: number }>();
  for (const { code, name } of entries) {
    const seen = counts.get(code);
    if (seen) seen.count += 1;
    else counts.set(code, { code, name, count: 1 });
  }
  const rank = (code: string) => (known.includes(code) ? known.indexOf(code) : known.length);
  return [...counts.values()].sort((a, b) => rank(a.code) - rank(b.code));
}

export const NO_TIER = { code: 'none', name: '无' } as const;
export const tierOf = ({ quote }: OrderRecord) =>
  quote.tier ? { code: quote.tier.code, name: quote.tier.name.zh } : NO_TIER;

const label = ({ order, elder }: Meal): DeliveryLabel => ({
  orderId: order.orderId,
  elderName: elder.name,
  ...addressOf(elder),
  grid: elder.area,
  slot: `${order.slot.from}–${order.slot.until}`,
  dishes: order.dishes.map(({ name }) => name),
  allergens: dietOf(elder).allergens,
  diets: dietOf(elder).diets,
  note: order.note,
});

/** By grid, and inside a grid by address: the way the boxes are carried. */
function runList(meals: readonly Meal[]): KitchenSheet['deliveries'] {
  const labels = meals.filter(({ order }) => order.eating === 'delivery').map(label);
  const grids = [...new Set(labels.map(({ grid }) => grid))].sort();
  return grids.map((grid) => ({
    grid,
    labels: labels
      .filter((each) => each.grid === grid)
      .sort(
        (a, b) => a.address.localeCompare(b.address, 'zh', { numeric: true }) || a.orderId.localeCompare(b.orderId),
      ),
  }));
}

const isSpecial = ({ order, elder }: Meal): boolean =>
  dietOf(elder).allergens.length > 0 || dietOf(elder).diets.length > 0 || order.note !== undefined;

/** What the kitchen needs to know of one sitting. Pure. */
export function kitchenSheet(sitting: SittingRecord, meals: readonly Meal[], madeAt: Instant): KitchenSheet {
  const orders = meals.map(({ order }) => order);
  return {
    canteenId: sitting.canteenId,
    canteenName: sitting.canteenName,
    date: sitting.date,
    sitting: sitting.sitting,
    closesAt: sitting.closesAt,
    madeAt,
    meals: orders.length,
    served: orders.filter(({ state }) => state === 'served').length,
    byDish: countBy(
      orders.flatMap(({ dishes }) => dishes.map(({ dishId, name }) => ({ code: dishId, name }))),
      sitting.dishes.map(({ dishId }) => dishId),
    ),
    byDiet: countBy(
      meals.flatMap(({ elder }) => dietOf(elder).diets.map((diet) => ({ code: diet, name: diet }))),
      DIETS,
    ),
    byTier: countBy(orders.map(tierOf)),
    byEating: EATING.map((code) => ({ code, count: orders.filter(({ eating }) => eating === code).length })),
    bySlot: sitting.slots.map((slot) => ({
      ...slot,
      count: orders.filter((order) => order.slot.slotId === slot.slotId).length,
    })),
    special: meals.filter(isSpecial).map(({ order, elder }) => ({
      orderId: order.orderId,
      elderName: elder.name,
      dishes: order.dishes.map(({ name }) => name),
      allergens: dietOf(elder).allergens,
      diets: dietOf(elder).diets,
      note: order.note,
    })),
    deliveries: runList(meals),
  };
}

/** One row a meal, for the CSV file: what is printed on a label, and what is collected. */
export interface SheetRow {
  readonly slot: string;
  readonly name: string;
  readonly eating: string;
  readonly dishes: string;
  readonly allergens: readonly Allergen[];
  readonly diets: string;
  readonly tier: string;
  readonly copayYuan: string;
  readonly address: string;
  readonly phone: string;
  readonly note: string;
  readonly state: string;
}

export const sheetRows = (meals: readonly Meal[]): SheetRow[] =>
  meals.map(({ order, elder }) => ({
    slot: `${order.slot.from}-${order.slot.until}`,
    name: elder.name,
    eating: order.eating,
    dishes: order.dishes.map(({ name }) => name).join('、'),
    allergens: dietOf(elder).allergens,
    diets: dietOf(elder).diets.join('、'),
    tier: tierOf(order).name,
    copayYuan: (order.quote.shares.person / 100).toFixed(2),
    address: order.eating === 'delivery' ? addressOf(elder).address : '',
    phone: order.eating === 'delivery' ? (addressOf(elder).phone ?? '') : '',
    note: order.note ?? '',
    state: order.state,
  }));
