import { gunzipSync } from 'node:zlib';
import { AppError } from '../../shared/contract/errors.ts';
import type { ImportRecord, PlanOverrides, ReadingPlan } from '../../shared/contract/schemas.ts';
import type { PreparedImport } from '../workers/tasks.ts';
import { ChunkWriter } from './chunk-writer.ts';
import type { Database } from './database.ts';
import { SeriesStore, seriesIdOf } from './series-store.ts';

interface Row {
  readonly undone: number;
  readonly settled: number;
  readonly plan: string | null;
  readonly warnings: string;
}

/** Replaced chunks whose bars a clean-up dropped. Some have none because all of them were taken out. */
const EMPTIED = `SELECT created_by, replaced_by FROM chunk c
  WHERE replaced_by IS NOT NULL AND count > 0
    AND NOT EXISTS (SELECT 1 FROM chunk_column x WHERE x.chunk = c.id)`;

/** Imports as undoable units: commit, undo, and removal of what they brought. Each call is one transaction. */
export class ImportStore {
  readonly #db: Database;
  readonly #series: SeriesStore;

  constructor(db: Database) {
    this.#db = db;
    this.#series = new SeriesStore(db);
  }

  /** Stores all of an import or nothing. Throws library-busy when the library changed since it was prepared. */
  commit(prepared: PreparedImport, importedAt: number): void {
    this.#transaction(() => {
      const number = this.#insertImport(prepared, importedAt);
      for (const { ticker, every, bars, first, last } of prepared.report.series) {
        this.#run(
          'INSERT INTO import_series (import, series_id, bars, first, last) VALUES (?, ?, ?, ?, ?)',
          number,
          seriesIdOf(ticker, every),
          bars,
          first,
          last,
        );
      }
      if (prepared.remember !== null) this.#remember(prepared.remember, importedAt);
      const writer = new ChunkWriter(this.#db, number);
      for (const change of prepared.changes) this.#applyChange(writer, change);
    });
  }

  /** All imports, newest first. */
  list(): ImportRecord[] {
    const series = new Map<string, ImportRecord['series']>();
    const covered = this.#db
      .prepare<[], { importId: string } & ImportRecord['series'][number]>(
        `SELECT i.id AS importId, x.series_id AS seriesId, s.ticker, s.every, x.bars, x.first, x.last
        FROM import_series x JOIN import i ON i.number = x.import JOIN series s ON s.id = x.series_id
        WHERE x.bars IS NOT NULL ORDER BY s.ticker, s.every`,
      )
      .all();
    for (const { importId, ...range } of covered) {
      const ranges = series.get(importId);
      if (ranges === undefined) series.set(importId, [range]);
      else ranges.push(range);
    }
    return this.#db
      .prepare<[], Omit<ImportRecord, 'undone' | 'settled' | 'plan' | 'warnings' | 'series'> & Row>(
        `SELECT number IN (SELECT replaced_by FROM (${EMPTIED}) UNION SELECT created_by FROM (${EMPTIED})) AS settled,
          id AS importId, file, file_sha256 AS fileSha256, imported_at AS importedAt,
          parser_version AS parserVersion, lines_read AS linesRead, accepted, rejected, stored, undone, source, plan,
          warnings FROM import ORDER BY number DESC`,
      )
      .all()
      .map(({ undone, settled, plan, warnings, ...record }) => ({
        ...record,
        undone: undone === 1,
        settled: settled === 1,
        plan: plan === null ? null : JSON.parse(plan),
        warnings: JSON.parse(warnings),
        series: series.get(record.importId) ?? [],
      }));
  }

  /** Which of these addresses an import came from that stands: not undone, and with a series that is still there. */
  heldOrigins(origins: readonly string[]): string[] {
    return this.#db
      .prepare<[string], string>(
        `SELECT DISTINCT source FROM import WHERE undone = 0 AND source IN (SELECT value FROM json_each(?))
        AND number IN (SELECT import FROM import_series)`,
      )
      .pluck()
      .all(JSON.stringify(origins));
  }

  /** What the user said about files of a layout; null: nothing yet. */
  remembered(fingerprint: string): PlanOverrides | null {
    const plan = this.#db
      .prepare<[string], string>('SELECT plan FROM reading_plan WHERE fingerprint = ?')
      .pluck()
      .get(fingerprint);
    return plan === undefined ? null : JSON.parse(plan);
  }

  /** How the file of an import was read; null where that was not kept, or there is no such import. */
  planOf(importId: string): ReadingPlan | null {
    const plan = this.#db
      .prepare<[string], string | null>('SELECT plan FROM import WHERE id = ?')
      .pluck()
      .get(importId);
    return plan == null ? null : JSON.parse(plan);
  }

  /** Throws what `undo` would throw. */
  checkUndo(importId: string): void {
    this.#undoable(importId);
  }

  /** Takes an import back exactly. Throws bad-request, naming the later import, when one built on it. */
  undo(importId: string): { removedBars: number } {
    return this.#transaction(() => {
      const found = this.#undoable(importId);
      const touched = this.#db
        .prepare<[number], string>('SELECT DISTINCT series_id FROM chunk WHERE created_by = ?')
        .pluck()
        .all(found.number);
      const before = this.#barsOf(touched);
      this.#run('DELETE FROM chunk WHERE created_by = ?', found.number);
      this.#run('UPDATE chunk SET replaced_by = NULL WHERE replaced_by = ?', found.number);
      this.#run('UPDATE import SET undone = 1 WHERE number = ?', found.number);
      for (const seriesId of touched) this.#refresh(seriesId);
      return { removedBars: before - this.#barsOf(touched) };
    });
  }

  /** Removes a series for good: its bars, and its share in the imports that brought them. Throws not-found. */
  removeSeries(seriesId: string): void {
    this.#transaction(() => {
      const { id } = this.#series.get(seriesId);
      this.#run('DELETE FROM import_series WHERE series_id = ?', id);
      this.#run('DELETE FROM series WHERE id = ?', id);
    });
  }

  /** All rejected lines of an import as CSV bytes. Throws not-found. */
  rejectList(importId: string): Uint8Array<ArrayBuffer> {
    const list = this.#db
      .prepare<[string], Uint8Array>('SELECT reject_list FROM import WHERE id = ?')
      .pluck()
      .get(importId);
    if (list === undefined) throw new AppError('not-found', `There is no import ${importId} in the library`);
    if (list.length === 0) {
      throw new AppError('not-found', 'The rejected lines of this import were dropped in a clean-up', {
        hint: 'Import the file again to see them.',
      });
    }
    return new Uint8Array(gunzipSync(list));
  }

  #insertImport(prepared: PreparedImport, importedAt: number): number {
    const { report, parserVersion, source, plan, rejectList } = prepared;
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO import (id, imported_at, file, file_sha256, parser_version, lines_read, accepted, rejected,
          stored, warnings, reject_list, plan, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        report.importId,
        importedAt,
        report.file,
        report.fileSha256,
        parserVersion,
        report.linesRead,
        report.accepted,
        report.rejected,
        report.stored,
        JSON.stringify(report.warnings),
        rejectList,
        plan === null ? null : JSON.stringify(plan),
        source,
      );
    return Number(lastInsertRowid);
  }

  #remember({ fingerprint, plan }: NonNullable<PreparedImport['remember']>, usedAt: number): void {
    this.#run(
      `INSERT INTO reading_plan (fingerprint, plan, used_at) VALUES (?, ?, ?)
        ON CONFLICT (fingerprint) DO UPDATE SET plan = excluded.plan, used_at = excluded.used_at`,
      fingerprint,
      JSON.stringify(plan),
      usedAt,
    );
  }

  #applyChange(
    writer: ChunkWriter,
    { ticker, every, basedOn, chunks }: PreparedImport['changes'][number],
  ): void {
    const seriesId = seriesIdOf(ticker, every);
    if (this.#series.contentHash(seriesId) !== basedOn) {
      throw new AppError(
        'library-busy',
        `The bars of ${ticker} changed while the import was being prepared`,
        {
          hint: 'Import the file again.',
        },
      );
    }
    this.#run(
      `INSERT INTO series (id, ticker, every, bars, first, last, content_hash, stored_bytes)
        VALUES (?, ?, ?, 0, 0, 0, '', 0) ON CONFLICT DO NOTHING`,
      seriesId,
      ticker,
      every,
    );
    for (const chunk of chunks) writer.put(seriesId, chunk);
    this.#refresh(seriesId);
  }

  #undoable(importId: string): { number: number } {
    const found = this.#db
      .prepare<[string], { number: number; undone: number }>('SELECT number, undone FROM import WHERE id = ?')
      .get(importId);
    if (found === undefined) throw new AppError('not-found', `There is no import ${importId} in the library`);
    if (found.undone === 1) throw new AppError('bad-request', `Import ${importId} has been undone already`);
    this.#refuseIfSettled(importId, found.number);
    this.#refuseIfBuiltUpon(importId, found.number);
    return found;
  }

  /** A clean-up took the bars away that undoing would have to bring back. */
  #refuseIfSettled(importId: string, number: number): void {
    const dropped = this.#db
      .prepare(`SELECT 1 FROM (${EMPTIED}) WHERE replaced_by = ? OR created_by = ?`)
      .get(number, number);
    if (dropped === undefined) return;
    throw new AppError(
      'bad-request',
      `Import ${importId} cannot be undone any more: a clean-up dropped bars that this would need`,
      { field: 'importId', hint: 'Remove the series, and import its other files again.' },
    );
  }

  #refuseIfBuiltUpon(importId: string, number: number): void {
    const later = this.#db
      .prepare<[number], { id: string; file: string }>(
        `SELECT DISTINCT i.id, i.file FROM chunk c JOIN import i ON i.number = c.replaced_by
        WHERE c.created_by = ? ORDER BY i.number DESC`,
      )
      .get(number);
    if (later === undefined) return;
    throw new AppError(
      'bad-request',
      `Import ${importId} cannot be undone: the later import ${later.id} of ${later.file} added bars beside its own`,
      { field: 'importId', hint: `Undo import ${later.id} first.` },
    );
  }

  /** Brings a series' row in line with its live chunks; a series without any is removed. */
  #refresh(seriesId: string): void {
    const sum = this.#series.sumOf(seriesId);
    if (sum === null) {
      this.#run('DELETE FROM series WHERE id = ?', seriesId);
      return;
    }
    this.#run(
      'UPDATE series SET bars = ?, first = ?, last = ?, content_hash = ?, stored_bytes = ? WHERE id = ?',
      sum.bars,
      sum.first,
      sum.last,
      sum.contentHash,
      sum.storedBytes,
      seriesId,
    );
  }

  #barsOf(seriesIds: readonly string[]): number {
    const query = this.#db.prepare<[string], number>('SELECT bars FROM series WHERE id = ?').pluck();
    return seriesIds.reduce((sum, seriesId) => sum + (query.get(seriesId) ?? 0), 0);
  }

  #run(sql: string, ...values: unknown[]): void {
    this.#db.prepare(sql).run(...values);
  }

  #transaction<T>(work: () => T): T {
    return this.#db.transaction(work).immediate();
  }
}
