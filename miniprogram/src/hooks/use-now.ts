import { useEffect, useState } from 'react';
import { clock } from '../services/clock.ts';

/** The time in milliseconds, renewed every `seconds`: for what closes soon. */
export function useNow(seconds = 30): number {
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return now;
}
