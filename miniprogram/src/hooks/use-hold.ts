import { useDidHide } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';

/** Long enough that nobody does it by chance, short enough for a hand that shakes. */
export const HOLD_MS = 2000;
const TICK_MS = 100;
/** Shorter than this it was a tap. */
const TAP_MS = 500;
/** The browser and WeChat send a tap after letting go, a moment later. */
const AFTER_MS = 400;
/** So long it is said that nothing happened; it is nothing that must be read. */
const TOLD_MS = 10_000;

interface HoldParts {
  readonly onStart?: () => void;
  readonly onHeld: () => void;
  /** A short touch, the keyboard, a screen reader. */
  readonly onTap: () => void;
}

/** A button that counts only when it is held for two seconds. `heldMs` is undefined while nobody holds it. */
export function useHold({ onStart, onHeld, onTap }: HoldParts) {
  const [heldMs, setHeldMs] = useState<number | undefined>();
  const [letGo, setLetGo] = useState(false);
  const timer = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  const told = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const held = useRef(0);
  /** What comes right after a hold is the end of that hold, and no tap. */
  const deaf = useRef(false);
  const hush = () => {
    deaf.current = true;
    setTimeout(() => {
      deaf.current = false;
    }, AFTER_MS);
  };
  const end = () => {
    clearInterval(timer.current);
    timer.current = undefined;
    setHeldMs(undefined);
  };
  const tell = (isTold: boolean) => {
    clearTimeout(told.current);
    setLetGo(isTold);
    if (isTold) told.current = setTimeout(() => setLetGo(false), TOLD_MS);
  };

  const start = () => {
    if (timer.current !== undefined) return;
    held.current = 0;
    setHeldMs(0);
    tell(false);
    onStart?.();
    timer.current = setInterval(() => {
      held.current += TICK_MS;
      if (held.current < HOLD_MS) return setHeldMs(held.current);
      end();
      hush();
      onHeld();
    }, TICK_MS);
  };
  const stop = () => {
    if (timer.current === undefined) {
      if (deaf.current) hush();
      return;
    }
    end();
    if (held.current < TAP_MS) return;
    hush();
    tell(true);
  };
  const tap = () => {
    if (deaf.current) return;
    tell(false);
    onTap();
  };

  useDidHide(stop);
  useEffect(
    () => () => {
      clearInterval(timer.current);
      clearTimeout(told.current);
    },
    [],
  );
  return { heldMs, letGo, start, stop, tap };
}
