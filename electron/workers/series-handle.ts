import { type BarColumns, sliceBars } from '../../shared/market/bar.ts';
import { LruCache } from './lru-cache.ts';
import type { SeriesHandle } from './tasks.ts';

/** Views keep the shared memory that they look at: those of a few large series or many small ones. */
const KEPT_BYTES = 600e6;
const views = new LruCache<BarColumns>(KEPT_BYTES);

/**
 * Views on a handle's shared memory, bars `from` (inclusive) to `to` (exclusive); nothing is copied. The same ones for
 * the same bars, because what is computed from them is kept by their identity.
 */
export function barsOf(handle: SeriesHandle, from = 0, to = handle.length): BarColumns {
  const key = `${handle.seriesId} ${handle.contentHash} ${from} ${to}`;
  return views.get(
    key,
    () => viewOf(handle, from, to),
    (bars) => handle.length * columnCount(bars) * 8,
  );
}

const columnCount = (bars: BarColumns) => Object.values(bars).filter(ArrayBuffer.isView).length;

function viewOf(handle: SeriesHandle, from: number, to: number): BarColumns {
  const required = (name: 'time' | 'open' | 'high' | 'low' | 'close') => {
    const memory = handle.columns[name];
    if (memory === null) throw new Error(`series ${handle.ticker} has no ${name} column`);
    return new Float64Array(memory, 0, handle.length);
  };
  const optional = (name: 'volume' | 'trades' | 'vwap' | 'twap') => {
    const memory = handle.columns[name];
    return memory === null ? null : new Float64Array(memory, 0, handle.length);
  };
  const bars: BarColumns = {
    length: handle.length,
    time: required('time'),
    open: required('open'),
    high: required('high'),
    low: required('low'),
    close: required('close'),
    volume: optional('volume'),
    trades: optional('trades'),
    vwap: optional('vwap'),
    twap: optional('twap'),
  };
  return from === 0 && to === handle.length ? bars : sliceBars(bars, from, to);
}
