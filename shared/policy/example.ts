import * as z from 'zod/mini';
import { AlertSource, Channel } from '../contracts/alerts.ts';
import { CALLEES } from '../contracts/callees.ts';
import { AreaCode } from '../values/areas.ts';
import { type Instant, IsoDate, instantInChina, TimeOfDay } from '../values/dates.ts';
import { Slug } from '../values/ids.ts';
import { Fen } from '../values/money.ts';
import { line } from '../values/text.ts';
import type { AgeCounting } from './condition.ts';
import { ABILITY_LEVELS, EATING_MODES, type ElderFacts, type QuoteRequest, TAGS, type Tag } from './facts.ts';

const Grade = z.int().check(z.minimum(1), z.maximum(10));

/** A tag in short: `"disabled"`, `"disabled:1"` with its grade, or in full with its days. */
const TagText = z.string().check(
  z.refine(
    (text) => {
      const [tag = '', grade, ...rest] = text.split(':');
      return (
        TAGS.includes(tag as Tag) &&
        rest.length === 0 &&
        (grade === undefined || (tag === 'disabled' ? /^[1-4]$/ : /^([1-9]|10)$/).test(grade))
      );
    },
    { error: `not a tag; the tags are ${TAGS.join(', ')}, with a grade as in "disabled:1" (1 to 4)` },
  ),
);
const TagInFull = z
  .strictObject({
    tag: z.enum(TAGS),
    grade: z.optional(Grade),
    since: z.optional(IsoDate),
    until: z.optional(IsoDate),
  })
  .check(
    z.refine(({ tag, grade = 1 }) => tag !== 'disabled' || grade <= 4, {
      error: 'disability has the grades 1 (the gravest) to 4',
    }),
  );

/** An elder as people write one by hand: an age in place of a birth date, tags in short, the policy's own area left out. */
export const ExampleElder = z
  .strictObject({
    age: z.optional(
      z
        .int()
        .check(
          z.minimum(0),
          z.maximum(120),
          z.describe('Years on the day of the meal, as the policy counts them; the birthday is in another month.'),
        ),
    ),
    birthDate: z.optional(IsoDate),
    area: z.optional(AreaCode),
    tags: z.optional(z.array(z.union([TagText, TagInFull]))),
    abilityLevel: z.optional(z.enum(ABILITY_LEVELS)),
    localHousehold: z.optional(z.boolean()),
    careClass: z.optional(Slug.check(z.describe('The class that an assessment gave.'))),
  })
  .check(
    z.refine(({ age, birthDate }) => (age === undefined) !== (birthDate === undefined), {
      error: 'give the elder exactly one of `age`, `birthDate`',
    }),
  );
export type ExampleElder = z.infer<typeof ExampleElder>;

const Used = z.strictObject({ count: z.int().check(z.minimum(0)), subsidy: z._default(Fen, 0) });

/** What was subsidised before; a period that is left out had nothing. */
export const ExampleUsage = z.strictObject({
  day: z.optional(Used),
  week: z.optional(Used),
  month: z.optional(Used),
  year: z.optional(Used),
  items: z.optional(
    z.record(
      Slug,
      z.strictObject({
        day: z.optional(Used),
        week: z.optional(Used),
        month: z.optional(Used),
        year: z.optional(Used),
      }),
    ),
  ),
  parties: z.optional(z.record(Slug, z.strictObject({ day: z._default(Fen, 0), month: z._default(Fen, 0) }))),
});
export type ExampleUsage = z.infer<typeof ExampleUsage>;

export const ExampleRequest = z.strictObject({
  item: Slug,
  on: IsoDate,
  eating: z.optional(z.enum(EATING_MODES)),
  canteen: z.optional(Slug),
  listPrice: z.optional(Fen),
  usage: z.optional(ExampleUsage),
});
export type ExampleRequest = z.infer<typeof ExampleRequest>;

/** An elder and a meal with the result that the rules must give. Amounts in fen. */
const MealExample = z
  .strictObject({
    name: line(200),
    elder: ExampleElder,
    request: ExampleRequest,
    expect: z.strictObject({
      price: Fen.check(z.describe('The meal plus its delivery fee.')),
      person: Fen.check(z.describe('What the elder pays of it.')),
      tier: z.optional(z.nullable(Slug)),
      deliveryFee: z.optional(Fen),
      shares: z.optional(
        z
          .strictObject({
            government: z.optional(Fen),
            charity: z.optional(Fen),
            enterprise: z.optional(Fen),
            voucher: z.optional(Fen),
          })
          .check(z.describe('What each side pays; one that is left out is not compared.')),
      ),
      parties: z.optional(z.record(Slug, Fen).check(z.describe('What each named party pays.'))),
    }),
  })
  .register(z.globalRegistry, {
    id: 'MealExample',
    description: 'An elder and a meal with the result that must come out.',
  });
