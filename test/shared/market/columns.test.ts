import { describe, expect, it } from 'vitest';
import type { BarColumns } from '../../../shared/market/bar.ts';
import { aggregate, buildPyramid } from '../../../shared/market/pyramid.ts';
import { sortPermutation } from '../../../shared/market/sort-permutation.ts';

function randomBars(length: number, seed: number, withVolume = true): BarColumns {
  let state = seed;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const column = (make: (index: number) => number) =>
    Float64Array.from({ length }, (_, index) => make(index));
  const open = column(() => 100 + random());
  return {
    length,
    time: column((index) => index * 60_000),
    open,
    high: column((index) => open[index]! + random()),
    low: column((index) => open[index]! - random()),
    close: column((index) => open[index]!),
    volume: withVolume ? column(() => (random() < 0.1 ? Number.NaN : Math.floor(random() * 1000))) : null,
    trades: null,
    vwap: null,
    twap: null,
  };
}

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

describe('pyramid', () => {
  const direct = (bars: BarColumns, from: number, to: number) => {
    const volumes = [...(bars.volume?.subarray(from, to) ?? [])].filter((value) => !Number.isNaN(value));
    return {
      open: bars.open[from],
      high: Math.max(...bars.high.subarray(from, to)),
      low: Math.min(...bars.low.subarray(from, to)),
      close: bars.close[to - 1],
      volume: volumes.length === 0 ? Number.NaN : volumes.reduce((sum, value) => sum + value, 0),
    };
  };

  it('gives any range what its bars give', () => {
    for (const length of [1, 499, 501, 4_097, 40_000]) {
      const bars = randomBars(length, length);
      const levels = buildPyramid(bars, (size) => new Float64Array(size));
      expect(levels.at(-1)?.length ?? length).toBeLessThanOrEqual(500);
      const target = {
        open: new Float64Array(1),
        high: new Float64Array(1),
        low: new Float64Array(1),
        close: new Float64Array(1),
        volume: new Float64Array(1),
      };
      for (let round = 0; round < 200; round++) {
        const from = (round * 7919) % length;
        const to = from + 1 + ((round * 104729) % (length - from));
        aggregate(bars, levels, from, to, target, 0);
        const found = Object.fromEntries(Object.entries(target).map(([name, column]) => [name, column[0]]));
        expect(found).toEqual(direct(bars, from, to));
      }
    }
  });

  it('has no volume where the bars have none', () => {
    const levels = buildPyramid(randomBars(1_000, 5, false), (size) => new Float64Array(size));
    expect(levels[0]!.volume.every(Number.isNaN)).toBe(true);
  });
});
