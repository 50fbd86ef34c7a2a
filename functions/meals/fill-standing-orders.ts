import type { PlaceMealOrder } from '../../shared/contracts/meal-orders.ts';
import { isRefusal, type RefusalCode } from '../../shared/contracts/refusal.ts';
import { addDays, dateInChina, type Instant } from '../../shared/values/dates.ts';
import type { ElderRecord } from '../elders/elder-record.ts';
import { inParallel } from '../platform/in-parallel.ts';
import { canteensIn, districtsWithCanteens, sittingsBetween } from './canteen-store.ts';
import type { MealDeps } from './deps.ts';
import { SYSTEM } from './order.ts';
import { readOrder } from './order-store.ts';
import { place } from './place-order.ts';
import { dishesFor, isPastClosing, type SittingRecord } from './sitting.ts';
import { fillingOrderId, type StandingOrderRecord, wantsMealOn } from './standing-order.ts';
import { readElder, standingOrdersOfCanteen } from './standing-order-store.ts';

/** How many days ahead weekly orders become orders. */
export const FILL_DAYS = 7;
const PARALLEL = 16;
const MAX_ATTEMPTS = 8;

/** What became of a run: orders made, orders already there, and refusals by code. */
export interface Filled {
  placed: number;
  there: number;
  refused: Partial<Record<RefusalCode | 'nothing-suits' | 'cancelled-by-person', number>>;
}

/** Fills the coming sittings of every canteen. Running it again orders nothing twice. */
export async function fillAll(deps: MealDeps, now: Instant): Promise<Filled> {
  const filled: Filled = { placed: 0, there: 0, refused: {} };
  for (const district of await districtsWithCanteens(deps)) {
    for (const { canteenId } of await canteensIn(deps, district)) {
      const today = dateInChina(now);
      const [sittings, standing] = await Promise.all([
        sittingsBetween(deps, canteenId, today, addDays(today, FILL_DAYS)),
        standingOrdersOfCanteen(deps, canteenId),
      ]);
      const byElder = Map.groupBy(standing, ({ elderId }) => elderId);
      await inParallel(PARALLEL, byElder, async ([elderId, ofElder]) => {
        const elder = await readElder(deps, elderId);
        if (!elder) return;
        for (const each of ofElder) await fill(deps, each, elder, { sittings, now, filled });
      });
    }
  }
  return filled;
}

/** Fills the coming sittings for one weekly order, as when it has just been set up. */
export async function fillFor(
  deps: MealDeps,
  standing: StandingOrderRecord,
  elder: ElderRecord,
  now: Instant,
): Promise<void> {
  const today = dateInChina(now);
  const sittings = await sittingsBetween(deps, standing.canteenId, today, addDays(today, FILL_DAYS));
  await fill(deps, standing, elder, { sittings, now, filled: { placed: 0, there: 0, refused: {} } });
}

/** One after the other: the orders of one elder meet in the elder's month. */
async function fill(
  deps: MealDeps,
  standing: StandingOrderRecord,
  elder: ElderRecord,
  { sittings, now, filled }: { sittings: readonly SittingRecord[]; now: Instant; filled: Filled },
): Promise<void> {
  for (const sitting of sittingsFor(standing, sittings, now)) {
    count(filled, await fillOne(deps, standing, sitting, elder, now));
  }
}

const sittingsFor = (
  standing: StandingOrderRecord,
  sittings: readonly SittingRecord[],
  now: Instant,
): SittingRecord[] =>
  sittings.filter(
    (sitting) =>
      sitting.sitting === standing.sitting &&
      sitting.open &&
      !isPastClosing(sitting, now) &&
      wantsMealOn(standing, sitting.date),
  );

type One = 'placed' | 'there' | keyof Filled['refused'];

async function fillOne(
  deps: MealDeps,
  standing: StandingOrderRecord,
  sitting: SittingRecord,
  elder: ElderRecord,
  now: Instant,
): Promise<One> {
  const dishes = dishesFor(sitting, elder);
  if (dishes.length === 0) return 'nothing-suits';
  const form: PlaceMealOrder = {
    elderId: standing.elderId,
    canteenId: standing.canteenId,
    date: sitting.date,
    sitting: standing.sitting,
    slotId: standing.slotId,
    eating: standing.eating,
    dishIds: dishes.map(({ dishId }) => dishId),
  };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const orderId = fillingOrderId(standing.standingOrderId, sitting.date, attempt);
    const before = await readOrder(deps, orderId);
    if (before && before.state !== 'cancelled') return 'there';
    if (before) {
      if (before.steps.at(-1)?.role !== 'system') return 'cancelled-by-person';
      continue;
    }
    const answer = await place(deps, { orderId, form, actor: SYSTEM, now, standingOrderId: standing.standingOrderId });
    if (!isRefusal(answer)) return 'replayed' in answer ? 'there' : 'placed';
    return answer.refused === 'already-ordered' || answer.refused === 'id-reused' ? 'there' : answer.refused;
  }
  return 'there';
}

function count(filled: Filled, one: One): void {
  if (one === 'placed' || one === 'there') filled[one] += 1;
  else filled.refused[one] = (filled.refused[one] ?? 0) + 1;
}
