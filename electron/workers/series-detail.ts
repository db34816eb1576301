import type { SeriesDetail } from '../../shared/contract/schemas.ts';
import { lowerBound } from '../../shared/market/bar.ts';
import type { SeriesStore } from '../store/series-store.ts';

const DAY = 86_400_000;

/** A series with its imports and the number of its bars on each UTC day. Throws not-found or library-damaged. */
export function seriesDetail(store: SeriesStore, seriesId: string): SeriesDetail {
  const series = store.get(seriesId);
  const days: [number, number][] = [];
  for (const chunk of store.chunks(seriesId)) {
    const time = new Float64Array(chunk.count);
    store.decodeColumn(series.ticker, chunk, 'time', time);
    for (let from = 0; from < time.length; ) {
      const midnight = Math.floor(time[from]! / DAY) * DAY;
      const to = lowerBound(time, midnight + DAY);
      const last = days.at(-1);
      if (last?.[0] === midnight) last[1] += to - from;
      else days.push([midnight, to - from]);
      from = to;
    }
  }
  return { ...series, imports: store.imports(seriesId), days };
}
