import { basename } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import {
  type ImportCheck,
  type ImportOptions,
  ImportOptionsSchema,
  type ImportPreview,
  type ImportRecord,
  type ImportReport,
} from '../../shared/contract/schemas.ts';
import type { RunOptions } from '../workers/pool.ts';
import { preparedBuffers } from '../workers/prepared-buffers.ts';
import type { ImportInput } from '../workers/tasks.ts';
import type { Changes } from './changes.ts';
import type { SeriesService } from './series.ts';
import type { Workers } from './workers.ts';

/** Imports prepared against a library that another program changed meanwhile are prepared again this often. */
const ATTEMPTS = 12;

export interface ImportFile {
  readonly path: string;
  /** For messages, and for the ticker it may tell; by default the path's last part. */
  readonly name?: string;
  /** The address it was fetched from; absent: the user's own file. */
  readonly source?: string;
}
export type ImportOptionsInput = Partial<ImportOptions>;

function inputOf({ path, name, source = 'file' }: ImportFile, options: ImportOptionsInput): ImportInput {
  return { path, fileName: name ?? basename(path), source, options: ImportOptionsSchema.parse(options) };
}

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
    file: ImportFile,
    options: ImportOptionsInput = {},
    run: RunOptions = {},
  ): Promise<ImportReport> {
    const startedAt = performance.now();
    const input = inputOf(file, options);
    for (let attempt = 1; ; attempt++) {
      const prepared = await this.#workers.importers.run('prepareImport', input, run);
      run.signal?.throwIfAborted();
      try {
        const { importId } = await this.#workers.writer.run('commitImport', prepared, {
          transfer: preparedBuffers(prepared),
        });
        this.#changed();
        return { ...prepared.report, importId, milliseconds: performance.now() - startedAt };
      } catch (thrown) {
        if (!(thrown instanceof AppError && thrown.code === 'library-busy') || attempt === ATTEMPTS)
          throw thrown;
      }
    }
  }

  /** The head of a file and how it would be read. */
  preview(file: ImportFile, options: ImportOptionsInput = {}, run: RunOptions = {}): Promise<ImportPreview> {
    return this.#workers.readers.run('previewFile', inputOf(file, options), run);
  }

  /** The whole file read, nothing stored. */
  check(file: ImportFile, options: ImportOptionsInput = {}, run: RunOptions = {}): Promise<ImportCheck> {
    return this.#workers.importers.run('checkImport', inputOf(file, options), run);
  }

  /** All imports, newest first. */
  list(): Promise<ImportRecord[]> {
    return this.#workers.readers.run('listImports', undefined);
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
