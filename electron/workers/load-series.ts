import { BAR_COLUMN_NAMES, type BarColumnName } from '../../shared/market/bar.ts';
import { buildPyramid, type PyramidLevel } from '../../shared/market/pyramid.ts';
import type { SeriesStore, StoredChunk } from '../store/series-store.ts';
import { barsOf } from './series-handle.ts';
import type { PyramidLevelHandle, SeriesHandle } from './tasks.ts';

/**
 * Decodes a series into shared memory, checksums verified, and builds its levels of detail. Throws not-found, or
 * library-damaged naming ticker and window.
 */
export function loadSeries(store: SeriesStore, seriesId: string): SeriesHandle {
  const { ticker, every, contentHash, bars: length } = store.get(seriesId);
  const chunks = store.chunks(seriesId);
  const present = store.columnNames(seriesId);
  const columns = Object.fromEntries(
    BAR_COLUMN_NAMES.map((name) => [
      name,
      present.has(name) ? decodeShared(store, ticker, chunks, name, length).buffer : null,
    ]),
  ) as Record<BarColumnName, SharedArrayBuffer | null>;
  const flat: SeriesHandle = { seriesId, ticker, every, contentHash, length, columns, pyramid: [] };
  const pyramid = buildPyramid(barsOf(flat), sharedColumn).map(levelHandle);
  return { ...flat, pyramid };
}

/** Views on the levels of detail of a handle. */
export function levelsOf(handle: SeriesHandle): PyramidLevel[] {
  return handle.pyramid.map(({ barsPerBucket, length, columns }) => ({
    barsPerBucket,
    length,
    open: new Float64Array(columns.open),
    high: new Float64Array(columns.high),
    low: new Float64Array(columns.low),
    close: new Float64Array(columns.close),
    volume: new Float64Array(columns.volume),
  }));
}

const sharedColumn = (length: number) =>
  new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));

function decodeShared(
  store: SeriesStore,
  ticker: string,
  chunks: readonly StoredChunk[],
  name: BarColumnName,
  length: number,
): Float64Array<SharedArrayBuffer> {
  const column = sharedColumn(length);
  let start = 0;
  for (const chunk of chunks) {
    const part = column.subarray(start, start + chunk.count);
    if (!store.decodeColumn(ticker, chunk, name, part)) part.fill(Number.NaN);
    start += chunk.count;
  }
  return column;
}

function levelHandle({ barsPerBucket, length, ...columns }: PyramidLevel): PyramidLevelHandle {
  const shared = (column: Float64Array) => column.buffer as SharedArrayBuffer;
  return {
    barsPerBucket,
    length,
    columns: {
      open: shared(columns.open),
      high: shared(columns.high),
      low: shared(columns.low),
      close: shared(columns.close),
      volume: shared(columns.volume),
    },
  };
}
