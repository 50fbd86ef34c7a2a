import { storage } from './storage.ts';
import { createStore } from './store.ts';

const KEY = 'seen:chosen-elder';

/** For whom the tabs show meals, where somebody cares for several elders. Forgotten at sign-out. */
export const chosenElderStore = createStore<string | undefined>(undefined);

export function chooseElder(elderId: string): void {
  storage.write(KEY, elderId);
  chosenElderStore.set(elderId);
}

export const chosenElderId = (): string | undefined => chosenElderStore.get() ?? storage.read<string>(KEY);
