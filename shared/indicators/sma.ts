import { exactSum } from './exact-sum.ts';
import { requirePeriod } from './period.ts';
import { splittingConstant } from './split-column.ts';

/**
 * Simple moving average: the exact sum of the last `period` values, rounded once, divided by `period`. Exactness
 * decides trades: on prices in ticks two averages are often exactly equal, and a drifting running sum breaks the tie.
 * NaN for the first `period - 1` values and for every window that contains a value that is not a number.
 * Minimum period: `period`. A new array; O(1) per value unless the magnitudes span more than some 40 bits.
 */
export function sma(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  const averages = new Float64Array(values.length).fill(Number.NaN);
  const constant = splittingConstant(values, period);
  if (constant === null) {
    for (let i = period - 1; i < values.length; i++) {
      averages[i] = exactSum(values, i + 1 - period, i + 1) / period;
    }
    return averages;
  }
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
    if (i >= period - 1 && missing === 0) averages[i] = (highSum + lowSum) / period;
  }
  return averages;
}
