import { storage } from './storage.ts';
import { createStore } from './store.ts';

const KEY = 'sos:phones';
const MOST = 6;

/** Somebody who can be phoned when Anxin itself does not get through. `callee` is the ladder's word for who it is. */
export interface HelpPhone {
  readonly name: string;
  readonly callee: string;
  readonly phone: string;
}

/** Numbers of the people around the elder, as they were last seen; kept for the moment without a connection. */
export const helpPhonesStore = createStore<readonly HelpPhone[]>([]);

export const restoreHelpPhones = (): void => helpPhonesStore.set(storage.read<readonly HelpPhone[]>(KEY) ?? []);

/** Keeps whole numbers alone: a masked one cannot be dialled. */
export function keepHelpPhones(phones: readonly { name: string; callee: string; phone?: string | undefined }[]): void {
  const whole = phones.flatMap(({ name, callee, phone }) =>
    phone !== undefined && /^[\d-]{3,20}$/.test(phone) ? [{ name, callee, phone }] : [],
  );
  if (whole.length === 0) return;
  const next = whole.slice(0, MOST);
  if (JSON.stringify(next) === JSON.stringify(helpPhonesStore.get())) return;
  storage.write(KEY, next);
  helpPhonesStore.set(next);
}

/** Another person uses this phone now. */
export function forgetHelpPhones(): void {
  storage.remove(KEY);
  helpPhonesStore.set([]);
}
