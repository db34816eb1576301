import { change, map, missing, shifted, zip } from './columns.ts';
import { ema, wilderAverage } from './exponential-average.ts';
import { highest, lowest } from './extremes.ts';
import { requirePeriod } from './period.ts';
import { rollingSum, sma } from './sma.ts';

/** Highs, lows and closes of the same bars. */
export interface Ranges {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}
export type Candles = Ranges & { readonly open: Float64Array };

/** Wilder's true range: the range of the bar, stretched to the close before. Minimum period: 2. */
export function trueRange({ high, low, close }: Ranges): Float64Array {
  const column = missing(close.length);
  for (let i = 1; i < close.length; i++) {
    column[i] = Math.max(high[i]!, close[i - 1]!) - Math.min(low[i]!, close[i - 1]!);
  }
  return column;
}

/** Average true range, smoothed after Wilder (1978). Minimum period: period + 1. */
export function atr(bars: Ranges, period: number): Float64Array {
  return wilderAverage(trueRange(bars), period);
}

/** Average true range in percent of the close. Minimum period: period + 1. */
export function natr(bars: Ranges, period: number): Float64Array {
  return zip(atr(bars, period), bars.close, (range, close) => (100 * range) / close);
}

/** Population standard deviation: sqrt(|mean of squares - square of mean|), as in backtrader. Minimum period: `period`. */
export function standardDeviation(values: Float64Array, period: number): Float64Array {
  return map(variance(values, period), Math.sqrt);
}

/** Population variance. Minimum period: `period`. */
export function variance(values: Float64Array, period: number): Float64Array {
  const squares = sma(
    map(values, (x) => x * x),
    period,
  );
  return zip(squares, sma(values, period), (square, mean) => Math.abs(square - mean * mean));
}

/** Mean of the distances of each value from its own moving average. Minimum period: 2 period - 1. */
export function meanDeviation(values: Float64Array, period: number): Float64Array {
  return sma(
    zip(values, sma(values, period), (x, mean) => Math.abs(x - mean)),
    period,
  );
}

/** Bollinger bands: mean +- deviations * population deviation; %b; width / middle. Bollinger. Minimum period: `period`. */
export function bollinger(values: Float64Array, period: number, deviations: number): Float64Array[] {
  const middle = sma(values, period);
  const width = map(standardDeviation(values, period), (x) => x * deviations);
  const top = zip(middle, width, (a, b) => a + b);
  const bottom = zip(middle, width, (a, b) => a - b);
  const percentB = values.map((x, i) => (x - bottom[i]!) / (top[i]! - bottom[i]!));
  const bandwidth = middle.map((mean, i) => (top[i]! - bottom[i]!) / mean);
  return [middle, top, bottom, percentB, bandwidth];
}

/** Keltner channel: ema of the close +- a multiple of the average true range (Raschke). Minimum period: of the longer. */
export function keltner(bars: Ranges, period: number, rangePeriod: number, multiple: number): Float64Array[] {
  const middle = ema(bars.close, period);
  const width = atr(bars, rangePeriod);
  return [
    middle,
    zip(middle, width, (a, b) => a + multiple * b),
    zip(middle, width, (a, b) => a - multiple * b),
  ];
}

/** Donchian channel: highest high, lowest low, and their middle. Minimum period: `period`. */
export function donchian({ high, low }: Ranges, period: number): Float64Array[] {
  const top = highest(high, period);
  const bottom = lowest(low, period);
  return [zip(top, bottom, (a, b) => (a + b) / 2), top, bottom];
}

const logs = (values: Float64Array) => change(map(values, Math.log));

/** Sample deviation of log returns over `period` changes, times sqrt(`perYear`). Minimum period: period + 1. */
export function historicalVolatility(values: Float64Array, period: number, perYear: number): Float64Array {
  requirePeriod(period);
  const factor = Math.sqrt((perYear * period) / Math.max(1, period - 1));
  return map(deviationAroundMean(logs(values), period), (x) => x * factor);
}

/** Population deviation with each window taken less its mean: for values whose mean is small beside their spread. */
export function deviationAroundMean(values: Float64Array, period: number): Float64Array {
  const sums = rollingSum(values, period);
  const column = missing(values.length);
  for (let i = period - 1; i < values.length; i++) {
    const mean = sums[i]! / period;
    let squares = 0;
    for (let j = i - period + 1; j <= i; j++) squares += (values[j]! - mean) ** 2;
    column[i] = Math.sqrt(squares / period);
  }
  return column;
}

