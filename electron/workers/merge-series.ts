import { sameBar } from '../../shared/import/order-bars.ts';
import { type BarColumns, lowerBound, sliceBars } from '../../shared/market/bar.ts';
import type { SeriesStore } from '../store/series-store.ts';
import { encodeChunk, windowSpan } from './encode-chunk.ts';
import { heldBars, repairText } from './held-bars.ts';
import type { EncodedChunk } from './tasks.ts';

export interface MergedSeries {
  /** Windows that change, in full: what the library held and what is new. */
  readonly chunks: EncodedChunk[];
  readonly stored: number;
  readonly unchanged: number;
  readonly warnings: readonly string[];
}

/**
 * Merges bars (strictly ascending) with what the library holds of the series. Where both have a bar the library's
 * stays: an equal one counts as unchanged, another one is handed to `onConflict` by its index.
 */
export function mergeSeries(
  store: SeriesStore,
  series: { readonly id: string; readonly ticker: string; readonly interval: number },
  bars: BarColumns,
  onConflict: (index: number) => void,
): MergedSeries {
  const span = windowSpan(series.interval);
  const chunks: EncodedChunk[] = [];
  let stored = 0;
  let unchanged = 0;
  const warnings: string[] = [];
  for (let from = 0; from < bars.length; ) {
    const window = Math.floor(bars.time[from]! / span);
    const to = lowerBound(bars.time, (window + 1) * span);
    const incoming = sliceBars(bars, from, to);
    const chunk = store.chunk(series.id, window);
    if (chunk === null) {
      chunks.push(encodeChunk(window, incoming));
      stored += incoming.length;
    } else {
      const { bars: held, damage } = heldBars(store, series.ticker, chunk, incoming);
      const { sources, added, equal } = interleave(held, incoming, (index) => onConflict(from + index));
      const merged = added > 0 || damage !== null ? pick(sources, held, incoming) : null;
      if (merged !== null) chunks.push(encodeChunk(window, merged));
      if (damage !== null && merged !== null)
        warnings.push(repairText(store, series.ticker, damage, merged.time));
      stored += added;
      unchanged += equal;
    }
    from = to;
  }
  return { chunks, stored, unchanged, warnings };
}

/** Where each bar of the union comes from: an index into `held`, or one's complement (~) of an index into `incoming`. */
function interleave(held: BarColumns, incoming: BarColumns, onConflict: (index: number) => void) {
  const sources = new Int32Array(held.length + incoming.length);
  let count = 0;
  let added = 0;
  let equal = 0;
  let next = 0;
  for (let index = 0; index < incoming.length; index++) {
    const time = incoming.time[index]!;
    while (next < held.length && held.time[next]! < time) sources[count++] = next++;
    if (next === held.length || held.time[next] !== time) {
      sources[count++] = ~index;
      added++;
    } else if (sameBar(held, next, incoming, index)) {
      equal++;
    } else {
      onConflict(index);
    }
  }
  while (next < held.length) sources[count++] = next++;
  return { sources: sources.subarray(0, count), added, equal };
}

function pick(sources: Int32Array, held: BarColumns, incoming: BarColumns): BarColumns {
  const merge = (left: Float64Array | null, right: Float64Array | null) => {
    const merged = new Float64Array(sources.length);
    for (let index = 0; index < sources.length; index++) {
      const source = sources[index]!;
      merged[index] = (source >= 0 ? left?.[source] : right?.[~source]) ?? Number.NaN;
    }
    return merged;
  };
  return {
    length: sources.length,
    time: merge(held.time, incoming.time),
    open: merge(held.open, incoming.open),
    high: merge(held.high, incoming.high),
    low: merge(held.low, incoming.low),
    close: merge(held.close, incoming.close),
    volume: merge(held.volume, incoming.volume),
    trades: merge(held.trades, incoming.trades),
    vwap: merge(held.vwap, incoming.vwap),
    twap: merge(held.twap, incoming.twap),
  };
}
