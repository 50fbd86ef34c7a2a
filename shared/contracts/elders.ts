import * as z from 'zod/mini';
import type { TAGS } from '../policy/facts.ts';
import { GridCode } from '../values/areas.ts';
import { Instant, IsoDate } from '../values/dates.ts';
import { Uuid } from '../values/ids.ts';
import { line } from '../values/text.ts';
import { ALLERGENS, Allergen, DIETS, Diet } from './diet.ts';
import { AbilityForm, Absence, CONSENT_PURPOSES, ConsentPurpose, Evidence, Tag } from './elder-facts.ts';
import { Phone } from './people.ts';
import { Role } from './roles.ts';

const unique = <T>(items: readonly T[]): boolean => new Set(items).size === items.length;
const setOf = <T extends z.ZodMiniType>(schema: T, max: number) =>
  z.array(schema).check(
    z.maxLength(max),
    z.refine((items) => unique(items), { error: 'named twice' }),
  );

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** Whether the 18th character of a resident id number is the check digit of the other 17 (GB 11643-1999). */
export function hasRightCheckDigit(idNumber: string): boolean {
  const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(idNumber[index]), 0);
  return '10X98765432'[sum % 11] === idNumber[17];
}
/** An 18-character resident id number with the right check digit. */
export const IdNumber = z
  .string()
  .check(z.regex(/^\d{17}[\dX]$/), z.refine(hasRightCheckDigit, { error: 'the check digit is wrong' }));

/** What staff write down of an elder. `rev` is 0 to register, else the revision that was seen. */
export const ElderForm = z.strictObject({
  name: line(40),
  sex: z.enum(['female', 'male']),
  birthDate: IsoDate,
  phone: z.optional(Phone),
  idNumber: z.optional(IdNumber),
  area: GridCode,
  address: line(120),
  /** Whether the household is registered in the city (户籍); some policies ask. */
  localHousehold: z.boolean(),
  allergens: setOf(Allergen, ALLERGENS.length),
  diets: setOf(Diet, DIETS.length),
  rev: z.int().check(z.minimum(0)),
});
export type ElderForm = z.infer<typeof ElderForm>;

/** An elder, for those who may see the person. Tags and ability are not here: they are read, with a reason, from the care record. */
export const ElderView = z.strictObject({
  elderId: Uuid,
  name: z.string(),
  sex: z.enum(['female', 'male']),
  birthDate: IsoDate,
  phone: z.optional(z.string()),
  /** Last four characters only; the whole number never leaves the store. */
  idNumberTail: z.optional(z.string()),
  area: GridCode,
  address: z.string(),
  localHousehold: z.boolean(),
  allergens: z.array(Allergen),
  diets: z.array(Diet),
  absence: z.nullable(Absence),
  diedOn: z.nullable(IsoDate),
  rev: z.int(),
});
export type ElderView = z.infer<typeof ElderView>;

/** An elder in a list: phone masked. */
export const ElderRow = z.strictObject({
  elderId: Uuid,
  name: z.string(),
  birthDate: IsoDate,
  maskedPhone: z.optional(z.string()),
  area: GridCode,
  absence: z.nullable(Absence),
  diedOn: z.nullable(IsoDate),
});
export type ElderRow = z.infer<typeof ElderRow>;

/** The highest grade of the tags that have one: disability 1–4, a veteran's disability 1–10; 1 is the gravest. */
export const HIGHEST_GRADE: { readonly [tag in (typeof TAGS)[number]]?: number } = {
  disabled: 4,
  'preferential-treatment': 10,
};

/** A tag on an elder. `grade` only where the tag has one. To end a tag, give its last day as `until`. */
export const TagForm = z
  .strictObject({
    grade: z.optional(z.int().check(z.minimum(1), z.maximum(10))),
    evidence: Evidence,
    since: IsoDate,
    until: z.optional(IsoDate),
  })
  .check(
    z.refine((tag) => tag.until === undefined || tag.until >= tag.since, {
      error: 'ends before it starts',
      path: ['until'],
    }),
  );
export type TagForm = z.infer<typeof TagForm>;

/** The sensitive part of an elder: each read of it is logged with its reason. */
export const CareRecord = z.strictObject({
  elderId: Uuid,
  tags: z.array(
    z.strictObject({
      tag: Tag,
      grade: z.optional(z.int()),
      evidence: Evidence,
      since: IsoDate,
      until: z.optional(IsoDate),
    }),
  ),
  ability: z.nullable(AbilityForm),
});
export type CareRecord = z.infer<typeof CareRecord>;

/** Why somebody opens a care record. */
export const ReadReason = z.enum(['meal-order', 'assessment', 'visit', 'complaint', 'family-request', 'emergency']);

export const AccessLogEntry = z.strictObject({
  at: Instant,
  personId: Uuid,
  role: Role,
  what: z.string(),
  reason: ReadReason,
});

/** The person died on this day; `null` takes a mistaken entry back. */
export const DeathForm = z.strictObject({ diedOn: z.nullable(IsoDate), reason: z.optional(line(200)) });

/** A code that the community hands to a family: 8 digits, for one binding, 7 days. */
export const BindingCode = z.strictObject({ code: z.string(), expiresAt: Instant });

export const RELATIONS = ['son', 'daughter', 'spouse', 'grandchild', 'sibling', 'other'] as const;

export const BindRequest = z.strictObject({
  code: z.string().check(z.regex(/^\d{8}$/)),
  name: line(40),
  relation: z.enum(RELATIONS),
  consents: setOf(ConsentPurpose, CONSENT_PURPOSES.length),
});
export type BindRequest = z.infer<typeof BindRequest>;

/** A family member's tie to an elder, with the consents in force. */
export const BindingView = z.strictObject({
  elderId: Uuid,
  personId: Uuid,
  name: z.string(),
  relation: z.enum(RELATIONS),
  boundAt: Instant,
  consents: z.array(z.strictObject({ purpose: ConsentPurpose, givenAt: Instant, withdrawnAt: z.nullable(Instant) })),
});
export type BindingView = z.infer<typeof BindingView>;

export const ConsentForm = z.strictObject({ granted: z.boolean() });

/** A CSV file of elders, at most 64 KB with the rest of the request; longer files are sent in parts, each with the header. */
export const ElderImport = z.strictObject({
  csv: z.string().check(z.minLength(1), z.maxLength(60_000)),
  /** Only says what would happen. */
  dryRun: z.boolean(),
  /** Import the good rows although others are bad. Otherwise one bad row stops all. */
  goodRowsOnly: z.optional(z.boolean()),
});

export const ElderImportReport = z.strictObject({
  rows: z.int(),
  good: z.int(),
  imported: z.int(),
  errors: z.array(
    z.strictObject({
      row: z.int(),
      column: z.string(),
      found: z.string(),
      message: z.strictObject({ zh: z.string(), en: z.string() }),
    }),
  ),
});
export type ElderImportReport = z.infer<typeof ElderImportReport>;
