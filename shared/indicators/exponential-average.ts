import { exactSum } from './exact-sum.ts';
import { requirePeriod } from './period.ts';

/** Exponential moving average with weight 2 / (period + 1). See `smoothed` for seed and gaps. Minimum period: `period`. */
export function ema(values: Float64Array, period: number): Float64Array {
  return smoothed(values, period, 2 / (period + 1));
}

/** Wilder's smoothed average (SMMA), weight 1 / period. See `smoothed` for seed and gaps. Minimum period: `period`. */
export function wilderAverage(values: Float64Array, period: number): Float64Array {
  return smoothed(values, period, 1 / period);
}

/**
 * average = average * (1 - weight) + value * weight, in this order of operations, seeded with the mean of the first
 * `period` numbers in a row. A value that is not a number gives NaN at its place and leaves the average as it was.
 */
function smoothed(values: Float64Array, period: number, weight: number): Float64Array {
  requirePeriod(period);
  const averages = new Float64Array(values.length).fill(Number.NaN);
  let i = 0;
  for (let inARow = 0; i < values.length && inARow < period; i++) {
    inARow = values[i]! - values[i]! === 0 ? inARow + 1 : 0;
    if (inARow === period) averages[i] = exactSum(values, i + 1 - period, i + 1) / period;
  }
  const keep = 1 - weight;
  let average = averages[i - 1]!;
  for (; i < values.length; i++) {
    const value = values[i]!;
    if (value - value !== 0) continue;
    average = average * keep + value * weight;
    averages[i] = average;
  }
  return averages;
}
