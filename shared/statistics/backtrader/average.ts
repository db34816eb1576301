import { exactSum } from '../../indicators/exact-sum.ts';

/** Arithmetic mean over an exactly rounded sum; NaN without values, or where one is NaN or infinite. */
export function average(values: Float64Array): number {
  return exactSum(values, 0, values.length) / values.length;
}

/**
 * Root of the average squared distance from the mean, both sums exactly rounded. `population` divides by n (backtrader's
 * default), `sample` by n - 1 (NaN for one value).
 */
export function standardDeviation(values: Float64Array, divisor: 'population' | 'sample'): number {
  const mean = average(values);
  const squares = values.map((value) => (value - mean) ** 2);
  const count = divisor === 'population' ? values.length : values.length - 1;
  return Math.sqrt(exactSum(squares, 0, squares.length) / count);
}
