import { AppError } from '../../shared/contract/errors.ts';
import type { Series } from '../../shared/contract/schemas.ts';
import { lowerBound } from '../../shared/market/bar.ts';
import { nearestName } from '../../shared/text/nearest-name.ts';
import type { SeriesHandle } from '../workers/tasks.ts';
import type { Workers } from './workers.ts';

/** Decoded series kept in shared memory, most recently used last; the oldest go first above the limit. */
const CACHE_BYTES = 1.5e9;

/** Finds series and hands out their shared memory; each is decoded once. */
export class SeriesService {
  readonly #workers: Workers;
  readonly #handles = new Map<
    string,
    { contentHash: string; bytes: number; handle: Promise<SeriesHandle> }
  >();

  constructor(workers: Workers) {
    this.#workers = workers;
  }

  list(): Promise<Series[]> {
    return this.#workers.readers.run('listSeries', undefined);
  }

  async byId(seriesId: string): Promise<Series> {
    const found = (await this.list()).find((series) => series.id === seriesId);
    if (found === undefined) throw new AppError('not-found', 'This series is not in the library any more');
    return found;
  }

  /** The series of a ticker and interval. Throws data-missing with the nearest ticker the library holds. */
  async find(ticker: string, every: string): Promise<Series> {
    const all = await this.list();
    const found = all.find((series) => series.ticker === ticker && series.every === every);
    if (found !== undefined) return found;
    const intervals = all.filter((series) => series.ticker === ticker).map((series) => series.every);
    if (intervals.length > 0) {
      throw new AppError(
        'data-missing',
        `The library holds ${ticker} as ${intervals.join(', ')}, not ${every}`,
        {
          field: 'every',
          hint: `Ask for ${intervals[0]} bars.`,
        },
      );
    }
    const near = nearestName(ticker, [...new Set(all.map((series) => series.ticker))]);
    throw new AppError('data-missing', `The library holds no bars of ${ticker}`, {
      field: 'ticker',
      hint:
        all.length === 0
          ? 'The library is empty: import a file or run `hindsight demo`.'
          : near === null
            ? 'See `hindsight data list` for what it holds.'
            : `Did you mean ${near}?`,
    });
  }

  handle(series: Series): Promise<SeriesHandle> {
    const cached = this.#handles.get(series.id);
    if (cached?.contentHash === series.contentHash) {
      this.#handles.delete(series.id);
      this.#handles.set(series.id, cached);
      return cached.handle;
    }
    const handle = this.#workers.readers.run('loadSeries', { seriesId: series.id });
    handle.catch(() => this.forget(series.id));
    this.#handles.set(series.id, { contentHash: series.contentHash, bytes: series.bars * 80, handle });
    this.#evict();
    return handle;
  }

  /** For screens that ask many times in a row: the cached handle without asking the library again. */
  async handleById(seriesId: string): Promise<SeriesHandle> {
    const cached = this.#handles.get(seriesId);
    return cached === undefined ? this.handle(await this.byId(seriesId)) : cached.handle;
  }

  /** Index of the first bar at or after `time` (epoch ms). */
  async locate(seriesId: string, time: number): Promise<number> {
    const handle = await this.handleById(seriesId);
    return lowerBound(new Float64Array(handle.columns.time!), time);
  }

  forget(seriesId?: string): void {
    if (seriesId === undefined) this.#handles.clear();
    else this.#handles.delete(seriesId);
  }

  #evict(): void {
    let total = 0;
    for (const { bytes } of this.#handles.values()) total += bytes;
    for (const [id, { bytes }] of this.#handles) {
      if (total <= CACHE_BYTES || this.#handles.size === 1) return;
      this.#handles.delete(id);
      total -= bytes;
    }
  }
}
