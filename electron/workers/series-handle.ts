import { type BarColumns, sliceBars } from '../../shared/market/bar.ts';
import type { SeriesHandle } from './tasks.ts';

/** Views on a handle's shared memory, bars `from` (inclusive) to `to` (exclusive); nothing is copied. */
export function barsOf(handle: SeriesHandle, from = 0, to = handle.length): BarColumns {
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
