import { openTaskItem, taskItem } from '../../functions/alerts/circle/open-task.ts';
import { canteenItem } from '../../functions/meals/canteen.ts';
import { districtKey } from '../../functions/meals/keys.ts';
import { newPerson, type StoredPerson } from '../../functions/sessions/person.ts';
import { personItems } from '../../functions/sessions/person-items.ts';
import { SITTINGS } from '../../shared/contracts/canteens.ts';
import { type CompiledPolicy, compilePolicy, offers, policyFor } from '../../shared/policy/engine.ts';

import { districtOf } from '../../shared/values/areas.ts';
import { type Instant, type IsoDate, instantInChina } from '../../shared/values/dates.ts';
import { compilePolicies } from '../policies/compile.ts';
import { circleItems, cityOfDevices } from './alert-circles.ts';
import { makeCanteen } from './canteens.ts';
import { type City, chooseCities, citiesOf, communityCode } from './cities.ts';
import type { Community } from './community.ts';
import type { TownPerson } from './demo-cast.ts';
import { DEMO_ELDERS, type Demo, demoOf, demoStaff } from './demo-people.ts';
import { dinersOf } from './diners.ts';
import { deskOf, onDutyIn, PHONES_A_COMMUNITY } from './duty.ts';
import { householdItems, householdsOf } from './households.ts';
import { mealItems } from './month-of-orders.ts';
import { communityName, elderGivenName, placesOf, surname, youngerGivenName } from './names.ts';
import { pastAlerts } from './past-alerts.ts';
import { phoneOf } from './person-numbers.ts';
import { randomOf } from './random.ts';
import type { TownItem } from './town-item.ts';

export interface TownPlan {
  /** Elders in all, shared equally by the cities. */
  readonly elders: number;
  /** Canteens in all; each stands in a community of its own. */
  readonly canteens: number;
  readonly seed: number;
  /** Id, area code or name of one city with a policy document. Without it, all of them side by side. */
  readonly city?: string | undefined;
  /** The day, in China, that the town is made for. */
  readonly today: IsoDate;
  /** The moment up to which things have happened; ten o'clock of that day when left out. */
  readonly now?: Instant | undefined;
}

/** A town that is made while it is read: nothing of it is kept but the community in hand. */
export interface Town {
  readonly cities: readonly {
    readonly id: string;
    readonly area: string;
    readonly elders: number;
    readonly canteens: number;
  }[];
  readonly elders: number;
  readonly canteens: number;
  /** The people to sign in as, of each city. */
  readonly people: readonly TownPerson[];
  /** Its communities one after the other: how many elders each has, and all its items. */
  communities(): Generator<{ readonly elders: number; items(): Generator<TownItem> }>;
  /** Every item, community by community. Each call makes the same ones again. */
  items(): Generator<TownItem>;
}

const MOST_ELDERS = 2_000_000;

/**
 * A plausible town of invented people: elders with tags and their evidence, families, staff, canteens, menus, a month of orders
 * up to now and some for the coming days. Pure: the same plan makes the same town, item by item.
 *
 * Throws for a plan that cannot be: too few elders or canteens for its cities, or a city without a policy document.
 */
export function makeTown(plan: TownPlan): Town {
  const documents = compilePolicies();
  const cities = chooseCities(citiesOf(documents), plan.city);
  refuseImpossible(plan, cities.length);
  const policies = documents.map(compilePolicy);
  const shares = cities.map((city, index) => ({
    city,
    index,
    elders: share(plan.elders, cities.length, index),
    canteens: share(plan.canteens, cities.length, index),
  }));
  const startOf = (index: number, of: 'elders' | 'canteens') =>
    shares.slice(0, index).reduce((sum, each) => sum + each[of], 0);

  function* communities() {
    for (const { city, index, elders, canteens } of shares) {
      let serial = startOf(index, 'elders');
      for (let n = 0; n < canteens; n++) {
        const own = n === 0 ? Math.max(DEMO_ELDERS, share(elders, canteens, 0)) : shareAfterFirst(elders, canteens, n);
        const site = { city, cityNumber: index + 1, n, number: startOf(index, 'canteens') + n };
        yield communityOf(plan, policies, { ...site, elders: own, firstSerial: serial });
        serial += own;
      }
    }
  }

  return {
    cities: shares.map(({ city, elders, canteens }) => ({ id: city.id, area: city.area, elders, canteens })),
    elders: plan.elders,
    canteens: plan.canteens,
    people: shares.flatMap(
      ({ city, index, elders, canteens }) =>
        communityOf(plan, policies, {
          city,
          cityNumber: index + 1,
          n: 0,
          number: startOf(index, 'canteens'),
          elders: Math.max(DEMO_ELDERS, share(elders, canteens, 0)),
          firstSerial: startOf(index, 'elders'),
        }).people,
    ),
    communities,
    *items() {
      for (const community of communities()) yield* community.items();
    },
  };
}

/** The n-th of `parts` nearly equal whole parts of a number. */
const share = (whole: number, parts: number, n: number): number =>
  Math.floor((whole * (n + 1)) / parts) - Math.floor((whole * n) / parts);

