import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annualRate, perPeriod } from '../../../shared/statistics/annual-rate.ts';
import { dailyReturns, excessReturns } from '../../../shared/statistics/daily-returns.ts';
import { dailyTimes } from './result-of.ts';

test('the rate of a period compounds to the yearly one', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -0.5, max: 2, noNaN: true }),
      fc.constantFrom(1, 12, 52, 252, 365),
      (rate, n) => {
        expect((1 + perPeriod(annualRate(rate), n)) ** n - 1).toBeCloseTo(rate, 10);
      },
    ),
  );
});

test('the yearly rate itself is what a year gets', () => expect(perPeriod(annualRate(0.01), 1)).toBe(0.01));

test('rates that wipe out the money are refused', () => {
  for (const rate of [-1, -2, Number.NaN]) expect(() => annualRate(rate)).toThrow(RangeError);
});

test('an account that earns the rate day by day has no excess returns', () => {
  const daily = 1.04 ** (1 / 252);
  const equity = Float64Array.from(dailyTimes(60), (_, day) => 1000 * daily ** (day + 1));
  const excess = excessReturns(dailyReturns(dailyTimes(60), equity, 1000), annualRate(0.04));
  for (const value of excess) expect(Math.abs(value)).toBeLessThan(1e-14);
});

test('a yearly rate cannot be taken off a return', () => {
  const wrong = (value: number) => {
    // @ts-expect-error arithmetic with a rate does not compile
    return value - annualRate(0.02);
  };
  expect(wrong(1)).toBeNaN();
  // @ts-expect-error a plain number is no rate either
  expect(() => perPeriod(0.02, 252)).not.toThrow();
  // @ts-expect-error and so it gives nothing that could pass for one
  expect(perPeriod(0.02, 252)).toBeNaN();
});
