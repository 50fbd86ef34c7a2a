import type { Reason } from '../contracts/quote.ts';
import type { Finding } from './finding.ts';
import type { Words } from './words.ts';

type Outcome = Reason['outcome'];

/** More reasons than this per rule are forgotten and made anew: no memory grows with the number of elders or prices. */
const MOST_KEPT = 20_000;
const MAX_TEXT = 400;
/** Amounts below 2^20 fen (10 485 yuan) and variants below 2^10 fit into one exact number. */
const AMOUNTS = 2 ** 20;
const VARIANTS = 2 ** 10;

/**
 * The reasons of one rule. Each is made once for a finding, a variant (which other rule it met, say) and two amounts, and
 * shared by every quote that needs it: frozen, so that no caller can change another's.
 */
export interface Reasons {
  give(outcome: Outcome, found: Finding, variant: number, first: number, second: number, text: ReasonText): Reason;
}

/** The words of a reason; called only when the reason was not made before. */
type ReasonText = (found: Finding, first: number, second: number) => Words;

const OUTCOMES: readonly Outcome[] = ['applied', 'lost', 'not-met', 'limited'];

export function reasonsOf(rule: string, source: string): Reasons {
  const made = new Map<Finding, Map<number, Reason>>();
  let kept = 0;

  function make(outcome: Outcome, { zh, en }: Words): Reason {
    const text = Object.freeze({ zh: withinLength(zh), en: withinLength(en.charAt(0).toUpperCase() + en.slice(1)) });
    return Object.freeze({ rule, outcome, text, source });
  }

  return {
    give(outcome, found, variant, first, second, text) {
      if (first >= AMOUNTS || second >= AMOUNTS || variant >= VARIANTS / 4) {
        return make(outcome, text(found, first, second));
      }
      const key = ((variant * 4 + OUTCOMES.indexOf(outcome)) * AMOUNTS + first) * AMOUNTS + second;
      let byKey = made.get(found);
      if (byKey === undefined) {
        byKey = new Map();
        made.set(found, byKey);
      }
      let reason = byKey.get(key);
      if (reason === undefined) {
        if (kept > MOST_KEPT) {
          made.clear();
          kept = 0;
        }
        kept += 1;
        reason = make(outcome, text(found, first, second));
        byKey.set(key, reason);
      }
      return reason;
    },
  };
}

/** A reason is one line of at most 400 characters, as the quote's contract says. */
const withinLength = (text: string): string => (text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`);
