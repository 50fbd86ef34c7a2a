/** So many presses of one person or device within a minute are kept at once; those beyond are kept after everybody else's. */
export const AT_ONCE = 3;
const WITHIN_MS = 60_000;
/** How many who pressed are remembered: more press within a minute in a catastrophe alone, and then nobody is set apart. */
const MOST_REMEMBERED = 20_000;

/**
 * Says of each press whether who pressed has pressed so often just now that it can wait: its repeats are evidence of an alert
 * that rings already, and a flood of them must not stand before the first press of somebody else. By the memory of this process
 * alone: no table is asked before the yes.
 */
export function pressesAgain() {
  const since = new Map<string, { from: number; presses: number }>();
  return (who: string, now: number): boolean => {
    const known = since.get(who);
    if (known === undefined || now - known.from >= WITHIN_MS) {
      if (since.size >= MOST_REMEMBERED) since.clear();
      since.set(who, { from: now, presses: 1 });
      return false;
    }
    known.presses += 1;
    return known.presses > AT_ONCE;
  };
}
