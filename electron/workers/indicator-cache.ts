import type { IndicatorRequest } from '../../shared/contract/schemas.ts';
import { ema } from '../../shared/indicators/exponential-average.ts';
import { obv } from '../../shared/indicators/obv.ts';
import { rsi } from '../../shared/indicators/rsi.ts';
import { sma } from '../../shared/indicators/sma.ts';
import { LruCache } from './lru-cache.ts';
import { columnOf } from './series-handle.ts';
import type { SeriesHandle } from './tasks.ts';

/** Three indicators over ten million bars. */
const LIMIT_BYTES = 240e6;

/** Indicator columns over whole series, computed once and kept while a chart is panned. */
export class IndicatorCache {
  readonly #columns = new LruCache<Float64Array>(LIMIT_BYTES);

  values(handle: SeriesHandle, request: IndicatorRequest): Float64Array {
    const key = `${handle.contentHash}:${request.kind}:${request.kind === 'obv' ? '' : request.period}`;
    return this.#columns.get(
      key,
      () => compute(handle, request),
      (column) => column.byteLength,
    );
  }
}

function compute(handle: SeriesHandle, { kind, period }: IndicatorRequest): Float64Array {
  const close = columnOf(handle, 'close')!;
  switch (kind) {
    case 'sma':
      return sma(close, period);
    case 'ema':
      return ema(close, period);
    case 'rsi':
      return rsi(close, period);
    case 'obv':
      return obv(close, columnOf(handle, 'volume') ?? new Float64Array(close.length).fill(Number.NaN));
  }
}
