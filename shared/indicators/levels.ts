import { missing } from './columns.ts';
import { requirePeriod } from './period.ts';
import type { Candles, Ranges } from './volatility.ts';

export type PivotKind = 'classic' | 'fibonacci' | 'camarilla' | 'woodie';
const DAY = 86_400_000;

/**
 * Pivot points of a day from the high, low and close of the day before (UTC): pivot, three resistances, three supports.
 * Known from the day's first bar on. Minimum period: the first bar of the second day.
 */
export function pivots(bars: Ranges & { readonly time: Float64Array }, kind: PivotKind): Float64Array[] {
  const lines = Array.from({ length: 7 }, () => missing(bars.close.length));
  let day = Number.NaN;
  let high = Number.NaN;
  let low = Number.NaN;
  let close = Number.NaN;
  let levels: readonly number[] | null = null;
  for (let i = 0; i < bars.close.length; i++) {
    const today = Math.floor(bars.time[i]! / DAY);
    if (today !== day) {
      levels = Number.isNaN(high + low + close) ? null : pivotLevels(kind, high, low, close);
      day = today;
      high = Number.NaN;
      low = Number.NaN;
    }
    if (levels !== null) for (let line = 0; line < 7; line++) lines[line]![i] = levels[line]!;
    if (!(bars.high[i]! <= high)) high = Number.isNaN(bars.high[i]!) ? high : bars.high[i]!;
    if (!(bars.low[i]! >= low)) low = Number.isNaN(bars.low[i]!) ? low : bars.low[i]!;
    if (!Number.isNaN(bars.close[i]!)) close = bars.close[i]!;
  }
  return lines;
}

/** Pivot, R1, R2, R3, S1, S2, S3. */
function pivotLevels(kind: PivotKind, high: number, low: number, close: number): readonly number[] {
  const range = high - low;
  const around = (pivot: number, shares: readonly number[], centre = pivot) => [
    pivot,
    ...shares.map((share) => centre + share * range),
    ...shares.map((share) => centre - share * range),
  ];
  switch (kind) {
    case 'classic': {
      const pivot = (high + low + close) / 3;
      return [
        pivot,
        2 * pivot - low,
        pivot + range,
        high + 2 * (pivot - low),
        2 * pivot - high,
        pivot - range,
        low - 2 * (high - pivot),
      ];
    }
    case 'fibonacci':
      return around((high + low + close) / 3, [0.382, 0.618, 1]);
    case 'camarilla':
      return around((high + low + close) / 3, [1.1 / 12, 1.1 / 6, 1.1 / 4], close);
    case 'woodie': {
      const pivot = (high + low + 2 * close) / 4;
      return [
        pivot,
        2 * pivot - low,
        pivot + range,
        high + 2 * (pivot - low),
        2 * pivot - high,
        pivot - range,
        low - 2 * (high - pivot),
      ];
    }
  }
}

/**
 * Williams' fractals, as they become known: on the bar `wing` bars after an extreme that stands above (below) its `wing`
 * neighbours on both sides, its price; NaN on the other bars. Minimum period: 2 wing + 1.
 */
export function fractals({ high, low }: Ranges, wing: number): Float64Array[] {
  requirePeriod(wing);
  const top = missing(high.length);
  const bottom = missing(high.length);
  for (let i = 2 * wing; i < high.length; i++) {
    const centre = i - wing;
    let isTop = true;
    let isBottom = true;
    for (let j = i - 2 * wing; j <= i; j++) {
      if (j === centre) continue;
      if (!(high[j]! < high[centre]!)) isTop = false;
      if (!(low[j]! > low[centre]!)) isBottom = false;
    }
    if (isTop) top[i] = high[centre]!;
    if (isBottom) bottom[i] = low[centre]!;
  }
  return [top, bottom];
}

/**
 * ZigZag as it can be known: price of the last confirmed turn, direction of the leg that runs now (+1, -1), and the extreme
 * of that leg so far, which moves with new extremes: that end repaints, the turns do not. A turn is confirmed by a move of
 * `percent` against the leg. Minimum period: the bar of the first confirmed move.
 */
export function zigZag({ high, low }: Ranges, percent: number): Float64Array[] {
  const turns = missing(high.length);
  const directions = missing(high.length);
  const ends = missing(high.length);
  const share = percent / 100;
  let direction = 0;
  let top = Number.NaN;
  let bottom = Number.NaN;
  let turn = Number.NaN;
  for (let i = 0; i < high.length; i++) {
    const h = high[i]!;
    const l = low[i]!;
    if (Number.isNaN(h + l)) continue;
    if (direction >= 0 && !(h <= top)) top = h;
    if (direction <= 0 && !(l >= bottom)) bottom = l;
    if (direction >= 0 && l <= top * (1 - share)) {
      direction = -1;
      turn = top;
      bottom = l;
    } else if (direction <= 0 && h >= bottom * (1 + share)) {
      direction = 1;
      turn = bottom;
      top = h;
    }
    if (direction === 0) continue;
    turns[i] = turn;
    directions[i] = direction;
    ends[i] = direction > 0 ? top : bottom;
  }
  return [turns, directions, ends];
}

/** Heikin-Ashi open, high, low and close. Minimum period: 1. */
export function heikinAshi({ open, high, low, close }: Candles): Float64Array[] {
  const columns = Array.from({ length: 4 }, () => missing(close.length));
  const [opens, highs, lows, closes] = columns as [Float64Array, Float64Array, Float64Array, Float64Array];
  let before = -1;
  for (let i = 0; i < close.length; i++) {
    const average = (open[i]! + high[i]! + low[i]! + close[i]!) / 4;
    if (Number.isNaN(average)) continue;
    const start = before < 0 ? (open[i]! + close[i]!) / 2 : (opens[before]! + closes[before]!) / 2;
    opens[i] = start;
    closes[i] = average;
    highs[i] = Math.max(high[i]!, start, average);
    lows[i] = Math.min(low[i]!, start, average);
    before = i;
  }
  return columns;
}
