import type {
  DropBars,
  HealthReport,
  HealthScore,
  Series,
  SuspectReview,
} from '../../shared/contract/schemas.ts';
import type { RangeHealth } from '../../shared/health/report.ts';
import type { Computed } from '../workers/health-tasks.ts';
import type { RunOptions } from '../workers/pool.ts';
import type { CalendarFinder } from './calendar-finder.ts';
import type { Changes } from './changes.ts';
import type { SeriesService } from './series.ts';
import type { Workers } from './workers.ts';

const ANNOUNCE_MILLISECONDS = 1_000;
const SAVE_MILLISECONDS = 500;
/** Ranges that are asked for over and over: the runs of a sweep share theirs. */
const KEPT_RANGES = 500;

interface BarRange {
  readonly from: number;
  readonly to: number;
  readonly bars: number;
}

/** How sound series are: computed in a reading thread, kept by the writer, made anew when bars or actions change. */
export class HealthService {
  readonly #workers: Workers;
  readonly #series: SeriesService;
  readonly #calendars: CalendarFinder;
  readonly #changes: Changes;
  readonly #ranges = new Map<string, Promise<RangeHealth>>();

  constructor(workers: Workers, series: SeriesService, calendars: CalendarFinder, changes: Changes) {
    this.#workers = workers;
    this.#series = series;
    this.#calendars = calendars;
    this.#changes = changes;
  }

  async report(seriesId: string, run: RunOptions = {}): Promise<HealthReport> {
    const calendar = await this.#calendars.of(await this.#series.byId(seriesId));
    const { answer, fresh } = await this.#workers.readers.run('healthReport', { seriesId, calendar }, run);
    if (fresh !== null) await this.#workers.writer.run('saveHealth', [fresh]);
    return answer;
  }

  /** Of several series, one after the other; what had to be computed is kept in one go now and then. */
  async *reports(
    seriesIds: readonly string[],
    run: RunOptions = {},
  ): AsyncGenerator<{ seriesId: string; report: HealthReport }, void, void> {
    const calendars = await this.#calendars.all();
    let unsaved: NonNullable<Computed<unknown>['fresh']>[] = [];
    let savedAt = performance.now();
    const save = async () => {
      if (unsaved.length > 0) await this.#workers.writer.run('saveHealth', unsaved);
      unsaved = [];
      savedAt = performance.now();
    };
    try {
      for (const seriesId of seriesIds) {
        const question = { seriesId, calendar: calendars[seriesId] ?? null };
        const { answer, fresh } = await this.#workers.readers.run('healthReport', question, run);
        if (fresh !== null) unsaved.push(fresh);
        if (performance.now() - savedAt > SAVE_MILLISECONDS) await save();
        yield { seriesId, report: answer };
      }
    } finally {
      await save();
    }
  }

  /** Over bars of a series between two times, both inclusive: for the run that uses them. */
  inRange(series: Series, range: BarRange, run: RunOptions = {}): Promise<RangeHealth> {
    const key = [series.id, series.contentHash, range.from, range.to].join(' ');
    let answer = this.#ranges.get(key);
    if (answer === undefined) {
      answer = this.#computeRange(series, range, run);
      answer.catch(() => this.#ranges.delete(key));
      this.#ranges.set(key, answer);
      if (this.#ranges.size > KEPT_RANGES) this.#ranges.delete(this.#ranges.keys().next().value!);
    }
    return answer;
  }

  /** What was known may be another now: calendar, actions or a user's word changed. */
  forget(): void {
    this.#ranges.clear();
  }

  /** Of the series whose health is known. */
  scores(): Promise<HealthScore[]> {
    return this.#workers.readers.run('healthScores', undefined);
  }

  async review(review: SuspectReview): Promise<void> {
    await this.#series.byId(review.seriesId);
    await this.#workers.writer.run('reviewSuspect', review);
    this.forget();
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

  /**
   * Follows what changes until the signal fires; `computes`: and brings the scores of all series up to date, one series at
   * a time, in the background.
   */
  async follow(signal: AbortSignal, computes: boolean): Promise<void> {
    for await (const { what } of this.#changes.subscribe(signal)) {
      if (what !== 'ready' && what !== 'series' && what !== 'actions') continue;
      this.forget();
      // What fails here fails again, and says so, for whoever asks for it.
      if (computes) await this.#refresh(signal).catch(() => {});
    }
  }

  async #computeRange(series: Series, range: BarRange, run: RunOptions): Promise<RangeHealth> {
    const calendar = await this.#calendars.of(series);
    const question = { seriesId: series.id, calendar, range };
    const { answer, fresh } = await this.#workers.readers.run('healthInRange', question, run);
    if (fresh !== null) await this.#workers.writer.run('saveHealth', [fresh]);
    return answer;
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    const stale = await this.#workers.readers.run('staleHealth', { calendars: await this.#calendars.all() });
    let announcedAt = performance.now();
    for await (const _ of this.reports(stale, { signal })) {
      if (performance.now() - announcedAt < ANNOUNCE_MILLISECONDS) continue;
      announcedAt = performance.now();
      this.#changes.announce('health');
    }
    if (stale.length > 0) this.#changes.announce('health');
  }
}
