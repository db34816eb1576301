import { basename } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import { type ImportOptions, ImportOptionsSchema, type ImportReport } from '../../shared/contract/schemas.ts';
import type { RunOptions } from '../workers/pool.ts';
import type { Changes } from './changes.ts';
import type { SeriesService } from './series.ts';
import type { Workers } from './workers.ts';

/** Imports prepared against a library that another program changed meanwhile are prepared again this often. */
const ATTEMPTS = 3;

export class ImportService {
  readonly #workers: Workers;
  readonly #series: SeriesService;
  readonly #changes: Changes;

  constructor(workers: Workers, series: SeriesService, changes: Changes) {
    this.#workers = workers;
    this.#series = series;
    this.#changes = changes;
  }

  /**
   * Reads, checks and stores one file as one transaction. Nothing is stored unless all of it is; cancelling before the
   * commit leaves the library as it was.
   */
  async importFile(
    file: { path: string; name?: string },
    options: Partial<ImportOptions> = {},
    run: RunOptions = {},
  ): Promise<ImportReport> {
    const startedAt = performance.now();
    const input = {
      path: file.path,
      fileName: file.name ?? basename(file.path),
      options: ImportOptionsSchema.parse(options),
    };
    for (let attempt = 1; ; attempt++) {
      const prepared = await this.#workers.importers.run('prepareImport', input, run);
      run.signal?.throwIfAborted();
      try {
        const { importId } = await this.#workers.writer.run('commitImport', prepared);
        this.#changed();
        return { ...prepared.report, importId, milliseconds: performance.now() - startedAt };
      } catch (thrown) {
        if (!(thrown instanceof AppError && thrown.code === 'library-busy') || attempt === ATTEMPTS)
          throw thrown;
      }
    }
  }

  async undo(importId: string): Promise<{ removedBars: number }> {
    const outcome = await this.#workers.writer.run('undoImport', { importId });
    this.#changed();
    return outcome;
  }

  async removeSeries(seriesId: string): Promise<void> {
    await this.#workers.writer.run('removeSeries', { seriesId });
    this.#changed();
  }

  #changed(): void {
    this.#series.forget();
    this.#changes.announce('series');
  }
}
