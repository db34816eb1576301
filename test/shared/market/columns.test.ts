import { describe, expect, it } from 'vitest';
import { sortPermutation } from '../../../shared/market/sort-permutation.ts';

describe('sort permutation', () => {
  it('agrees with a stable comparison sort, NaN last', () => {
    let state = 3;
    const random = () => (state = (state * 48271) % 2147483647);
    const special = [0, -0, 1, -1, Number.NaN, Infinity, -Infinity, 1e-300, -1e300, 5e-324];
    for (const length of [0, 1, 2, 100, 5_000]) {
      const values = Float64Array.from({ length }, () =>
        random() % 3 === 0 ? special[random() % special.length]! : (random() % 2000) - 1000,
      );
      const expected = [...values.keys()].sort((a, b) => {
        const [x, y] = [values[a]!, values[b]!];
        if (Number.isNaN(x) || Number.isNaN(y))
          return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
        return x - y || a - b;
      });
      if (length > 0 && values.some((value) => !Number.isFinite(value))) {
        // Infinity - Infinity is NaN: compare by order alone
        expected.sort((a, b) => {
          const [x, y] = [values[a]!, values[b]!];
          if (x === y || (Number.isNaN(x) && Number.isNaN(y))) return a - b;
          if (Number.isNaN(x)) return 1;
          if (Number.isNaN(y)) return -1;
          return x < y ? -1 : 1;
        });
      }
      expect([...sortPermutation(values)]).toEqual(expected);
    }
  });
});
