import { exactSum } from './exact-sum.ts';
import { requirePeriod } from './period.ts';
import { extentOf, splittingConstant } from './split-column.ts';

/**
 * Simple moving average: the exact sum of the last `period` values, rounded once, divided by `period`. Exactness
 * decides trades: on prices in ticks two averages are often exactly equal, and a drifting running sum breaks the tie.
 * NaN for the first `period - 1` values and for every window that contains a value that is not a number.
 * Minimum period: `period`. A new array; O(1) per value unless the magnitudes span more than some 40 bits.
 */
export function sma(values: Float64Array, period: number): Float64Array {
  return windowSums(values, period, period);
}

/** Sum of the last `period` values, exact and rounded once; see `sma`. Minimum period: `period`. */
export function rollingSum(values: Float64Array, period: number): Float64Array {
  return windowSums(values, period, 1);
}

/** Exact sums of windows of `period` values, each divided by `divisor`. */
function windowSums(values: Float64Array, period: number, divisor: number): Float64Array {
  requirePeriod(period);
  const averages = new Float64Array(values.length);
  averages.fill(Number.NaN, 0, Math.min(period - 1, values.length));
  const constant = splittingConstant(values, period);
  if (constant === null) {
    for (let i = period - 1; i < values.length; i++) {
      averages[i] = exactSum(values, i + 1 - period, i + 1) / divisor;
    }
    return averages;
  }
  if (extentOf(values).isComplete) slideOverComplete(values, period, divisor, constant, averages);
  else slideOverGaps(values, period, divisor, constant, averages);
  return averages;
}

/** Two running sums per window, both exact; their one rounded sum is the exact sum rounded once. */
function slideOverComplete(
  values: Float64Array,
  period: number,
  divisor: number,
  constant: number,
  averages: Float64Array,
): void {
  let highSum = 0;
  let lowSum = 0;
  const warmUp = Math.min(period, values.length);
  for (let i = 0; i < warmUp; i++) {
    const high = values[i]! + constant - constant;
    highSum += high;
    lowSum += values[i]! - high;
  }
  if (values.length >= period) averages[period - 1] = (highSum + lowSum) / divisor;
  for (let i = period; i < values.length; i++) {
    const value = values[i]!;
    const old = values[i - period]!;
    const high = value + constant - constant;
    const oldHigh = old + constant - constant;
    // Differences of exact parts are exact too, and leave one addition per sum in the chain from bar to bar.
    highSum += high - oldHigh;
    lowSum += value - high - (old - oldHigh);
    averages[i] = (highSum + lowSum) / divisor;
  }
}

/** The same where values may be missing: windows that contain one have no average. */
function slideOverGaps(
  values: Float64Array,
  period: number,
  divisor: number,
  constant: number,
  averages: Float64Array,
): void {
  let highSum = 0;
  let lowSum = 0;
  let missing = 0;
  for (let i = 0; i < values.length; i++) {
    if (i >= period) {
      const old = values[i - period]!;
      if (old - old === 0) {
        const high = old + constant - constant;
        highSum -= high;
        lowSum -= old - high;
      } else missing--;
    }
    const value = values[i]!;
    if (value - value === 0) {
      const high = value + constant - constant;
      highSum += high;
      lowSum += value - high;
    } else missing++;
    if (i >= period - 1) averages[i] = missing === 0 ? (highSum + lowSum) / divisor : Number.NaN;
  }
}
