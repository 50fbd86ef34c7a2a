import { type Binding, withheldWith } from '../../functions/elders/binding.ts';
import { bindingItems, elderItems } from '../../functions/elders/elder-items.ts';
import type { ElderRecord } from '../../functions/elders/elder-record.ts';
import { newPerson, type StoredPerson } from '../../functions/sessions/person.ts';
import { personItems } from '../../functions/sessions/person-items.ts';
import { ALLERGENS, type Diet } from '../../shared/contracts/diet.ts';
import type { Absence } from '../../shared/contracts/elder-facts.ts';
import { CONSENT_PURPOSES } from '../../shared/contracts/elder-facts.ts';
import { addDays, ageOn, type IsoDate, instantInChina } from '../../shared/values/dates.ts';
import type { Community } from './community.ts';
import { addressIn, elderGivenName, placesOf, type Sex, surname, youngerGivenName } from './names.ts';
import { idNumberOf, phoneOf } from './person-numbers.ts';
import { type Random, randomOf } from './random.ts';
import { abilityOf, tagsOf } from './tags.ts';
import type { TownItem } from './town-item.ts';

/** One or two elders at one address, with the family members who are bound to them and the accounts of their own. */
export interface Household {
  readonly elders: readonly ElderRecord[];
  readonly family: readonly { readonly person: StoredPerson; readonly bindings: readonly Binding[] }[];
  readonly accounts: readonly StoredPerson[];
}

/** All items of a household, each in its feature's table. */
export function* householdItems({ elders, family, accounts }: Household): Generator<TownItem> {
  for (const elder of elders) for (const item of elderItems(elder)) yield { table: 'elders', item };
  for (const { person, bindings } of family) {
    for (const item of personItems(person)) yield { table: 'sessions', item };
    for (const binding of bindings) for (const item of bindingItems(binding)) yield { table: 'elders', item };
  }
  for (const person of accounts) for (const item of personItems(person)) yield { table: 'sessions', item };
}

/** A population pyramid of those over 60, by five years (the shape of the 2020 census, a little older). */
const PYRAMID = [
  [60, 265],
  [65, 255],
  [70, 200],
  [75, 125],
  [80, 88],
  [85, 48],
  [90, 16],
  [95, 3],
] as const;

function ageFrom(random: Random, fromAge: number): number {
  const bands = PYRAMID.filter(([from]) => from + 4 >= fromAge);
  const [from] = [random.weighted(bands.map((band) => [band[0], band[1]] as const))];
  return Math.max(fromAge, from + random.between(0, 4));
}

/** A birth date that makes somebody this old today. */
export function birthDateFor(age: number, daysSinceBirthday: number, today: IsoDate): IsoDate {
  const birthday = addDays(today, -daysSinceBirthday);
  const day = birthday.slice(5) === '02-29' ? '02-28' : birthday.slice(5);
  return `${Number(birthday.slice(0, 4)) - age}-${day}`;
}

function dietsOf(random: Random, age: number, halalShare: number): Diet[] {
  const diets: Diet[] = [];
  if (random.chance(0.2)) diets.push('low-salt');
  if (random.chance(0.13)) diets.push('low-sugar');
  if (random.chance(age >= 80 ? 0.2 : 0.05)) diets.push('soft');
  if (random.chance(halalShare)) diets.push('halal');
  else if (random.chance(0.015)) diets.push('vegetarian');
  return diets;
}

/** Two in a hundred are away: more than half in hospital, the others with their children. */
function absenceOf(random: Random, today: IsoDate): Absence | null {
  if (!random.chance(0.02)) return null;
  const reason = random.weighted([
    ['hospital', 11],
    ['travel', 7],
    ['other', 2],
  ] as const);
  const from = addDays(today, random.between(-10, 3));
  return { reason, from, ...(random.chance(0.7) && { until: addDays(today, random.between(3, 20)) }) };
}

/** How often an elder was written down anew: registered, and once for each fact since. */
export const revOf = (elder: Omit<ElderRecord, 'rev'>): number =>
  1 +
  elder.tags.length +
  elder.family.length +
  [elder.ability, elder.absence, elder.diedOn].filter((fact) => fact !== null).length;

/** A binding with the consents that are usually given: all three, or without the one for delivery. */
export function bindingOf(
  elderId: string,
  { personId, name }: Pick<StoredPerson, 'personId' | 'name'>,
  relation: Binding['relation'],
  boundAt: string,
  purposes: readonly (typeof CONSENT_PURPOSES)[number][] = CONSENT_PURPOSES,
): Binding {
  const consents = purposes.map((purpose) => ({ purpose, givenAt: boundAt, withdrawnAt: null }));
  return { elderId, personId, name, relation, boundAt, endedAt: null, consents };
}

