import type { GetCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { Allergen, Diet } from '../../shared/contracts/diet.ts';
import { AbilityForm, Absence, ConsentPurpose, Evidence, Tag } from '../../shared/contracts/elder-facts.ts';
import type { ElderView } from '../../shared/contracts/elders.ts';
import type { ElderFacts } from '../../shared/policy/facts.ts';
import { within } from '../../shared/values/areas.ts';
import type { IsoDate } from '../../shared/values/dates.ts';
import type { Step } from '../platform/transact.ts';
import type { Who } from '../platform/who.ts';

/**
 * What other features may know of how elders are kept: the stored elder, its key, who may act for it, and the condition that
 * it has not changed. Nothing else of this feature is imported from outside.
 */
export const ElderRecord = z.object({
  elderId: z.string(),
  name: z.string(),
  sex: z.enum(['female', 'male']),
  birthDate: z.string(),
  phone: z.optional(z.string()),
  idNumber: z.optional(z.string()),
  area: z.string(),
  address: z.string(),
  localHousehold: z.boolean(),
  allergens: z.array(Allergen),
  diets: z.array(Diet),
  tags: z.array(
    z.object({
      tag: Tag,
      grade: z.optional(z.int()),
      evidence: Evidence,
      since: z.string(),
      until: z.optional(z.string()),
    }),
  ),
  ability: z.nullable(AbilityForm),
  absence: z.nullable(Absence),
  diedOn: z.nullable(z.string()),
  /** The family members bound to this elder: their person ids. */
  family: z.array(z.string()),
  /** What family members do not agree to share, each for themselves. Absent: nothing is withheld. */
  withheld: z.optional(z.array(z.object({ personId: z.string(), purpose: ConsentPurpose }))),
  /** Goes up by one with every change of anything above. */
  rev: z.int(),
});
export type ElderRecord = z.infer<typeof ElderRecord>;

export const elderKey = (elderId: string) => ({ pk: `ELDER#${elderId}`, sk: 'ELDER' });

/** Reads one elder, consistently. */
export const elderToRead = (table: string, elderId: string): GetCommandInput => ({
  TableName: table,
  Key: elderKey(elderId),
  ConsistentRead: true,
});

/** A step of a transaction that fails when the elder (standing, ties, tags, diet) is no longer the one that was read. */
export const elderUnchanged = (table: string, elder: ElderRecord): Step<'elder'> => ({
  step: 'elder',
  ConditionCheck: {
    TableName: table,
    Key: elderKey(elder.elderId),
    ConditionExpression: 'rev = :rev',
    ExpressionAttributeValues: { ':rev': elder.rev },
  },
});

/** Whether this person may see and act for this elder: it is themselves, they are bound to it, or it lives in their area. */
export function mayActFor(who: Who, elder: Pick<ElderRecord, 'elderId' | 'area' | 'family'>): boolean {
  if (who.role === 'elder') return who.elderId === elder.elderId;
  if (who.role === 'family') return elder.family.includes(who.personId);
  return within(elder.area, who.area ?? '');
}

/** Whether meals are paused on a day: `until` is the last paused day. */
export const isPausedOn = (elder: Pick<ElderRecord, 'absence'>, on: IsoDate): boolean =>
  elder.absence !== null &&
  elder.absence.from <= on &&
  (elder.absence.until === undefined || on <= elder.absence.until);

/** Whether something of an elder may be handed on: nobody who is bound to the elder withholds it. */
export const mayShare = (elder: Pick<ElderRecord, 'withheld'>, purpose: ConsentPurpose): boolean =>
  !elder.withheld?.some((each) => each.purpose === purpose);

/** What the policy engine may know of an elder. */
export const factsOf = (elder: ElderRecord): ElderFacts => ({
  birthDate: elder.birthDate,
  area: elder.area,
  tags: elder.tags,
  abilityLevel: elder.ability?.level,
  localHousehold: elder.localHousehold,
});

export const elderView = (elder: ElderRecord): ElderView => ({
  elderId: elder.elderId,
  name: elder.name,
  sex: elder.sex,
  birthDate: elder.birthDate,
  phone: elder.phone,
  idNumberTail: elder.idNumber?.slice(-4),
  area: elder.area,
  address: elder.address,
  localHousehold: elder.localHousehold,
  allergens: elder.allergens,
  diets: elder.diets,
  absence: elder.absence,
  diedOn: elder.diedOn,
  rev: elder.rev,
});
