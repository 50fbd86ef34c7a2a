import { bindingCodeItem } from '../../functions/elders/binding-code.ts';
import type { ElderRecord } from '../../functions/elders/elder-record.ts';
import type { CanteenRecord } from '../../functions/meals/canteen.ts';
import { newPerson, type StoredPerson } from '../../functions/sessions/person.ts';
import type { Person } from '../../shared/contracts/people.ts';
import { districtOf } from '../../shared/values/areas.ts';
import { addDays, instantInChina } from '../../shared/values/dates.ts';
import type { City } from './cities.ts';
import type { Community } from './community.ts';
import { namesIn, type TownPerson } from './demo-cast.ts';
import { demoNotes, demoTask } from './demo-circle.ts';
import { type Diner, standingOf } from './diners.ts';
import { bindingOf, birthDateFor, type Household, revOf } from './households.ts';
import type { Sex } from './names.ts';
import { demoPhoneOf, idNumberOf } from './person-numbers.ts';
import { randomOf } from './random.ts';
import { type DatedTag, tagWith } from './tags.ts';
import type { TownItem } from './town-item.ts';

/** How many elders the demo people bring with them. */
export const DEMO_ELDERS = 5;

/** Ids of the demo people and elders are the same in every town: `d0000000-0000-4000-8000-139900000001`. */
const idOf = ({ area }: City, n: number): string =>
  `d0000000-0000-4000-8000-${area.slice(0, 6).padEnd(6, '0')}${String(n).padStart(6, '0')}`;

const ELDER = { father: 101, mother: 102, veteran: 103, herself: 104, unbound: 105 } as const;
const PERSON = {
  daughter: 1,
  son: 2,
  elder: 3,
  community: 4,
  canteen: 5,
  district: 6,
  newcomer: 7,
  dispatcher: 8,
  'grid-worker': 9,
} as const;

/** How many messages of alerts the family lets WeChat bring: the daughter two, the son none yet. */
const DEMO_CONSENTS: { readonly [key in keyof typeof PERSON]?: number } = { daughter: 2 };

/** The code that binds somebody to the fifth elder: the city's area code, filled up to eight digits. */
const bindingCode = ({ area }: City): string => `${area.slice(0, 6).padEnd(6, '0')}88`;
/** A year: a demo that is left alone for a week still shows how binding goes. */
const CODE_DAYS = 365;

interface CityPlace {
  readonly city: City;
  readonly cityNumber: number;
  readonly communityName: string;
  readonly code: string;
  readonly canteen: CanteenRecord;
}

const personOf = (place: CityPlace, key: keyof typeof PERSON, name: string, more: Partial<Person>): StoredPerson =>
  newPerson({
    personId: idOf(place.city, PERSON[key]),
    name,
    role: 'family',
    phone: demoPhoneOf(place.cityNumber, PERSON[key]),
    ...more,
    openid: `openid-${place.city.id}-${key}`,
  });

/** The members of staff to sign in as: of the community, its canteen, the district, the desk, and the first grid. */
export function demoStaff(place: CityPlace) {
  const { code, canteen } = place;
  const names = namesIn(place);
  return {
    community: personOf(place, 'community', names.community, { role: 'community-staff', area: code }),
    canteen: personOf(place, 'canteen', names.canteen, {
      role: 'canteen-staff',
      area: code,
      canteenId: canteen.canteenId,
    }),
    district: personOf(place, 'district', names.district, { role: 'district-staff', area: districtOf(code) }),
    dispatcher: personOf(place, 'dispatcher', names.dispatcher, { role: 'dispatcher', area: districtOf(code) }),
    gridWorker: personOf(place, 'grid-worker', names.gridWorker, { role: 'grid-worker', area: `${code}001` }),
  };
}

interface ElderFacts {
  readonly name: string;
  readonly sex: Sex;
  readonly age: number;
  readonly address: string;
  readonly tags?: readonly DatedTag[];
  readonly family?: readonly StoredPerson[];
  readonly diets?: ElderRecord['diets'];
  readonly allergens?: ElderRecord['allergens'];
  readonly ability?: ElderRecord['ability'];
}

