import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ElderRecord, isPausedOn } from '../../../functions/elders/elder-record.ts';
import { CanteenRecord } from '../../../functions/meals/canteen.ts';
import { figuresOf, SittingFigures } from '../../../functions/meals/figures.ts';
import { slotKey } from '../../../functions/meals/keys.ts';
import { MealMonth } from '../../../functions/meals/meal-month.ts';
import { OrderRecord } from '../../../functions/meals/order.ts';
import { dietClashes, SittingRecord } from '../../../functions/meals/sitting.ts';
import { StoredPerson } from '../../../functions/sessions/person.ts';
import { makeTown, type Town, type TownPlan } from '../../../infra/town/town.ts';
import type { TownItem } from '../../../infra/town/town-item.ts';
import { CanteenForm, SittingForm } from '../../../shared/contracts/canteens.ts';
import { AbilityForm } from '../../../shared/contracts/elder-facts.ts';
import { ElderForm, TagForm } from '../../../shared/contracts/elders.ts';
import { MealOrderView } from '../../../shared/contracts/meal-orders.ts';
import { Person } from '../../../shared/contracts/people.ts';
import { PAYERS } from '../../../shared/contracts/quote.ts';
import { ROLES } from '../../../shared/contracts/roles.ts';
import { addDays, ageOn, instantInChina, monthOf } from '../../../shared/values/dates.ts';

const TODAY = '2026-12-01';
const PLAN: TownPlan = { elders: 1200, canteens: 6, seed: 7, today: TODAY };
const NOW = instantInChina(TODAY, '10:00');

const kind = (items: readonly TownItem[], table: string, prefix: string, sk: string) =>
  items
    .filter((each) => each.table === table)
    .map(({ item }) => item)
    .filter((item) => String(item.pk).startsWith(prefix) && String(item.sk).startsWith(sk));
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
const groupBy = <T>(list: readonly T[], key: (each: T) => string) => Map.groupBy(list, key);

let town: Town;
let items: TownItem[];
let elders: ElderRecord[];
let orders: OrderRecord[];
let sittings: SittingRecord[];
let months: MealMonth[];
let people: StoredPerson[];
const sittingOf = (order: Pick<OrderRecord, 'canteenId' | 'date' | 'sitting'>) =>
  `${order.canteenId}#${order.date}#${order.sitting}`;

beforeAll(() => {
  town = makeTown(PLAN);
  items = [...town.items()];
  elders = kind(items, 'elders', 'ELDER#', 'ELDER').map((item) => ElderRecord.parse(item));
  orders = kind(items, 'meals', 'ORDER#', 'ORDER').map((item) => OrderRecord.parse(item));
  sittings = kind(items, 'meals', 'CANTEEN#', 'SITTING#').map((item) => SittingRecord.parse(item));
  months = kind(items, 'meals', 'ELDER#', 'MONTH#').map((item) => MealMonth.parse(item));
  people = kind(items, 'sessions', 'PERSON#', 'PERSON').map((item) => StoredPerson.parse(item));
});

const fingerprint = (plan: TownPlan) => {
  const hash = createHash('sha256');
  for (const item of makeTown(plan).items()) hash.update(JSON.stringify(item));
  return hash.digest('hex');
};

