import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { clock } from '../../../miniprogram/src/services/clock.ts';
import { NOW } from './sample.ts';

/** For tests in which seconds count: timers stand still until `pass`, and the phone's clock goes with them. */
export function withMovingClock(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    const began = Date.now();
    clock.now = () => Date.parse(NOW) + (Date.now() - began);
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

export const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
/** What the page says. */
export const main = () => screen.getByRole('main').textContent ?? '';
