import * as z from 'zod/mini';
import { ABILITY_LEVELS, TAGS } from '../policy/facts.ts';
import { IsoDate } from '../values/dates.ts';
import { line } from '../values/text.ts';

/** Days on which no meal is wanted. `until` is the last such day; without it, until somebody resumes. */
export const Absence = z.strictObject({
  reason: z.enum(['hospital', 'travel', 'other']),
  from: IsoDate,
  until: z.optional(IsoDate),
});
export type Absence = z.infer<typeof Absence>;

/** What was seen as proof: the kind of paper and its number. */
export const Evidence = z.strictObject({ kind: line(40), number: z.optional(line(60)), issuedOn: z.optional(IsoDate) });
export type Evidence = z.infer<typeof Evidence>;

export const Tag = z.enum(TAGS);

/** An assessed ability level (GB/T 42195-2022). */
export const AbilityForm = z.strictObject({ level: z.enum(ABILITY_LEVELS), assessedOn: IsoDate, evidence: Evidence });
export type AbilityForm = z.infer<typeof AbilityForm>;

/** What personal data is used for, and who receives it. The first is needed for any service; the others can be withdrawn alone. */
export const CONSENT_PURPOSES = ['care-services', 'diet-to-canteen', 'address-to-delivery'] as const;
export const ConsentPurpose = z.enum(CONSENT_PURPOSES);
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;
