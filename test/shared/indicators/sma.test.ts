import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../shared/backtest/random.ts';
import { sma } from '../../../shared/indicators/sma.ts';
import { splittingConstant } from '../../../shared/indicators/split-column.ts';
import { sumByIntegers } from './sum-by-integers.ts';

const NaNs = (count: number) => Array.from({ length: count }, () => Number.NaN);
const average = (values: number[], period: number) => [...sma(Float64Array.from(values), period)];

/** The definition: every window on its own. */
function byDefinition(values: Float64Array, period: number): number[] {
  return Array.from(values, (_, i) => {
    if (i < period - 1) return Number.NaN;
    const window = values.subarray(i + 1 - period, i + 1);
    return window.every(Number.isFinite) ? sumByIntegers(window, 0, period) / period : Number.NaN;
  });
}

const columns: Record<string, (random: () => number) => number> = {
  'prices in ticks of 0.05': (random) => Math.round(6_000 + random() * 200) / 20,
  'prices in ticks of 0.02, not rounded': (random) => 0.02 * Math.round(5_000 + random() * 100),
  'any digits': (random) => 700 + random(),
  'both signs': (random) => random() - 0.5,
  'volumes, many of them zero': (random) => (random() < 0.5 ? 0 : Math.floor(10 ** (random() * 9))),
  'powers of two': (random) => 2 ** Math.floor(random() * 12),
  'a span of 20 bits': (random) => (random() + 1) * 2 ** Math.floor(random() * 20),
  'a span of 53 bits': (random) => (random() - 0.5) * 2 ** Math.floor(random() * 53),
  'a span of 200 bits': (random) => (random() - 0.5) * 2 ** Math.floor(random() * 200 - 100),
  'all zero': () => 0,
  'with gaps': (random) => (random() < 0.1 ? Number.NaN : 100 + random()),
  'with infinities': (random) => (random() < 0.1 ? Number.NEGATIVE_INFINITY : 100 + random()),
};

describe('sma', () => {
  test('averages the last values, after a warm-up', () => {
    expect(average([1, 2, 3, 4, 8], 3)).toEqual([...NaNs(2), 2, 3, 5]);
    expect(average([1, 2], 3)).toEqual(NaNs(2));
    expect(average([], 3)).toEqual([]);
  });

  test('forgets a gap as soon as it has left the window', () => {
    expect(average([1, Number.NaN, 3, 4, 5], 2)).toEqual([...NaNs(3), 3.5, 4.5]);
    expect(average([1, 2, Number.NaN], 4)).toEqual(NaNs(3));
  });

  test.each(Object.keys(columns))('is the exact sum over the period, bit for bit: %s', (name) => {
    const random = seededRandom(name.length);
    for (const period of [1, 2, 3, 7, 10, 31, 200]) {
      const values = Float64Array.from({ length: 500 }, () => columns[name]!(random));
      expect([...sma(values, period)].map((value) => value + 0)).toEqual(byDefinition(values, period));
    }
  });

  test('a period of 1 gives the values back, at the edge of what two sums can hold', () => {
    const values = Float64Array.of(-1, 2 - 2 ** -52, 2 ** 52, 1 + 2 ** -52, 2 ** 51 + 0.5);
    expect([...sma(values, 1)]).toEqual([...values]);
  });

  test('a value does not depend on what follows it', () => {
    const random = seededRandom(3);
    const values = Float64Array.from({ length: 300 }, (_, i) =>
      i < 200 ? 50 + random() : random() * 2 ** (i - 100),
    );
    expect(splittingConstant(values.slice(0, 200), 10)).not.toBeNull();
    expect(splittingConstant(values, 10)).toBeNull();
    expect([...sma(values.slice(0, 200), 10)]).toEqual([...sma(values, 10)].slice(0, 200));
  });

  test.each([0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a period of %s', (period) => {
    expect(() => sma(new Float64Array(5), period)).toThrow('A period is a whole number of bars from 1');
  });
});
