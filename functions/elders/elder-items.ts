import type { Binding } from './binding.ts';
import type { StoredElder } from './elder.ts';
import { type ElderRecord, elderKey } from './elder-record.ts';
import { bindingKey, elderIndexes, familyKey, idNumberKey } from './keys.ts';

/** The items of this feature, as they lie in its table. Who fills a table from outside (the town generator) uses these too. */

export const elderItem = (elder: ElderRecord & Partial<StoredElder>) => ({
  registration: '',
  lastEdit: null,
  ...elder,
  ...elderKey(elder.elderId),
  ...elderIndexes(elder),
});

/** The claim that keeps an id number from being registered twice. */
export const idClaimItem = (idNumber: string, elderId: string) => ({ ...idNumberKey(idNumber), elderId });

/** All items of a registered elder. */
export const elderItems = (elder: ElderRecord & Partial<StoredElder>): Record<string, unknown>[] => [
  elderItem(elder),
  ...(elder.idNumber === undefined ? [] : [idClaimItem(elder.idNumber, elder.elderId)]),
];

export const bindingItem = (binding: Binding) => ({
  ...bindingKey(binding.elderId, binding.personId),
  ...binding,
});

/** With the family member stands only whom they are bound to. */
export const familyItem = ({ personId, elderId }: Pick<Binding, 'personId' | 'elderId'>) => ({
  ...familyKey(personId, elderId),
  personId,
  elderId,
});

/** All items of a binding. The elder's own `family` must name the person besides. */
export const bindingItems = (binding: Binding): Record<string, unknown>[] => [
  bindingItem(binding),
  familyItem(binding),
];
