import { sameBar } from '../../shared/import/order-bars.ts';
import type { BarColumns } from '../../shared/market/bar.ts';

export interface MergedWindow {
  /** All bars of the window: those held and those that come. */
  readonly bars: BarColumns;
  /** Bars that are new, and those that took the place of other values. */
  readonly added: number;
  readonly replaced: number;
}

/**
 * Merges the bars of a window with those that the library holds of it. Where both have a bar with other values, `conflicts`
 * says whose stay: with `keep` the library's, and the index of the incoming one is handed to `onConflict`.
 */
export function mergeWindow(
  held: BarColumns,
  incoming: BarColumns,
  conflicts: 'keep' | 'replace',
  onConflict: (index: number) => void,
): MergedWindow {
  const { sources, added, replaced } = interleave(held, incoming, conflicts, onConflict);
  return { bars: pick(sources, held, incoming), added, replaced };
}

/** Where each bar of the union comes from: an index into `held`, or one's complement (~) of an index into `incoming`. */
function interleave(
  held: BarColumns,
  incoming: BarColumns,
  conflicts: 'keep' | 'replace',
  onConflict: (index: number) => void,
) {
  const sources = new Int32Array(held.length + incoming.length);
  let count = 0;
  let added = 0;
  let replaced = 0;
  let next = 0;
  for (let index = 0; index < incoming.length; index++) {
    const time = incoming.time[index]!;
    while (next < held.length && held.time[next]! < time) sources[count++] = next++;
    if (next === held.length || held.time[next] !== time) {
      sources[count++] = ~index;
      added++;
    } else if (!sameBar(held, next, incoming, index)) {
      if (conflicts === 'replace') {
        sources[count++] = ~index;
        next++;
        replaced++;
      } else {
        onConflict(index);
      }
    }
  }
  while (next < held.length) sources[count++] = next++;
  return { sources: sources.subarray(0, count), added, replaced };
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
