import type { SeriesDetail } from '../../shared/contract/schemas.ts';
import type { SeriesStore } from '../store/series-store.ts';

const DAY = 86_400_000;

/** A series with its imports and the number of its bars on each UTC day. Throws not-found or library-damaged. */
export function seriesDetail(store: SeriesStore, seriesId: string): SeriesDetail {
  const series = store.get(seriesId);
  const days: [number, number][] = [];
  for (const chunk of store.chunks(seriesId)) {
    const time = new Float64Array(chunk.count);
    store.decodeColumn(series.ticker, chunk, 'time', time);
    for (const bar of time) {
      const midnight = Math.floor(bar / DAY) * DAY;
      const last = days.at(-1);
      if (last?.[0] === midnight) last[1]++;
      else days.push([midnight, 1]);
    }
  }
  return { ...series, imports: store.imports(seriesId), days };
}
