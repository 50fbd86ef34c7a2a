import { storage } from '../../../services/storage.ts';
import { createStore } from '../../../services/store.ts';

const KEY = 'seen:staff-canteen';

/** Which canteen the desk pages show, where somebody works for several. Forgotten at sign-out. */
export const chosenCanteenStore = createStore<string | undefined>(undefined);

export function chooseCanteen(canteenId: string): void {
  storage.write(KEY, canteenId);
  chosenCanteenStore.set(canteenId);
}

export const chosenCanteenId = (): string | undefined => chosenCanteenStore.get() ?? storage.read<string>(KEY);
