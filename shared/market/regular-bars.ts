import type { BarColumns } from './bar.ts';
import type { Parts } from './session-parts.ts';

/** The bars of sessions and their auctions, and the place of each among all bars; null where all of them are. */
export function regularBars(
  source: BarColumns,
  parts: Parts,
): { readonly bars: BarColumns; readonly places: Int32Array } | null {
  const { time, length } = source;
  const places = new Int32Array(length);
  let count = 0;
  for (let bar = 0; bar < length; bar++) {
    parts.moveTo(time[bar]!);
    if (parts.isRegular) places[count++] = bar;
  }
  if (count === length) return null;
  const kept = places.subarray(0, count);
  const pick = (column: Float64Array) => Float64Array.from(kept, (bar) => column[bar]!);
  const pickFrom = (column: Float64Array | null) => (column === null ? null : pick(column));
  return {
    places: kept,
    bars: {
      length: count,
      time: pick(time),
      open: pick(source.open),
      high: pick(source.high),
      low: pick(source.low),
      close: pick(source.close),
      volume: pickFrom(source.volume),
      trades: pickFrom(source.trades),
      vwap: pickFrom(source.vwap),
      twap: pickFrom(source.twap),
    },
  };
}