/** Every household of a community until `elders` people live there. Always the same ones for a seed, a community and a day. */
export function* householdsOf(community: Community, elders: number): Generator<Household> {
  const { seed, city, number, today } = community;
  const random = randomOf(seed, 'households', community.code);
  const places = placesOf(randomOf(seed, 'places', community.code));
  const birthdays = new Map<string, number>();
  let serial = community.firstSerial;
  for (let made = 0; made < elders; ) {
    const isCouple = made + 1 < elders && random.chance(0.46);
    const address = addressIn(random, places);
    const area = `${community.code}${String(random.between(1, community.grids)).padStart(3, '0')}`;
    const husbandAge = ageFrom(random, city.fromAge);
    const local = random.chance(0.93);
    const shared = { area, address, localHousehold: local };
    const drafts = (isCouple ? (['male', 'female'] as const) : ([random.chance(0.6) ? 'female' : 'male'] as const)).map(
      (sex: Sex, index) => {
        const age = index === 0 ? husbandAge : Math.max(city.fromAge, husbandAge - random.between(-1, 5));
        const birthDate = birthDateFor(age, random.between(0, 364), today);
        const order = birthdays.get(birthDate) ?? random.between(1, 9);
        birthdays.set(birthDate, order + 1);
        const tags = tagsOf(random, { age, isAlone: !isCouple }, today);
        const elder = {
          elderId: random.uuid(),
          name: surname(random) + elderGivenName(random, sex),
          sex,
          birthDate,
          ...(random.chance(0.9) && { phone: phoneOf(serial * 3) }),
          ...(random.chance(0.95) && { idNumber: idNumberOf(number, birthDate, sex, order) }),
          ...shared,
          allergens: random.chance(0.06) ? [random.pick(ALLERGENS)] : [],
          diets: dietsOf(random, age, city.halalShare),
          tags,
          ability: abilityOf(random, age, tags, today),
          absence: absenceOf(random, today),
          diedOn: random.chance(age >= 80 ? 0.012 : 0.003) ? addDays(today, -random.between(0, 90)) : null,
          family: [] as string[],
        };
        serial += 1;
        return elder;
      },
    );
    made += drafts.length;
    const family = familyOf(random, drafts, serial, community);
    const accounts = drafts
      .filter((elder) => elder.phone !== undefined && random.chance(ageOn(elder.birthDate, today) < 78 ? 0.16 : 0.04))
      .map(({ elderId, name, phone }) => newPerson({ personId: random.uuid(), name, role: 'elder', phone, elderId }));
    yield { elders: drafts.map((elder) => ({ ...elder, rev: revOf(elder) })), family, accounts };
  }
}

/** The children who use Anxin for a household: one in two and a half homes has one, a few have two. Writes them into `family`. */
function familyOf(
  random: Random,
  elders: readonly Omit<ElderRecord, 'rev'>[],
  serial: number,
  { today }: Community,
): Household['family'] {
  const isChildless = elders.some(({ tags }) =>
    tags.some(({ tag }) => tag === 'no-support' || tag === 'destitute' || tag === 'lost-only-child'),
  );
  const [first] = elders;
  if (isChildless || first === undefined || !random.chance(0.4)) return [];
  const count = random.chance(0.15) ? 2 : 1;
  return Array.from({ length: count }, (_, index) => {
    const sex = random.chance(0.58) ? 'female' : 'male';
    const person = newPerson({
      personId: random.uuid(),
      name: first.name.slice(0, 1) + youngerGivenName(random, sex),
      role: 'family',
      phone: phoneOf((serial - 1) * 3 + 1 + index),
    });
    const boundAt = instantInChina(
      addDays(today, -random.between(45, 500)),
      `1${random.between(0, 7)}:${random.between(10, 59)}`,
    );
    const purposes = random.chance(0.9) ? CONSENT_PURPOSES : CONSENT_PURPOSES.slice(0, 2);
    const bindings = elders.map((elder) => {
      elder.family.push(person.personId);
      const binding = bindingOf(elder.elderId, person, sex === 'female' ? 'daughter' : 'son', boundAt, purposes);
      const withheld = withheldWith(elder.withheld, binding);
      if (withheld.length > 0) elder.withheld = withheld;
      return binding;
    });
    return { person, bindings };
  });
}
