import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type ElderRecord, elderKey } from '../../functions/elders/elder-record.ts';
import { type CanteenRecord, canteenItem } from '../../functions/meals/canteen.ts';
import { putSitting } from '../../functions/meals/canteens.ts';
import type { MealDeps } from '../../functions/meals/deps.ts';
import { districtKey } from '../../functions/meals/keys.ts';
import type { Who } from '../../functions/platform/who.ts';
import type { Dish, SittingForm, SittingName } from '../../shared/contracts/canteens.ts';
import type { PlaceMealOrder } from '../../shared/contracts/meal-orders.ts';
import { isRefusal } from '../../shared/contracts/refusal.ts';
import chengguan from '../../shared/policies/lanzhou-chengguan.2026-01.json' with { type: 'json' };
import { compilePolicy } from '../../shared/policy/engine.ts';
import { Policy } from '../../shared/policy/policy.ts';
import { addDays } from '../../shared/values/dates.ts';
import { startDynamo, type TestDynamo } from './dynamodb.ts';

/** A day, and a moment of it, at which tests happen: Tuesday 1 December 2026, 08:00 in China. */
export const TODAY = '2026-12-01';
export const NOW = '2026-12-01T00:00:00.000Z';
export const TOMORROW = addDays(TODAY, 1);
export const COMMUNITY = '620102001001';
export const GRID = `${COMMUNITY}001`;

/** A deterministic UUID: `id(7)`. */
export const id = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

export const anElder = (over: Partial<ElderRecord> = {}): ElderRecord => ({
  elderId: id(1),
  name: '王建国',
  sex: 'male',
  birthDate: '1944-05-01',
  phone: '19900001111',
  area: GRID,
  address: '滨河路1号1单元101',
  localHousehold: true,
  allergens: [],
  diets: [],
  tags: [],
  ability: null,
  absence: null,
  diedOn: null,
  family: [daughter.personId],
  rev: 1,
  ...over,
});

export const daughter: Who = { personId: id(9001), role: 'family' };
export const stranger: Who = { personId: id(9002), role: 'family' };
export const staff: Who = { personId: id(9003), role: 'community-staff', area: COMMUNITY };
export const otherStaff: Who = { personId: id(9004), role: 'community-staff', area: '620102001002' };
export const cook: Who = { personId: id(9005), role: 'canteen-staff', area: COMMUNITY, canteenId: 'binhe' };

const dish = (dishId: string, name: string, course: Dish['course'], more: Partial<Dish> = {}): Dish => ({
  dishId,
  name,
  course,
  allergens: [],
  suits: ['halal', 'low-salt'],
  ...more,
});

export const menu: readonly Dish[] = [
  dish('beef', '红烧牛肉', 'main'),
  dish('shrimp', '清炒虾仁', 'main', { allergens: ['crustacean'] }),
  dish('pork', '回锅肉', 'main', { suits: [] }),
  dish('greens', '炒青菜', 'side', { suits: ['halal', 'vegetarian'] }),
  dish('rice', '米饭', 'staple', { suits: ['halal', 'vegetarian'] }),
];

export const aCanteen = (over: Partial<CanteenRecord> = {}): CanteenRecord => ({
  canteenId: 'binhe',
  name: '滨河长者食堂',
  area: COMMUNITY,
  address: '滨河路8号',
  phone: '0931-1234567',
  eating: ['dine-in', 'pickup', 'delivery'],
  sittings: {
    lunch: {
      closesAt: '09:30',
      closesDaysBefore: 0,
      slots: [
        { slotId: 'early', from: '11:00', until: '11:40', capacity: 30 },
        { slotId: 'late', from: '11:40', until: '12:20', capacity: 30 },
      ],
    },
    dinner: {
      closesAt: '15:00',
      closesDaysBefore: 0,
      slots: [{ slotId: 'dinner', from: '17:00', until: '18:00', capacity: 30 }],
    },
  },
  rev: 1,
  ...over,
});

export const aSittingForm = (over: Partial<SittingForm> = {}): SittingForm => ({
  dishes: [...menu],
  choose: { main: 1, side: 2, staple: 1 },
  open: true,
  rev: 0,
  ...over,
});

export const aLunch = (over: Partial<PlaceMealOrder> = {}): PlaceMealOrder => ({
  elderId: id(1),
  canteenId: 'binhe',
  date: TOMORROW,
  sitting: 'lunch',
  slotId: 'early',
  eating: 'dine-in',
  dishIds: ['beef', 'rice'],
  ...over,
});

/** The value of an answer that must not be a refusal, whether first or repeated. */
export function done<T>(answer: T): Exclude<T, { refused: unknown } | { replayed: unknown }> {
  if (isRefusal(answer)) throw new Error(`refused: ${JSON.stringify(answer)}`);
  const value = typeof answer === 'object' && answer !== null && 'replayed' in answer ? answer.replayed : answer;
  return value as Exclude<T, { refused: unknown } | { replayed: unknown }>;
}

export interface MealTown extends MealDeps {
  readonly dynamo: TestDynamo;
  putElder(elder: ElderRecord): Promise<void>;
  putCanteen(canteen: CanteenRecord): Promise<void>;
  publish(date: string, sitting: SittingName, form?: Partial<SittingForm>, canteenId?: string): Promise<void>;
}

/** A real database of its own with empty tables and the policy of Chengguan: 15 yuan a lunch, 75+ pay 5. */
export async function aMealTown(): Promise<MealTown> {
  const dynamo = await startDynamo();
  const [mealsTable, eldersTable] = await Promise.all([dynamo.createTable('meals'), dynamo.createTable('elders')]);
  const deps = { db: dynamo.client, mealsTable, eldersTable, policies: [compilePolicy(Policy.parse(chengguan))] };
  const put = (TableName: string, Item: Record<string, unknown>) =>
    dynamo.client.send(new PutCommand({ TableName, Item }));
  return {
    ...deps,
    dynamo,
    putElder: async (elder) => void (await put(eldersTable, { ...elderKey(elder.elderId), ...elder })),
    putCanteen: async (canteen) => {
      await put(mealsTable, canteenItem(canteen));
      await put(mealsTable, districtKey(canteen.area));
    },
    publish: async (date, sitting, form = {}, canteenId = 'binhe') => {
      const district: Who = { personId: id(9009), role: 'district-staff', area: '620102' };
      done(await putSitting(deps, district, { canteenId, date, sitting, form: aSittingForm(form), now: NOW }));
    },
  };
}
