import { isDeepStrictEqual } from 'node:util';
import type { PersonTold } from '../../shared/contracts/events.ts';
import type { ItemChange } from '../platform/consumer.ts';
import type { PublishEvent } from '../platform/domain-events.ts';
import { personKey } from './keys.ts';
import { StoredPerson } from './person.ts';

/** What others may know of a person. */
export const personTold = ({ personId, name, role, area, phone, openid, elderId, rev }: StoredPerson): PersonTold => ({
  personId,
  name,
  role,
  ...(area !== undefined && { area }),
  ...(phone !== undefined && { phone }),
  ...(openid !== undefined && { openid }),
  ...(elderId !== undefined && { elderId }),
  rev,
});

/** Whether others know the same of a person as before: signing out, or another canteen, is nothing to them. */
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
  const { personId, name, role, rev, removedAt } = person;
  await publish(
    removedAt === null
      ? { type: 'person-changed', person: personTold(person), at }
      : { type: 'person-removed', person: { personId, name, role, rev }, at },
  );
}
