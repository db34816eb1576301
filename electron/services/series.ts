import { AppError } from '../../shared/contract/errors.ts';
import type { Series, ViewportQuery } from '../../shared/contract/schemas.ts';
import { BAR_COLUMN_NAMES, type BarColumnName } from '../../shared/market/bar.ts';
import type { CorporateAction } from '../../shared/market/corporate-actions.ts';
import { nearestName } from '../../shared/text/nearest-name.ts';
import { columnsFor } from '../workers/indicator-columns.ts';
import type { RunOptions } from '../workers/pool.ts';
import type { SeriesHandle } from '../workers/tasks.ts';
import type { Workers } from './workers.ts';

/** Series above this are decoded by two readers at once. */
const SHARED_WORK_BARS = 100_000;
const ATTEMPTS = 3;

type Memory = SharedArrayBuffer | null;
interface CachedSeries {
  readonly series: Series;
  readonly columns: Map<BarColumnName, Promise<{ memory: Memory; present: readonly BarColumnName[] }>>;
}

/** Finds series and hands out their shared memory; each column is decoded once. */
export class SeriesService {
  readonly #workers: Workers;
  readonly #cache = new Map<string, CachedSeries>();
  /** Decoded columns kept in shared memory, those of the series used last; the oldest go first above this. */
  #mostBytes = 1.5e9;

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

  /** The series in shared memory, with these columns at least. */
  async handle(series: Series, names: readonly BarColumnName[] = BAR_COLUMN_NAMES): Promise<SeriesHandle> {
    let current = series;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#assemble(this.#entry(current), names);
      } catch (thrown) {
        this.forget(series.id);
        if (!isStale(thrown) || attempt === ATTEMPTS) throw thrown;
        current = await this.byId(series.id);
      }
    }
  }

  /** For screens that ask many times in a row: the cached series without asking the library again. */
  async handleById(seriesId: string, names: readonly BarColumnName[]): Promise<SeriesHandle> {
    return this.handle(this.#cache.get(seriesId)?.series ?? (await this.byId(seriesId)), names);
  }

  /** Bars of a window, thinned, with indicators. */
  async viewport(
    query: ViewportQuery,
    run: RunOptions = {},
    actions: readonly CorporateAction[] = [],
  ): Promise<Uint8Array<ArrayBuffer>> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { seriesId, indicators } = query;
        const handle =
          indicators.length === 0 ? null : await this.handleById(seriesId, columnsFor(indicators));
        return await this.#workers.readers.run('viewport', { handle, query, actions }, run);
      } catch (thrown) {
        if (!isStale(thrown) || attempt === ATTEMPTS) throw thrown;
        this.forget(query.seriesId);
      }
    }
  }

  /** Index of the first bar at or after `time` (epoch ms). */
  locate(seriesId: string, time: number): Promise<number> {
    return this.#workers.readers.run('locate', { seriesId, time });
  }

  forget(seriesId?: string): void {
    if (seriesId === undefined) this.#cache.clear();
    else this.#cache.delete(seriesId);
  }

  /** Bytes of decoded bars that are kept. */
  get cachedBytes(): number {
    let total = 0;
    for (const entry of this.#cache.values()) total += bytesOf(entry);
    return total;
  }

  setMostBytes(bytes: number): void {
    this.#mostBytes = bytes;
    this.#evict();
  }

  #entry(series: Series): CachedSeries {
    const cached = this.#cache.get(series.id);
    const entry = cached?.series.contentHash === series.contentHash ? cached : { series, columns: new Map() };
    this.#cache.delete(series.id);
    this.#cache.set(series.id, entry);
    return entry;
  }

  async #assemble({ series, columns }: CachedSeries, names: readonly BarColumnName[]): Promise<SeriesHandle> {
    this.#load(
      { series, columns },
      names.filter((name) => !columns.has(name)),
    );
    const loaded = await Promise.all(
      BAR_COLUMN_NAMES.map(async (name) => [name, await columns.get(name)] as const),
    );
    const { id: seriesId, ticker, every, contentHash, bars: length } = series;
    return {
      seriesId,
      ticker,
      every,
      contentHash,
      length,
      present: loaded.find(([, column]) => column !== undefined)?.[1]?.present ?? [],
      columns: Object.fromEntries(
        loaded.map(([name, column]) => [name, column?.memory ?? null]),
      ) as SeriesHandle['columns'],
    };
  }

  #load({ series, columns }: CachedSeries, names: readonly BarColumnName[]): void {
    if (names.length === 0) return;
    const parts = series.bars > SHARED_WORK_BARS && names.length > 1 ? 2 : 1;
    for (let part = 0; part < parts; part++) {
      const own = names.filter((_, index) => index % parts === part);
      const loading = this.#workers.readers.run('loadSeries', { seriesId: series.id, columns: own });
      for (const name of own) {
        const column = loading.then((handle) => {
          if (handle.contentHash !== series.contentHash) throw stale(series.ticker);
          return { memory: handle.columns[name], present: handle.present };
        });
        column.catch(() => {}); // whoever waits for it hears of it
        columns.set(name, column);
      }
    }
    this.#evict();
  }

  #evict(): void {
    let total = this.cachedBytes;
    for (const [id, entry] of this.#cache) {
      if (total <= this.#mostBytes || this.#cache.size === 1) return;
      this.#cache.delete(id);
      total -= bytesOf(entry);
    }
  }
}

const bytesOf = ({ series, columns }: CachedSeries) =>
  series.bars * columns.size * Float64Array.BYTES_PER_ELEMENT;

/** An import was stored between two looks at the library. */
const stale = (ticker: string) =>
  new AppError('data-changed', `The bars of ${ticker} have changed`, { hint: 'Try again.' });
const isStale = (thrown: unknown) => thrown instanceof AppError && thrown.code === 'data-changed';
