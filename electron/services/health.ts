import type {
  DropBars,
  HealthReport,
  HealthScore,
  Series,
  SuspectReview,
} from '../../shared/contract/schemas.ts';
import type { RangeHealth } from '../../shared/health/report.ts';
import type { RunOptions } from '../workers/pool.ts';
import type { CalendarFinder } from './calendar-finder.ts';
import type { Changes } from './changes.ts';
import type { SeriesService } from './series.ts';
import type { Workers } from './workers.ts';

const ANNOUNCE_MILLISECONDS = 1_000;

/** How sound series are: computed in a reading thread, kept by the writer, made anew when bars or actions change. */
export class HealthService {
  readonly #workers: Workers;
  readonly #series: SeriesService;
  readonly #calendars: CalendarFinder;
  readonly #changes: Changes;

  constructor(workers: Workers, series: SeriesService, calendars: CalendarFinder, changes: Changes) {
    this.#workers = workers;
    this.#series = series;
    this.#calendars = calendars;
    this.#changes = changes;
  }

  async report(seriesId: string, run: RunOptions = {}): Promise<HealthReport> {
    const calendar = await this.#calendars.of(await this.#series.byId(seriesId));
    const { answer, fresh } = await this.#workers.readers.run('healthReport', { seriesId, calendar }, run);
    if (fresh !== null) await this.#workers.writer.run('saveHealth', fresh);
    return answer;
  }

  /** Over bars of a series between two times, both inclusive: for the run that uses them. */
  async inRange(
    series: Series,
    range: { readonly from: number; readonly to: number; readonly bars: number },
  ): Promise<RangeHealth> {
    const calendar = await this.#calendars.of(series);
    const question = { seriesId: series.id, calendar, range };
    const { answer, fresh } = await this.#workers.readers.run('healthInRange', question);
    if (fresh !== null) await this.#workers.writer.run('saveHealth', fresh);
    return answer;
  }

  /** Of the series whose health is known. */
  scores(): Promise<HealthScore[]> {
    return this.#workers.readers.run('healthScores', undefined);
  }

  async review(review: SuspectReview): Promise<void> {
    await this.#series.byId(review.seriesId);
    await this.#workers.writer.run('reviewSuspect', review);
    await this.report(review.seriesId);
    this.#changes.announce('health');
  }

  /** Takes bars out of a series as an import that can be undone. Throws bad-request when that leaves none. */
  async dropBars(request: DropBars): Promise<{ importId: string; droppedBars: number }> {
    const { prepared, droppedBars } = await this.#workers.readers.run('prepareDrop', request);
    const { importId } = await this.#workers.writer.run('commitImport', prepared);
    this.#series.forget();
    this.#changes.announce('series');
    return { importId, droppedBars };
  }

  /** Keeps the scores of all series up to date until the signal fires: one series at a time, in the background. */
  async keepUpToDate(signal: AbortSignal): Promise<void> {
    for await (const { what } of this.#changes.subscribe(signal)) {
      if (what === 'ready' || what === 'series' || what === 'actions') await this.#refresh(signal);
    }
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    const stale = await this.#workers.readers.run('staleHealth', { calendars: await this.#calendars.all() });
    let announcedAt = performance.now();
    for (const seriesId of stale) {
      if (signal.aborted) return;
      // A series may be gone or damaged: its own screen says so, the others go on.
      await this.report(seriesId, { signal }).catch(() => {});
      if (performance.now() - announcedAt < ANNOUNCE_MILLISECONDS) continue;
      announcedAt = performance.now();
      this.#changes.announce('health');
    }
    if (stale.length > 0) this.#changes.announce('health');
  }
}
