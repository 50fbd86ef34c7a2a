import * as z from 'zod/mini';
import { IsoDate } from '../values/dates.ts';
import { Fen } from '../values/money.ts';
import { Bilingual } from '../values/text.ts';

/** The five sides that can pay for one price (四个一点, and vouchers). */
export const PAYERS = ['person', 'government', 'charity', 'enterprise', 'voucher'] as const;
export type Payer = (typeof PAYERS)[number];

/** Who pays how much, in fen. The five always add up to the price. */
export const FundingShares = z.strictObject({
  person: Fen,
  government: Fen,
  charity: Fen,
  enterprise: Fen,
  voucher: Fen,
});
export type FundingShares = z.infer<typeof FundingShares>;

/** One payer's leg, with the name of the party behind it where the policy names one (district, street, a company). */
export const FundingLeg = z.strictObject({
  payer: z.enum(PAYERS),
  /** Stable id of the party within the policy, e.g. `district` or `hongfu-foods`; the payer's own name when the policy names none. */
  party: z.string(),
  name: Bilingual,
  amount: Fen,
});
export type FundingLeg = z.infer<typeof FundingLeg>;

/**
 * Why a rule did or did not count.
 * `applied`: it decided. `lost`: its conditions hold, but another rule of its group pays more or comes first.
 * `not-met`: its conditions do not hold. `limited`: it held, but a limit per day, month or cap cut it.
 */
export const Reason = z.strictObject({
  rule: z.string(),
  outcome: z.enum(['applied', 'lost', 'not-met', 'limited']),
  text: Bilingual,
  /** Where the rule comes from: the published document and clause. */
  source: z.optional(z.string()),
});
export type Reason = z.infer<typeof Reason>;

const Named = z.strictObject({ code: z.string(), name: Bilingual });

/** What a meal costs an elder on a day, and why. Amounts in fen; `shares` add up to `price`. */
export const Quote = z.strictObject({
  policy: z.strictObject({ id: z.string(), version: z.string() }),
  item: z.string(),
  on: IsoDate,
  /** The class that decides what the elder pays for a meal (甲乙丙丁), where the policy has tiers. */
  tier: z.nullable(Named),
  /** Price of the meal itself plus `deliveryFee`. */
  price: Fen,
  deliveryFee: Fen,
  shares: FundingShares,
  legs: z.array(FundingLeg),
  because: z.array(Reason),
});
export type Quote = z.infer<typeof Quote>;
