import type { ViewportMeta, ViewportQuery } from '../../shared/contract/schemas.ts';
import { packFrame } from '../../shared/contract/wire.ts';
import { aggregate } from '../../shared/market/pyramid.ts';
import type { IndicatorCache } from './indicator-cache.ts';
import { levelsOf } from './load-series.ts';
import { barsOf } from './series-handle.ts';
import type { SeriesHandle } from './tasks.ts';

/**
 * The bars of a window as at most `maxBuckets` buckets, packed. Buckets hold a power of two of bars and begin at multiples
 * of it, so that a candle keeps its shape while the window moves; the range in the answer is widened to whole buckets.
 */
export function viewport(
  handle: SeriesHandle,
  query: ViewportQuery,
  indicators: IndicatorCache,
): Uint8Array<ArrayBuffer> {
  const bars = barsOf(handle);
  const levels = levelsOf(handle);
  const { fromBar, toBar, barsPerBucket } = bucketRange(query, handle.length);
  const count = Math.ceil((toBar - fromBar) / barsPerBucket);
  const column = () => new Float64Array(count);
  const columns = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  for (let bucket = 0; bucket < count; bucket++) {
    const from = fromBar + bucket * barsPerBucket;
    columns.time[bucket] = bars.time[from]!;
    aggregate(bars, levels, from, Math.min(from + barsPerBucket, toBar), columns, bucket);
  }
  const { volume, ...prices } = columns;
  const drawn: Record<string, Float64Array> = bars.volume === null ? prices : { ...prices, volume };
  query.indicators.forEach((request, number) => {
    const values = indicators.values(handle, request);
    const sampled = column();
    for (let bucket = 0; bucket < count; bucket++) {
      sampled[bucket] = values[Math.min(fromBar + (bucket + 1) * barsPerBucket, toBar) - 1]!;
    }
    drawn[`i${number}`] = sampled;
  });
  const meta: ViewportMeta = { fromBar, toBar, totalBars: handle.length, barsPerBucket };
  return packFrame({ meta, columns: drawn });
}

/** The asked range, clipped to the series and widened to whole buckets of the least size that keeps to the limit. */
function bucketRange(query: ViewportQuery, length: number) {
  const from = Math.min(Math.max(0, query.fromBar), length);
  const to = Math.min(Math.max(from, query.toBar), length);
  let barsPerBucket = 1;
  while (Math.ceil(to / barsPerBucket) - Math.floor(from / barsPerBucket) > query.maxBuckets)
    barsPerBucket *= 2;
  return {
    fromBar: Math.floor(from / barsPerBucket) * barsPerBucket,
    toBar: Math.min(Math.ceil(to / barsPerBucket) * barsPerBucket, length),
    barsPerBucket,
  };
}
