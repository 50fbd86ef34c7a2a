import { useRef } from 'react';
import type { Position } from '../../../shared/contracts/alerts.ts';
import { sos } from '../services/api.ts';
import { chosenElderId } from '../services/chosen-elder.ts';
import { locate } from '../services/location';
import type { SosCall, SosPress } from '../services/sos.ts';
import { type SosElder, sosPassStore } from '../services/sos-pass.ts';
import { useStore } from '../services/store.ts';

/** Nobody waits for a position longer than this; what comes later is left out. */
const LOCATE_MS = 1000;

/**
 * For whom this phone can ask for help. `never`: nobody has signed in here. `self`: an elder. `one`: for this elder. `which`:
 * one of several, the chosen one first. `here`: staff, for somebody whose name is not known.
 */
export type SosWhom =
  | { readonly kind: 'never' }
  | { readonly kind: 'self' }
  | { readonly kind: 'one'; readonly elder: SosElder; readonly call: SosCall }
  | { readonly kind: 'which'; readonly elders: readonly SosElder[] }
  | { readonly kind: 'here'; readonly call: SosCall };

const forElder = ({ elderId, name }: SosElder): SosCall => ({ elderId, name });

/** `elder`: whom a staff page has open. */
export function useSosWhom(elder: SosElder | undefined): SosWhom {
  const pass = useStore(sosPassStore);
  if (pass === undefined) return { kind: 'never' };
  if (pass.role === 'elder') return { kind: 'self' };
  if (pass.role !== 'family') {
    return elder === undefined
      ? { kind: 'here', call: { source: 'staff-call' } }
      : { kind: 'one', elder, call: { ...forElder(elder), source: 'staff-call' } };
  }
  const first = elder?.elderId ?? chosenElderId();
  const elders = [...pass.elders].sort((a, b) => Number(b.elderId === first) - Number(a.elderId === first));
  const [only] = elders;
  // A family whose elders this phone has never seen: the desk asks the family whom it is about.
  if (only === undefined) return { kind: 'here', call: {} };
  return elders.length === 1 ? { kind: 'one', elder: only, call: forElder(only) } : { kind: 'which', elders };
}

/** Asks for help. `prepare` looks for the position beforehand, so that asking waits for nothing. */
export function useRaise() {
  const position = useRef<Position | undefined>(undefined);
  return {
    prepare(): void {
      // Where a daughter presses says nothing of where her father lies.
      if (sosPassStore.get()?.role !== 'elder') return;
      void locate(LOCATE_MS).then((found) => {
        position.current = found;
      });
    },
    raise: (call: SosCall): SosPress | undefined => sos.raise({ ...call, position: position.current }),
  };
}

/** The press that this phone shows: the newest of the person who is signed in, or of whoever was last. */
export function useSosPress(alertId?: string): SosPress | undefined {
  const presses = useStore(sos.presses);
  const personId = useStore(sosPassStore)?.personId;
  return alertId === undefined
    ? presses.find((one) => one.personId === personId)
    : presses.find((one) => one.alertId === alertId);
}
