import { useEffect } from 'react';
import type { Contact } from '../../../../shared/contracts/circle.ts';
import type { ElderView } from '../../../../shared/contracts/elders.ts';
import { useRoute } from '../../hooks/use-route.ts';
import { keepHelpPhones } from '../../services/help-phones.ts';
import { sessionStore } from '../../services/session.ts';
import { useStore } from '../../services/store.ts';

const CALLEE = { family: 'family', neighbour: 'neighbours', volunteer: 'volunteers' } as const;

/** Keeps the numbers of an elder's contacts on this phone, for the moment without a connection. Nobody phones themselves. */
export function useKeptContacts(contacts: readonly Contact[] | undefined): void {
  const me = useStore(sessionStore)?.person.personId;
  useEffect(() => {
    const others = (contacts ?? []).filter(({ personId }) => personId === undefined || personId !== me);
    keepHelpPhones(others.map(({ name, kind, phone }) => ({ name, callee: CALLEE[kind], phone })));
  }, [contacts, me]);
}

/** On the first page of an elder: whoever has never looked at their contacts can phone them too when nothing gets through. */
export function KeepContacts({ elder: { elderId } }: { readonly elder: Pick<ElderView, 'elderId'> }): null {
  useKeptContacts(useRoute('listContacts', { params: { elderId } }).value?.contacts);
  return null;
}
