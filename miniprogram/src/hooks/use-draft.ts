import { useState } from 'react';
import { storage } from '../services/storage.ts';

/**
 * What is being typed, kept on the phone until `forget`: a lost connection, a call or a flat battery takes nothing away. `key`
 * names the form and whom it is for.
 */
export function useDraft<T extends object>(key: string, empty: T): [T, (change: Partial<T>) => void, () => void] {
  const [draft, setDraft] = useState<T>(() => ({ ...empty, ...storage.read<Partial<T>>(`draft:${key}`) }));
  const change = (part: Partial<T>) =>
    setDraft((before) => {
      const next = { ...before, ...part };
      storage.write(`draft:${key}`, next);
      return next;
    });
  const forget = () => {
    storage.remove(`draft:${key}`);
    setDraft(empty);
  };
  return [draft, change, forget];
}
