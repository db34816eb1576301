import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openReader, openWriter } from '../../../electron/store/database.ts';
import { ImportStore } from '../../../electron/store/import-store.ts';
import { SeriesStore } from '../../../electron/store/series-store.ts';
import { prepareImport } from '../../../electron/workers/import-file.ts';
import { TaskProgress } from '../../../electron/workers/serve-tasks.ts';
import type { PreparedImport } from '../../../electron/workers/tasks.ts';
import { type ImportOptions, ImportOptionsSchema } from '../../../shared/contract/schemas.ts';

export const HEADING = 'bucket,ticker,trades,open,high,low,close,volume,vwap,twap';

/** A library in a folder of its own, with one writing and one reading connection, as the worker threads hold them. */
export class TemporaryLibrary {
  readonly path = mkdtempSync(join(tmpdir(), 'hindsight-library-'));
  readonly writer: Database = openWriter(this.path);
  readonly reader: Database = openReader(this.path);
  readonly imports = new ImportStore(this.writer);
  readonly series = new SeriesStore(this.reader);
  #files = 0;

  prepareFile(path: string, options: Partial<ImportOptions> = {}): Promise<PreparedImport> {
    const progress = new TaskProgress(new SharedArrayBuffer(TaskProgress.BYTES));
    const fileName = path.slice(path.lastIndexOf('/') + 1);
    return prepareImport(
      this.reader,
      { path, fileName, options: ImportOptionsSchema.parse(options) },
      progress,
    );
  }

  prepare(text: string | Uint8Array, options: Partial<ImportOptions> = {}): Promise<PreparedImport> {
    const path = join(this.path, `file-${++this.#files}.csv`);
    writeFileSync(path, text);
    return this.prepareFile(path, options);
  }

  /** Prepares and commits. Returns the report. */
  async import(text: string | Uint8Array, options: Partial<ImportOptions> = {}) {
    const prepared = await this.prepare(text, options);
    this.imports.commit(prepared, Date.UTC(2026, 0, 1) + this.#files);
    return prepared.report;
  }

  /** Everything that is stored, for comparing states: live and replaced chunks with their bytes, series. */
  snapshot(): unknown {
    const chunks = this.reader
      .prepare(
        `SELECT c.series_id, c.time_window, c.count, c.content_hash, c.replaced_by, x.name, hex(x.bytes) AS bytes
        FROM chunk c JOIN chunk_column x ON x.chunk = c.id ORDER BY c.id, x.name`,
      )
      .all();
    return { chunks, series: this.reader.prepare('SELECT * FROM series ORDER BY id').all() };
  }

  close(): void {
    this.reader.close();
    this.writer.close();
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Lines of minute bars, one for each of `minutes` after 2024-07-01 07:00 UTC; the same minute gives the same line. */
export function barLines(minutes: Iterable<number>, ticker = 'AAL.L'): string[] {
  return Array.from(minutes, (minute) => {
    const time = new Date(Date.UTC(2024, 6, 1, 7) + minute * 60_000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
    const close = 2400 + ((minute * 7919) % 200) / 2;
    const volume = (minute * 104729) % 10_000;
    return `${time},${ticker},${minute % 90},${close},${close + 1.5},${close - 0.5},${close},${volume},${close + 0.166667},`;
  });
}

export const csvOf = (lines: readonly string[]) => `${HEADING}\n${lines.join('\n')}\n`;
export const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + index);