/** Parkinson (1980): sqrt(mean of ln(h / l)^2 / (4 ln 2)), times sqrt(`perYear`). Minimum period: `period`. */
export function parkinson({ high, low }: Ranges, period: number, perYear: number): Float64Array {
  const squares = zip(high, low, (h, l) => Math.log(h / l) ** 2 / (4 * Math.LN2));
  return map(sma(squares, period), (x) => Math.sqrt(x * perYear));
}

/** Garman and Klass (1980): 0.5 ln(h / l)^2 - (2 ln 2 - 1) ln(c / o)^2. Minimum period: `period`. */
export function garmanKlass(
  { open, high, low, close }: Candles,
  period: number,
  perYear: number,
): Float64Array {
  const terms = close.map(
    (c, i) => 0.5 * Math.log(high[i]! / low[i]!) ** 2 - (2 * Math.LN2 - 1) * Math.log(c / open[i]!) ** 2,
  );
  return map(sma(terms, period), (x) => Math.sqrt(Math.max(0, x) * perYear));
}

/** Rogers and Satchell (1991): ln(h / c) ln(h / o) + ln(l / c) ln(l / o). Minimum period: `period`. */
export function rogersSatchell(
  { open, high, low, close }: Candles,
  period: number,
  perYear: number,
): Float64Array {
  return map(sma(rogersTerms({ open, high, low, close }), period), (x) =>
    Math.sqrt(Math.max(0, x) * perYear),
  );
}

function rogersTerms({ open, high, low, close }: Candles): Float64Array {
  return close.map(
    (c, i) =>
      Math.log(high[i]! / c) * Math.log(high[i]! / open[i]!) +
      Math.log(low[i]! / c) * Math.log(low[i]! / open[i]!),
  );
}

/** Yang and Zhang (2000): overnight, open-to-close and Rogers-Satchell variances together. Minimum period: period + 1. */
export function yangZhang(bars: Candles, period: number, perYear: number): Float64Array {
  requirePeriod(period);
  const overnight = zip(bars.open, shifted(bars.close, 1), (o, c) => Math.log(o / c));
  const daily = zip(bars.close, bars.open, (c, o) => Math.log(c / o));
  const sample = period / Math.max(1, period - 1);
  const squared = (column: Float64Array) => map(deviationAroundMean(column, period), (x) => x * x * sample);
  const k = 0.34 / (1.34 + (period + 1) / Math.max(1, period - 1));
  const rogers = sma(rogersTerms(bars), period);
  const variances = zip(squared(overnight), squared(daily), (a, b) => a + k * b);
  return zip(variances, rogers, (a, b) => Math.sqrt(Math.max(0, a + (1 - k) * b) * perYear));
}

/** Chaikin volatility: change in percent of the ema of the range over `lag` bars. Minimum period: period + lag. */
export function chaikinVolatility({ high, low }: Ranges, period: number, lag: number): Float64Array {
  const ranges = ema(
    zip(high, low, (h, l) => h - l),
    period,
  );
  return zip(ranges, shifted(ranges, lag), (now, then) => (100 * (now - then)) / then);
}

/** Ulcer index: root mean square of the drawdowns in percent from the highest close. Martin 1987. Minimum: 2 period - 1. */
export function ulcerIndex(values: Float64Array, period: number): Float64Array {
  const squares = zip(values, highest(values, period), (x, top) => ((100 * (x - top)) / top) ** 2);
  return map(sma(squares, period), Math.sqrt);
}

/** Mass index: sum over `period` of ema(range, 9) / ema(ema(range, 9), 9). Dorsey 1992. Minimum period: period + 16. */
export function massIndex({ high, low }: Ranges, smoothing: number, period: number): Float64Array {
  const single = ema(
    zip(high, low, (h, l) => h - l),
    smoothing,
  );
  return rollingSum(
    zip(single, ema(single, smoothing), (a, b) => (b === 0 ? 1 : a / b)),
    period,
  );
}

/** Choppiness: 100 log10(sum of true ranges / (highest - lowest)) / log10(period). Dreiss. Minimum period: period + 1. */
export function choppiness(bars: Ranges, period: number): Float64Array {
  requirePeriod(period);
  const sums = rollingSum(trueRange(bars), period);
  const spans = zip(highest(bars.high, period), lowest(bars.low, period), (h, l) => h - l);
  return zip(sums, spans, (sum, span) => (100 * Math.log10(sum / span)) / Math.log10(Math.max(2, period)));
}
