import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../infra/town/random.ts';
import { Uuid } from '../../../shared/values/ids.ts';

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);

describe('a stream of random numbers', () => {
  it('is the same for the same names and another for others', () => {
    const ten = (...names: (string | number)[]) => draws(10, randomOf(...names).next);
    expect(ten(7, 'orders', 'a')).toEqual(ten(7, 'orders', 'a'));
    expect(ten(7, 'orders', 'a')).not.toEqual(ten(7, 'orders', 'b'));
    expect(ten(7, 'orders', 'a')).not.toEqual(ten(8, 'orders', 'a'));
  });

  it('is spread evenly, also over streams whose names differ by one character', () => {
    const firsts = Array.from({ length: 4000 }, (_, n) => randomOf(7, 'orders', n).next());
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = firsts.filter((value) => Math.floor(value * 10) === tenth).length / firsts.length;
      expect(share).toBeGreaterThan(0.08);
      expect(share).toBeLessThan(0.12);
    }
  });

  it('draws whole numbers from the first to the last', () => {
    const random = randomOf('dice');
    expect([...new Set(draws(500, () => random.between(1, 6)))].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('chooses as often as the weights say, and never what weighs nothing', () => {
    const random = randomOf('weights');
    const chosen = Array.from({ length: 4000 }, () =>
      random.weighted([
        ['a', 3],
        ['b', 1],
        ['c', 0],
      ] as const),
    );
    expect(chosen.filter((each) => each === 'a').length / 4000).toBeCloseTo(0.75, 1);
    expect(chosen).not.toContain('c');
  });

  it('makes ids that the contracts take, never the same twice', () => {
    const random = randomOf('ids');
    const ids = Array.from({ length: 2000 }, () => random.uuid());
    expect(ids.every((id) => Uuid.safeParse(id).success)).toBe(true);
    expect(new Set(ids).size).toBe(2000);
  });

  it('does not pick from nothing', () => {
    expect(() => randomOf('none').pick([])).toThrow('nothing to pick from');
  });
});
