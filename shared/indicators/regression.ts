import { missing, zip } from './columns.ts';
import { requirePeriod } from './period.ts';
import { rollingSum } from './sma.ts';

export interface Regression {
  /** Value of the line at the newest bar, its rise per bar, its value at the oldest bar, and the share explained. */
  readonly end: Float64Array;
  readonly slope: Float64Array;
  readonly intercept: Float64Array;
  readonly rSquared: Float64Array;
}

/**
 * Least-squares line of the last `period` values over their bar numbers. Each window is taken less its mean, so that
 * prices far from zero lose nothing. O(period) per value. Minimum period: `period` (2 or more).
 */
export function linearRegression(values: Float64Array, period: number): Regression {
  requirePeriod(period);
  const { length } = values;
  const end = missing(length);
  const slope = missing(length);
  const intercept = missing(length);
  const rSquared = missing(length);
  const means = rollingSum(values, period);
  const middle = (period - 1) / 2;
  const squares = (period * (period * period - 1)) / 12;
  for (let i = period - 1; i < length; i++) {
    const mean = means[i]! / period;
    if (Number.isNaN(mean)) continue;
    let products = 0;
    let spread = 0;
    for (let j = 0; j < period; j++) {
      const distance = values[i - period + 1 + j]! - mean;
      products += (j - middle) * distance;
      spread += distance * distance;
    }
    const rise = squares === 0 ? 0 : products / squares;
    slope[i] = rise;
    end[i] = mean + rise * middle;
    intercept[i] = mean - rise * middle;
    rSquared[i] = spread === 0 ? Number.NaN : Math.min(1, (rise * products) / spread);
  }
  return { end, slope, intercept, rSquared };
}

/** Covariance (divided by n) of the last `period` pairs, around their own means. Minimum period: `period`. */
export function covariance(a: Float64Array, b: Float64Array, period: number): Float64Array {
  return pairMoments(a, b, period, (ab) => ab / period);
}

/** Pearson's correlation of the last `period` pairs; NaN where one side does not vary. Minimum period: `period`. */
export function correlation(a: Float64Array, b: Float64Array, period: number): Float64Array {
  return pairMoments(a, b, period, (ab, aa, bb) => (aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : Number.NaN));
}

/** Slope of a over b: how much a moves when b moves by one. Minimum period: `period`. */
export function beta(a: Float64Array, b: Float64Array, period: number): Float64Array {
  return pairMoments(a, b, period, (ab, _, bb) => (bb > 0 ? ab / bb : Number.NaN));
}

function pairMoments(
  a: Float64Array,
  b: Float64Array,
  period: number,
  result: (ab: number, aa: number, bb: number) => number,
): Float64Array {
  requirePeriod(period);
  const present = zip(a, b, (x, y) => x + y);
  // A pair counts only where both are there.
  const sumA = rollingSum(
    zip(a, present, (x, p) => (Number.isNaN(p) ? p : x)),
    period,
  );
  const sumB = rollingSum(
    zip(b, present, (x, p) => (Number.isNaN(p) ? p : x)),
    period,
  );
  const column = missing(a.length);
  for (let i = period - 1; i < a.length; i++) {
    const meanA = sumA[i]! / period;
    const meanB = sumB[i]! / period;
    if (Number.isNaN(meanA) || Number.isNaN(meanB)) continue;
    let ab = 0;
    let aa = 0;
    let bb = 0;
    for (let j = i - period + 1; j <= i; j++) {
      const x = a[j]! - meanA;
      const y = b[j]! - meanB;
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    column[i] = result(ab, aa, bb);
  }
  return column;
}
