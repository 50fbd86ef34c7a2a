import { newPerson, type StoredPerson } from '../../functions/sessions/person.ts';
import { districtOf } from '../../shared/values/areas.ts';
import { surname, youngerGivenName } from './names.ts';
import { phoneOf } from './person-numbers.ts';
import { type Random, randomOf } from './random.ts';

/** Where those on duty for one community come from: its numbers in the whole town, and how many grids it has. */
interface Post {
  readonly seed: number;
  readonly code: string;
  readonly number: number;
  readonly grids: number;
  readonly isFirstOfDistrict: boolean;
  /** Above the serials of everybody else's phones. */
  readonly firstSerial: number;
}

/** Grids of a community, and the desk of its district: no community has more phones on duty. */
export const PHONES_A_COMMUNITY = 32;
const DISPATCHERS = 2;

type Named = Pick<StoredPerson, 'personId' | 'name'>;
const named = (random: Random): Named => ({
  personId: random.uuid(),
  name: surname(random) + youngerGivenName(random, random.chance(0.6) ? 'female' : 'male'),
});

/** Who watches the board of a district: the same for each of its communities. */
export function deskOf(seed: number, code: string): Named[] {
  const random = randomOf(seed, 'desk', districtOf(code));
  return Array.from({ length: DISPATCHERS }, () => named(random));
}

/** A grid worker for each grid; and with the first community of a district those at its desk. */
export function onDutyIn({ seed, code, number, grids, isFirstOfDistrict, firstSerial }: Post): StoredPerson[] {
  const random = randomOf(seed, 'duty', code);
  const workers = Array.from({ length: grids }, (_, n) => ({
    ...named(random),
    role: 'grid-worker' as const,
    area: `${code}${String(n + 1).padStart(3, '0')}`,
  }));
  const desk = deskOf(seed, code).map((who) => ({ ...who, role: 'dispatcher' as const, area: districtOf(code) }));
  return [...workers, ...(isFirstOfDistrict ? desk : [])].map((person, index) =>
    newPerson({ ...person, phone: phoneOf(firstSerial + number * PHONES_A_COMMUNITY + index) }),
  );
}
