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
}

/** What the elder has had before, as counted by the caller on the quote's day and in its month. Meals that were subsidised only. */
export interface Usage {
  day: { count: number; subsidy: number };
  month: { count: number; subsidy: number };
}

/** What is quoted. `item` is the service item (`breakfast`, `lunch`, `dinner`); `eating` how a meal is eaten. */
export interface QuoteRequest {
  item: string;
  on: IsoDate;
  eating?: 'dine-in' | 'pickup' | 'delivery';
  usage?: Usage;
}
