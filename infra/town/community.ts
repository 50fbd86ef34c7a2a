import type { StoredPerson } from '../../functions/sessions/person.ts';
import type { CompiledPolicy } from '../../shared/policy/engine.ts';
import type { Instant, IsoDate } from '../../shared/values/dates.ts';
import type { TownCanteen } from './canteens.ts';
import type { City } from './cities.ts';

/** One community of a town, with its canteen and staff: all that its people and orders are made from. */
export interface Community {
  readonly seed: number;
  readonly city: City;
  /** 12 digits. */
  readonly code: string;
  readonly name: string;
  /** Its number in the whole town, from 0. */
  readonly number: number;
  /** The first of its district: it brings the district's own item. */
  readonly isFirstOfDistrict: boolean;
  readonly elders: number;
  readonly grids: number;
  /** How many elders live in the communities before it. */
  readonly firstSerial: number;
  /** Where the serials of contacts' phones begin: above everybody else's. */
  readonly firstContact: number;
  readonly canteen: TownCanteen;
  readonly staff: CommunityTeam;
  readonly policies: readonly CompiledPolicy[];
  readonly today: IsoDate;
  readonly now: Instant;
}

interface CommunityTeam {
  /** Who orders for elders without phones. */
  readonly community: StoredPerson;
  /** Who checks in. */
  readonly canteen: StoredPerson;
}
