import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../shared/backtest/random.ts';
import { exactSum } from '../../../shared/indicators/exact-sum.ts';
import { sumByIntegers } from './sum-by-integers.ts';

const sum = (...values: number[]) => exactSum(Float64Array.from(values), 0, values.length);

describe('exactSum', () => {
  test('rounds once where a running sum loses digits', () => {
    expect(sum(...Array.from({ length: 10 }, () => 0.1))).toBe(1);
    expect(sum(1e100, 1, -1e100)).toBe(1);
    expect(sum(1e16, 1, 1e-16)).toBe(10000000000000002);
    expect(sum()).toBe(0);
  });

  test('settles halves by what lies below them', () => {
    const half = 2 ** -53;
    expect(sum(1, half)).toBe(1);
    expect(sum(1, half, 2 ** -106)).toBe(1 + 2 ** -52);
    expect(sum(1, half, -(2 ** -106))).toBe(1);
    expect(sum(-1, -half, -(2 ** -106))).toBe(-1 - 2 ** -52);
  });

  test('has no answer for what is not a number', () => {
    expect(sum(1, Number.NaN, 2)).toBeNaN();
    expect(sum(1, Number.POSITIVE_INFINITY)).toBeNaN();
  });

  test('sums the asked range only', () => {
    expect(exactSum(Float64Array.of(1, 2, 4, 8), 1, 3)).toBe(6);
  });

  test('equals whole-number arithmetic on random values of all magnitudes', () => {
    const random = seededRandom(5);
    for (let run = 0; run < 300; run++) {
      const values = Float64Array.from(
        { length: 1 + Math.floor(random() * 40) },
        () => (random() - 0.5) * 2 ** Math.floor(random() * 200 - 100),
      );
      expect(exactSum(values, 0, values.length)).toBe(sumByIntegers(values, 0, values.length));
    }
  });
});
