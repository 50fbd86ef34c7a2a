import type { Person, Session } from '../../../shared/contracts/people.ts';
import { STAFF_ROLES } from '../../../shared/contracts/roles.ts';
import { storage } from './storage.ts';
import { createStore } from './store.ts';

const KEY = 'sos:pass';

/** For whom somebody can ask for help. */
export interface SosElder {
  readonly elderId: string;
  readonly name: string;
}

/**
 * What this phone needs to ask for help: the last token of whoever signed in here, and their elders. The server takes it for
 * raising alone once it has expired, so it is kept past the session's end.
 */
export interface SosPass {
  readonly token: string;
  readonly personId: string;
  readonly role: Person['role'];
  readonly elders: readonly SosElder[];
}

export const sosPassStore = createStore<SosPass | undefined>(undefined);

function keep(pass: SosPass): void {
  storage.write(KEY, pass);
  sosPassStore.set(pass);
}

export const restoreSosPass = (): void => sosPassStore.set(storage.read<SosPass>(KEY));

export function keepSosPass({ token, person }: Session): void {
  const before = sosPassStore.get() ?? storage.read<SosPass>(KEY);
  const elders = before?.personId === person.personId ? before.elders : [];
  keep({ token, personId: person.personId, role: person.role, elders });
}

/** The elders who were just seen in the list of this person's, so that they can be chosen without a connection too. */
export function keepSosElders(personId: string, elders: readonly SosElder[]): void {
  const pass = sosPassStore.get();
  if (pass?.personId !== personId) return;
  const next = elders.map(({ elderId, name }) => ({ elderId, name }));
  if (JSON.stringify(next) !== JSON.stringify(pass.elders)) keep({ ...pass, elders: next });
}

/**
 * At sign-out the phone of an elder or of the family still asks for help. A desk that many members of staff share does not: who
 * pressed would be told wrong.
 */
export function releaseSosPass(): void {
  const pass = sosPassStore.get();
  if (pass === undefined || !(STAFF_ROLES as readonly string[]).includes(pass.role)) return;
  storage.remove(KEY);
  sosPassStore.set(undefined);
}
