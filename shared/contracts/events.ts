import * as z from 'zod/mini';
import { AreaCode, GridCode } from '../values/areas.ts';
import { Instant, IsoDate } from '../values/dates.ts';
import { Slug, Uuid } from '../values/ids.ts';
import { SittingName } from './canteens.ts';
import { AbilityForm, Absence, Tag } from './elder-facts.ts';
import { Role } from './roles.ts';

/** What others may know of an elder: who it is, where, of which kind, and who belongs to it. No id number, no evidence, no diet. */
export const ElderTold = z.strictObject({
  elderId: Uuid,
  name: z.string(),
  sex: z.enum(['female', 'male']),
  birthDate: IsoDate,
  phone: z.optional(z.string()),
  area: GridCode,
  address: z.string(),
  localHousehold: z.boolean(),
  tags: z.array(
    z.strictObject({ tag: Tag, grade: z.optional(z.int()), since: z.string(), until: z.optional(z.string()) }),
  ),
  abilityLevel: z.optional(AbilityForm.shape.level),
  /** Person ids of the bound family members. */
  family: z.array(z.string()),
  diedOn: z.nullable(IsoDate),
  /** Goes up with every change: what arrives late with a lower one is old. */
  rev: z.int(),
});
export type ElderTold = z.infer<typeof ElderTold>;

/** What others may know of a person who signs in: who it is, and how to reach them. */
export const PersonTold = z.strictObject({
  personId: Uuid,
  name: z.string(),
  role: Role,
  area: z.optional(AreaCode),
  phone: z.optional(z.string()),
  openid: z.optional(z.string()),
  /** Whose own account it is. */
  elderId: z.optional(Uuid),
  /** Goes up when their sessions end; absent in news of before there were epochs. */
  epoch: z.optional(z.int()),
  rev: z.int(),
});
export type PersonTold = z.infer<typeof PersonTold>;

/**
 * What features tell each other. Events leave by the streams after the fact has been committed, at least once; consumers
 * must bear repeats. The SNS message attribute `type` carries the type, for filters.
 */
export const DomainEvent = z.discriminatedUnion('type', [
  /** An elder was registered, or something of what others may know has changed. Also of one who died, or is back. */
  z.strictObject({ type: z.literal('elder-changed'), elder: ElderTold, at: Instant }),
  z.strictObject({ type: z.literal('elder-died'), elderId: Uuid, area: GridCode, diedOn: IsoDate, at: Instant }),
  z.strictObject({ type: z.literal('elder-paused'), elderId: Uuid, area: GridCode, absence: Absence, at: Instant }),
  z.strictObject({ type: z.literal('elder-resumed'), elderId: Uuid, area: GridCode, at: Instant }),
  z.strictObject({
    type: z.literal('meal-missed'),
    orderId: Uuid,
    elderId: Uuid,
    canteenId: Slug,
    date: IsoDate,
    sitting: SittingName,
    /** How many meals running the elder has now missed, this one included; one that was eaten, and only that, ends the count. */
    running: z.int().check(z.minimum(1)),
    at: Instant,
  }),
  /** Somebody signed in for the first time, was registered, or can be reached otherwise. */
  z.strictObject({ type: z.literal('person-changed'), person: PersonTold, at: Instant }),
  /** A member of staff was removed: who and where they were is told for those who had never heard of them. */
  z.strictObject({
    type: z.literal('person-removed'),
    person: z.pick(PersonTold, { personId: true, name: true, role: true, area: true, epoch: true, rev: true }),
    at: Instant,
  }),
]);
export type DomainEvent = z.infer<typeof DomainEvent>;
