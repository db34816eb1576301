import { AppError } from '../../shared/contract/errors.ts';
import type { Series, ViewportQuery } from '../../shared/contract/schemas.ts';
import type { PriceView } from '../../shared/market/adjust-bars.ts';
import { BAR_COLUMN_NAMES, lowerBound } from '../../shared/market/bar.ts';
import { intervalMilliseconds } from '../../shared/market/bar-interval.ts';
import type { CorporateAction } from '../../shared/market/corporate-actions.ts';
import type { Hours } from '../../shared/market/resample.ts';
import { parseResampleRule, requireFitting } from '../../shared/market/resample-rule.ts';
import type { RunOptions } from '../workers/pool.ts';
import type { DerivedSeries } from '../workers/resample-series.ts';
import type { SeriesHandle } from '../workers/tasks.ts';
import type { InstrumentService } from './instruments.ts';
import type { SeriesService } from './series.ts';
import type { Workers } from './workers.ts';

export type { DerivedSeries } from '../workers/resample-series.ts';

export interface DerivedOptions {
  readonly every: string;
  /** In place of the instrument's; null: days of UTC. */
  readonly calendar?: string | null;
  readonly hours?: Hours;
  /** Prices as stored where absent. */
  readonly view?: PriceView;
  readonly actions?: readonly CorporateAction[];
}

/** Derived bars that are kept, those asked for last; they are made anew in milliseconds. */
const KEPT_BYTES = 256e6;

/** Longer bars of stored series, made when asked for and kept while the bars and the calendar stay the same. */
export class DerivedSeriesService {
  readonly #workers: Workers;
  readonly #series: SeriesService;
  readonly #instruments: InstrumentService;
  readonly #kept = new Map<string, { bytes: number; derived: Promise<DerivedSeries> }>();

  constructor(workers: Workers, series: SeriesService, instruments: InstrumentService) {
    this.#workers = workers;
    this.#series = series;
    this.#instruments = instruments;
  }

  /**
   * The stored bars of a ticker that longer ones are best made of: the shortest that fit. Throws bad-request for a rule
   * that is none, and data-missing where the library has no bars that fit.
   */
  async source(ticker: string, every: string): Promise<Series> {
    const rule = asBadRequest(() => parseResampleRule(every));
    const own = (await this.#series.list()).filter((series) => series.ticker === ticker);
    if (own.length === 0) return this.#series.find(ticker, '1m'); // throws with the nearest ticker
    own.sort((a, b) => intervalMilliseconds(a.every) - intervalMilliseconds(b.every));
    let refusal = '';
    for (const series of own) {
      try {
        requireFitting(rule, intervalMilliseconds(series.every));
        return series;
      } catch (thrown) {
        refusal ||= (thrown as RangeError).message;
      }
    }
    throw new AppError('data-missing', refusal, {
      field: 'every',
      hint: `The library holds ${ticker} as ${own.map((series) => series.every).join(', ')}.`,
    });
  }

  /** Longer bars of a series. Throws bad-request for a rule that is none or that its bars do not fit into. */
  async of(series: Series, options: DerivedOptions): Promise<DerivedSeries> {
    return this.#derive(await this.#series.handle(series), options);
  }

  /** The same for screens that ask many times in a row. */
  async handleById(seriesId: string, every: string): Promise<SeriesHandle> {
    const { handle } = await this.#derive(await this.#series.handleById(seriesId, BAR_COLUMN_NAMES), {
      every,
    });
    return handle;
  }

  /** Bars of a window of longer bars, thinned, with indicators; a viewport of stored bars otherwise. */
  async viewport(
    query: ViewportQuery,
    run: RunOptions,
    actions: readonly CorporateAction[],
  ): Promise<Uint8Array<ArrayBuffer>> {
    const { seriesId, view, every } = query;
    const source = await this.#series.handleById(seriesId, BAR_COLUMN_NAMES);
    const { handle } = await this.#derive(source, { every: every!, view, actions });
    return this.#workers.readers.run('derivedViewport', { handle, query }, run);
  }

  /** Index of the first longer bar at or after `time` (epoch ms). */
  async locate(seriesId: string, time: number, every: string): Promise<number> {
    const handle = await this.handleById(seriesId, every);
    return lowerBound(new Float64Array(handle.columns.time!), time);
  }

  async #derive(source: SeriesHandle, options: DerivedOptions): Promise<DerivedSeries> {
    const { every, calendar, hours = null, view = 'raw', actions = [] } = options;
    asBadRequest(() => requireFitting(parseResampleRule(every), intervalMilliseconds(source.every)));
    const laidInto = calendar === undefined ? await this.#instruments.of(source) : calendar;
    const adjustment = view === 'raw' ? '' : `${view} ${JSON.stringify(actions)}`;
    const key = [source.seriesId, source.contentHash, every, laidInto, hours, adjustment].join(' ');
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept.derived;
    }
    const request = { handle: source, every, calendar: laidInto, hours, view, actions };
    const derived = this.#workers.readers.run('resample', request);
    const entry = { bytes: 0, derived };
    this.#kept.set(key, entry);
    derived.then(
      ({ handle }) => {
        entry.bytes = handle.length * (handle.present.length + 3) * Float64Array.BYTES_PER_ELEMENT;
        this.#evict();
      },
      () => this.#kept.delete(key),
    );
    return derived;
  }

  #evict(): void {
    let total = 0;
    for (const { bytes } of this.#kept.values()) total += bytes;
    for (const [key, { bytes }] of this.#kept) {
      if (total <= KEPT_BYTES || this.#kept.size === 1) return;
      this.#kept.delete(key);
      total -= bytes;
    }
  }
}

function asBadRequest<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new AppError('bad-request', thrown.message, { field: 'every' });
  }
}
