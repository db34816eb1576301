import { lowerBound } from '../../shared/market/bar.ts';
import { type Buckets, buildLevels, levelSizes } from '../../shared/market/pyramid.ts';
import type { SeriesStore, StoredChunk } from '../store/series-store.ts';
import { LruCache } from './lru-cache.ts';

/** The live chunks of a series in order of time, and where each begins. */
export interface ChunkDirectory {
  readonly ticker: string;
  readonly contentHash: string;
  readonly chunks: readonly StoredChunk[];
  /** Index of each chunk's first bar, and behind them the number of all bars. */
  readonly starts: Int32Array;
  readonly length: number;
}

const DIRECTORY_BYTES = 32e6;
const CHUNK_BYTES = 64e6;
const ENTRY_BYTES = 120;

/** Reads series by single chunks and levels of detail; keeps those that were asked for last. */
export class ChunkReader {
  readonly #store: SeriesStore;
  readonly #directories = new LruCache<ChunkDirectory>(DIRECTORY_BYTES);
  readonly #buckets = new LruCache<Buckets>(CHUNK_BYTES);
  readonly #times = new LruCache<Float64Array>(CHUNK_BYTES / 4);

  constructor(store: SeriesStore) {
    this.#store = store;
  }

  /** Throws not-found. */
  directory(seriesId: string): ChunkDirectory {
    const contentHash = this.#store.contentHash(seriesId);
    if (contentHash === null) this.#store.get(seriesId); // throws
    return this.#directories.get(
      `${seriesId} ${contentHash}`,
      () => this.#readDirectory(seriesId),
      ({ chunks }) => chunks.length * ENTRY_BYTES,
    );
  }

  /** Prices and volumes of the chunk at `index`. Throws library-damaged. */
  bars(directory: ChunkDirectory, index: number): Buckets {
    return this.#kept(directory, index, 'bars', () =>
      this.#store.decodeBuckets(directory.ticker, directory.chunks[index]!),
    );
  }

  /** A level of detail of the chunk at `index`; made of its bars where the library has none, or a damaged one. */
  level(directory: ChunkDirectory, index: number, barsPerBucket: number): Buckets {
    const chunk = directory.chunks[index]!;
    return (
      this.#store.level(chunk, barsPerBucket) ??
      this.#kept(directory, index, `level ${barsPerBucket}`, () => {
        const levels = buildLevels(this.bars(directory, index));
        return levels.find((level) => level.barsPerBucket === barsPerBucket)!;
      })
    );
  }

  /** One bucket with all bars of the chunk at `index`. */
  whole(directory: ChunkDirectory, index: number): Buckets {
    return this.level(directory, index, levelSizes(directory.chunks[index]!.count).at(-1)!);
  }

  /** Index of the first bar at or after `time` (epoch ms), the number of bars where there is none. */
  locate(directory: ChunkDirectory, time: number): number {
    const { chunks, starts, length } = directory;
    let low = 0;
    let high = chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (chunks[middle]!.last < time) low = middle + 1;
      else high = middle;
    }
    const chunk = chunks[low];
    if (chunk === undefined) return length;
    if (time <= chunk.first) return starts[low]!;
    return starts[low]! + lowerBound(this.#timesOf(directory, low), time);
  }

  #timesOf({ ticker, contentHash, chunks }: ChunkDirectory, index: number): Float64Array {
    const chunk = chunks[index]!;
    return this.#times.get(
      `${chunk.id} ${contentHash}`,
      () => {
        const time = new Float64Array(chunk.count);
        this.#store.decodeColumn(ticker, chunk, 'time', time);
        return time;
      },
      (time) => time.byteLength,
    );
  }

  /** By content as well as by number: numbers of removed chunks are given again. */
  #kept({ chunks, contentHash }: ChunkDirectory, index: number, what: string, make: () => Buckets): Buckets {
    return this.#buckets.get(
      `${chunks[index]!.id} ${contentHash} ${what}`,
      make,
      ({ length }) => length * 6 * Float64Array.BYTES_PER_ELEMENT,
    );
  }

  #readDirectory(seriesId: string): ChunkDirectory {
    const { ticker, contentHash } = this.#store.get(seriesId);
    // A window whose bars were all taken out stays as a chunk without any.
    const chunks = this.#store.chunks(seriesId).filter(({ count }) => count > 0);
    const starts = new Int32Array(chunks.length + 1);
    chunks.forEach(({ count }, index) => {
      starts[index + 1] = starts[index]! + count;
    });
    return { ticker, contentHash, chunks, starts, length: starts[chunks.length]! };
  }
}