describe('a town', () => {
  it('is the same for the same seed and day, and another for another', () => {
    const small: TownPlan = { elders: 60, canteens: 2, seed: 7, today: TODAY };
    const first = fingerprint(small);
    expect(fingerprint({ ...small })).toBe(first);
    expect(fingerprint({ ...small, seed: 8 })).not.toBe(first);
    expect(fingerprint({ ...small, today: '2026-12-02' })).not.toBe(first);
  });

  it('has as many elders and canteens as were asked for, half of them in each city', () => {
    expect(elders).toHaveLength(1200);
    expect(elders.filter(({ area }) => area.startsWith('1399'))).toHaveLength(600);
    expect(elders.filter(({ area }) => area.startsWith('620102'))).toHaveLength(600);
    const canteens = kind(items, 'meals', 'CANTEEN#', 'CANTEEN');
    expect(canteens).toHaveLength(6);
    expect(kind(items, 'meals', 'DISTRICTS', '').map(({ sk }) => sk)).toEqual(['139903', '620102']);
    expect(town.cities.map(({ id, elders: of, canteens: places }) => [id, of, places])).toEqual([
      ['north-city', 600, 3],
      ['lanzhou-chengguan', 600, 3],
    ]);
  });

  it('gives every item a key of its own, so that no write covers another', () => {
    const keys = items.map(({ table, item }) => `${table} ${item.pk} ${item.sk}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('can be one city alone, by id, area code or name', () => {
    for (const city of ['lanzhou-chengguan', '620102', '兰州市城关区']) {
      expect(makeTown({ ...PLAN, city }).cities.map(({ id, elders: of }) => [id, of])).toEqual([
        ['lanzhou-chengguan', 1200],
      ]);
    }
  });

  it.each([
    [{ city: 'atlantis' }, /no policy document for the city "atlantis": there are .*north-city.*lanzhou-chengguan/],
    [{ elders: 9 }, /elders: a whole number from 10/],
    [{ elders: 20.5 }, /elders: a whole number/],
    [{ canteens: 1 }, /canteens: a whole number from 2/],
    [{ seed: -1 }, /seed: a whole number from 0/],
  ])('refuses %j', (wrong, words) => {
    expect(() => makeTown({ ...PLAN, ...wrong })).toThrow(words);
  });

  it('makes the smallest town that its cities allow', () => {
    const smallest = makeTown({ elders: 10, canteens: 2, seed: 1, today: TODAY });
    expect(kind([...smallest.items()], 'elders', 'ELDER#', 'ELDER')).toHaveLength(10);
  });

  it('says in advance how many elders each community has', () => {
    const told = [...town.communities()].map(({ elders: of }) => of);
    const made = [...town.communities()].map(
      (community) => kind([...community.items()], 'elders', 'ELDER#', 'ELDER').length,
    );
    expect(made).toEqual(told);
    expect(sumOf(told)).toBe(1200);
  });
});

describe('its people', () => {
  it('could each have been registered through the API', () => {
    for (const {
      name,
      sex,
      birthDate,
      phone,
      idNumber,
      area,
      address,
      localHousehold,
      allergens,
      diets,
      rev,
    } of elders) {
      const form = { name, sex, birthDate, phone, idNumber, area, address, localHousehold, allergens, diets, rev };
      expect(ElderForm.safeParse(JSON.parse(JSON.stringify(form))).error).toBeUndefined();
    }
  });

  it('have tags and assessments with evidence that the API accepts', () => {
    for (const { tags, ability } of elders) {
      for (const { tag: _, ...form } of tags) expect(TagForm.safeParse(form).error).toBeUndefined();
      expect(new Set(tags.map(({ tag }) => tag)).size).toBe(tags.length);
      if (ability) expect(AbilityForm.safeParse(ability).error).toBeUndefined();
    }
  });

  it('are 60 to 100 years old (65 and over where only they are registered), fewer the older', () => {
    const ages = elders.map(({ birthDate }) => ageOn(birthDate, TODAY));
    expect(Math.min(...ages)).toBe(60);
    expect(Math.max(...ages)).toBeLessThanOrEqual(100);
    const chengguan = elders.filter(({ area }) => area.startsWith('620102'));
    expect(Math.min(...chengguan.map(({ birthDate }) => ageOn(birthDate, TODAY)))).toBe(65);
    const over80 = ages.filter((age) => age >= 80).length / ages.length;
    expect(over80).toBeGreaterThan(0.1);
    expect(over80).toBeLessThan(0.3);
  });

  it('are of the kinds that policies name at plausible rates', () => {
    const share = (tag: string) =>
      elders.filter((elder) => elder.tags.some((each) => each.tag === tag)).length / elders.length;
    const within = (tag: string, least: number, most: number) => {
      expect(share(tag), tag).toBeGreaterThan(least);
      expect(share(tag), tag).toBeLessThan(most);
    };
    within('empty-nest', 0.1, 0.35);
    within('living-alone', 0.1, 0.35);
    within('disabled', 0.03, 0.13);
    within('minimum-living', 0.005, 0.04);
    within('no-support', 0.0005, 0.02);
    within('preferential-treatment', 0.01, 0.06);
    expect(elders.filter(({ absence }) => absence !== null).length / elders.length).toBeCloseTo(0.02, 1);
    expect(elders.some(({ diedOn }) => diedOn !== null)).toBe(true);
  });

  it('have id numbers and sign-in phones that no two share', () => {
    const ids = elders.flatMap(({ idNumber }) => idNumber ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const phones = people.flatMap(({ phone }) => phone ?? []);
    expect(new Set(phones).size).toBe(phones.length);
    const own = elders.flatMap(({ phone }) => phone ?? []);
    expect(new Set(own).size).toBe(own.length);
  });

  it('sign in as persons that the contract knows', () => {
    for (const { openid: _o, removedAt: _r, epoch: _e, rev: _v, ...person } of people) {
      expect(Person.safeParse(person).error).toBeUndefined();
    }
    const roles = new Set(people.map(({ role }) => role));
    expect([...roles].sort()).toEqual([...ROLES].sort());
  });

  it('are bound to families on both sides: the elder names the person, and a binding says since when', () => {
    const bindings = kind(items, 'elders', 'ELDER#', 'BINDING#');
    const pointers = kind(items, 'elders', 'FAMILY#', 'ELDER#');
    const byElder = elders.flatMap(({ elderId, family }) => family.map((personId) => `${elderId} ${personId}`)).sort();
    expect(bindings.map(({ elderId, personId }) => `${elderId} ${personId}`).sort()).toEqual(byElder);
    expect(pointers.map(({ elderId, personId }) => `${elderId} ${personId}`).sort()).toEqual(byElder);
    const known = new Set(people.map(({ personId }) => personId));
    expect(elders.every(({ family }) => family.every((personId) => known.has(personId)))).toBe(true);
  });
});

describe('its canteens', () => {
  it('could have been set up, and their menus published, through the API', () => {
    for (const item of kind(items, 'meals', 'CANTEEN#', 'CANTEEN')) {
      const { canteenId: _, ...form } = CanteenRecord.parse(item);
      expect(CanteenForm.safeParse(form).error).toBeUndefined();
    }
    for (const { dishes, choose, open, rev } of sittings) {
      expect(SittingForm.safeParse({ dishes, choose, open, rev }).error).toBeUndefined();
    }
  });

  it('serve lunch everywhere and dinner in some, with menus for more than the coming week', () => {
    const byCanteen = groupBy(sittings, ({ canteenId }) => canteenId);
    for (const own of byCanteen.values()) {
      const coming = own.filter(({ date, sitting }) => sitting === 'lunch' && date > TODAY);
      expect(coming.length).toBeGreaterThanOrEqual(7);
    }
    const withDinner = new Set(
      sittings.filter(({ sitting }) => sitting === 'dinner').map(({ canteenId }) => canteenId),
    );
    expect(withDinner.size).toBeGreaterThan(0);
    expect(withDinner.size).toBeLessThan(byCanteen.size);
    expect(sittings.some(({ open }) => !open)).toBe(true);
  });

  it('cook every day a main for those who eat halal and those who eat no meat', () => {
    for (const { dishes } of sittings.filter(({ sitting }) => sitting !== 'breakfast')) {
      const mains = dishes.filter(({ course }) => course === 'main');
      for (const diet of ['halal', 'vegetarian'] as const) {
        expect(mains.some((dish) => dietClashes([dish], { allergens: [], diets: [diet] }).length === 0)).toBe(true);
      }
    }
  });

  it('do not cook the same all week', () => {
    const first = sittings[0];
    const week = sittings
      .filter(({ canteenId, sitting }) => canteenId === first?.canteenId && sitting === 'lunch')
      .slice(0, 7);
    expect(new Set(week.map(({ dishes }) => dishes.map(({ dishId }) => dishId).join())).size).toBe(7);
  });
});

describe('its orders', () => {
  it('are what the contract says', () => {
    for (const { area: _a, endsAt: _e, fingerprint: _f, lastChange: _l, ...view } of orders) {
      expect(MealOrderView.safeParse(view).error).toBeUndefined();
    }
  });

  it('ended as orders do: most served, few missed or cancelled', () => {
    const past = orders.filter(({ endsAt }) => endsAt < NOW);
    const share = (state: string) => past.filter((order) => order.state === state).length / past.length;
    expect(past.length).toBeGreaterThan(1000);
    expect(share('served')).toBeGreaterThan(0.88);
    expect(share('missed')).toBeGreaterThan(0.015);
    expect(share('missed')).toBeLessThan(0.05);
    expect(share('cancelled')).toBeGreaterThan(0.02);
    expect(share('cancelled')).toBeLessThan(0.08);
    expect(share('placed')).toBe(0);
  });

  it('leave today’s lunch and the coming days with something to cook', () => {
    const waiting = orders.filter(({ state }) => state === 'placed');
    expect(waiting.filter(({ date, sitting }) => date === TODAY && sitting === 'lunch').length).toBeGreaterThan(20);
    expect(waiting.filter(({ date }) => date === addDays(TODAY, 1)).length).toBeGreaterThan(20);
    expect(waiting.some(({ date }) => date === addDays(TODAY, 7))).toBe(true);
  });

  it('took their steps in the order of time, none before now was, and were placed before closing', () => {
    for (const { steps, closesAt } of orders) {
      const times = steps.map(({ at }) => at);
      expect([...times].sort()).toEqual(times);
      expect((times.at(-1) ?? '') <= NOW).toBe(true);
      expect((times[0] ?? '') <= closesAt).toBe(true);
    }
  });

  it('have shares and legs that add up to the price', () => {
    for (const { quote } of orders) {
      expect(sumOf(PAYERS.map((payer) => quote.shares[payer]))).toBe(quote.price);
      expect(sumOf(quote.legs.map(({ amount }) => amount))).toBe(quote.price);
    }
  });

  it('are at most one live order for each elder and sitting', () => {
    const live = orders.filter(({ state }) => state !== 'cancelled');
    const places = live.map(({ elderId, date, sitting }) => `${elderId} ${date} ${sitting}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('hold no dish that the elder must not eat', () => {
    const byId = new Map(elders.map((elder) => [elder.elderId, elder]));
    const menus = new Map(sittings.map((sitting) => [sittingOf(sitting), sitting]));
    for (const order of orders) {
      const elder = byId.get(order.elderId);
      const chosen = menus
        .get(sittingOf(order))
        ?.dishes.filter(({ dishId }) => order.dishes.some((dish) => dish.dishId === dishId));
      expect(elder && dietClashes(chosen ?? [], elder)).toEqual([]);
      expect(chosen).toHaveLength(order.dishes.length);
    }
  });

  it('are none on a closed day, and no live one of somebody who died or is away', () => {
    const open = new Set(sittings.filter((sitting) => sitting.open).map(sittingOf));
    const byId = new Map(elders.map((elder) => [elder.elderId, elder]));
    for (const order of orders) {
      expect(open.has(sittingOf(order))).toBe(true);
      const elder = byId.get(order.elderId);
      const isAway = elder && (isPausedOn(elder, order.date) || (elder.diedOn !== null && elder.diedOn <= order.date));
      if (isAway) expect(order.state).toBe('cancelled');
    }
    expect(orders.some(({ steps }) => steps.at(-1)?.reason === 'meals paused')).toBe(true);
  });
});

describe('its counts', () => {
  const live = () => orders.filter(({ state }) => state !== 'cancelled');

  it('of places taken are those of the live orders, and none is over capacity', () => {
    const bySlot = groupBy(
      live(),
      ({ canteenId, date, sitting, slot }) => slotKey(canteenId, date, sitting, slot.slotId).pk,
    );
    const slots = kind(items, 'meals', 'SLOT#', 'SLOT');
    expect(slots).toHaveLength(sumOf(sittings.map((sitting) => sitting.slots.length)));
    for (const slot of slots) {
      expect(slot.taken).toBe(bySlot.get(String(slot.pk))?.length ?? 0);
      expect(Number(slot.taken)).toBeLessThanOrEqual(Number(slot.capacity));
    }
  });

  it('of the months are the live orders with what others paid for them', () => {
    const inMonths = months.flatMap(({ elderId, month, meals }) =>
      Object.entries(meals).map(([day, { orderId, subsidy }]) => `${elderId} ${month}-${day} ${orderId} ${subsidy}`),
    );
    const counted = live().map(
      ({ elderId, date, sitting, orderId, quote }) =>
        `${elderId} ${date}#${sitting} ${orderId} ${quote.price - quote.shares.person}`,
    );
    expect(inMonths.sort()).toEqual(counted.sort());
    const changes = groupBy(orders, ({ elderId, date }) => `${elderId} ${monthOf(date)}`);
    for (const { elderId, month, rev } of months) {
      const own = changes.get(`${elderId} ${month}`) ?? [];
      expect(rev).toBe(own.length + own.filter(({ state }) => state === 'cancelled').length);
    }
  });

  it('of the figures are a recount of the settled sittings, each once', () => {
    const bySitting = groupBy(orders, sittingOf);
    const settled = sittings.filter(({ settledAt }) => settledAt !== null);
    const figures = kind(items, 'meals', 'CANTEEN#', 'FIGURES#').map((item) => SittingFigures.parse(item));
    expect(figures).toHaveLength(settled.length);
    for (const sitting of settled) {
      const own = figures.find((each) => sittingOf(each) === sittingOf(sitting));
      expect(own).toEqual(figuresOf(sitting, bySitting.get(sittingOf(sitting)) ?? []));
    }
    expect(settled.every(({ endsAt }) => endsAt < NOW)).toBe(true);
    expect(sumOf(figures.map(({ total }) => total))).toBeGreaterThan(0);
  });
});
