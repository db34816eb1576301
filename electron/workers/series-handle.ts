import { BAR_COLUMN_NAMES, type BarColumnName, type BarColumns, sliceBars } from '../../shared/market/bar.ts';
import { LruCache } from './lru-cache.ts';
import type { SeriesHandle } from './tasks.ts';

/** Views keep the shared memory that they look at: those of a few large series or many small ones. */
const KEPT_BYTES = 600e6;
const views = new LruCache<BarColumns>(KEPT_BYTES);

/**
 * Views on a handle's shared memory, bars `from` (inclusive) to `to` (exclusive); nothing is copied. The same ones for
 * the same bars, because what is computed from them is kept by their identity. Every column of the series must be there.
 */
export function barsOf(handle: SeriesHandle, from = 0, to = handle.length): BarColumns {
  const key = `${handle.seriesId} ${handle.contentHash} ${from} ${to}`;
  return views.get(
    key,
    () => viewOf(handle, from, to),
    () => handle.length * handle.present.length * Float64Array.BYTES_PER_ELEMENT,
  );
}

/** One column of a handle; null where the series has no such column. Throws where it was not asked for. */
export function columnOf(handle: SeriesHandle, name: BarColumnName): Float64Array | null {
  const memory = handle.columns[name];
  if (memory !== null) return new Float64Array(memory, 0, handle.length);
  if (handle.present.includes(name)) throw new Error(`column ${name} of ${handle.ticker} was not loaded`);
  return null;
}

function viewOf(handle: SeriesHandle, from: number, to: number): BarColumns {
  const columns = Object.fromEntries(
    BAR_COLUMN_NAMES.map((name) => [name, columnOf(handle, name)]),
  ) as unknown as Omit<BarColumns, 'length'>;
  const bars: BarColumns = { length: handle.length, ...columns };
  return from === 0 && to === handle.length ? bars : sliceBars(bars, from, to);
}
