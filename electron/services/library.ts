import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import type {
  CleanUp,
  CleanUpReport,
  CompactReport,
  ExportBars,
  IntegrityReport,
  RestoreReport,
  SqlAnswer,
  SqlQuery,
  StorageReport,
} from '../../shared/contract/schemas.ts';
import type { RunOptions } from '../workers/pool.ts';
import { QUERY_MILLISECONDS } from '../workers/tasks.ts';
import type { Changes } from './changes.ts';
import type { InstrumentService } from './instruments.ts';
import type { SeriesService } from './series.ts';
import type { Workers } from './workers.ts';

/** A page holds the files it asks for in memory. */
const LARGEST_PAGE_FILE = 2 ** 30;
/** The thread ends a query by itself, unless it never comes to a row. */
const GIVE_UP_MILLISECONDS = QUERY_MILLISECONDS + 1_000;

/** The library as a whole: its size, its soundness, copies of it, and bars on their way out. */
export class LibraryService {
  readonly #libraryPath: string;
  readonly #workers: Workers;
  readonly #series: SeriesService;
  readonly #instruments: InstrumentService;
  readonly #changes: Changes;

  constructor(
    libraryPath: string,
    workers: Workers,
    series: SeriesService,
    instruments: InstrumentService,
    changes: Changes,
  ) {
    this.#libraryPath = libraryPath;
    this.#workers = workers;
    this.#series = series;
    this.#instruments = instruments;
    this.#changes = changes;
  }

  storage(): Promise<StorageReport> {
    return this.#workers.longReaders.run('storage', undefined);
  }

  async setLimit(bytes: number | null): Promise<StorageReport> {
    await this.#workers.writer.run('setStorageLimit', { bytes });
    return this.storage();
  }

  /** Ends the undo of imports and gives the room of their history back to the file. */
  async cleanUp(request: CleanUp): Promise<CleanUpReport> {
    const report = await this.#workers.writer.run('cleanUp', request);
    this.#changes.announce('series');
    return report;
  }

  /** Gives free pages back to the disk. Stopping it leaves what is done done. */
  compact(run: RunOptions = {}): Promise<CompactReport> {
    return this.#workers.writer.run('compact', undefined, run);
  }

  /** Reads everything against its checksums. Levels of detail that are damaged are made again from the bars. */
  async checkIntegrity(run: RunOptions = {}): Promise<IntegrityReport> {
    const report = await this.#workers.longReaders.run('checkIntegrity', undefined, run);
    if (!report.damages.some(({ kind }) => kind === 'levels')) return report;
    await this.#workers.writer.run('dropDamagedLevels', undefined);
    await this.completeLevels();
    const mended = { files: [], hint: 'They were made again from the bars.' };
    const damages = report.damages.map((damage) =>
      damage.kind === 'levels' ? { ...damage, ...mended } : damage,
    );
    return { ...report, damages };
  }

  /** Levels of detail for series of before there were any, in pieces, so that imports need not wait. */
  async completeLevels(): Promise<void> {
    let after: number | null = 0;
    while (after !== null) after = await this.#workers.writer.run('completeLevels', { after });
  }

  /** Everything the user made as one file; it appears under its name when it is complete. */
  backupTo(path: string, run: RunOptions = {}): Promise<{ bytes: number }> {
    return complete(path, (part) => this.#workers.longReaders.run('backup', { path: part }, run));
  }

  backup(run: RunOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    return this.#asBytes('hindsight library backup FILE', (path) =>
      this.#workers.longReaders.run('backup', { path }, run),
    );
  }

  /**
   * Makes the library what it was when the backup was made. Throws bad-request where that would replace anything and
   * `replace` does not say so, library-damaged and library-newer as for a library.
   */
  async restore(path: string, replace: boolean, run: RunOptions = {}): Promise<RestoreReport> {
    const report = await this.#workers.writer.run('restore', { path: resolve(path), replace }, run);
    this.#series.forget();
    for (const what of ['series', 'runs', 'strategies'] as const) this.#changes.announce(what);
    return report;
  }

  /** Bars as a file that appears under its name when it is complete. */
  async exportTo(
    path: string,
    request: ExportBars,
    run: RunOptions = {},
  ): Promise<{ bars: number; bytes: number }> {
    const calendar = await this.#calendarOf(request.seriesId);
    return complete(path, (part) =>
      this.#workers.longReaders.run('exportBars', { request, calendar, path: part }, run),
    );
  }

  async exportBars(request: ExportBars, run: RunOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const calendar = await this.#calendarOf(request.seriesId);
    return this.#asBytes('hindsight data export', (path) =>
      this.#workers.longReaders.run('exportBars', { request, calendar, path }, run),
    );
  }

  /** The calendar whose sessions make longer bars; null: days are those of UTC. */
  async #calendarOf(seriesId: string): Promise<string | null> {
    const { ticker } = await this.#series.byId(seriesId);
    return (await this.#instruments.calendars()).get(ticker) ?? null;
  }

  /** One SELECT. Throws bad-request with SQLite's words, and when it takes longer than half a minute. */
  async query(query: SqlQuery, { signal }: RunOptions = {}): Promise<SqlAnswer> {
    const timeout = AbortSignal.timeout(GIVE_UP_MILLISECONDS);
    const stop = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    try {
      return await this.#workers.longReaders.run('query', query, { signal: stop });
    } catch (thrown) {
      if (!timeout.aborted || signal?.aborted) throw thrown;
      throw new AppError('bad-request', `The query took longer than ${QUERY_MILLISECONDS / 1000} s`, {
        field: 'sql',
        hint: 'Ask for less: one ticker, a range of time.',
      });
    }
  }

  /** What `write` puts into a file of the library's folder, for a page. */
  async #asBytes(
    command: string,
    write: (path: string) => Promise<{ bytes: number }>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const folder = join(this.#libraryPath, 'uploads'); // what a killed process leaves there is removed at the next start
    await mkdir(folder, { recursive: true });
    const path = join(folder, randomUUID());
    try {
      const { bytes } = await write(path);
      if (bytes > LARGEST_PAGE_FILE) {
        throw new AppError('bad-request', 'The file is larger than a gigabyte: too large for a page', {
          hint: `Write it in the terminal: ${command}.`,
        });
      }
      return new Uint8Array(await readFile(path));
    } finally {
      await rm(path, { force: true });
    }
  }
}

/** Lets `write` fill a file beside `path` and moves it there when it is complete. */
async function complete<T>(path: string, write: (part: string) => Promise<T>): Promise<T> {
  const part = resolve(`${path}.part`);
  try {
    await rm(part, { force: true });
    const outcome = await write(part);
    await rename(part, path);
    return outcome;
  } catch (thrown) {
    await rm(part, { force: true }).catch(() => {});
    throw thrown;
  }
}
