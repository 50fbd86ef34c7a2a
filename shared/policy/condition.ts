import * as z from 'zod/mini';
import { AreaCode } from '../values/areas.ts';
import { IsoDate } from '../values/dates.ts';
import { Slug } from '../values/ids.ts';
import { ABILITY_LEVELS, type AbilityLevel, EATING_MODES, type EatingMode, TAGS, type Tag } from './facts.ts';
import type { OneOrMore } from './one-or-more.ts';

/** Ways of counting an age: in full years on the day (周岁), from the birthday's month on, from the month after it, or by calendar year. */
export const AGE_COUNTINGS = ['day', 'month', 'next-month', 'year'] as const;
export type AgeCounting = (typeof AGE_COUNTINGS)[number];

/** Periods over which subsidised meals are counted. A week runs from Monday to Sunday. */
export const PERIODS = ['day', 'week', 'month', 'year'] as const;
export type Period = (typeof PERIODS)[number];

type Range = { readonly min?: number | undefined; readonly max?: number | undefined };

/**
 * Whom or what a rule is for, as data. Every key that is present must hold (they are joined by "and"); `any` and `not`
 * give the other ways of joining. A list means "one of these". Both ends of a range belong to it.
 */
export interface Condition {
  readonly all?: readonly Condition[] | undefined;
  readonly any?: readonly Condition[] | undefined;
  readonly not?: Condition | undefined;
  readonly is?: string | undefined;
  readonly age?: (Range & { readonly counting?: AgeCounting | undefined }) | undefined;
  readonly tag?: { readonly is: OneOrMore<Tag>; readonly grade?: Range | undefined } | undefined;
  readonly ability?:
    | { readonly atLeast?: AbilityLevel | undefined; readonly atMost?: AbilityLevel | undefined }
    | undefined;
  readonly area?: OneOrMore<string> | undefined;
  readonly class?: OneOrMore<string> | undefined;
  readonly tier?: OneOrMore<string> | undefined;
  readonly localHousehold?: boolean | undefined;
  readonly birthday?: 'day' | 'month' | undefined;
  readonly item?: OneOrMore<string> | undefined;
  readonly eating?: OneOrMore<EatingMode> | undefined;
  readonly canteen?: OneOrMore<string> | undefined;
  readonly weekday?: OneOrMore<number> | undefined;
  readonly dates?: { readonly from?: IsoDate | undefined; readonly until?: IsoDate | undefined } | undefined;
  readonly days?: readonly IsoDate[] | undefined;
  readonly season?: { readonly from: string; readonly until: string } | undefined;
  readonly used?: (Range & { readonly per: Period; readonly items?: readonly string[] | undefined }) | undefined;
}

const oneOrMore = <S extends z.ZodMiniType>(schema: S) => z.union([schema, z.array(schema).check(z.minLength(1))]);

/** A refusal when a range has no end, or its ends are the wrong way round. */
const hasEnds = z.refine<Range>((range) => range.min !== undefined || range.max !== undefined, {
  error: 'a range needs `min`, `max` or both',
});
const inOrder = z.refine<Range>((range) => (range.min ?? 0) <= (range.max ?? Number.MAX_SAFE_INTEGER), {
  error: '`min` is above `max`: nobody can be in that range',
});

const Years = z.int().check(z.minimum(0), z.maximum(150));
const Grade = z.int().check(z.minimum(1), z.maximum(10));
const Count = z.int().check(z.minimum(0), z.maximum(10_000));
const MonthDay = z.string().check(z.regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/));

const nested = z.lazy((): z.ZodMiniType<Condition, Condition> => Condition);