export type MealExample = z.infer<typeof MealExample>;

/** An alert as people write it by hand, for examples and on the command line. */
export const ExampleAlert = z.strictObject({
  source: AlertSource.check(z.describe('Where the press comes from.')),
  on: z.optional(IsoDate.check(z.describe('Day of the press; left out, the first day of the policy.'))),
  time: z.optional(
    TimeOfDay.check(z.describe('Time of day of the press; left out, waves of every time of day are called.')),
  ),
  drill: z.optional(z.boolean().check(z.describe('A drill calls no emergency services.'))),
});
export type ExampleAlert = z.infer<typeof ExampleAlert>;

const ExpectedWave = z.strictObject({
  at: z.int().check(z.minimum(0), z.maximum(3600), z.describe('Seconds after the press.')),
  call: z.array(z.enum(CALLEES)).check(z.minLength(1), z.describe('Everybody who is called then, in any order.')),
  channels: z.optional(
    z.array(Channel).check(z.minLength(1), z.describe('Every channel, in any order; `inbox` need not be said.')),
  ),
});

/** An elder and an alert with the whole ladder that the rules must give. Without `elder` nothing is known of whom it is about. */
const LadderExample = z
  .strictObject({
    name: line(200),
    elder: z.optional(ExampleElder),
    alert: z.extend(ExampleAlert, {
      expect: z.array(ExpectedWave).check(
        z.minLength(1),
        z.refine((waves) => new Set(waves.map(({ at }) => at)).size === waves.length, {
          error: 'two waves at the same second: write them as one',
        }),
        z.describe('The whole ladder: every second at which somebody is called.'),
      ),
    }),
  })
  .register(z.globalRegistry, {
    id: 'LadderExample',
    description: 'An elder and an alert with the ladder that must come out.',
  });
export type LadderExample = z.infer<typeof LadderExample>;

/** Checked whenever the document is. */
export const Example = z.union([MealExample, LadderExample]);
export type Example = z.infer<typeof Example>;

/** What of a policy decides how an elder written by hand is read. */
interface Under {
  readonly area: { readonly code: string };
  readonly ageCounting?: AgeCounting | undefined;
}

/**
 * A birth date of somebody who is `age` years old on the day `on` in the policy's way of counting, and whose birthday is in
 * another month: New Year's Day, or in January a day of the December before.
 */
function bornFor(age: number, on: IsoDate, counting: AgeCounting): IsoDate {
  const year = Number(on.slice(0, 4)) - age;
  if (on.slice(5, 7) !== '01') return `${year}-01-01`;
  return counting === 'year' ? `${year}-12-15` : `${year - 1}-12-15`;
}

/** The engine's facts of an elder written by hand, for a meal on the day `on` under a policy. */
export function elderFacts(elder: ExampleElder, on: IsoDate, { area, ageCounting = 'day' }: Under): ElderFacts {
  const tags = (elder.tags ?? []).map((tag) => {
    if (typeof tag !== 'string') return tag;
    const [name, grade] = tag.split(':');
    return { tag: name as Tag, ...(grade === undefined ? {} : { grade: Number(grade) }) };
  });
  return {
    birthDate: elder.birthDate ?? bornFor(elder.age ?? 0, on, ageCounting),
    area: elder.area ?? area.code,
    tags,
    abilityLevel: elder.abilityLevel,
    localHousehold: elder.localHousehold,
    careClass: elder.careClass,
  };
}

/** The moment of an alert written by hand, or its day where no time is given. */
export function momentOf(
  { on, time }: ExampleAlert,
  { validFrom }: { readonly validFrom: IsoDate },
): Instant | IsoDate {
  const day = on ?? validFrom;
  return time === undefined ? day : instantInChina(day, time);
}

const NOTHING = { count: 0, subsidy: 0 };

/** The engine's request of one written by hand. */
export function quoteRequest({ usage, eating, ...rest }: ExampleRequest): QuoteRequest {
  return {
    ...rest,
    ...(eating === undefined ? {} : { eating }),
    usage: { ...usage, day: usage?.day ?? NOTHING, month: usage?.month ?? NOTHING },
  };
}
