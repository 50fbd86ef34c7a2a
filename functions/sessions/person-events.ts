import { isDeepStrictEqual } from 'node:util';
import type { DomainEvent, PersonTold } from '../../shared/contracts/events.ts';
import type { Instant } from '../../shared/values/dates.ts';
import type { ItemChange } from '../platform/consumer.ts';
import type { PublishEvent } from '../platform/domain-events.ts';
import { personKey } from './keys.ts';
import { StoredPerson } from './person.ts';

/** What others may know of a person. */
export const personTold = ({
  personId,
  name,
  role,
  area,
  phone,
  openid,
  elderId,
  epoch,
  rev,
}: StoredPerson): PersonTold => ({
  personId,
  name,
  role,
  ...(area !== undefined && { area }),
  ...(phone !== undefined && { phone }),
  ...(openid !== undefined && { openid }),
  ...(elderId !== undefined && { elderId }),
  epoch,
  rev,
});

/** What is told of a person who is here, or was removed. */
export function personNews(person: StoredPerson, at: Instant): DomainEvent {
  if (person.removedAt === null) return { type: 'person-changed', person: personTold(person), at };
  const { personId, name, role, area, epoch, rev } = person;
  return {
    type: 'person-removed',
    person: { personId, name, role, ...(area !== undefined && { area }), epoch, rev },
    at,
  };
}

/** Whether others know the same of a person as before. */
function isTold(before: StoredPerson, after: StoredPerson): boolean {
  const { rev: _before, ...known } = personTold(before);
  const { rev: _after, ...now } = personTold(after);
  return (before.removedAt === null) === (after.removedAt === null) && isDeepStrictEqual(known, now);
}

/** Publishes what a change in the sessions table means to others. Other items than people mean nothing to them. */
export async function personChanged(publish: PublishEvent, { key, before, after, at }: ItemChange): Promise<void> {
  if (key.sk !== personKey('').sk || !key.pk.startsWith(personKey('').pk) || after === undefined) return;
  const was = before && StoredPerson.parse(before);
  const person = StoredPerson.parse(after);
  if (was && isTold(was, person)) return;
  await publish(personNews(person, at));
}
