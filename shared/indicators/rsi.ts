import { wilderAverage } from './exponential-average.ts';
import { requirePeriod } from './period.ts';

/**
 * Relative strength index after Wilder, 0 to 100: 100 - 100 / (1 + up / down), up and down being Wilder's averages of
 * the rises and falls from value to value. Without falls it is 100; without any change 50. NaN in the warm-up and where
 * a value or its predecessor is not a number. Minimum period: `period + 1`.
 */
export function rsi(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  const rises = new Float64Array(values.length).fill(Number.NaN);
  const falls = new Float64Array(values.length).fill(Number.NaN);
  for (let i = 1; i < values.length; i++) {
    rises[i] = Math.max(values[i]! - values[i - 1]!, 0);
    falls[i] = Math.max(values[i - 1]! - values[i]!, 0);
  }
  const up = wilderAverage(rises, period);
  const down = wilderAverage(falls, period);
  const index = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (down[i] === 0) index[i] = up[i] === 0 ? 50 : 100;
    else index[i] = 100 - 100 / (1 + up[i]! / down[i]!);
  }
  return index;
}