const fields = z.strictObject({
  all: z.optional(z.array(nested).check(z.minLength(1), z.describe('Every condition of the list must hold.'))),
  any: z.optional(z.array(nested).check(z.minLength(1), z.describe('At least one condition of the list must hold.'))),
  not: z.optional(nested),
  is: z.optional(Slug.check(z.describe('Id of a condition under `conditions`.'))),
  age: z.optional(
    z
      .strictObject({ min: z.optional(Years), max: z.optional(Years), counting: z.optional(z.enum(AGE_COUNTINGS)) })
      .check(
        hasEnds,
        inOrder,
        z.describe('Age in full years, both ends included: {"min": 65, "max": 74}. `counting` as in `ageCounting`.'),
      ),
  ),
  tag: z.optional(
    z
      .strictObject({
        is: oneOrMore(z.enum(TAGS)),
        grade: z.optional(z.strictObject({ min: z.optional(Grade), max: z.optional(Grade) }).check(hasEnds, inOrder)),
      })
      .check(z.describe('A kind of elder; `grade` for disability (残疾等级: 1 is the gravest).')),
  ),
  ability: z.optional(
    z.strictObject({ atLeast: z.optional(z.enum(ABILITY_LEVELS)), atMost: z.optional(z.enum(ABILITY_LEVELS)) }).check(
      z.refine((range) => range.atLeast !== undefined || range.atMost !== undefined, {
        error: 'ability needs `atLeast`, `atMost` or both',
      }),
      z.refine(
        ({ atLeast = 'intact', atMost = 'complete' }) =>
          ABILITY_LEVELS.indexOf(atLeast) <= ABILITY_LEVELS.indexOf(atMost),
        { error: '`atLeast` is graver than `atMost`: nobody can be in that range' },
      ),
      z.describe('Ability level of GB/T 42195-2022 (失能等级), from `intact` to `complete` loss.'),
    ),
  ),
  area: z.optional(
    oneOrMore(AreaCode).check(
      z.describe('Area code of a city, district, street, community or grid that the elder lives in.'),
    ),
  ),
  class: z.optional(oneOrMore(Slug).check(z.describe('Code of a care class under `classes`.'))),
  tier: z.optional(oneOrMore(Slug).check(z.describe('Code of the meal tier that the elder is in; not inside tiers.'))),
  localHousehold: z.optional(z.boolean().check(z.describe('Whether the household is registered here (本地户籍).'))),
  birthday: z.optional(z.enum(['day', 'month']).check(z.describe('The meal is on the birthday, or in its month.'))),
  item: z.optional(oneOrMore(Slug).check(z.describe('breakfast, lunch, dinner or another item with a price.'))),
  eating: z.optional(oneOrMore(z.enum(EATING_MODES)).check(z.describe('How the meal is eaten (堂食, 自取, 送餐).'))),
  canteen: z.optional(oneOrMore(Slug).check(z.describe('Slug of a canteen.'))),
  weekday: z.optional(
    oneOrMore(z.int().check(z.minimum(1), z.maximum(7))).check(z.describe('Monday is 1, Sunday is 7.')),
  ),
  dates: z.optional(
    z.strictObject({ from: z.optional(IsoDate), until: z.optional(IsoDate) }).check(
      z.refine(({ from, until }) => from !== undefined || until !== undefined, {
        error: 'dates need `from`, `until` or both',
      }),
      z.refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
        error: '`from` is after `until`',
      }),
      z.describe('A span of days, both ends included.'),
    ),
  ),
  days: z.optional(z.array(IsoDate).check(z.minLength(1), z.describe('Single days, such as festivals.'))),
  season: z.optional(
    z
      .strictObject({ from: MonthDay, until: MonthDay })
      .check(z.describe('Days of every year, MM-DD, both ends included; may run over New Year.')),
  ),
  used: z.optional(
    z
      .strictObject({
        per: z.enum(PERIODS),
        min: z.optional(Count),
        max: z.optional(Count),
        items: z.optional(z.array(Slug).check(z.minLength(1))),
      })
      .check(
        hasEnds,
        inOrder,
        z.describe('Subsidised meals that the elder has had before in the period; of `items` alone, if given.'),
      ),
  ),
});

export const Condition: z.ZodMiniType<Condition, Condition> = fields
  .check(
    z.refine((condition) => Object.keys(condition).length > 0, {
      error: 'a condition needs at least one key (leave `when` out for a rule that is for everybody)',
    }),
  )
  .register(z.globalRegistry, {
    id: 'Condition',
    description: 'Whom or what a rule is for. Every key that is present must hold; `any` and `not` join otherwise.',
  });
