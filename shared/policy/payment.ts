import * as z from 'zod/mini';
import { Slug } from '../values/ids.ts';
import { Fen } from '../values/money.ts';
import { Name } from './name.ts';

/** A percentage, at most two digits after the point. */
const Percent = z.number().check(
  z.minimum(0),
  z.maximum(100),
  z.refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, {
    error: 'at most two digits after the point',
  }),
);

/** How a percentage of an amount becomes whole fen: to a multiple of `to` fen, up, down or to the nearest (half goes up). */
export const Rounding = z
  .strictObject({ to: z.int().check(z.minimum(1), z.maximum(10_000)), mode: z.enum(['up', 'down', 'nearest']) })
  .check(z.describe('Rounds to a multiple of `to` fen: {"to": 10, "mode": "up"} goes up to whole jiao (角).'));
export type Rounding = z.infer<typeof Rounding>;

const exactlyOne = (keys: readonly string[]) =>
  z.refine<Record<string, unknown>>((value) => keys.filter((key) => value[key] !== undefined).length === 1, {
    error: `give exactly one of ${keys.map((key) => `\`${key}\``).join(', ')}`,
  });

/** What the elder pays for a price: never more than the price. Amounts in fen. */
export const Payment = z
  .strictObject({
    fixed: z.optional(Fen.check(z.describe('Pays this many fen.'))),
    percent: z.optional(Percent.check(z.describe('Pays this percentage of the list price.'))),
    less: z.optional(Fen.check(z.describe('Pays the list price minus this many fen, never below 0.'))),
    full: z.optional(z.literal(true).check(z.describe('Pays the list price.'))),
    round: z.optional(Rounding),
    atLeast: z.optional(Fen.check(z.describe('But never less than this (unless the price itself is lower).'))),
    atMost: z.optional(Fen.check(z.describe('But never more than this.'))),
  })
  .check(
    exactlyOne(['fixed', 'percent', 'less', 'full']),
    z.refine(({ round, percent }) => round === undefined || percent !== undefined, {
      error: '`round` belongs to `percent`',
    }),
    z.refine((payment) => (payment.atLeast ?? 0) <= (payment.atMost ?? Number.MAX_SAFE_INTEGER), {
      error: '`atLeast` is above `atMost`',
    }),
  )
  .register(z.globalRegistry, {
    id: 'Payment',
    description: 'What the elder pays, in fen: one of fixed, percent, less, full.',
  });
export type Payment = z.infer<typeof Payment>;

/** What a subsidy takes off what the elder still pays. Amounts in fen. */
export const Benefit = z
  .strictObject({
    amount: z.optional(Fen.check(z.describe('Takes this many fen off.'))),
    percent: z.optional(Percent.check(z.describe('Takes this percentage off, of `of`.'))),
    of: z.optional(
      z.enum(['price', 'person']).check(z.describe('The list price (default), or what the elder still pays.')),
    ),
    downTo: z.optional(Fen.check(z.describe('Takes off everything above this: {"downTo": 0} makes the meal free.'))),
    round: z.optional(Rounding),
    cap: z.optional(Fen.check(z.describe('But never more than this many fen a meal.'))),
  })
  .check(
    exactlyOne(['amount', 'percent', 'downTo']),
    z.refine(({ round, of, percent }) => (round ?? of) === undefined || percent !== undefined, {
      error: '`round` and `of` belong to `percent`',
    }),
  )
  .register(z.globalRegistry, {
    id: 'Benefit',
    description: 'What a subsidy takes off: one of amount, percent, downTo.',
  });
export type Benefit = z.infer<typeof Benefit>;

/** A party's portion of a subsidy: a fixed amount, a percentage of the subsidy, or a weight in what these leave. */
const Portion = z
  .strictObject({
    party: Slug.check(z.describe('Id of a party under `parties`.')),
    fixed: z.optional(Fen.check(z.describe('Pays this many fen of the subsidy, first.'))),
    percent: z.optional(Percent.check(z.describe('Pays this percentage of the whole subsidy.'))),
    weight: z.optional(
      z
        .int()
        .check(z.minimum(1), z.maximum(10_000), z.describe('Shares what is left in this proportion: 6 and 4 for 6:4.')),
    ),
    cap: z.optional(
      Fen.check(z.describe('But never more than this; the rest goes to the weights, else to the elder.')),
    ),
  })
  .check(exactlyOne(['fixed', 'percent', 'weight']));
type Portion = z.infer<typeof Portion>;

const percentSum = (portions: readonly Portion[]): number =>
  Math.round(portions.reduce((sum, { percent = 0 }) => sum + percent, 0) * 100) / 100;

/** Who pays a subsidy. Adds up to the subsidy to the fen, by largest remainder. */
export const Funding = z
  .array(Portion)
  .check(
    z.minLength(1),
    z.refine((portions) => percentSum(portions) <= 100, { error: 'the percentages add up to more than 100' }),
    z.refine((portions) => percentSum(portions) === 100 || portions.some(({ weight }) => weight !== undefined), {
      error:
        'the percentages do not add up to 100 and nobody takes the rest: make them 100, or give one party a `weight`',
    }),
    z.refine((portions) => percentSum(portions) < 100 || !portions.some(({ fixed }) => fixed !== undefined), {
      error: 'fixed amounts beside percentages that add up to 100: together they cannot add up to the subsidy',
    }),
    z.refine((portions) => new Set(portions.map(({ party }) => party)).size === portions.length, {
      error: 'a party is named twice',
    }),
  )
  .register(z.globalRegistry, {
    id: 'Funding',
    description: 'Who pays the subsidy: parties with fixed, percent or weight.',
  });
export type Funding = z.infer<typeof Funding>;

/** Somebody who pays: 政府 (district, street…), 慈善, 企业. */
export const Party = z
  .strictObject({
    payer: z.enum(['government', 'charity', 'enterprise']).check(z.describe('The side that the party counts for.')),
    name: Name,
    perMeal: z.optional(Fen.check(z.describe('Pays at most this many fen for one meal, over all rules.'))),
    perDay: z.optional(Fen.check(z.describe('Pays at most this many fen for one elder in a day.'))),
    perMonth: z.optional(Fen.check(z.describe('Pays at most this many fen for one elder in a month.'))),
  })
  .register(z.globalRegistry, { id: 'Party', description: 'Somebody who pays, and the most that they pay.' });
export type Party = z.infer<typeof Party>;
