import { change, map, missing, shifted, zip } from './columns.ts';
import { ema, wilderAverage } from './exponential-average.ts';
import { highest, lowest } from './extremes.ts';
import { requirePeriod } from './period.ts';
import { linearRegression } from './regression.ts';
import { rsi } from './rsi.ts';
import { rollingSum, sma } from './sma.ts';
import { type Candles, meanDeviation, type Ranges, trueRange } from './volatility.ts';

const typical = ({ high, low, close }: Ranges) => close.map((c, i) => (high[i]! + low[i]! + c) / 3);
const percent = (a: number, b: number) => (b === 0 ? Number.NaN : (100 * a) / b);

/** RSI with simple averages of the changes (Cutler). Minimum period: period + 1. */
export function cutlerRsi(values: Float64Array, period: number): Float64Array {
  return strength(values, (column) => sma(column, period));
}

/** RSI with exponential averages of the changes. Minimum period: period + 1. */
export function exponentialRsi(values: Float64Array, period: number): Float64Array {
  return strength(values, (column) => ema(column, period));
}

function strength(values: Float64Array, average: (column: Float64Array) => Float64Array): Float64Array {
  const changes = change(values);
  const up = average(map(changes, (x) => Math.max(x, 0)));
  const down = average(map(changes, (x) => Math.max(-x, 0)));
  return zip(up, down, (u, d) => (d === 0 ? (u === 0 ? 50 : 100) : 100 - 100 / (1 + u / d)));
}

/** Raw stochastic: where the close lies between lowest low and highest high, 0 to 100. Minimum period: `period`. */
export function rawStochastic({ high, low, close }: Ranges, period: number): Float64Array {
  const top = highest(high, period);
  const bottom = lowest(low, period);
  return close.map((c, i) => percent(c - bottom[i]!, top[i]! - bottom[i]!));
}

/** Slow stochastic: %K smoothed, %D its average. Lane. Minimum period: period + smoothK + smoothD - 2. */
export function stochastic(bars: Ranges, period: number, smoothK: number, smoothD: number): Float64Array[] {
  const k = sma(rawStochastic(bars, period), smoothK);
  return [k, sma(k, smoothD)];
}

/** Fast stochastic: raw %K, %D its average. Minimum period: period + smoothD - 1. */
export function stochasticFast(bars: Ranges, period: number, smoothD: number): Float64Array[] {
  return stochastic(bars, period, 1, smoothD);
}

/** Raw %K, its average %D, and the average of that. Minimum period: period + smoothD + slowD - 2. */
export function stochasticFull(bars: Ranges, period: number, smoothD: number, slowD: number): Float64Array[] {
  const k = rawStochastic(bars, period);
  const d = sma(k, smoothD);
  return [k, d, sma(d, slowD)];
}

/** Stochastic of the RSI, %K and %D, 0 to 100. Chande, Kroll 1994. */
export function stochasticRsi(
  values: Float64Array,
  period: number,
  window: number,
  smoothK: number,
  smoothD: number,
): Float64Array[] {
  const index = rsi(values, period);
  const top = highest(index, window);
  const bottom = lowest(index, window);
  const k = sma(
    index.map((x, i) => percent(x - bottom[i]!, top[i]! - bottom[i]!)),
    smoothK,
  );
  return [k, sma(k, smoothD)];
}

/** Williams %R: -100 (highest - close) / (highest - lowest). Minimum period: `period`. */
export function williamsR({ high, low, close }: Ranges, period: number): Float64Array {
  const top = highest(high, period);
  const bottom = lowest(low, period);
  return close.map((c, i) => percent(-(top[i]! - c), top[i]! - bottom[i]!));
}

/** Commodity channel index: (tp - mean) / (0.015 mean deviation), tp = (h + l + c) / 3. Lambert 1980. Minimum: 2 p - 1. */
export function cci(bars: Ranges, period: number): Float64Array {
  const prices = typical(bars);
  const distance = zip(prices, sma(prices, period), (a, b) => a - b);
  return zip(distance, meanDeviation(prices, period), (a, b) => a / (0.015 * b));
}

/** Change over `period` bars. Minimum period: period + 1. */
export function momentum(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  return change(values, period);
}

/** 100 times the value over the one `period` bars ago. Minimum period: period + 1. */
export function momentumOscillator(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  return zip(values, shifted(values, period), (now, then) => 100 * (now / then));
}

/** Rate of change as a fraction: (x - x[p]) / x[p]. Minimum period: period + 1. */
export function roc(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  return zip(values, shifted(values, period), (now, then) => (now - then) / then);
}

