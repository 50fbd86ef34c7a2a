import { stringify } from 'csv-stringify/sync';
import type { SittingName } from '../../shared/contracts/canteens.ts';
import type { KitchenSheet } from '../../shared/contracts/kitchen.ts';
import type { SittingOrderRow } from '../../shared/contracts/meal-orders.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/contracts/refusal.ts';
import type { Instant, IsoDate } from '../../shared/values/dates.ts';
import type { Answer } from '../platform/endpoint.ts';
import type { Who } from '../platform/who.ts';
import { mayRun } from './canteen.ts';
import { readSitting } from './canteen-store.ts';
import type { MealDeps } from './deps.ts';
import { dietOf, kitchenSheet, type Meal, mealsToCook, type SheetRow, sheetRows } from './kitchen-sheet.ts';
import { eldersOf, ordersOfSitting } from './order-queries.ts';
import type { SittingRecord } from './sitting.ts';

export interface OfSitting {
  readonly canteenId: string;
  readonly date: IsoDate;
  readonly sitting: SittingName;
}

/** A sitting with its orders and their elders of now, for those who run the canteen. */
async function readRun(deps: MealDeps, who: Who, { canteenId, date, sitting: name }: OfSitting) {
  const [sitting, orders] = await Promise.all([
    readSitting(deps, canteenId, date, name),
    ordersOfSitting(deps, canteenId, date, name),
  ]);
  if (!sitting) return refuse(who.role === 'canteen-staff' && who.canteenId !== canteenId ? 'forbidden' : 'not-found');
  if (!mayRun(who, sitting)) return refuse('forbidden');
  const elders = await eldersOf(deps, orders);
  return { sitting, orders, elders };
}

async function readMeals(
  deps: MealDeps,
  who: Who,
  of: OfSitting,
): Promise<{ sitting: SittingRecord; meals: Meal[] } | Refusal> {
  const run = await readRun(deps, who, of);
  return isRefusal(run) ? run : { sitting: run.sitting, meals: mealsToCook(run.orders, run.elders) };
}

export async function getKitchenSheet(
  deps: MealDeps,
  who: Who,
  of: OfSitting,
  now: Instant,
): Promise<Answer<KitchenSheet>> {
  const run = await readMeals(deps, who, of);
  return isRefusal(run) ? run : kitchenSheet(run.sitting, run.meals, now);
}

const HEADERS: Record<keyof SheetRow, string> = {
  slot: '时段 slot',
  name: '姓名 name',
  eating: '方式 eating',
  dishes: '菜品 dishes',
  allergens: '过敏 allergens',
  diets: '饮食 diet',
  tier: '类别 tier',
  copayYuan: '自付(元) copay',
  address: '地址 address',
  phone: '电话 phone',
  note: '备注 note',
  state: '状态 state',
};

/** A cell that a spreadsheet would run as a formula is kept as text by an apostrophe before it (OWASP, CSV injection). */
const harmless = (cell: unknown): string => {
  const text = Array.isArray(cell) ? cell.join('、') : String(cell ?? '');
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
};

/** The kitchen sheet's orders as CSV, UTF-8 with a byte order mark, which spreadsheets need to read Chinese. */
export async function getKitchenSheetCsv(deps: MealDeps, who: Who, of: OfSitting): Promise<Answer<string>> {
  const run = await readMeals(deps, who, of);
  if (isRefusal(run)) return run;
  return stringify(sheetRows(run.meals), {
    header: true,
    bom: true,
    columns: HEADERS,
    cast: { object: harmless, string: harmless },
  });
}

/** The orders of a sitting for check-in, found by a part of the name or the phone's last four digits. */
export async function listSittingOrders(
  deps: MealDeps,
  who: Who,
  of: OfSitting,
  find: string | undefined,
): Promise<Answer<{ orders: SittingOrderRow[] }>> {
  const run = await readRun(deps, who, of);
  if (isRefusal(run)) return run;
  const live = new Set(mealsToCook(run.orders, run.elders).map(({ order }) => order.orderId));
  const rows = run.orders.flatMap((order): SittingOrderRow[] => {
    const elder = run.elders.get(order.elderId);
    if (!elder || (order.state === 'placed' && !live.has(order.orderId))) return [];
    const row = {
      orderId: order.orderId,
      elderId: order.elderId,
      elderName: elder.name,
      phoneTail: elder.phone?.slice(-4),
      slotId: order.slot.slotId,
      eating: order.eating,
      dishes: order.dishes.map(({ name }) => name),
      ...dietOf(elder),
      tier: order.quote.tier?.name.zh ?? null,
      copay: order.quote.shares.person,
      note: order.note,
      state: order.state,
    };
    return find === undefined || elder.name.includes(find) || row.phoneTail === find ? [row] : [];
  });
  return {
    orders: rows.sort((a, b) => a.slotId.localeCompare(b.slotId) || a.elderName.localeCompare(b.elderName, 'zh')),
  };
}