/** The same where the first part was made large enough for the demo people: the others share what is left. */
function shareAfterFirst(whole: number, parts: number, n: number): number {
  const first = Math.max(DEMO_ELDERS, share(whole, parts, 0));
  return share(whole - first, parts - 1, n - 1);
}

function refuseImpossible({ elders, canteens, seed }: TownPlan, cities: number): void {
  const whole = (name: string, value: number, from: number, to: number) => {
    if (!Number.isInteger(value) || value < from || value > to)
      throw new Error(`${name}: a whole number from ${from} to ${to} is wanted, found ${value}`);
  };
  whole('elders', elders, cities * DEMO_ELDERS, MOST_ELDERS);
  whole('canteens', canteens, cities, 9000);
  whole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
}

/** The cities' communities begin at different names. */
const NAMES_APART = 11;

interface Site {
  readonly city: City;
  readonly cityNumber: number;
  readonly n: number;
  readonly number: number;
  readonly elders: number;
  readonly firstSerial: number;
}

function communityOf(plan: TownPlan, policies: readonly CompiledPolicy[], site: Site) {
  const { seed, today, now = instantInChina(today, '10:00') } = plan;
  const { city, cityNumber, n, number, elders, firstSerial } = site;
  const code = communityCode(city, n);
  const isDemo = n === 0;
  const name = communityName(n + (cityNumber - 1) * NAMES_APART);
  const random = randomOf(seed, 'canteen', code);
  const [road = ''] = placesOf(randomOf(seed, 'places', code)).roads;
  const offered = offeredIn(policies, code, today);
  const canteen = makeCanteen(random, { city, community: code, name, index: n, number, isDemo }, offered, road, today);
  const place = { city, cityNumber, communityName: name, code, canteen: canteen.record };
  const hired = [0, 1].map((index) => {
    const sex = random.chance(0.7) ? 'female' : 'male';
    return newPerson({
      personId: random.uuid(),
      name: surname(random) + (index === 0 ? youngerGivenName(random, sex) : elderGivenName(random, sex)),
      role: index === 0 ? 'community-staff' : 'canteen-staff',
      phone: phoneOf((plan.elders + number) * 3 + index),
      area: code,
      ...(index === 1 && { canteenId: canteen.record.canteenId }),
    });
  }) as [StoredPerson, StoredPerson];
  const signIn = isDemo ? demoStaff(place) : undefined;
  const grids = Math.max(2, Math.min(20, Math.ceil(elders / 90)));
  const isFirstOfDistrict = n === 0 || districtOf(communityCode(city, n - 1)) !== districtOf(code);
  const community: Community = {
    seed,
    city,
    code,
    name,
    number,
    isFirstOfDistrict,
    elders,
    grids,
    firstSerial,
    firstContact: (plan.elders + plan.canteens) * 3 + plan.canteens * PHONES_A_COMMUNITY,
    canteen,
    staff: { community: signIn?.community ?? hired[0], canteen: signIn?.canteen ?? hired[1] },
    policies,
    today,
    now,
  };
  const demo = isDemo ? demoOf(place, community) : undefined;
  const firstSerialOfDuty = (plan.elders + plan.canteens) * 3;
  const onDuty = onDutyIn({ seed, code, number, grids, isFirstOfDistrict, firstSerial: firstSerialOfDuty });
  const staff = [...hired, ...onDuty, ...(signIn ? Object.values(signIn) : [])];
  return { elders, people: demo?.people ?? [], items: () => itemsOf(community, staff, demo) };
}

function* itemsOf(community: Community, staff: readonly StoredPerson[], demo: Demo | undefined): Generator<TownItem> {
  const { canteen, code, isFirstOfDistrict } = community;
  if (isFirstOfDistrict) yield { table: 'meals', item: districtKey(code) };
  yield { table: 'meals', item: canteenItem(canteen.record) };
  for (const person of staff) for (const item of personItems(person)) yield { table: 'sessions', item };
  const others = [...householdsOf(community, community.elders - (demo ? DEMO_ELDERS : 0))];
  for (const household of [...(demo?.households ?? []), ...others]) yield* householdItems(household);
  if (demo) yield* demo.items;
  const households = [...(demo?.households ?? []), ...others];
  if (demo) {
    yield cityOfDevices(code);
    for (const task of demo.tasks)
      for (const item of [taskItem(task), openTaskItem(task)]) yield { table: 'alerts', item };
  }
  yield* circleItems(community, households, staff, {
    notes: demo?.notes ?? new Map(),
    consents: demo?.consents ?? new Map(),
  });
  yield* pastAlerts(
    community,
    households.flatMap(({ elders }) => elders),
    {
      dispatchers: deskOf(community.seed, code),
      family: new Map(households.flatMap(({ family }) => family.map(({ person }) => [person.personId, person]))),
    },
  );
  yield* mealItems(community, [...(demo?.diners ?? []), ...dinersOf(community, others)]);
}

/** The sittings that the area's policy has a price for: a canteen opens for no others. */
function offeredIn(policies: readonly CompiledPolicy[], area: string, on: IsoDate): ReadonlySet<string> {
  const policy = policyFor(policies, area, on);
  return new Set(SITTINGS.filter((sitting) => policy !== undefined && offers(policy, sitting)));
}
