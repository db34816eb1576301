import { change, map, missing, shifted, zip } from './columns.ts';
import { ema } from './exponential-average.ts';
import { requirePeriod } from './period.ts';
import { linearRegression } from './regression.ts';
import { rollingSum, sma } from './sma.ts';

/**
 * Weighted sum of windows: weight `weights[0]` for the oldest value. Compensated (Neumaier 1974), so that it is the
 * exact sum but for the last bit. O(period) per value. NaN while one of the values is missing.
 */
export function weightedWindow(values: Float64Array, weights: ArrayLike<number>): Float64Array {
  const column = missing(values.length);
  const period = weights.length;
  for (let i = period - 1; i < values.length; i++) {
    let sum = 0;
    let lost = 0;
    for (let j = 0; j < period; j++) {
      const term = values[i - period + 1 + j]! * weights[j]!;
      const next = sum + term;
      lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
      sum = next;
    }
    column[i] = sum + lost;
  }
  return column;
}

/** Linearly weighted: 2 / (p (p + 1)) * sum of i * x, i = 1 for the oldest. Minimum period: `period`. */
export function wma(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  const sums = weightedWindow(
    values,
    Float64Array.from({ length: period }, (_, i) => i + 1),
  );
  const factor = 2 / (period * (period + 1));
  return map(sums, (sum) => factor * sum);
}

/** Double exponential: 2 e - ema(e). Mulloy 1994. Minimum period: 2 period - 1. */
export function dema(values: Float64Array, period: number): Float64Array {
  const first = ema(values, period);
  return zip(first, ema(first, period), (a, b) => 2 * a - b);
}

/** Triple exponential: 3 e - 3 ema(e) + ema(ema(e)). Mulloy 1994. Minimum period: 3 period - 2. */
export function tema(values: Float64Array, period: number): Float64Array {
  const first = ema(values, period);
  const second = ema(first, period);
  const third = ema(second, period);
  return zip(
    zip(first, second, (a, b) => 3 * a - 3 * b),
    third,
    (a, b) => a + b,
  );
}

/** Hull: wma(2 wma(x, p / 2) - wma(x, p), sqrt(p)). Hull 2005. Minimum period: period + floor(sqrt(period)) - 1. */
export function hma(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  const half = wma(values, Math.max(1, Math.floor(period / 2)));
  const raw = zip(half, wma(values, period), (a, b) => 2 * a - b);
  return wma(raw, Math.max(1, Math.floor(Math.sqrt(period))));
}

/**
 * Kaufman's adaptive average: smoothing constant (er (2/(fast+1) - 2/(slow+1)) + 2/(slow+1))^2 with the efficiency ratio
 * er = |x - x[p]| / sum of |changes|; seeded with the mean of the last `period` values. Minimum period: period + 1.
 */
export function kama(values: Float64Array, period: number, fast: number, slow: number): Float64Array {
  requirePeriod(period);
  const moved = map(change(values, period), Math.abs);
  const path = rollingSum(map(change(values), Math.abs), period);
  const fastest = 2 / (fast + 1);
  const slowest = 2 / (slow + 1);
  const constants = zip(moved, path, (a, b) => ((b === 0 ? 0 : a / b) * (fastest - slowest) + slowest) ** 2);
  return adaptive(values, constants, sma(values, period));
}

/** average += constant * (x - average), per bar its own constant; begins with `seeds` where the constants begin. */
function adaptive(values: Float64Array, constants: Float64Array, seeds: Float64Array): Float64Array {
  const column = missing(values.length);
  let average = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const constant = constants[i]!;
    if (Number.isNaN(constant) || Number.isNaN(values[i]!)) continue;
    average = Number.isNaN(average) ? seeds[i]! : average * (1 - constant) + values[i]! * constant;
    column[i] = average;
  }
  return column;
}

/** Zero-lag exponential: ema of x + (x - x[(p - 1) / 2]). Ehlers, Way 2010. Minimum period: p + floor((p - 1) / 2). */
export function zlema(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  const lag = Math.floor((period - 1) / 2);
  return ema(
    zip(values, shifted(values, lag), (a, b) => a + (a - b)),
    period,
  );
}

/** Triangular: the simple average of a simple average, of (p + 1) / 2 bars each. Minimum period: `period`. */
export function trima(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  const half = Math.floor((period + 1) / 2);
  return sma(sma(values, period - half + 1), half);
}

/** Volume-weighted: sum of x v / sum of v. Minimum period: `period`. */
export function vwma(values: Float64Array, volume: Float64Array, period: number): Float64Array {
  const traded = rollingSum(
    zip(values, volume, (x, v) => x * v),
    period,
  );
  return zip(traded, rollingSum(volume, period), (a, b) => (b === 0 ? Number.NaN : a / b));
}

/** Arnaud Legoux: Gaussian weights centred at `offset` (0 to 1) of the window, width p / `sigma`. Minimum period: `period`. */
export function alma(values: Float64Array, period: number, offset: number, sigma: number): Float64Array {
  requirePeriod(period);
  const centre = offset * (period - 1);
  const width = period / sigma;
  const raw = Float64Array.from({ length: period }, (_, i) =>
    Math.exp(-((i - centre) ** 2) / (2 * width * width)),
  );
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return weightedWindow(
    values,
    raw.map((weight) => weight / total),
  );
}

/** Tillson's T3: six exponential averages combined with the volume factor v. Tillson 1998. Minimum period: 6 period - 5. */
export function t3(values: Float64Array, period: number, factor: number): Float64Array {
  const chain: Float64Array[] = [];
  for (let i = 0; i < 6; i++) chain.push(ema(chain[i - 1] ?? values, period));
  const v2 = factor * factor;
  const v3 = v2 * factor;
  const [, , e3, e4, e5, e6] = chain as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return e6.map(
    (sixth, i) =>
      -v3 * sixth +
      (3 * v2 + 3 * v3) * e5[i]! +
      (-6 * v2 - 3 * factor - 3 * v3) * e4[i]! +
      (1 + 3 * factor + v3 + 3 * v2) * e3[i]!,
  );
}

/** End point of the least-squares line over the window. Minimum period: `period`. */
export function lsma(values: Float64Array, period: number): Float64Array {
  return linearRegression(values, period).end;
}

/** McGinley's dynamic: m += (x - m) / (0.6 p (x / m)^4), seeded with the simple average. Minimum period: `period`. */
export function mcginley(values: Float64Array, period: number): Float64Array {
  const seeds = sma(values, period);
  const column = missing(values.length);
  let average = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(average)) average = seeds[i]!;
    else if (!Number.isNaN(value)) average += (value - average) / (0.6 * period * (value / average) ** 4);
    else continue;
    column[i] = average;
  }
  return column;
}

/** Chande's variable index average: smoothing 2 / (p + 1) times |cmo| over `period`. Chande 1992. Minimum period: p + 1. */
export function vidya(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  const changes = change(values);
  const ups = rollingSum(
    map(changes, (x) => (x < 0 ? 0 : x)),
    period,
  );
  const downs = rollingSum(
    map(changes, (x) => (x > 0 ? 0 : -x)),
    period,
  );
  const alpha = 2 / (period + 1);
  const constants = zip(
    ups,
    downs,
    (up, down) => alpha * (up + down === 0 ? 0 : Math.abs(up - down) / (up + down)),
  );
  return adaptive(values, constants, values);
}
