import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isConstant,
  kurtosis,
  sampleCovariance,
  sampleDeviation,
  skewness,
} from '../../../shared/statistics/moments.ts';
import { normalCumulative, normalQuantile } from '../../../shared/statistics/normal-distribution.ts';
import { median, quantile } from '../../../shared/statistics/quantile.ts';

describe('normal distribution', () => {
  // Abramowitz & Stegun, table 26.1, and R's pnorm for the tails.
  test.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1, 0.15865525393145705],
    [1.959963984540054, 0.975],
    [3, 0.9986501019683699],
    [-4.5, 3.3976731247300535e-6],
    [-8, 6.220960574271785e-16],
  ])('probability at %d', (x, expected) =>
    expect(Math.abs(normalCumulative(x) / expected - 1)).toBeLessThan(1e-11),
  );
  test.each([
    [0.5, 0],
    [0.95, 1.6448536269514722],
    [0.99, 2.3263478740408408],
    [0.001, -3.090232306167813],
  ])('quantile of %d', (p, expected) => expect(normalQuantile(p)).toBeCloseTo(expected, 11));
  test('the slope of the probability is the density', () => {
    fc.assert(
      fc.property(fc.double({ min: -7, max: 7, noNaN: true }), (x) => {
        const slope = (normalCumulative(x + 1e-4) - normalCumulative(x - 1e-4)) / 2e-4;
        expect(slope).toBeCloseTo(Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI), 7);
      }),
    );
  });
  test('quantile and probability are inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => {
        expect(normalCumulative(normalQuantile(p))).toBeCloseTo(p, 12);
      }),
    );
  });
  test('no quantile outside 0 and 1', () => {
    for (const p of [0, 1, -1, Number.NaN]) expect(normalQuantile(p)).toBeNaN();
  });
});

describe('quantiles', () => {
  test('linear between order statistics, as numpy', () => {
    expect(quantile([1, 2, 3, 4], 0.05)).toBeCloseTo(1.15, 12);
    expect(quantile([1, 2, 3, 4], 1)).toBe(4);
    expect(quantile([7], 0.3)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });
  test('median of unsorted values', () => {
    expect(median([10, -3, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});

describe('moments', () => {
  // The distances of 1, 2, 3 and 10 from their mean 4: -3, -2, -1, 6.
  test('skew and kurtosis by hand', () => {
    const squares = (9 + 4 + 1 + 36) / 4;
    expect(skewness([1, 2, 3, 10])).toBeCloseTo((-27 - 8 - 1 + 216) / 4 / squares ** 1.5, 12);
    expect(kurtosis([1, 2, 3, 10])).toBeCloseTo((81 + 16 + 1 + 1296) / 4 / squares ** 2, 12);
  });
  test('covariance of values with themselves is their variance', () => {
    const values = [3, -1, 4, 1, -5];
    expect(sampleCovariance(values, values)).toBeCloseTo(sampleDeviation(values) ** 2, 12);
    expect(
      sampleCovariance(
        values,
        values.map((value) => -2 * value),
      ),
    ).toBeCloseTo(-2 * sampleDeviation(values) ** 2, 12);
  });
  test('constant values, although their mean rounds', () => {
    expect(isConstant([0.1, 0.1, 0.1])).toBe(true);
    expect(isConstant([0.1, 0.1, 0.2])).toBe(false);
  });
});
