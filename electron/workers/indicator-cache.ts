import type { IndicatorRequest } from '../../shared/contract/schemas.ts';
import { ema } from '../../shared/indicators/exponential-average.ts';
import { obv } from '../../shared/indicators/obv.ts';
import { rsi } from '../../shared/indicators/rsi.ts';
import { sma } from '../../shared/indicators/sma.ts';
import { type AdjustedStretch, adjustPrices, adjustVolumes } from '../../shared/market/adjust-bars.ts';
import { LruCache } from './lru-cache.ts';
import { columnOf } from './series-handle.ts';
import type { SeriesHandle } from './tasks.ts';

/** Three indicators over ten million bars. */
const LIMIT_BYTES = 240e6;

/** Indicator columns over whole series, computed once and kept while a chart is panned. */
export class IndicatorCache {
  readonly #columns = new LruCache<Float64Array>(LIMIT_BYTES);

  /** `stretches`: how the bars are adjusted; none: they are not. */
  values(
    handle: SeriesHandle,
    request: IndicatorRequest,
    stretches: readonly AdjustedStretch[] = [],
  ): Float64Array {
    const adjustment = stretches.map(({ endBar, units, payout }) => `${endBar}/${units}/${payout}`).join();
    const key = `${handle.contentHash}:${adjustment}:${request.kind}:${request.kind === 'obv' ? '' : request.period}`;
    return this.#columns.get(
      key,
      () => compute(handle, request, stretches),
      (column) => column.byteLength,
    );
  }
}

function compute(
  handle: SeriesHandle,
  { kind, period }: IndicatorRequest,
  stretches: readonly AdjustedStretch[],
): Float64Array {
  const isAdjusted = stretches.length > 0;
  const raw = columnOf(handle, 'close')!;
  const close = isAdjusted ? adjustPrices(raw, stretches) : raw;
  switch (kind) {
    case 'sma':
      return sma(close, period);
    case 'ema':
      return ema(close, period);
    case 'rsi':
      return rsi(close, period);
    case 'obv': {
      const volume = columnOf(handle, 'volume') ?? new Float64Array(close.length).fill(Number.NaN);
      return obv(close, isAdjusted ? adjustVolumes(volume, stretches) : volume);
    }
  }
}
