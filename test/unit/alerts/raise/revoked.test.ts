import { describe, expect, it, vi } from 'vitest';
import { revokedList } from '../../../../functions/alerts/raise/revoked.ts';

const PHONE = 'PERSON#lost-phone';
const listOf = (before: number) => new Map([[PHONE, before]]);
const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

describe('what was revoked', () => {
  it('is waited for by the first press, and tells tokens from before from later ones', async () => {
    const revoked = revokedList({ read: async () => listOf(100) });
    expect(await revoked.includes(PHONE, 99)).toBe(true);
    expect(await revoked.includes(PHONE, 100)).toBe(false);
    expect(await revoked.includes('PERSON#other', 0)).toBe(false);
  });

  it('is read once for many presses, and again after half a minute', async () => {
    let now = 0;
    const read = vi.fn(async () => listOf(read.mock.calls.length * 100));
    const revoked = revokedList({ read, clock: () => now });
    for (let press = 0; press < 50; press++) await revoked.includes(PHONE, 0);
    expect(read).toHaveBeenCalledTimes(1);
    now = 30_000;
    // This press goes by what is known; the list is read beside it.
    expect(await revoked.includes(PHONE, 150)).toBe(false);
    await revoked.settle();
    expect(read).toHaveBeenCalledTimes(2);
    expect(await revoked.includes(PHONE, 150)).toBe(true);
  });

  it('keeps no press waiting when it cannot be read: nobody is refused then', async () => {
    const revoked = revokedList({
      read: async () => {
        throw new Error('the table is down');
      },
    });
    expect(await revoked.includes(PHONE, 0)).toBe(false);
  });

  it('counts as it was last read while it cannot be read anew', async () => {
    let now = 0;
    const read = vi.fn(async () => {
      if (now > 0) throw new Error('the table is down');
      return listOf(100);
    });
    const revoked = revokedList({ read, clock: () => now });
    await revoked.includes(PHONE, 0);
    now = 60_000;
    expect(await revoked.includes(PHONE, 99)).toBe(true);
    await revoked.settle();
    expect(await revoked.includes(PHONE, 99)).toBe(true);
  });

  it('that hangs is waited for 150 ms by the first press, by the next not at all, and left by none behind its answer', async () => {
    const signals: AbortSignal[] = [];
    const revoked = revokedList({
      read: (signal) => {
        signals.push(signal);
        return never(signal);
      },
    });
    const started = performance.now();
    expect(await revoked.includes(PHONE, 0)).toBe(false);
    const first = performance.now() - started;
    expect(first).toBeGreaterThan(100);
    expect(first).toBeLessThan(600);
    const second = performance.now();
    expect(await revoked.includes(PHONE, 0)).toBe(false);
    expect(performance.now() - second).toBeLessThan(50);
    await revoked.settle();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
