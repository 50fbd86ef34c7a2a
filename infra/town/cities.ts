import type { DeployedPolicy } from '../../shared/policy/policy.ts';

/** What of a city is no matter of its policy: where its first community lies, who is registered, and what is eaten there. */
interface CityCustoms {
  readonly firstCommunity?: string;
  /** Elders below this age are not registered. */
  readonly fromAge: number;
  readonly halalShare: number;
  readonly kitchen: 'north' | 'lanzhou';
}

/** One city of the town: the area of a policy document, and its customs. */
export interface City extends CityCustoms {
  /** The policy's id: `north-city`. */
  readonly id: string;
  readonly area: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** Stands in the ids of what the city has: `north-city` gives `north`. */
  readonly slug: string;
}

const CUSTOMS: Readonly<Record<string, Partial<CityCustoms>>> = {
  // The second community of this street is the one that adds from its project fund.
  'north-city': { firstCommunity: '139903005001' },
  // Registered are those of 65 and over who live in the district (cities.md, 2).
  'lanzhou-chengguan': { fromAge: 65, halalShare: 0.09, kitchen: 'lanzhou' },
};

/** The cities that have a policy document, in the order of their area codes. */
export function citiesOf(policies: readonly DeployedPolicy[]): City[] {
  const newest = new Map(policies.map((policy) => [policy.id, policy]));
  return [...newest.values()]
    .sort((a, b) => (a.area.code < b.area.code ? -1 : 1))
    .map(({ id, area }) => ({
      fromAge: 60,
      halalShare: 0.015,
      kitchen: 'north' as const,
      ...CUSTOMS[id],
      id,
      area: area.code,
      name: area.name,
      slug: id.split('-').at(-1) === 'city' ? id.slice(0, -5) : (id.split('-').at(-1) ?? id),
    }));
}

/** The cities that a name means: all without one, else the one with this id, slug, area code or name. Throws with what is known. */
export function chooseCities(all: readonly City[], name?: string): City[] {
  if (name === undefined) return [...all];
  const wanted = name.toLowerCase();
  const found = all.filter(({ id, slug, area, name: { zh, en } }) =>
    [id, slug, area, zh, en.toLowerCase()].includes(wanted),
  );
  if (found.length > 0) return found;
  const known = all.map(({ id, area, name: { zh } }) => `${id} (${area}, ${zh})`).join(', ');
  throw new Error(`no policy document for the city "${name}": there are ${known}`);
}

/** The levels of area below a city: where each one's digits begin and end, and how many of it a town uses before the next above. */
const LEVELS = [
  { start: 4, end: 6, most: 99 },
  { start: 6, end: 9, most: 12 },
  { start: 9, end: 12, most: 8 },
] as const;

/**
 * The 12-digit code of a city's n-th community, from 0: 8 communities to a street, 12 streets to a district. The highest level
 * that the city's own code leaves open takes as many as its digits can say. Throws where that is not enough.
 */
export function communityCode({ area, firstCommunity }: Pick<City, 'area' | 'firstCommunity'>, n: number): string {
  const open = LEVELS.filter(({ start }) => area.length <= start);
  let code = firstCommunity ?? open.reduce((prefix, { end }) => `${prefix.padEnd(end - 1, '0')}1`, area);
  let carry = n;
  for (const { start, end, most } of [...open].reverse()) {
    const limit = start === area.length ? 10 ** (end - start) - 1 : most;
    const index = Number(code.slice(start, end)) - 1 + carry;
    carry = Math.floor(index / limit);
    code = `${code.slice(0, start)}${String((index % limit) + 1).padStart(end - start, '0')}${code.slice(end)}`;
  }
  if (carry > 0) throw new RangeError(`area ${area} has no room for ${n + 1} communities`);
  return code;
}
