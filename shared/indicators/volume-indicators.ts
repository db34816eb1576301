import { change, cumulated, map, missing, shifted, zip } from './columns.ts';
import { ema } from './exponential-average.ts';
import { requirePeriod } from './period.ts';
import { rollingSum, sma } from './sma.ts';
import type { Ranges } from './volatility.ts';

export type Traded = Ranges & { readonly volume: Float64Array };

const typical = ({ high, low, close }: Ranges) => close.map((c, i) => (high[i]! + low[i]! + c) / 3);
const flowOf = ({ high, low, close, volume }: Traded) =>
  close.map((c, i) => {
    const span = high[i]! - low[i]!;
    return span === 0 ? 0 : ((c - low[i]! - (high[i]! - c)) / span) * volume[i]!;
  });

/** Money flow index: RSI of typical price times volume, by simple sums. Quong, Soudack 1989. Minimum period: period + 1. */
export function mfi(bars: Traded, period: number): Float64Array {
  const prices = typical(bars);
  const moved = change(prices);
  const flow = zip(prices, bars.volume, (price, volume) => price * volume);
  const side = (sign: number) =>
    rollingSum(
      zip(flow, moved, (money, move) => (Number.isNaN(move) ? Number.NaN : move * sign > 0 ? money : 0)),
      period,
    );
  return zip(side(1), side(-1), (up, down) =>
    down === 0 ? (up === 0 ? 50 : 100) : 100 - 100 / (1 + up / down),
  );
}

/** Accumulation / distribution: running sum of volume weighted by where the close lies in the bar. Chaikin. Minimum: 1. */
export function accumulationDistribution(bars: Traded): Float64Array {
  return cumulated(flowOf(bars));
}

/** Chaikin money flow: that sum over the volume of the window. Minimum period: `period`. */
export function chaikinMoneyFlow(bars: Traded, period: number): Float64Array {
  return zip(rollingSum(flowOf(bars), period), rollingSum(bars.volume, period), (a, b) =>
    b === 0 ? 0 : a / b,
  );
}

/** Chaikin oscillator: fast less slow ema of accumulation / distribution. Minimum period: slow. */
export function chaikinOscillator(bars: Traded, fast: number, slow: number): Float64Array {
  const line = accumulationDistribution(bars);
  return zip(ema(line, fast), ema(line, slow), (a, b) => a - b);
}

/** Volume price trend: running sum of volume times the relative change. Minimum period: 2. */
export function volumePriceTrend(close: Float64Array, volume: Float64Array): Float64Array {
  const rates = zip(change(close), shifted(close, 1), (move, before) => move / before);
  return cumulated(zip(rates, volume, (rate, traded) => rate * traded));
}

/** Force index: ema of change times volume. Elder 1993. Minimum period: period + 1. */
export function forceIndex(close: Float64Array, volume: Float64Array, period: number): Float64Array {
  return ema(
    zip(change(close), volume, (move, traded) => move * traded),
    period,
  );
}

/** Ease of movement: average of the move of the middle over volume per range. Arms. Minimum period: period + 1. */
export function easeOfMovement({ high, low, volume }: Traded, period: number, scale: number): Float64Array {
  const moves = change(zip(high, low, (h, l) => (h + l) / 2));
  const boxes = volume.map((traded, i) => traded / scale / (high[i]! - low[i]!));
  return sma(
    zip(moves, boxes, (move, box) => (box === 0 || !Number.isFinite(box) ? 0 : move / box)),
    period,
  );
}

/** Negative volume index: grows by the change on bars of falling volume; starts at 1000. Dysart, Fosback. Minimum: 1. */
export function negativeVolumeIndex(close: Float64Array, volume: Float64Array): Float64Array {
  return volumeIndex(close, volume, -1);
}
/** Positive volume index: the same on bars of rising volume. Minimum: 1. */
export function positiveVolumeIndex(close: Float64Array, volume: Float64Array): Float64Array {
  return volumeIndex(close, volume, 1);
}

function volumeIndex(close: Float64Array, volume: Float64Array, sign: 1 | -1): Float64Array {
  const column = missing(close.length);
  let index = 1000;
  for (let i = 0; i < close.length; i++) {
    if (Number.isNaN(close[i]! + volume[i]!)) continue;
    const rate = i === 0 ? Number.NaN : close[i]! / close[i - 1]! - 1;
    if (!Number.isNaN(rate) && (volume[i]! - volume[i - 1]!) * sign > 0) index *= 1 + rate;
    column[i] = index;
  }
  return column;
}

/** Klinger oscillator and its signal: fast less slow ema of signed volume force. Klinger 1997. */
export function klinger(bars: Traded, fast: number, slow: number, signal: number): Float64Array[] {
  const sums = bars.close.map((c, i) => bars.high[i]! + bars.low[i]! + c);
  const force = zip(change(sums), bars.volume, (move, traded) => Math.sign(move) * traded);
  const line = zip(ema(force, fast), ema(force, slow), (a, b) => a - b);
  return [line, ema(line, signal)];
}

/** Percentage volume oscillator: line, signal, difference. Minimum period: slow + signal - 1. */
export function volumeOscillator(
  volume: Float64Array,
  fast: number,
  slow: number,
  signal: number,
): Float64Array[] {
  const line = zip(ema(volume, fast), ema(volume, slow), (a, b) => (b === 0 ? 0 : (100 * (a - b)) / b));
  const smoothed = ema(line, signal);
  return [line, smoothed, zip(line, smoothed, (a, b) => a - b)];
}

/** Volume over its average. Minimum period: `period`. */
export function relativeVolume(volume: Float64Array, period: number): Float64Array {
  return zip(volume, sma(volume, period), (a, b) => (b === 0 ? Number.NaN : a / b));
}

/** Volume-weighted average of the typical price over the last `period` bars. Minimum period: `period`. */
export function rollingVwap(bars: Traded, period: number): Float64Array {
  requirePeriod(period);
  const money = zip(typical(bars), bars.volume, (price, traded) => price * traded);
  return zip(rollingSum(money, period), rollingSum(bars.volume, period), (a, b) =>
    b === 0 ? Number.NaN : a / b,
  );
}

/** Volume-weighted average of the typical price since the day began, days of UTC plus `offsetHours`. Minimum: 1. */
export function sessionVwap(
  bars: Traded & { readonly time: Float64Array },
  offsetHours: number,
): Float64Array {
  const column = missing(bars.close.length);
  let day = Number.NaN;
  let money = 0;
  let traded = 0;
  for (let i = 0; i < column.length; i++) {
    const today = Math.floor((bars.time[i]! / 3_600_000 + offsetHours) / 24);
    if (today !== day) {
      day = today;
      money = 0;
      traded = 0;
    }
    const price = (bars.high[i]! + bars.low[i]! + bars.close[i]!) / 3;
    if (Number.isNaN(price + bars.volume[i]!)) continue;
    money += price * bars.volume[i]!;
    traded += bars.volume[i]!;
    if (traded > 0) column[i] = money / traded;
  }
  return column;
}

/** Volume of the last `period` bars, rising less falling closes, in percent of all of it. Minimum period: period + 1. */
export function volumeBalance(close: Float64Array, volume: Float64Array, period: number): Float64Array {
  const signed = zip(change(close), volume, (move, traded) => Math.sign(move) * traded);
  const all = zip(rollingSum(signed, period), rollingSum(volume, period), (a, b) =>
    b === 0 ? 0 : (100 * a) / b,
  );
  return map(all, (x) => x);
}
