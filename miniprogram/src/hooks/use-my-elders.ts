import { useEffect } from 'react';
import type { ElderView } from '../../../shared/contracts/elders.ts';
import { chooseElder, chosenElderId, chosenElderStore } from '../services/chosen-elder.ts';
import { sessionStore } from '../services/session.ts';
import { keepSosElders } from '../services/sos-pass.ts';
import { useStore } from '../services/store.ts';
import { remember, useRoute } from './use-route.ts';

/** The elders of this person who can order, and the one whom the tabs show. */
export function useMyElders() {
  const query = useRoute('listMyElders', {});
  useStore(chosenElderStore);
  const { value } = query;
  useEffect(() => {
    const personId = sessionStore.get()?.person.personId;
    if (value && personId) {
      const alive = value.elders.filter((elder) => elder.diedOn === null);
      keepSosElders(personId, alive);
    }
    for (const elder of value?.elders ?? []) remember('getElder', { params: { elderId: elder.elderId } }, elder);
  }, [value]);
  const elders = query.value?.elders ?? [];
  const living = elders.filter((elder) => elder.diedOn === null);
  const chosen: ElderView | undefined = living.find((elder) => elder.elderId === chosenElderId()) ?? living[0];
  return { query, elders, living, chosen, choose: chooseElder };
}
