import type { Session } from '../../../shared/contracts/people.ts';
import { forgetHelpPhones, restoreHelpPhones } from './help-phones.ts';
import { keepSosPass, releaseSosPass, restoreSosPass, sosPassStore } from './sos-pass.ts';
import { storage } from './storage.ts';
import { createStore } from './store.ts';

const KEY = 'session';
/** Whose reading and typing is kept on this phone. */
const OWNER = 'owner';

/** The session of the person at this phone; `null` when nobody is signed in. Kept over restarts. */
export const sessionStore = createStore<Session | null>(null);

/** Whose last sign-in on this phone was by WeChat: when that session runs out, the next one needs no tap. Signing out forgets it. */
const CAME_BY_WECHAT = 'came-by-wechat';
export const keepCameByWechat = (personId: string): void => storage.write(CAME_BY_WECHAT, personId);
export function cameByWechat(): boolean {
  const personId = storage.read<string>(CAME_BY_WECHAT);
  return personId !== undefined && personId === storage.read<string>(OWNER);
}

/** Whether the last session ran out by itself: the sign-in page then says so. */
export const expiredStore = createStore<boolean>(false);

/** What another window of the same browser may have kept meanwhile. */
export const keptSession = (): Session | undefined => storage.read<Session>(KEY);

export function restoreSession(): void {
  const kept = keptSession();
  sessionStore.set(kept ?? null);
  restoreSosPass();
  // Signed in before this phone could ask for help.
  if (kept && sosPassStore.get() === undefined) keepSosPass(kept);
  restoreHelpPhones();
}

export function keepSession(session: Session): void {
  // Another person signs in where the last one's session ran out: nothing of the last one's may be seen.
  const owner = storage.read<string>(OWNER);
  if (owner !== undefined && owner !== session.person.personId) forget();
  if (sosPassStore.get()?.personId !== session.person.personId) forgetHelpPhones();
  storage.write(OWNER, session.person.personId);
  storage.write(KEY, session);
  keepSosPass(session);
  expiredStore.set(false);
  sessionStore.set(session);
}

/** The person of this session has another name or number since. */
export function keepPerson(person: Session['person']): void {
  const session = sessionStore.get();
  if (session?.person.personId === person.personId) keepSession({ ...session, person });
}

/** The session ran out. What was typed stays for the same person's next sign-in. */
export function expireSession(): void {
  storage.remove(KEY);
  expiredStore.set(true);
  sessionStore.set(null);
}

/** Signs out: forgets the session and all that was read or half typed. What waits to be sent stays, for the same person. */
export function dropSession(): void {
  storage.remove(KEY);
  storage.remove(CAME_BY_WECHAT);
  releaseSosPass();
  forget();
  expiredStore.set(false);
  sessionStore.set(null);
}

function forget(): void {
  storage.removeAll('seen:');
  storage.removeAll('draft:');
  storage.remove(OWNER);
}
