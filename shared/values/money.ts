import * as z from 'zod/mini';

/** An amount of money in fen (1 yuan = 100 fen): a whole number, never negative. At most 10 million yuan. */
export const Fen = z.int().check(z.minimum(0), z.maximum(1_000_000_000));
export type Fen = z.infer<typeof Fen>;

/** `¥2.00`: the way an amount stands on every page. Works without `Intl`, which some phones lack. */
export function formatYuan(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const abs = Math.abs(fen);
  return `${sign}¥${Math.floor(abs / 100)}.${String(abs % 100).padStart(2, '0')}`;
}

/**
 * Splits `total` fen by `weights` so that the parts add up to `total` exactly: every part gets its floor, and the fen left
 * over go to the largest remainders (the earlier part wins a tie). Weights are whole numbers ≥ 0, at least one above zero.
 */
export function splitByWeights(total: Fen, weights: readonly number[]): Fen[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum <= 0) throw new RangeError('weights must hold at least one number above zero');
  const exact = weights.map((weight) => ({ floor: Math.floor((total * weight) / sum), rest: (total * weight) % sum }));
  const parts = exact.map((part) => part.floor);
  let left = total - parts.reduce((a, b) => a + b, 0);
  const byRest = exact
    .map((part, index) => ({ rest: part.rest, index }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRest) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}
