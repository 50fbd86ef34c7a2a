import { describe, expect, it } from 'vitest';
import { AT_ONCE, pressesAgain } from '../../../../functions/alerts/raise/presses-again.ts';

describe('whoever presses again and again', () => {
  it('waits from the fourth press of a minute on, and nobody else does', () => {
    const again = pressesAgain();
    const flood = Array.from({ length: 50 }, (_, press) => again('flooder', press * 10));
    expect(flood.indexOf(true)).toBe(AT_ONCE);
    expect(flood.slice(AT_ONCE)).not.toContain(false);
    expect(again('elder', 501)).toBe(false);
  });

  it('is at the front again a minute later', () => {
    const again = pressesAgain();
    for (let press = 0; press < 10; press++) again('elder', press);
    expect(again('elder', 59_999)).toBe(true);
    expect(again('elder', 60_000)).toBe(false);
  });

  it('is remembered among many, and a catastrophe sets nobody apart', () => {
    const again = pressesAgain();
    const everybody = Array.from({ length: 30_000 }, (_, who) => again(`elder-${who}`, 0));
    expect(everybody).not.toContain(true);
  });
});
