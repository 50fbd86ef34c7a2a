import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('miniprogram/src/theme/tokens.css', 'utf8');
const token = (name: string): string => {
  const value = css.match(new RegExp(`--${name}:\\s*(#[0-9a-f]{6})`))?.[1];
  if (value === undefined) throw new Error(`no colour --${name}`);
  return value;
};

/** Relative luminance and contrast ratio of WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(token(a)), luminance(token(b))].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe('the look', () => {
  it.each([
    ['ink', 'paper'],
    ['ink', 'card'],
    ['ink-soft', 'paper'],
    ['ink-soft', 'off'],
    ['jade', 'card'],
    ['on-dark', 'jade'],
    ['on-dark', 'cinnabar'],
    ['ink', 'jade-tint'],
    ['ink', 'amber-tint'],
    ['ink', 'cinnabar-tint'],
    ['cinnabar', 'card'],
  ])('sets %s on %s at 7:1 or better', (text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(7);
  });

  it.each([
    ['jade', 'jade-tint'],
    ['amber', 'amber-tint'],
    ['leaf', 'leaf-tint'],
    ['cinnabar', 'cinnabar-tint'],
    ['amber', 'paper'],
    ['ink-soft', 'line-soft'],
  ])('sets the large words %s on %s above 4.5:1', (text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('draws the borders of controls at 3:1 or better', () => {
    expect(contrast('line', 'card')).toBeGreaterThanOrEqual(3);
  });

  it('begins with 20 px text and 60 px targets', () => {
    expect(css).toContain('--text-body: calc(20px * var(--scale))');
    expect(css).toContain('--target: 60px');
  });
});
