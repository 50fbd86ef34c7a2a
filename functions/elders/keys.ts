import { communityOf } from '../../shared/values/areas.ts';
import type { Instant } from '../../shared/values/dates.ts';

/** Every key of the elders table but the elder's own (`elderKey`, which other features read too). */

const elderPartition = (elderId: string) => `ELDER#${elderId}`;

/** The elders of a community by name, and by the last four digits of their phone. */
export const communityElders = (community: string) => `COMMUNITY#${community}`;
export const nameStarts = (start: string) => `NAME#${start}`;
export const phoneEnds = (fourDigits: string) => `TAIL#${fourDigits}#`;

export const elderIndexes = (elder: { elderId: string; area: string; name: string; phone?: string | undefined }) => ({
  gsi1pk: communityElders(communityOf(elder.area)),
  gsi1sk: `${nameStarts(elder.name)}#${elder.elderId}`,
  ...(elder.phone !== undefined && {
    gsi2pk: communityElders(communityOf(elder.area)),
    gsi2sk: phoneEnds(elder.phone.slice(-4)) + elder.elderId,
  }),
});

/** Whose an id number is: one item for each, so that nobody is registered twice. */
export const idNumberKey = (idNumber: string) => ({ pk: `ID#${idNumber}`, sk: 'ELDER' });

/** A binding stands with the elder, and a pointer to it with the family member. */
export const bindingKey = (elderId: string, personId: string) => ({
  pk: elderPartition(elderId),
  sk: `BINDING#${personId}`,
});
export const BINDINGS = 'BINDING#';
export const familyPartition = (personId: string) => `FAMILY#${personId}`;
export const familyKey = (personId: string, elderId: string) => ({
  pk: familyPartition(personId),
  sk: elderPartition(elderId),
});

export const bindingCodeKey = (codeHash: string) => ({ pk: `BINDING-CODE#${codeHash}`, sk: 'BINDING-CODE' });
export const bindingAttemptsKey = (personId: string) => ({ pk: `ATTEMPTS#${personId}`, sk: 'BINDING' });

/** Logs of an elder sort by time; `entryId` keeps two of one millisecond apart. */
export const ACCESSES = 'ACCESS#';
export const accessKey = (elderId: string, at: Instant, entryId: string) => ({
  pk: elderPartition(elderId),
  sk: `${ACCESSES}${at}#${entryId}`,
});
export const deathEntryKey = (elderId: string, at: Instant, entryId: string) => ({
  pk: elderPartition(elderId),
  sk: `DEATH#${at}#${entryId}`,
});
export const consentEntryKey = (elderId: string, at: Instant, entryId: string) => ({
  pk: elderPartition(elderId),
  sk: `CONSENT#${at}#${entryId}`,
});
