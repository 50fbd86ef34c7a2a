import { bindingCodeItem } from '../../../functions/elders/binding-code.ts';
import { bindingItems, elderItems } from '../../../functions/elders/elder-items.ts';
import type { ElderRecord } from '../../../functions/elders/elder-record.ts';
import { canteenItem } from '../../../functions/meals/canteen.ts';
import { slotKey } from '../../../functions/meals/keys.ts';
import { emptyMonth, mealMonthItem, withMeal } from '../../../functions/meals/meal-month.ts';
import { type OrderRecord, orderItem, SYSTEM, served } from '../../../functions/meals/order.ts';
import { newOrder } from '../../../functions/meals/place-order.ts';
import { type SittingRecord, sittingItem, sittingOf } from '../../../functions/meals/sitting.ts';
import { standingOrderItem } from '../../../functions/meals/standing-order.ts';
import { fingerprintOf } from '../../../functions/platform/fingerprint.ts';
import type { Who } from '../../../functions/platform/who.ts';
import { newPerson } from '../../../functions/sessions/person.ts';
import { personItems } from '../../../functions/sessions/person-items.ts';
import { compilePolicies } from '../../../infra/policies/compile.ts';
import { bindingOf } from '../../../infra/town/households.ts';
import type { TownItem } from '../../../infra/town/town-item.ts';
import { isRefusal } from '../../../shared/contracts/refusal.ts';
import { ROLES } from '../../../shared/contracts/roles.ts';
import { compilePolicy } from '../../../shared/policy/engine.ts';
import { type IsoDate, toInstant } from '../../../shared/values/dates.ts';
import { aCanteen, anElder, aSittingForm, id } from '../../support/a-town.ts';
import { daysFromToday, today } from '../support/cloud.ts';
import { type AlertWorld, alertItems } from './alert-world.ts';

/** The district where callers live and work: one of the north city. */
const HOME_DISTRICT = '139903';
const communityIn = (district: string, n: number): string => district + String(n).padStart(6, '0');
/** Each world's caller is at home in a community of their own. */
const homeOf = (n: number): string => communityIn(HOME_DISTRICT, n);

/** Whose things are asked for, seen from the caller, and where those lie. */
const PLACES = {
  own: homeOf,
  /** Another elder, canteen or member of staff of the same community, with whom an elder, a family or a cook has no tie. */
  neighbour: homeOf,
  'other-community': (n: number) => communityIn(HOME_DISTRICT, 500_000 + n),
  'other-district': (n: number) => communityIn('139904', n),
  'other-city': (n: number) => communityIn('620102', n),
} as const;
export type Place = keyof typeof PLACES;
export const PLACE_NAMES = Object.keys(PLACES) as Place[];

/** Everybody who can ask: the roles, a device by its own token, and nobody (no session at all). */
export const CALLERS = [...ROLES, 'device', 'nobody'] as const;
export type Caller = (typeof CALLERS)[number];

/** A person by their session, or a device by its token. */
export type Asker = Who | { readonly role: 'device'; readonly deviceId: string; readonly area: string };

/** A caller, and the one set of things that they ask for. No two cells of the table share anything: none can spoil another. */
export interface World {
  readonly n: number;
  readonly caller: Caller;
  readonly place: Place;
  readonly who: Asker | undefined;
  readonly community: string;
  readonly elder: ElderRecord;
  /** Who is bound to the elder: the caller, where the elder is a family's own. */
  readonly memberId: string;
  readonly canteenId: string;
  readonly orders: Readonly<Record<'ahead' | 'today' | 'served', OrderRecord>>;
  readonly standingOrderId: string;
  /** A cook of that community. */
  readonly cookId: string;
  /** A code for another elder of that community, to whom nobody is bound. */
  readonly bindingCode: string;
  readonly alerts: AlertWorld;
  /** A fresh id, for what is to be created. */
  readonly newId: string;
  /** 11 digits that are nobody's. */
  readonly newPhone: string;
}

const idOf = (n: number, which: number): string => id(0x1000000 + n * 32 + which);

function whoIs(
  n: number,
  caller: Caller,
  place: Place,
  own: { elderId: string; canteenId: string },
): Asker | undefined {
  const personId = idOf(n, 1);
  const mine = place === 'own';
  if (caller === 'nobody') return undefined;
  if (caller === 'family') return { personId, role: caller };
  if (caller === 'elder') return { personId, role: caller, elderId: mine ? own.elderId : idOf(n, 2) };
  // A device asks for itself alone: for its own place, and as another device elsewhere.
  if (caller === 'device') return { role: caller, deviceId: idOf(n, mine ? 17 : 18), area: homeOf(n) };
  if (caller === 'dispatcher') return { personId, role: caller, area: HOME_DISTRICT };
  if (caller === 'grid-worker') return { personId, role: caller, area: `${homeOf(n)}001` };
  if (caller === 'district-staff') return { personId, role: caller, area: HOME_DISTRICT };
  if (caller === 'community-staff') return { personId, role: caller, area: homeOf(n) };
  return { personId, role: caller, area: homeOf(n), canteenId: mine ? own.canteenId : 'elsewhere' };
}

const policies = compilePolicies().map(compilePolicy);
const NOON_BEFORE = toInstant(Date.now() - 36 * 3_600_000);

function sittingOn(canteen: ReturnType<typeof aCanteen>, date: IsoDate): SittingRecord {
  const sitting = sittingOf(canteen, date, 'lunch', aSittingForm());
  if (!sitting) throw new Error('this canteen serves no lunch');
  return sitting;
}

