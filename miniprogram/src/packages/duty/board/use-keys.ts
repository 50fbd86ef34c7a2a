import { useEffect, useRef } from 'react';
import { rowId } from './alert-row.tsx';

interface Keys {
  /** The alerts in the order of the list. */
  readonly ids: readonly string[];
  readonly selected: string | undefined;
  readonly onSelect: (alertId: string) => void;
  readonly onEnter: (alertId: string) => void;
}

const onWeb = process.env.TARO_ENV === 'h5';
const ROW = /^alert-row-/;

/** Whether a key is meant for the list: nothing that takes keys itself has the focus, but for a row of the list. */
function isForList(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true;
  if (ROW.test(target.id)) return true;
  return target.closest('input, textarea, select, button, a, [role="button"], [contenteditable]') === null;
}

/** On the web the arrow keys move through the list, and Enter takes the chosen alert. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!onWeb) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (!isForList(event.target)) return;
      const { ids, selected, onSelect, onEnter } = latest.current;
      if (event.key === 'Enter') {
        if (selected === undefined || !ids.includes(selected)) return;
        event.preventDefault();
        onEnter(selected);
        return;
      }
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step === 0 || ids.length === 0) return;
      event.preventDefault();
      const place = selected === undefined ? -1 : ids.indexOf(selected);
      const next = ids[place < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, place + step))];
      if (next === undefined) return;
      onSelect(next);
      document.getElementById(rowId(next))?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
