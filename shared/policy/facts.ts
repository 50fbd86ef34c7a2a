import type { IsoDate } from '../values/dates.ts';

/** Kinds of elder that policies name (glossary). Each is a tag on an elder, with evidence and dates. 高龄 comes from the birth date, never from a tag. */
export const TAGS = [
  'no-support',
  'destitute',
  'minimum-living',
  'near-minimum-living',
  'low-income',
  'empty-nest',
  'living-alone',
  'lost-only-child',
  'preferential-treatment',
  'disabled',
  'dementia',
  'model-worker',
  'in-hardship',
  'serious-illness',
] as const;
export type Tag = (typeof TAGS)[number];

/** Ability levels of GB/T 42195-2022, best first. */
export const ABILITY_LEVELS = ['intact', 'mild', 'moderate', 'severe', 'complete'] as const;
export type AbilityLevel = (typeof ABILITY_LEVELS)[number];

/** Ways to eat an ordered meal: 堂食, 自取, 送餐. */
export const EATING_MODES = ['dine-in', 'pickup', 'delivery'] as const;
export type EatingMode = (typeof EATING_MODES)[number];

/** What the engine knows of an elder: no name, no address, no phone. */
export interface ElderFacts {
  birthDate: IsoDate;
  /** Area code of the elder's grid or community. */
  area: string;
  /** Tags with the days on which they hold; `grade` where the tag has one (disability 1–4, 1 the gravest). */
  tags: readonly { tag: Tag; grade?: number | undefined; since?: IsoDate | undefined; until?: IsoDate | undefined }[];
  abilityLevel?: AbilityLevel | undefined;
  /** Whether the elder's household is registered in the city (户籍). Absent is yes. */
  localHousehold?: boolean | undefined;
  /** Code of the care class that an assessment gave, where one did. It goes before the policy's own conditions for classes. */
  careClass?: string | undefined;
}

/** Meals that were subsidised in a period, and what all others than the elder paid for them together, in fen. */
export interface Used {
  count: number;
  subsidy: number;
}

/** What was used, by period; a period that is left out had nothing. */
interface UsedByPeriod {
  day?: Used | undefined;
  week?: Used | undefined;
  month?: Used | undefined;
  year?: Used | undefined;
}

/**
 * What the elder has had before, as counted by the caller on the quote's day and in its month. Meals that were subsidised
 * only. `week` (Monday to Sunday), `year`, `items` and `parties` are needed only by policies that limit by them (`usageNeeds`).
 */
export interface Usage {
  day: Used;
  month: Used;
  week?: Used | undefined;
  year?: Used | undefined;
  /** The same by item, for limits that count lunches alone, say. */
  items?: Readonly<Record<string, UsedByPeriod>> | undefined;
  /** Per id of a party: fen that it has paid for this elder on the day and in the month. */
  parties?: Readonly<Record<string, { day: number; month: number }>> | undefined;
}

/** What is quoted. `item` is the service item (`breakfast`, `lunch`, `dinner`); `eating` how a meal is eaten. */
export interface QuoteRequest {
  item: string;
  on: IsoDate;
  eating?: EatingMode;
  usage?: Usage;
  /** Slug of the canteen, for rules that name canteens. */
  canteen?: string | undefined;
  /** The canteen's own price for the meal in fen, used where the policy lets canteens set one, within its bounds. */
  listPrice?: number | undefined;
}
