/**
 * Repeatable randomness. Each part of a town draws from a stream of its own, named by what it is for
 * (`randomOf(seed, 'elders', community)`), so that a change of one part leaves the others as they were.
 */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the entries, as often as their weights say. */
  weighted<T>(entries: readonly (readonly [T, number])[]): T;
  /** A lower-case UUID in the form of version 4. */
  uuid(): string;
}

/** FNV-1a over the text, begun at `start`: four of them with different starts seed the generator. */
function hash(text: string, start: number): number {
  let value = start;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 0;
}

/** A stream of its own for each list of names. The generator is sfc32 of the PractRand suite. */
export function randomOf(...names: readonly (string | number)[]): Random {
  const text = names.join('/');
  let a = hash(text, 0x811c9dc5);
  let b = hash(text, 0x9e3779b9);
  let c = hash(text, 0x243f6a88);
  let counter = 1;
  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) bits();
  const next = (): number => bits() / 4_294_967_296;
  const hex = (): string => bits().toString(16).padStart(8, '0');
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[Math.floor(next() * list.length)] as T;
    },
    weighted<T>(entries: readonly (readonly [T, number])[]): T {
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [entry, weight] of entries) {
        left -= weight;
        if (left < 0) return entry;
      }
      const last = entries.at(-1);
      if (last === undefined) throw new RangeError('nothing to choose from');
      return last[0];
    },
    uuid() {
      const [one, two, three, four] = [hex(), hex(), hex(), hex()];
      const variant = '89ab'[Number.parseInt(three.slice(0, 1), 16) & 3];
      return `${one}-${two.slice(0, 4)}-4${two.slice(5)}-${variant}${three.slice(1, 4)}-${three.slice(4)}${four}`;
    },
  };
}
