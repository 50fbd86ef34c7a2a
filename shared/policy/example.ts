import * as z from 'zod/mini';
import { AreaCode } from '../values/areas.ts';
import { IsoDate } from '../values/dates.ts';
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

/** An elder and a meal with the result that the rules must give: checked whenever the document is. Amounts in fen. */
export const Example = z
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
    id: 'Example',
    description: 'An elder and a meal with the result that must come out.',
  });
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

const NOTHING = { count: 0, subsidy: 0 };

/** The engine's request of one written by hand. */
export function quoteRequest({ usage, eating, ...rest }: ExampleRequest): QuoteRequest {
  return {
    ...rest,
    ...(eating === undefined ? {} : { eating }),
    usage: { ...usage, day: usage?.day ?? NOTHING, month: usage?.month ?? NOTHING },
  };
}
