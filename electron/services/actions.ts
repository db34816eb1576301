import { basename } from 'node:path';
import { calendarOf } from '../../shared/calendar/calendars.ts';
import type {
  ActionImport,
  ActionInput,
  ActionProposal,
  PriceView,
  Series,
  StoredAction,
} from '../../shared/contract/schemas.ts';
import { instantsOf } from '../../shared/market/action-time.ts';
import { intervalMilliseconds } from '../../shared/market/bar-interval.ts';
import type { CorporateAction } from '../../shared/market/corporate-actions.ts';
import { zoneOffset } from '../../shared/market/zone-offset.ts';
import type { RunOptions } from '../workers/pool.ts';
import type { CalendarFinder } from './calendar-finder.ts';
import type { Changes } from './changes.ts';
import type { Workers } from './workers.ts';

/** The library's table of splits and dividends. */
export class ActionService {
  readonly #workers: Workers;
  readonly #calendars: CalendarFinder;
  readonly #changes: Changes;
  /** By series, for charts that are panned. */
  readonly #inView = new Map<string, Promise<CorporateAction[]>>();

  constructor(workers: Workers, calendars: CalendarFinder, changes: Changes) {
    this.#workers = workers;
    this.#calendars = calendars;
    this.#changes = changes;
  }

  /** Of a ticker, or all. */
  list(ticker: string | null): Promise<StoredAction[]> {
    return this.#workers.readers.run('listActions', { ticker });
  }

  /** As bars of a series meet them: by the instant at which each counts. Ascending. */
  async ofSeries(series: Series): Promise<CorporateAction[]> {
    const stored = await this.list(series.ticker);
    if (stored.length === 0) return [];
    const calendar = await this.#calendars.of(series);
    const offsetAt = calendar === null ? null : zoneOffset(calendarOf(calendar).zone);
    return instantsOf(stored, intervalMilliseconds(series.every), offsetAt);
  }

  /** What a chart of a series is adjusted by; nothing where it shows prices as they are. */
  inView(seriesId: string, view: PriceView): Promise<CorporateAction[]> {
    if (view === 'raw') return Promise.resolve([]);
    let actions = this.#inView.get(seriesId);
    if (actions === undefined) {
      actions = this.#findOfSeries(seriesId);
      actions.catch(() => this.#inView.delete(seriesId));
      this.#inView.set(seriesId, actions);
    }
    return actions;
  }

  /** Forgets what it knows of series whenever they, or actions, change. */
  async follow(signal: AbortSignal): Promise<void> {
    for await (const { what } of this.#changes.subscribe(signal)) {
      if (what === 'series' || what === 'actions') this.#inView.clear();
    }
  }

  async put(input: ActionInput): Promise<StoredAction> {
    const stored = await this.#workers.writer.run('putAction', input);
    this.#changed();
    return stored;
  }

  /** Answers what was removed, to be put back. */
  async remove(id: string): Promise<StoredAction> {
    const removed = await this.#workers.writer.run('removeAction', { id });
    this.#changed();
    return removed;
  }

  /** `ticker` for files without a column of it; otherwise the file's name tells it. */
  async importFile(
    { path, name = basename(path) }: { readonly path: string; readonly name?: string },
    ticker: string | null,
    run: RunOptions = {},
  ): Promise<ActionImport> {
    const prepared = await this.#workers.readers.run('prepareActions', { path, fileName: name, ticker }, run);
    const report = await this.#workers.writer.run('commitActions', prepared);
    this.#changed();
    return report;
  }

  /** What the bars say against the table; of a ticker, or all. Most certain first. */
  async propose(ticker: string | null, run: RunOptions = {}): Promise<ActionProposal[]> {
    const calendars = await this.#calendars.all();
    return this.#workers.readers.run('proposeActions', { ticker, calendars }, run);
  }

  async #findOfSeries(seriesId: string): Promise<CorporateAction[]> {
    const series = (await this.#workers.readers.run('listSeries', undefined)).find(
      ({ id }) => id === seriesId,
    );
    return series === undefined ? [] : this.ofSeries(series);
  }

  #changed(): void {
    this.#inView.clear();
    this.#changes.announce('actions');
  }
}
