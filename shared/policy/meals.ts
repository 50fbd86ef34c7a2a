import * as z from 'zod/mini';
import { Slug } from '../values/ids.ts';
import { Fen } from '../values/money.ts';
import { line } from '../values/text.ts';
import { Condition, PERIODS } from './condition.ts';
import { Name } from './name.ts';
import { Benefit, Funding, Payment, Rounding } from './payment.ts';

/** The published document and clause that a rule comes from, or `assumed: …` with the reason. */
export const Source = line(400).check(
  z.describe('The published document and clause, or "assumed: …" with the reason.'),
);

const id = Slug.check(z.describe('Unique in the document; lower-case letters, digits and dashes.'));
const when = z.optional(Condition);

/** What a meal costs before any subsidy. Of the rules for an item the first whose condition holds counts. */
export const PriceRule = z
  .strictObject({
    id,
    item: Slug.check(z.describe('breakfast, lunch, dinner, or another item.')),
    price: Fen.check(z.describe('List price in fen: 1200 is 12 yuan.')),
    canteenSets: z.optional(
      z.strictObject({ min: Fen, max: Fen }).check(
        z.refine(({ min, max }) => min <= max, { error: '`min` is above `max`' }),
        z.describe('Canteens may set their own price within these bounds; `price` counts where they set none.'),
      ),
    ),
    when,
    source: Source,
  })
  .register(z.globalRegistry, {
    id: 'PriceRule',
    description: 'List price of an item; the first rule that holds counts.',
  });
export type PriceRule = z.infer<typeof PriceRule>;

/** A meal tier (就餐类别). Of the tiers whose condition holds, the one in which the elder pays least wins; the first of equals. */
export const MealTier = z
  .strictObject({
    code: Slug.check(z.describe('Short code, such as jia, yi, bing, ding.')),
    name: Name,
    when,
    pays: Payment,
    paysFor: z.optional(
      z.record(Slug, Payment).check(z.describe('Other payments by item: {"dinner": {"fixed": 600}}.')),
    ),
    funding: z.optional(Funding),
    source: Source,
  })
  .register(z.globalRegistry, {
    id: 'MealTier',
    description: 'Meal tier (就餐类别): the most favourable to the elder wins.',
  });
export type MealTier = z.infer<typeof MealTier>;

/** A subsidy on top of the tier. */
export const Subsidy = z
  .strictObject({
    id,
    name: Name,
    when,
    gives: Benefit,
    funding: z.optional(Funding),
    notWith: z.optional(
      z
        .array(Slug)
        .check(
          z.minLength(1),
          z.describe('Not together with (不重复享受) these: `tiers`, or ids of groups that come earlier.'),
        ),
    ),
    source: Source,
  })
  .register(z.globalRegistry, { id: 'Subsidy', description: 'A subsidy on top of what the tier already takes off.' });
export type Subsidy = z.infer<typeof Subsidy>;

/** Subsidies that belong together. Groups work one after another in the order of the document, each on what the elder still pays. */
export const SubsidyGroup = z
  .strictObject({
    id,
    combine: z
      .enum(['highest', 'stack'])
      .check(
        z.describe('`highest`: only the highest subsidy counts (就高不重复). `stack`: all count, in order (叠加).'),
      ),
    cap: z.optional(Fen.check(z.describe('The group gives at most this many fen a meal.'))),
    rules: z.array(Subsidy).check(z.minLength(1)),
  })
  .register(z.globalRegistry, { id: 'SubsidyGroup', description: 'Subsidies that exclude one another or stack.' });
export type SubsidyGroup = z.infer<typeof SubsidyGroup>;

/** How often or how much is subsidised. Beyond it the elder pays the full price. */
export const Limit = z
  .strictObject({
    id,
    per: z
      .enum(['meal', ...PERIODS])
      .check(z.describe('A week runs from Monday to Sunday; month and year are those of the calendar.')),
    meals: z.optional(
      z
        .int()
        .check(z.minimum(0), z.maximum(10_000), z.describe('This many subsidised meals; the next is at full price.')),
    ),
    subsidy: z.optional(Fen.check(z.describe('At most this many fen of subsidy in the period.'))),
    notEnough: z.optional(
      z
        .enum(['part', 'none'])
        .check(z.describe('When less is left than the meal needs: give that part (default), or nothing.')),
    ),
    items: z.optional(
      z
        .array(Slug)
        .check(z.minLength(1), z.describe('Counts meals of these items alone, and is for them alone: ["lunch"].')),
    ),
    covers: z.optional(
      z
        .array(Slug)
        .check(
          z.minLength(1),
          z.describe('What `meals` limits: `tiers`, `delivery`, ids of groups. Left out: everything.'),
        ),
    ),
    when,
    source: Source,
  })
  .check(
    z.refine(({ meals, subsidy }) => (meals === undefined) !== (subsidy === undefined), {
      error: 'give exactly one of `meals`, `subsidy`',
    }),
    z.refine(({ per, meals }) => per !== 'meal' || meals === undefined, {
      error: 'a limit per meal is a `subsidy`; `meals` are counted per day, week, month or year',
    }),
    z.refine(({ notEnough, meals }) => meals === undefined || notEnough === undefined, {
      error: '`notEnough` belongs to `subsidy`: beyond `meals` the elder always pays the full price',
    }),
    z.refine(({ covers, subsidy }) => subsidy === undefined || covers === undefined, {
      error: '`covers` belongs to `meals`: subsidies used before are counted together, not by group',
    }),
  )
  .register(z.globalRegistry, {
    id: 'Limit',
    description: 'How often or how much is subsidised; beyond it, full price.',
  });
export type Limit = z.infer<typeof Limit>;

/** A delivery fee. Of the rules whose condition holds, the one that costs the elder least wins. */
export const DeliveryRule = z
  .strictObject({
    id,
    name: Name,
    when,
    fee: Fen.check(z.describe('The fee in fen; 0 when nobody charges any.')),
    pays: z.optional(Payment),
    funding: z.optional(Funding),
    source: Source,
  })
  .register(z.globalRegistry, {
    id: 'DeliveryRule',
    description: 'Delivery fee; {"fixed": 0} in `pays` with `funding`: somebody pays it for the elder.',
  });
export type DeliveryRule = z.infer<typeof DeliveryRule>;

/** The least that an elder pays for a meal; the highest that applies counts. */
export const MinimumPay = z.strictObject({ id, amount: Fen, when, source: Source }).register(z.globalRegistry, {
  id: 'MinimumPay',
  description: 'The least that the elder pays, whatever the subsidies.',
});
export type MinimumPay = z.infer<typeof MinimumPay>;

export const Meals = z
  .strictObject({
    prices: z.array(PriceRule).check(z.minLength(1)),
    tiers: z.optional(z.array(MealTier)),
    subsidies: z.optional(z.array(SubsidyGroup).check(z.maxLength(20))),
    minimumPay: z.optional(z.array(MinimumPay)),
    limits: z.optional(z.array(Limit)),
    delivery: z.optional(z.array(DeliveryRule).check(z.minLength(1))),
    funding: z.optional(Funding),
    rounding: z.optional(Rounding),
  })
  .check(
    z.describe(
      'The meal table. `funding` pays for every subsidy that names no funding of its own; `rounding` is for percentages without their own.',
    ),
  );
export type Meals = z.infer<typeof Meals>;
