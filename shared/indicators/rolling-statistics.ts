import { map, missing, zip } from './columns.ts';
import { requirePeriod } from './period.ts';
import { sma } from './sma.ts';
import { deviationAroundMean } from './volatility.ts';

/** Distance from the mean in sample deviations (n - 1). Minimum period: `period`. */
export function zScore(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  const factor = Math.sqrt(period / Math.max(1, period - 1));
  const distance = zip(values, sma(values, period), (x, mean) => x - mean);
  return zip(distance, deviationAroundMean(values, period), (d, deviation) =>
    deviation === 0 ? Number.NaN : d / (deviation * factor),
  );
}

/** Skewness of the window, population moments. Minimum period: `period`. */
export function skewness(values: Float64Array, period: number): Float64Array {
  return standardisedMoment(values, period, 3);
}

/** Excess kurtosis of the window, population moments; 0 for a normal distribution. Minimum period: `period`. */
export function kurtosis(values: Float64Array, period: number): Float64Array {
  return map(standardisedMoment(values, period, 4), (x) => x - 3);
}

function standardisedMoment(values: Float64Array, period: number, power: number): Float64Array {
  requirePeriod(period);
  const means = sma(values, period);
  const deviations = deviationAroundMean(values, period);
  const column = missing(values.length);
  for (let i = period - 1; i < values.length; i++) {
    const deviation = deviations[i]!;
    if (!(deviation > 0)) continue;
    let sum = 0;
    for (let j = i - period + 1; j <= i; j++) sum += ((values[j]! - means[i]!) / deviation) ** power;
    column[i] = sum / period;
  }
  return column;
}

/** Middle value of the window, the mean of the two middle ones where their number is even. Minimum period: `period`. */
export function median(values: Float64Array, period: number): Float64Array {
  return quantile(values, period, 0.5);
}

/**
 * Quantile `share` (0 to 1) of the window, interpolated between order statistics (Hyndman, Fan 1996, type 7). The window
 * is kept sorted: O(period) moves per value. Minimum period: `period`.
 */
export function quantile(values: Float64Array, period: number, share: number): Float64Array {
  requirePeriod(period);
  const column = missing(values.length);
  const sorted = new Float64Array(period);
  let size = 0;
  let firstComplete = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      size = 0;
      firstComplete = i + 1;
      continue;
    }
    if (size === period) {
      const old = place(sorted, size, values[i - period]!);
      sorted.copyWithin(old, old + 1, size--);
    }
    const at = place(sorted, size, value);
    sorted.copyWithin(at + 1, at, size++);
    sorted[at] = value;
    if (i - firstComplete + 1 < period) continue;
    const position = share * (period - 1);
    const below = Math.floor(position);
    const above = Math.min(below + 1, period - 1);
    column[i] = sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
  }
  return column;
}

/** First place in `sorted[0..size)` whose value is not below `value`. */
function place(sorted: Float64Array, size: number, value: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Hurst exponent of the window by rescaled range: slope of log(R / S) over log(n) for n = period, period / 2, period / 4 (8
 * or more). 0.5 for a random walk's changes. Hurst 1951. Takes changes, not prices. O(period) per value. Minimum: `period`.
 */
export function hurst(changes: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  const sizes: number[] = [];
  for (let size = period; size >= 8 && sizes.length < 4; size = Math.floor(size / 2)) sizes.push(size);
  const column = missing(changes.length);
  if (sizes.length < 2) return column;
  const x = sizes.map(Math.log);
  for (let i = period - 1; i < changes.length; i++) {
    const y = sizes.map((size) => Math.log(meanRescaledRange(changes, i + 1 - period, i + 1, size)));
    const slope = slopeOf(x, y);
    if (Number.isFinite(slope)) column[i] = slope;
  }
  return column;
}

function meanRescaledRange(values: Float64Array, from: number, to: number, size: number): number {
  let sum = 0;
  let count = 0;
  for (let start = from; start + size <= to; start += size) {
    const ratio = rescaledRange(values, start, start + size);
    if (Number.isNaN(ratio)) continue;
    sum += ratio;
    count++;
  }
  return sum / count;
}

function rescaledRange(values: Float64Array, from: number, to: number): number {
  let mean = 0;
  for (let i = from; i < to; i++) mean += values[i]!;
  mean /= to - from;
  let sum = 0;
  let squares = 0;
  let top = 0;
  let bottom = 0;
  for (let i = from; i < to; i++) {
    const distance = values[i]! - mean;
    sum += distance;
    squares += distance * distance;
    if (sum > top) top = sum;
    if (sum < bottom) bottom = sum;
  }
  const deviation = Math.sqrt(squares / (to - from));
  return deviation > 0 ? (top - bottom) / deviation : Number.NaN;
}

function slopeOf(x: readonly number[], y: readonly number[]): number {
  const meanX = x.reduce((a, b) => a + b, 0) / x.length;
  const meanY = y.reduce((a, b) => a + b, 0) / y.length;
  let products = 0;
  let squares = 0;
  for (let i = 0; i < x.length; i++) {
    products += (x[i]! - meanX) * (y[i]! - meanY);
    squares += (x[i]! - meanX) ** 2;
  }
  return products / squares;
}

/** Share of the value of the path that was direct: |x - x[p]| / sum of |changes|. Kaufman 1995. Minimum: period + 1. */
export function efficiencyRatio(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  const column = missing(values.length);
  for (let i = period; i < values.length; i++) {
    let path = 0;
    for (let j = i - period + 1; j <= i; j++) path += Math.abs(values[j]! - values[j - 1]!);
    column[i] = path === 0 ? 0 : Math.abs(values[i]! - values[i - period]!) / path;
  }
  return column;
}

/** Autocorrelation of the window at `lag`, around its own mean. Minimum period: period + lag. */
export function autocorrelation(values: Float64Array, period: number, lag: number): Float64Array {
  requirePeriod(period);
  const column = missing(values.length);
  for (let i = period + lag - 1; i < values.length; i++) {
    const from = i - period - lag + 1;
    let mean = 0;
    for (let j = from; j <= i; j++) mean += values[j]!;
    mean /= period + lag;
    let products = 0;
    let squares = 0;
    for (let j = from; j <= i; j++) {
      squares += (values[j]! - mean) ** 2;
      if (j >= from + lag) products += (values[j]! - mean) * (values[j - lag]! - mean);
    }
    if (squares > 0) column[i] = products / squares;
  }
  return column;
}
