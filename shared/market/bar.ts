/**
 * A series of bars as columns: one typed array per field, all of the same length, ascending in time.
 *
 * `time` is the bar's START in epoch milliseconds, UTC. Prices are in the unit the vendor quotes (pence for
 * London shares), volume in shares, lots or coins. `trades`, `volume`, `vwap` and `twap` may be absent (null);
 * a missing single value is NaN. Columns usually lie over a SharedArrayBuffer and are never written after decoding.
 */
export interface BarColumns {
  readonly length: number;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array | null;
  readonly trades: Float64Array | null;
  readonly vwap: Float64Array | null;
  readonly twap: Float64Array | null;
}

/** Every column of a bar, in the order in which they are hashed, stored and exported. */
export const BAR_COLUMN_NAMES = [
  'time',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'trades',
  'vwap',
  'twap',
] as const;
export type BarColumnName = (typeof BAR_COLUMN_NAMES)[number];

/** The columns a series cannot do without. */
export const REQUIRED_BAR_COLUMNS = ['time', 'open', 'high', 'low', 'close'] as const;

/** Bars `from` (inclusive) to `to` (exclusive) as views on the same memory; nothing is copied. */
export function sliceBars(bars: BarColumns, from: number, to: number): BarColumns {
  const cut = (column: Float64Array | null) => (column === null ? null : column.subarray(from, to));
  return {
    length: to - from,
    time: bars.time.subarray(from, to),
    open: bars.open.subarray(from, to),
    high: bars.high.subarray(from, to),
    low: bars.low.subarray(from, to),
    close: bars.close.subarray(from, to),
    volume: cut(bars.volume),
    trades: cut(bars.trades),
    vwap: cut(bars.vwap),
    twap: cut(bars.twap),
  };
}

/** Index of the first element of ascending `time` that is >= `at` (epoch ms); `time.length` if none is. */
export function lowerBound(time: Float64Array | Int32Array, at: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
