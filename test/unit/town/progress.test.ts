import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showProgress } from '../../../infra/town/progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stream that remembers what was written, and says whether it is a terminal. */
function screen(isTTY: boolean) {
  const out = Object.assign(new PassThrough(), { isTTY, columns: 120 }) as unknown as NodeJS.WriteStream;
  const lines: string[] = [];
  out.write = (text: unknown) => lines.push(String(text)) > 0;
  Object.assign(out, { cursorTo: () => true, clearLine: () => true, moveCursor: () => true });
  return { out, text: () => lines.join('') };
}

describe('the progress of a load', () => {
  it('is a plain line every few seconds where there is no terminal', () => {
    const { out, text } = screen(false);
    const progress = showProgress(out);
    progress.onProgress({ items: 25, elders: 0, of: 2000 });
    expect(text()).toBe('');
    vi.advanceTimersByTime(3000);
    progress.onProgress({ items: 9000, elders: 1000, of: 2000 });
    progress.onProgress({ items: 9025, elders: 1000, of: 2000 });
    expect(text()).toBe('50% · 1000/2000 elders · 9000 items · 3000 items/s\n');
    progress.end();
  });

  it('is a bar on a terminal', () => {
    const { out, text } = screen(true);
    const progress = showProgress(out);
    progress.onProgress({ items: 10, elders: 500, of: 2000 });
    vi.advanceTimersByTime(1000);
    progress.onProgress({ items: 20, elders: 2000, of: 2000 });
    progress.end();
    expect(text()).toContain('100% · 2000/2000 elders · 20 items');
  });

  it('ends quietly when nothing was written', () => {
    const { out, text } = screen(true);
    showProgress(out).end();
    expect(text()).toBe('');
  });
});
