import type { ElderView } from '../../../shared/contracts/elders.ts';
import { chooseElder, chosenElderId, chosenElderStore } from '../services/chosen-elder.ts';
import { useStore } from '../services/store.ts';
import { useRoute } from './use-route.ts';

/** The elders of this person who can order, and the one whom the tabs show. */
export function useMyElders() {
  const query = useRoute('listMyElders', {});
  useStore(chosenElderStore);
  const elders = query.value?.elders ?? [];
  const living = elders.filter((elder) => elder.diedOn === null);
  const chosen: ElderView | undefined = living.find((elder) => elder.elderId === chosenElderId()) ?? living[0];
  return { query, elders, living, chosen, choose: chooseElder };
}
