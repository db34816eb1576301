import { change, map, missing, shifted, zip } from './columns.ts';
import { ema, wilderAverage } from './exponential-average.ts';
import { barsSinceHighest, barsSinceLowest, highest, lowest } from './extremes.ts';
import { wma } from './moving-averages.ts';
import { rollingSum, sma } from './sma.ts';
import { atr, type Ranges, trueRange } from './volatility.ts';

/** MACD line, its signal and their difference. Appel. Minimum period: slow + signal - 1. */
export function macd(values: Float64Array, fast: number, slow: number, signal: number): Float64Array[] {
  const line = zip(ema(values, fast), ema(values, slow), (a, b) => a - b);
  const smoothed = ema(line, signal);
  return [line, smoothed, zip(line, smoothed, (a, b) => a - b)];
}

/** The same in percent of the slow average: PPO, signal, difference. Minimum period: slow + signal - 1. */
export function ppo(values: Float64Array, fast: number, slow: number, signal: number): Float64Array[] {
  const line = zip(ema(values, fast), ema(values, slow), (a, b) => (100 * (a - b)) / b);
  const smoothed = ema(line, signal);
  return [line, smoothed, zip(line, smoothed, (a, b) => a - b)];
}

/** Fast less slow simple average: the absolute price oscillator. Minimum period: slow. */
export function apo(values: Float64Array, fast: number, slow: number): Float64Array {
  return zip(sma(values, fast), sma(values, slow), (a, b) => a - b);
}

/** Rate of change in percent of a triple exponential average. Hutson. Minimum period: 3 period - 1. */
export function trix(values: Float64Array, period: number): Float64Array {
  const third = ema(ema(ema(values, period), period), period);
  return zip(third, shifted(third, 1), (now, before) => 100 * (now / before - 1));
}

/** Wilder's directional movement: ADX, ADXR, +DI, -DI. Wilder 1978. Minimum period: 3 period. */
export function dmi(bars: Ranges, period: number): Float64Array[] {
  const up = change(bars.high);
  const down = map(change(bars.low), (x) => -x);
  const range = atr(bars, period);
  const index = (moves: Float64Array) =>
    zip(wilderAverage(moves, period), range, (move, width) => (100 * move) / width);
  const plus = index(zip(up, down, (u, d) => (Number.isNaN(u + d) ? Number.NaN : u > d && u > 0 ? u : 0)));
  const minus = index(zip(up, down, (u, d) => (Number.isNaN(u + d) ? Number.NaN : d > u && d > 0 ? d : 0)));
  const dx = zip(plus, minus, (p, m) => Math.abs(p - m) / (p + m));
  const adx = map(wilderAverage(dx, period), (x) => 100 * x);
  return [adx, zip(adx, shifted(adx, period), (now, then) => (now + then) / 2), plus, minus];
}

/** Aroon up, down and their difference. Chande 1995. Minimum period: period + 1. */
export function aroon({ high, low }: Ranges, period: number): Float64Array[] {
  const share = (since: Float64Array) => map(since, (bars) => (100 / period) * (period - bars));
  const up = share(barsSinceHighest(high, period + 1));
  const down = share(barsSinceLowest(low, period + 1));
  return [up, down, zip(up, down, (a, b) => a - b)];
}

/** Vortex: +VI and -VI. Botes, Siepman 2010. Minimum period: period + 1. */
export function vortex(bars: Ranges, period: number): Float64Array[] {
  const ranges = rollingSum(trueRange(bars), period);
  const index = (moves: Float64Array) => zip(rollingSum(moves, period), ranges, (a, b) => a / b);
  return [
    index(zip(bars.high, shifted(bars.low, 1), (h, l) => Math.abs(h - l))),
    index(zip(bars.low, shifted(bars.high, 1), (l, h) => Math.abs(l - h))),
  ];
}

/**
 * Parabolic stop and reverse (Wilder 1978): moves towards the extreme of the trend by a factor that grows from `step` to
 * `limit`, never into the last two bars; is passed to the other side when a bar reaches it. Begins on the second bar, in
 * the direction of its close. Minimum period: 2.
 */
export function parabolicSar({ high, low, close }: Ranges, step: number, limit: number): Float64Array {
  const column = missing(close.length);
  if (close.length < 2) return column;
  // Begins in the opposite trend, at a price inside the bar, so that the first bar turns it around at once.
  let isUp = !(close[1]! >= close[0]!);
  let stop = (high[1]! + low[1]!) / 2;
  let extreme = isUp ? high[0]! : low[0]!;
  let factor = step;
  for (let i = 1; i < close.length; i++) {
    const top = high[i]!;
    const bottom = low[i]!;
    if (Number.isNaN(top + bottom)) continue;
    if (isUp ? stop >= bottom : stop <= top) {
      isUp = !isUp;
      stop = extreme;
      extreme = isUp ? top : bottom;
      factor = step;
    }
    column[i] = stop;
    if (isUp ? top > extreme : bottom < extreme) {
      extreme = isUp ? top : bottom;
      factor = Math.min(factor + step, limit);
    }
    stop += factor * (extreme - stop);
    const last = (isUp ? low : high)[i - 1]!;
    const before = Number.isNaN(last) ? stop : last;
    stop = isUp ? Math.min(stop, bottom, before) : Math.max(stop, top, before);
  }
  return column;
}

