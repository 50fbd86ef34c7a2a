import type { Session } from '../../../shared/contracts/people.ts';
import { storage } from './storage.ts';
import { createStore } from './store.ts';

const KEY = 'session';

/** The session of the person at this phone; `null` when nobody is signed in. Kept over restarts. */
export const sessionStore = createStore<Session | null>(null);

export function restoreSession(): void {
  sessionStore.set(storage.read<Session>(KEY) ?? null);
}

export function keepSession(session: Session): void {
  storage.write(KEY, session);
  sessionStore.set(session);
}

/** Forgets the session and everything that was read with it. What was typed and not yet sent stays, for the same person. */
export function dropSession(): void {
  storage.remove(KEY);
  storage.removeAll('seen:');
  storage.removeAll('draft:');
  sessionStore.set(null);
}