/** An order by the rules of ordering, as if placed the day before yesterday. */
function orderOf(orderId: string, elder: ElderRecord, sitting: SittingRecord): OrderRecord {
  const form = {
    elderId: elder.elderId,
    canteenId: sitting.canteenId,
    date: sitting.date,
    sitting: sitting.sitting,
    slotId: 'early',
    eating: 'dine-in' as const,
    dishIds: ['beef', 'rice'],
  };
  const context = { elder, sitting, month: emptyMonth(elder.elderId, sitting.date), order: undefined };
  const placing = { orderId, form, actor: SYSTEM, now: NOON_BEFORE };
  const order = newOrder({ policies }, context, placing, fingerprintOf(form));
  if (isRefusal(order)) throw new Error(`a world's order is refused: ${order.refused}`);
  return order;
}

/** The n-th world. Everything in it is decided by its number, the caller and the place. */
export function aWorld(n: number, caller: Caller, place: Place): World & { readonly items: TownItem[] } {
  const community = PLACES[place](n);
  const [elderId, canteenId] = [idOf(n, 3), `canteen-${n}`];
  const who = whoIs(n, caller, place, { elderId, canteenId });
  const memberId = caller === 'family' && place === 'own' ? idOf(n, 1) : idOf(n, 4);
  const elder = anElder({ elderId, area: `${community}001`, family: [memberId], phone: undefined, rev: 2 });
  const canteen = aCanteen({ canteenId, area: community });
  const [ahead, later] = [sittingOn(canteen, daysFromToday(1)), sittingOn(canteen, daysFromToday(2))];
  const placedToday = orderOf(idOf(n, 6), elder, sittingOn(canteen, today()));
  const servedToday = served({ ...placedToday, orderId: idOf(n, 7) }, SYSTEM, toInstant(Date.now()), 'name');
  if (isRefusal(servedToday)) throw new Error(`a world's check-in is refused: ${servedToday.refused}`);
  const orders = { ahead: orderOf(idOf(n, 5), elder, ahead), today: placedToday, served: servedToday };
  const month = withMeal(emptyMonth(elderId, ahead.date), ahead.date, 'lunch', {
    orderId: orders.ahead.orderId,
    subsidy: 0,
  });
  const world: World = {
    n,
    caller,
    place,
    who,
    community,
    elder,
    memberId,
    canteenId,
    orders,
    standingOrderId: idOf(n, 8),
    cookId: idOf(n, 9),
    alerts: {
      callingId: idOf(n, 14),
      ownedId: idOf(n, 15),
      contactId: idOf(n, 16),
      deviceId: idOf(n, 17),
      taskId: idOf(n, 19),
      openingId: idOf(n, 20),
      onDutyId: idOf(n, 21),
      flooderId: idOf(n, 22),
      floodId: idOf(n, 23),
    },
    bindingCode: String(10_000_000 + n),
    newId: idOf(n, 10),
    newPhone: `139${String(10_000_000 + n)}`,
  };
  return { ...world, items: [...itemsOf(world, [ahead, later], canteen, month)] };
}

function* itemsOf(
  world: World,
  sittings: readonly SittingRecord[],
  canteen: ReturnType<typeof aCanteen>,
  month: ReturnType<typeof emptyMonth>,
): Generator<TownItem> {
  const { who, elder, memberId, canteenId, community } = world;
  const into = (table: TownItem['table']) => (item: Record<string, unknown>) => ({ table, item });
  const [elders, meals, sessions] = [into('elders'), into('meals'), into('sessions')];
  if (who && who.role !== 'device') yield* personItems(newPerson({ name: '某人', ...who })).map(sessions);
  const cook = { personId: world.cookId, name: '某厨', role: 'canteen-staff', area: community, canteenId } as const;
  yield* personItems(newPerson(cook)).map(sessions);
  yield* elderItems(elder).map(elders);
  yield* bindingItems(bindingOf(elder.elderId, { personId: memberId, name: '某女' }, 'daughter', NOON_BEFORE)).map(
    elders,
  );
  const alone = anElder({ elderId: idOf(world.n, 11), area: elder.area, family: [], phone: undefined });
  yield* elderItems(alone).map(elders);
  const code = { elderId: alone.elderId, madeBy: world.cookId, expiresAt: toInstant(Date.now() + 3_600_000) };
  yield elders(bindingCodeItem(world.bindingCode, code));
  yield meals(canteenItem(canteen));
  for (const sitting of sittings) {
    yield meals(sittingItem(sitting));
    for (const { slotId, capacity } of sitting.slots) {
      const taken = sitting === sittings[0] && slotId === 'early' ? 1 : 0;
      yield meals({ ...slotKey(canteenId, sitting.date, 'lunch', slotId), capacity, taken, isOpen: true });
    }
  }
  const taken = { capacity: 30, taken: 2, isOpen: true };
  yield meals({ ...slotKey(canteenId, today(), 'lunch', 'early'), ...taken });
  const owner = who && who.role !== 'device' ? { personId: who.personId, role: who.role } : undefined;
  yield* alertItems(world.alerts, { elder, community, owner });
  yield* Object.values(world.orders).map((order) => meals(orderItem(order)));
  yield meals(mealMonthItem(month));
  yield meals(
    standingOrderItem({
      standingOrderId: world.standingOrderId,
      elderId: elder.elderId,
      canteenId,
      canteenName: canteen.name,
      sitting: 'dinner',
      weekdays: [1],
      slotId: 'dinner',
      eating: 'dine-in',
      from: today(),
      stoppedAt: null,
    }),
  );
}
