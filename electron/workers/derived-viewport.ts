import type { ViewportMeta, ViewportQuery } from '../../shared/contract/schemas.ts';
import { packFrame } from '../../shared/contract/wire.ts';
import { emptyBuckets, fillBucket } from '../../shared/market/pyramid.ts';
import type { IndicatorCache } from './indicator-cache.ts';
import { barsOf } from './series-handle.ts';
import type { SeriesHandle } from './tasks.ts';

/**
 * The bars of a range of a series that is not stored, as at most `maxBuckets` buckets, packed as those of stored series
 * are: buckets hold a power of two of bars and begin at multiples of it.
 */
export function derivedViewport(
  { handle, query }: { readonly handle: SeriesHandle; readonly query: ViewportQuery },
  indicators: IndicatorCache,
): Uint8Array<ArrayBuffer> {
  const bars = barsOf(handle);
  const from = Math.min(Math.max(0, query.fromBar), bars.length);
  const to = Math.min(Math.max(from, query.toBar), bars.length);
  let barsPerBucket = 1;
  while (Math.ceil(to / barsPerBucket) - Math.floor(from / barsPerBucket) > query.maxBuckets)
    barsPerBucket *= 2;
  const fromBar = Math.floor(from / barsPerBucket) * barsPerBucket;
  const toBar = Math.min(Math.ceil(to / barsPerBucket) * barsPerBucket, bars.length);
  const count = Math.ceil((toBar - fromBar) / barsPerBucket);
  const target = emptyBuckets(count, bars.volume !== null);
  const bar = Int32Array.from({ length: count }, (_, bucket) => fromBar + bucket * barsPerBucket);
  for (let bucket = 0; bucket < count; bucket++) {
    fillBucket(target, bucket, bars, bar[bucket]!, bar[bucket + 1] ?? toBar);
  }
  const { time, open, high, low, close, volume } = target;
  const columns: Record<string, Float64Array | Int32Array> = { bar, time, open, high, low, close };
  if (volume !== null) columns.volume = volume;
  query.indicators.forEach((request, number) => {
    const values = indicators.values(handle, request);
    columns[`i${number}`] = Float64Array.from(bar, (_, index) => values[(bar[index + 1] ?? toBar) - 1]!);
  });
  const meta: ViewportMeta = { fromBar, toBar, totalBars: bars.length, barsPerBucket };
  return packFrame({ meta, columns });
}
