import { createStore } from './store.ts';

/** How many alerts wait for an answer, as far as this desk's watch knows. Told on every page; 0 where nobody watches. */
export const waitingAlertsStore = createStore<number>(0);