/** Supertrend line and direction (+1 rising, -1 falling): bands of `multiple` ranges around the middle. Seban. Minimum: p + 1. */
export function supertrend(bars: Ranges, period: number, multiple: number): Float64Array[] {
  const { high, low, close } = bars;
  const range = atr(bars, period);
  const line = missing(close.length);
  const direction = missing(close.length);
  let top = Number.NaN;
  let bottom = Number.NaN;
  let isUp = true;
  for (let i = 0; i < close.length; i++) {
    const width = multiple * range[i]!;
    if (Number.isNaN(width)) continue;
    const middle = (high[i]! + low[i]!) / 2;
    const before = close[i - 1]!;
    // A band only tightens while the close before stayed inside it.
    top = Number.isNaN(top) || middle + width < top || before > top ? middle + width : top;
    bottom = Number.isNaN(bottom) || middle - width > bottom || before < bottom ? middle - width : bottom;
    if (isUp && close[i]! < bottom) isUp = false;
    else if (!isUp && close[i]! > top) isUp = true;
    line[i] = isUp ? bottom : top;
    direction[i] = isUp ? 1 : -1;
  }
  return [line, direction];
}

/** Chandelier exits: highest high - multiple ranges for long, lowest low + as much for short. LeBeau. Minimum: p + 1. */
export function chandelier(bars: Ranges, period: number, multiple: number): Float64Array[] {
  const range = atr(bars, period);
  return [
    zip(highest(bars.high, period), range, (top, width) => top - multiple * width),
    zip(lowest(bars.low, period), range, (bottom, width) => bottom + multiple * width),
  ];
}

/** A stop that follows the close at `multiple` average true ranges and turns when the close crosses it. Minimum: p + 1. */
export function atrTrailingStop(bars: Ranges, period: number, multiple: number): Float64Array {
  const { close } = bars;
  const range = atr(bars, period);
  const column = missing(close.length);
  let stop = Number.NaN;
  for (let i = 0; i < close.length; i++) {
    const width = multiple * range[i]!;
    if (Number.isNaN(width)) continue;
    const price = close[i]!;
    const before = close[i - 1]!;
    if (price > stop && before > stop) stop = Math.max(stop, price - width);
    else if (price < stop && before < stop) stop = Math.min(stop, price + width);
    else stop = price > stop || Number.isNaN(stop) ? price - width : price + width;
    column[i] = stop;
  }
  return column;
}

/**
 * Ichimoku lines that can be known: conversion, base, and the two spans as they were drawn `base` bars ago. The lagging
 * span is today's close drawn in the past: it repaints, and is left out. Hosoda. Minimum period: slow + base.
 */
export function ichimoku({ high, low }: Ranges, fast: number, base: number, slow: number): Float64Array[] {
  const middle = (period: number) => zip(highest(high, period), lowest(low, period), (h, l) => (h + l) / 2);
  const conversion = middle(fast);
  const baseLine = middle(base);
  const spanA = zip(conversion, baseLine, (a, b) => (a + b) / 2);
  return [conversion, baseLine, shifted(spanA, base), shifted(middle(slow), base)];
}

/** Schaff trend cycle: the stochastic of a stochastic of the MACD, smoothed by half. Schaff 1999. */
export function schaffTrendCycle(
  values: Float64Array,
  fast: number,
  slow: number,
  cycle: number,
): Float64Array {
  const [line] = macd(values, fast, slow, 1);
  const stochasticOf = (column: Float64Array) => {
    const top = highest(column, cycle);
    const bottom = lowest(column, cycle);
    const smoothed = missing(column.length);
    let raw = 0;
    let average = Number.NaN;
    for (let i = 0; i < column.length; i++) {
      const span = top[i]! - bottom[i]!;
      if (Number.isNaN(span)) continue;
      if (span > 0) raw = (100 * (column[i]! - bottom[i]!)) / span;
      average = Number.isNaN(average) ? raw : average + 0.5 * (raw - average);
      smoothed[i] = average;
    }
    return smoothed;
  };
  return stochasticOf(stochasticOf(line!));
}

/** Coppock curve: wma of the sum of two rates of change in percent. Coppock 1962. Minimum period: long + period. */
export function coppock(values: Float64Array, long: number, short: number, period: number): Float64Array {
  const rate = (bars: number) => zip(values, shifted(values, bars), (now, then) => 100 * (now / then - 1));
  return wma(
    zip(rate(long), rate(short), (a, b) => a + b),
    period,
  );
}

/** Know sure thing and its signal: four smoothed rates of change, weighted 1 to 4. Pring 1992. Minimum period: 53. */
export function kst(values: Float64Array, signal: number): Float64Array[] {
  const part = (bars: number, smoothing: number) =>
    sma(
      zip(values, shifted(values, bars), (now, then) => 100 * (now / then - 1)),
      smoothing,
    );
  const [a, b, c, d] = [part(10, 10), part(15, 10), part(20, 10), part(30, 15)];
  const line = a!.map((x, i) => x + 2 * b![i]! + 3 * c![i]! + 4 * d![i]!);
  return [line, sma(line, signal)];
}
