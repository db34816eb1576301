import { BAR_COLUMN_NAMES, type BarColumnName } from '../../shared/market/bar.ts';
import type { SeriesStore, StoredChunk } from '../store/series-store.ts';
import type { SeriesHandle } from './tasks.ts';

/**
 * Decodes columns of a series (all by default) into shared memory, checksums verified. Throws not-found, or
 * library-damaged naming ticker and window.
 */
export function loadSeries(
  store: SeriesStore,
  seriesId: string,
  names: readonly BarColumnName[] = BAR_COLUMN_NAMES,
): SeriesHandle {
  const { ticker, every, contentHash, bars: length } = store.get(seriesId);
  const chunks = store.chunks(seriesId);
  const held = store.columnNames(seriesId);
  const present = BAR_COLUMN_NAMES.filter((name) => held.has(name));
  const columns = Object.fromEntries(
    BAR_COLUMN_NAMES.map((name) => [
      name,
      present.includes(name) && names.includes(name)
        ? decodeShared(store, ticker, chunks, name, length)
        : null,
    ]),
  ) as Record<BarColumnName, SharedArrayBuffer | null>;
  return { seriesId, ticker, every, contentHash, length, present, columns };
}

function decodeShared(
  store: SeriesStore,
  ticker: string,
  chunks: readonly StoredChunk[],
  name: BarColumnName,
  length: number,
): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT);
  const column = new Float64Array(memory);
  let start = 0;
  for (const chunk of chunks) {
    const part = column.subarray(start, start + chunk.count);
    if (!store.decodeColumn(ticker, chunk, name, part)) part.fill(Number.NaN);
    start += chunk.count;
  }
  return memory;
}
