import { personKey, phoneKey, staffIndex, wechatKey } from './keys.ts';
import { isStaff, type StoredPerson } from './person.ts';

/** The items of this feature, as they lie in its table. Who fills a table from outside (the town generator) uses these too. */

export const personItem = (person: StoredPerson) => ({
  ...personKey(person.personId),
  ...person,
  ...(isStaff(person) &&
    person.removedAt === null &&
    person.area !== undefined &&
    staffIndex(person.area, person.personId)),
});

export const phoneClaimItem = (phone: string, personId: string) => ({ ...phoneKey(phone), personId });
export const wechatClaimItem = (openid: string, personId: string) => ({ ...wechatKey(openid), personId });

/** All items of a person: themselves, and the claims on their phone number and WeChat account. `newPerson` makes the person. */
export const personItems = (person: StoredPerson): Record<string, unknown>[] => [
  personItem(person),
  ...(person.phone === undefined ? [] : [phoneClaimItem(person.phone, person.personId)]),
  ...(person.openid === undefined ? [] : [wechatClaimItem(person.openid, person.personId)]),
];