/** The people whom the story is told with, in the first community of a city, and what they eat. */
export function demoOf(place: CityPlace, community: Community) {
  const { city, cityNumber, code } = place;
  const { today } = community;
  const random = randomOf('demo', city.id);
  const names = namesIn(place);
  const halal: ElderRecord['diets'] = city.kitchen === 'lanzhou' ? ['halal'] : [];
  const elder = (key: keyof typeof ELDER, facts: ElderFacts): ElderRecord => {
    const { age, family = [], tags = [], diets = [], allergens = [], ability = null, ...rest } = facts;
    const birthDate = birthDateFor(age, 190, today);
    const draft = {
      elderId: idOf(city, ELDER[key]),
      ...rest,
      birthDate,
      phone: demoPhoneOf(cityNumber, ELDER[key] - 60),
      idNumber: idNumberOf(9900 + cityNumber, birthDate, rest.sex, ELDER[key]),
      area: `${code}001`,
      localHousehold: true,
      allergens: [...allergens],
      diets: [...diets],
      tags: [...tags],
      ability,
      absence: null,
      diedOn: null,
      family: family.map(({ personId }) => personId),
    };
    return { ...draft, rev: revOf(draft) };
  };

  const daughter = personOf(place, 'daughter', names.daughter, {});
  const son = personOf(place, 'son', names.son, {});
  // She has come by WeChat alone: whoever binds is asked for a number.
  const { phone: _, ...newcomer } = personOf(place, 'newcomer', names.newcomer, {});
  const father = elder('father', {
    name: names.father,
    sex: 'male',
    age: 82,
    address: '槐荫路20号槐树里小区3号楼2单元501室',
    family: [daughter],
    diets: ['low-salt'],
    allergens: ['peanut'],
    tags: [tagWith(random, 'empty-nest', today)],
  });
  const parents = '槐荫路28号幸福里小区7号楼1单元102室';
  const assessedOn = addDays(today, -120);
  const mother = elder('mother', {
    name: names.mother,
    sex: 'female',
    age: 77,
    address: parents,
    family: [son],
    diets: ['soft', ...halal],
    tags: [tagWith(random, 'disabled', today, 1), tagWith(random, 'in-hardship', today)],
    ability: {
      level: 'severe',
      assessedOn,
      evidence: { kind: '老年人能力评估报告', number: `PG${assessedOn.slice(0, 4)}00102`, issuedOn: assessedOn },
    },
  });
  const veteran = elder('veteran', {
    name: names.veteran,
    sex: 'male',
    age: 79,
    address: parents,
    family: [son],
    diets: halal,
    tags: [tagWith(random, 'preferential-treatment', today, 7)],
  });
  const herself = elder('herself', {
    name: names.herself,
    sex: 'female',
    age: 71,
    address: '建设路36号光明新村12号楼3单元301室',
    tags: [tagWith(random, 'living-alone', today), tagWith(random, 'lost-only-child', today)],
  });
  const unbound = elder('unbound', {
    name: names.unbound,
    sex: 'female',
    age: 86,
    address: '建设路44号光明新村5号楼1单元202室',
    tags: [tagWith(random, 'low-income', today)],
  });
  const account = personOf(place, 'elder', herself.name, { role: 'elder', elderId: herself.elderId });

  const boundAt = instantInChina(addDays(today, -90), '10:30');
  const alone = (of: ElderRecord): Household => ({ elders: [of], family: [], accounts: [] });
  const households: Household[] = [
    {
      elders: [father],
      family: [{ person: daughter, bindings: [bindingOf(father.elderId, daughter, 'daughter', boundAt)] }],
      accounts: [],
    },
    {
      elders: [veteran, mother],
      family: [
        { person: son, bindings: [veteran, mother].map(({ elderId }) => bindingOf(elderId, son, 'son', boundAt)) },
      ],
      accounts: [],
    },
    { ...alone(herself), accounts: [account] },
    { ...alone(unbound), family: [{ person: newcomer, bindings: [] }] },
  ];
  return {
    households,
    diners: dinersOf(),
    items: items(),
    people: people(),
    consents: new Map([[daughter.personId, DEMO_CONSENTS.daughter ?? 0]]),
    notes: demoNotes({ father, mother, herself }),
    tasks: [demoTask(community, unbound, idOf(city, 301))],
  };

  function dinersOf(): Diner[] {
    const weekly = (n: number, eater: ElderRecord, eating: 'delivery' | 'dine-in', weekdays: number[]) =>
      standingOf(community, eater, {
        standingOrderId: idOf(city, n),
        slot: 0,
        eating,
        weekdays,
        from: addDays(today, -80),
      });
    const diner = (eater: ElderRecord, by: StoredPerson, more: Partial<Diner>): Diner => ({
      elder: eater,
      actor: { personId: by.personId, role: by.role },
      slot: 1,
      eating: 'dine-in',
      appetite: { lunch: 0.85 },
      standing: undefined,
      ...more,
    });
    return [
      // Nothing is ordered for him from tomorrow on: that is what the daughter does.
      diner(father, daughter, { appetite: { lunch: 1 }, lastDay: today }),
      diner(mother, son, {
        eating: 'delivery',
        standing: weekly(201, mother, 'delivery', [1, 2, 3, 4, 5, 6, 7]),
      }),
      diner(veteran, son, { slot: 0, appetite: { lunch: 0.7 } }),
      diner(herself, account, { slot: 2, standing: weekly(202, herself, 'dine-in', [1, 3, 5]) }),
      diner(unbound, community.staff.community, { eating: 'pickup', slot: 0, appetite: { lunch: 0.6 } }),
    ];
  }

  function* items(): Generator<TownItem> {
    const expiresAt = instantInChina(addDays(today, CODE_DAYS), '23:59');
    const madeBy = community.staff.community.personId;
    yield {
      table: 'elders',
      item: bindingCodeItem(bindingCode(city), { elderId: unbound.elderId, madeBy, expiresAt }),
    };
  }

  function people(): TownPerson[] {
    const staff = demoStaff(place);
    const canteen = place.canteen.name;
    const of = (
      key: keyof typeof PERSON,
      stored: StoredPerson,
      boundTo: string,
      elders: readonly ElderRecord[] = [],
      code?: string,
    ): TownPerson => ({
      personId: stored.personId,
      city: city.id,
      name: stored.name,
      role: stored.role,
      boundTo: `${boundTo} · ${city.name.zh}`,
      wechatCode: `${city.id}-${key}`,
      openid: stored.openid ?? '',
      ...(stored.phone !== undefined && { phone: stored.phone }),
      ...(DEMO_CONSENTS[key] !== undefined && { consents: DEMO_CONSENTS[key] }),
      ...(stored.area !== undefined && { area: stored.area }),
      ...(stored.canteenId !== undefined && { canteenId: stored.canteenId }),
      elderIds: elders.map(({ elderId }) => elderId),
      ...(code !== undefined && { bindingCode: code }),
    });
    return [
      of('daughter', daughter, `父亲 father ${father.name} (82)`, [father]),
      of('son', son, `父亲 father ${veteran.name} (79), 母亲 mother ${mother.name} (77)`, [veteran, mother]),
      of('elder', account, `本人 herself ${herself.name} (71)`, [herself]),
      of('community', staff.community, `${place.communityName} ${code}`),
      of('canteen', staff.canteen, `${canteen} ${place.canteen.canteenId}`),
      of('district', staff.district, `区 district ${districtOf(code)}`),
      of('dispatcher', staff.dispatcher, `值守 desk of ${districtOf(code)}`),
      of('grid-worker', staff.gridWorker, `网格 grid ${code}001`),
      of(
        'newcomer',
        newcomer,
        `尚未绑定 nobody yet; binding code ${bindingCode(city)} for ${unbound.name}`,
        [],
        bindingCode(city),
      ),
    ];
  }
}

export type Demo = ReturnType<typeof demoOf>;
export type { CityPlace };