/** Rate of change in percent. Minimum period: period + 1. */
export function roc100(values: Float64Array, period: number): Float64Array {
  return map(roc(values, period), (x) => 100 * x);
}

/** Log return over `period` bars. Minimum period: period + 1. */
export function logReturn(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  return zip(values, shifted(values, period), (now, then) => Math.log(now / then));
}

/** Chande momentum: 100 (ups - downs) / (ups + downs). Chande 1994. Minimum period: period + 1. */
export function cmo(values: Float64Array, period: number): Float64Array {
  const changes = change(values);
  const up = rollingSum(
    map(changes, (x) => Math.max(x, 0)),
    period,
  );
  const down = rollingSum(
    map(changes, (x) => Math.max(-x, 0)),
    period,
  );
  return zip(up, down, (u, d) => (u + d === 0 ? 0 : (100 * (u - d)) / (u + d)));
}

/** True strength: doubly smoothed change over doubly smoothed absolute change, in percent. Blau 1991. Minimum: l + s. */
export function tsi(values: Float64Array, long: number, short: number): Float64Array {
  const twice = (column: Float64Array) => ema(ema(column, long), short);
  const changes = change(values);
  return zip(twice(changes), twice(map(changes, Math.abs)), percent);
}

/** Ultimate oscillator: buying pressure over true range in three windows, weighted 4, 2, 1. Williams 1976. Minimum: p3 + 1. */
export function ultimate(bars: Ranges, first: number, second: number, third: number): Float64Array {
  const { low, close } = bars;
  const pressure = missing(close.length);
  for (let i = 1; i < close.length; i++) pressure[i] = close[i]! - Math.min(low[i]!, close[i - 1]!);
  const ranges = trueRange(bars);
  const share = (period: number) =>
    zip(rollingSum(pressure, period), rollingSum(ranges, period), (a, b) => a / b);
  const [a, b, c] = [share(first), share(second), share(third)];
  return a!.map((x, i) => (100 * (4 * x + 2 * b![i]! + c![i]!)) / 7);
}

/** Awesome oscillator: sma(5) - sma(34) of the bar's middle. Williams. Minimum period: slow. */
export function awesome({ high, low }: Ranges, fast: number, slow: number): Float64Array {
  const middle = zip(high, low, (h, l) => (h + l) / 2);
  return zip(sma(middle, fast), sma(middle, slow), (a, b) => a - b);
}

/** Accelerator: awesome oscillator less its average. Williams. Minimum period: slow + period - 1. */
export function accelerator(bars: Ranges, fast: number, slow: number, period: number): Float64Array {
  const line = awesome(bars, fast, slow);
  return zip(line, sma(line, period), (a, b) => a - b);
}

/** Detrended price: close less the average of p / 2 + 1 bars ago. Minimum period: period + p / 2 + 1. */
export function dpo(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  const average = shifted(sma(values, period), Math.floor(period / 2) + 1);
  return zip(values, average, (a, b) => a - b);
}

/** Fisher transform of the middle price and its value one bar ago. Ehlers 2002. Minimum period: period + 1. */
export function fisher({ high, low }: Ranges, period: number): Float64Array[] {
  const middle = zip(high, low, (h, l) => (h + l) / 2);
  const top = highest(middle, period);
  const bottom = lowest(middle, period);
  const line = missing(middle.length);
  let position = 0;
  let value = 0;
  for (let i = 0; i < middle.length; i++) {
    const span = top[i]! - bottom[i]!;
    if (Number.isNaN(span)) continue;
    const share = span === 0 ? 0 : (middle[i]! - bottom[i]!) / span - 0.5;
    position = Math.max(-0.999, Math.min(0.999, 0.66 * share + 0.67 * position));
    value = 0.5 * Math.log((1 + position) / (1 - position)) + 0.5 * value;
    line[i] = value;
  }
  return [line, shifted(line, 1)];
}

/** Connors RSI: mean of RSI, RSI of the streak, and percent rank of the change. Connors 2012. Minimum: rank + 2. */
export function connorsRsi(
  values: Float64Array,
  period: number,
  streakPeriod: number,
  rank: number,
): Float64Array {
  const changes = change(values);
  const streaks = missing(values.length);
  let streak = 0;
  for (let i = 1; i < values.length; i++) {
    const move = changes[i]!;
    if (Number.isNaN(move)) continue;
    streak = move > 0 ? Math.max(streak, 0) + 1 : move < 0 ? Math.min(streak, 0) - 1 : 0;
    streaks[i] = streak;
  }
  const rates = zip(changes, shifted(values, 1), (move, before) => move / before);
  const strengthOf = rsi(values, period);
  const streakStrength = rsi(streaks, streakPeriod);
  const ranks = percentRank(rates, rank);
  return strengthOf.map((x, i) => (x + streakStrength[i]! + ranks[i]!) / 3);
}

