import { isDeepStrictEqual } from 'node:util';
import type { Absence } from '../../shared/contracts/elder-facts.ts';
import type { DomainEvent, ElderTold } from '../../shared/contracts/events.ts';
import type { Instant } from '../../shared/values/dates.ts';
import type { ItemChange } from '../platform/consumer.ts';
import type { PublishEvent } from '../platform/domain-events.ts';
import { ElderRecord, elderKey } from './elder-record.ts';

type Standing = Pick<ElderRecord, 'elderId' | 'area' | 'absence' | 'diedOn'>;

/** Beyond every day of the calendar that Anxin knows. */
const FOREVER = '9999-12-31';

/** Whether some day that was paused is paused no more. */
function freesDays(before: Absence, after: Absence | null): boolean {
  if (after === null) return true;
  return before.from < after.from || (before.until ?? FOREVER) > (after.until ?? FOREVER);
}

const isSame = (a: Absence | null, b: Absence | null): boolean =>
  a === b || (a !== null && b !== null && a.reason === b.reason && a.from === b.from && a.until === b.until);

/**
 * What a change of an elder's standing means to others. A death (or another day of it) is told as such; of who has died, no pause is told.
 * A death taken back is a return, with the pause that still stands. A pause that becomes shorter or moves is a return and
 * a pause.
 */
export function eventsOf(before: Standing | undefined, after: Standing, at: Instant): DomainEvent[] {
  const { elderId, area, absence, diedOn } = after;
  if (diedOn !== null) {
    return before?.diedOn === diedOn ? [] : [{ type: 'elder-died', elderId, area, diedOn, at }];
  }
  const wasAbsent = before?.absence ?? null;
  const isBack = before?.diedOn != null;
  const events: DomainEvent[] = [];
  if (isBack || (wasAbsent !== null && freesDays(wasAbsent, absence))) {
    events.push({ type: 'elder-resumed', elderId, area, at });
  }
  if (absence !== null && (isBack || !isSame(wasAbsent, absence))) {
    events.push({ type: 'elder-paused', elderId, area, absence, at });
  }
  return events;
}

/** What others may know of an elder. */
export const elderTold = (elder: ElderRecord): ElderTold => ({
  elderId: elder.elderId,
  name: elder.name,
  sex: elder.sex,
  birthDate: elder.birthDate,
  ...(elder.phone !== undefined && { phone: elder.phone }),
  area: elder.area,
  address: elder.address,
  localHousehold: elder.localHousehold,
  tags: elder.tags.map(({ evidence: _evidence, ...tag }) => tag),
  ...(elder.ability !== null && { abilityLevel: elder.ability.level }),
  family: elder.family,
  diedOn: elder.diedOn,
  rev: elder.rev,
});

/** Whether others know the same of an elder as before: diet, absence, evidence and consents are told to nobody. */
function isTold(before: ElderRecord, after: ElderRecord): boolean {
  const { rev: _before, ...known } = elderTold(before);
  const { rev: _after, ...now } = elderTold(after);
  return isDeepStrictEqual(known, now);
}

/** Publishes what a change in the elders table means to others. Other items than elders mean nothing to them. */
export async function elderChanged(publish: PublishEvent, { key, before, after, at }: ItemChange): Promise<void> {
  if (key.sk !== elderKey('').sk || !key.pk.startsWith(elderKey('').pk) || after === undefined) return;
  const was = before && ElderRecord.parse(before);
  const elder = ElderRecord.parse(after);
  for (const event of eventsOf(was, elder, at)) await publish(event);
  if (!was || !isTold(was, elder)) await publish({ type: 'elder-changed', elder: elderTold(elder), at });
}
