import type { CanteenView } from '../../../../../shared/contracts/canteens.ts';
import { useRoute } from '../../../hooks/use-route.ts';
import { sessionStore } from '../../../services/session.ts';
import { useStore } from '../../../services/store.ts';
import { chooseCanteen, chosenCanteenId, chosenCanteenStore } from './chosen-canteen.ts';

/** The canteens that this member of staff works for: their own, those of the community, or those of the district. */
export function useCanteens() {
  const person = useStore(sessionStore)?.person;
  useStore(chosenCanteenStore);
  const area = person?.area;
  const query = useRoute('listCanteens', area === undefined ? null : { params: { area } });
  const canteens = (query.value?.canteens ?? []).filter(
    (one) => person?.canteenId === undefined || one.canteenId === person.canteenId,
  );
  const canteen: CanteenView | undefined = canteens.find((one) => one.canteenId === chosenCanteenId()) ?? canteens[0];
  return { query, canteens, canteen, choose: chooseCanteen };
}

/** The community whose elders and figures are shown: one's own, or, for a district, that of the chosen canteen. */
export function useCommunity() {
  const place = useCanteens();
  const area = useStore(sessionStore)?.person.area ?? '';
  return { ...place, community: area.length >= 12 ? area.slice(0, 12) : place.canteen?.area };
}