/** Share in percent of the `period` values before that lie below the current one. Minimum period: period + 1. */
export function percentRank(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  const column = missing(values.length);
  for (let i = period; i < values.length; i++) {
    let below = 0;
    let isComplete = !Number.isNaN(values[i]!);
    for (let j = i - period; j < i && isComplete; j++) {
      if (values[j]! < values[i]!) below++;
      else if (Number.isNaN(values[j]!)) isComplete = false;
    }
    if (isComplete) column[i] = (100 * below) / period;
  }
  return column;
}

/** Relative vigour index and signal: (close - open) / (high - low), both weighted 1 2 2 1. Ehlers 2002. Minimum: p + 6. */
export function relativeVigor({ open, high, low, close }: Candles, period: number): Float64Array[] {
  const weighted = (column: Float64Array) => {
    const result = missing(column.length);
    for (let i = 3; i < column.length; i++) {
      result[i] = (column[i]! + 2 * column[i - 1]! + 2 * column[i - 2]! + column[i - 3]!) / 6;
    }
    return result;
  };
  const moves = rollingSum(weighted(zip(close, open, (c, o) => c - o)), period);
  const ranges = rollingSum(weighted(zip(high, low, (h, l) => h - l)), period);
  const line = zip(moves, ranges, (a, b) => (b === 0 ? 0 : a / b));
  return [line, weighted(line)];
}

/** Stochastic momentum: doubly smoothed distance from the middle of the range, in percent. Blau 1993. */
export function stochasticMomentum(bars: Ranges, period: number, long: number, short: number): Float64Array {
  const top = highest(bars.high, period);
  const bottom = lowest(bars.low, period);
  const twice = (column: Float64Array) => ema(ema(column, long), short);
  const distance = twice(bars.close.map((c, i) => c - (top[i]! + bottom[i]!) / 2));
  const spans = twice(zip(top, bottom, (a, b) => (a - b) / 2));
  return zip(distance, spans, percent);
}

/** Elder's bull and bear power: high and low less an exponential average. Elder 1993. Minimum period: `period`. */
export function elderRay({ high, low, close }: Ranges, period: number): Float64Array[] {
  const average = ema(close, period);
  return [zip(high, average, (a, b) => a - b), zip(low, average, (a, b) => a - b)];
}

/** Balance of power: (close - open) / (high - low), averaged. Livshin 2001. Minimum period: `period`. */
export function balanceOfPower({ open, high, low, close }: Candles, period: number): Float64Array {
  return sma(
    close.map((c, i) => (high[i] === low[i] ? 0 : (c - open[i]!) / (high[i]! - low[i]!))),
    period,
  );
}

/** Pretty good oscillator: distance from the average in average true ranges (ema). Johnson. Minimum period: p + 1. */
export function prettyGood(bars: Ranges, period: number): Float64Array {
  const distance = zip(bars.close, sma(bars.close, period), (a, b) => a - b);
  return zip(distance, ema(trueRange(bars), period), (a, b) => a / b);
}

/** Relative momentum: RSI of changes over `lag` bars. Altman 1993. Minimum period: period + lag. */
export function relativeMomentum(values: Float64Array, period: number, lag: number): Float64Array {
  const changes = change(values, lag);
  const up = wilderAverage(
    map(changes, (x) => Math.max(x, 0)),
    period,
  );
  const down = wilderAverage(
    map(changes, (x) => Math.max(-x, 0)),
    period,
  );
  return zip(up, down, (u, d) => (u + d === 0 ? 50 : (100 * u) / (u + d)));
}

/** Distance in percent of a value from its least-squares forecast: Chande's forecast oscillator. Minimum: `period`. */
export function forecastOscillator(values: Float64Array, period: number): Float64Array {
  return zip(values, linearRegression(values, period).end, (x, line) => (100 * (x - line)) / x);
}

/** Gopalakrishnan range: ln(highest - lowest) / ln(period). Minimum period: `period`. */
export function gopalakrishnanRange({ high, low }: Ranges, period: number): Float64Array {
  const spans = zip(highest(high, period), lowest(low, period), (a, b) => a - b);
  return map(spans, (span) => Math.log(span) / Math.log(Math.max(2, period)));
}
