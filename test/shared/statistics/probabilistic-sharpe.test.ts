import { describe, expect, test } from 'vitest';
import {
  expectedHighestSharpe,
  minimumTrackRecord,
  probabilisticSharpe,
} from '../../../shared/statistics/probabilistic-sharpe.ts';
import { summarise } from '../../../shared/statistics/summary.ts';
import { dailyTimes, resultOf } from './result-of.ts';

const NORMAL = { skew: 0, kurtosis: 3 };

describe('the numbers printed in the papers', () => {
  // Bailey & Lopez de Prado (2012), "The Sharpe Ratio Efficient Frontier", section 5: 24 months, ratio 0.458 a month.
  test('probability that the ratio is above zero', () => {
    const sample = { count: 24, ratio: 0.458 };
    expect(probabilisticSharpe({ ...sample, ...NORMAL }, 0)).toBeCloseTo(0.982, 3);
    expect(probabilisticSharpe({ ...sample, skew: -2.448, kurtosis: 10.164 }, 0)).toBeCloseTo(0.913, 3);
  });
  // Bailey & Lopez de Prado (2014), "The Deflated Sharpe Ratio", numerical example: five years of 250 days, ratio 2.5 a
  // year, 100 trials whose yearly ratios have a variance of 1/2.
  test('deflated by the number of trials', () => {
    const sample = { count: 1250, ratio: 2.5 / Math.sqrt(250), skew: -3, kurtosis: 10 };
    const highest = (trials: number) => expectedHighestSharpe(trials, 0.5 / 250);
    expect(highest(100)).toBeCloseTo(0.1132, 4);
    expect(probabilisticSharpe(sample, highest(100))).toBeCloseTo(0.9004, 4);
    expect(probabilisticSharpe(sample, highest(46))).toBeCloseTo(0.9505, 4);
    expect(probabilisticSharpe({ ...sample, ...NORMAL }, highest(88))).toBeCloseTo(0.9505, 4);
  });
});

test('after the minimum track record the probability is 95 %', () => {
  const sample = { ratio: 0.1, skew: -0.7, kurtosis: 6 };
  const count = minimumTrackRecord({ ...sample, count: 0 });
  expect(probabilisticSharpe({ ...sample, count }, 0)).toBeCloseTo(0.95, 10);
});

describe('of a run', () => {
  const values: number[] = [];
  for (let day = 0, value = 100_000; day < 100; day++) {
    value *= 1 + [0.011, -0.009, 0.004, -0.002][day % 4]!;
    values.push(value);
  }
  const result = resultOf(dailyTimes(100), values);
  const of = (trials?: { count: number; sharpeVariance: number }) => {
    const figures = summarise(result, { riskFreeRate: 0.01, ...(trials === undefined ? {} : { trials }) });
    return (id: string) => figures.find((figure) => figure.id === id)!;
  };
  test('with one trial deflated and probabilistic are the same; more trials deflate', () => {
    const { value } = of()('probabilisticSharpe');
    expect(value).toBeGreaterThan(50);
    expect(of({ count: 1, sharpeVariance: 3 })('deflatedSharpe').value).toBe(value);
    const ten = of({ count: 10, sharpeVariance: 0.5 })('deflatedSharpe');
    const hundred = of({ count: 100, sharpeVariance: 0.5 })('deflatedSharpe');
    expect(ten.value).toBeLessThan(value!);
    expect(hundred.value).toBeLessThan(ten.value!);
    expect(hundred.convention).toContain('100 trials');
  });
  test('that trials are not known is said', () => {
    expect(of()('deflatedSharpe').note).toContain('not known');
    expect(of({ count: 1, sharpeVariance: 0 })('deflatedSharpe').note).toBeUndefined();
  });
  test('the variance of the trials is that of yearly ratios', () => {
    const threshold = expectedHighestSharpe(10, 0.5 / 252);
    const value = of({ count: 10, sharpeVariance: 0.5 })('deflatedSharpe').value! / 100;
    const sharpe = of()('sharpe').value! / Math.sqrt(252);
    const probable = of()('probabilisticSharpe').value! / 100;
    // The same spread belongs to both thresholds.
    const z = (p: number) => inverse(p);
    expect(z(value) / z(probable)).toBeCloseTo((sharpe - threshold) / sharpe, 6);
  });
});

/** Quantile of the normal distribution by Newton's method on a numerical integral: slow and independent. */
function inverse(p: number): number {
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const below = (x: number) => {
    let sum = 0;
    for (let i = 0; i < 2000; i++) sum += density(((i + 0.5) * x) / 2000);
    return 0.5 + (sum * x) / 2000;
  };
  let x = 0;
  for (let i = 0; i < 50; i++) x -= (below(x) - p) / density(x);
  return x;
}
