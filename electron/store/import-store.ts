import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { AppError } from '../../shared/contract/errors.ts';
import type { EncodedChunk, PreparedImport } from '../workers/tasks.ts';
import type { Database } from './database.ts';
import { SeriesStore, seriesIdOf } from './series-store.ts';

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
      for (const { ticker, every } of prepared.report.series) {
        this.#run(
          'INSERT INTO import_series (import, series_id) VALUES (?, ?)',
          number,
          seriesIdOf(ticker, every),
        );
      }
      for (const change of prepared.changes) this.#applyChange(number, change);
    });
  }

  /** Takes an import back exactly. Throws bad-request, naming the later import, when one built on it. */
  undo(importId: string): { removedBars: number } {
    return this.#transaction(() => {
      const found = this.#db
        .prepare<[string], { number: number; undone: number }>(
          'SELECT number, undone FROM import WHERE id = ?',
        )
        .get(importId);
      if (found === undefined)
        throw new AppError('not-found', `There is no import ${importId} in the library`);
      if (found.undone === 1) throw new AppError('bad-request', `Import ${importId} has been undone already`);
      this.#refuseIfBuiltUpon(importId, found.number);
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
    return new Uint8Array(gunzipSync(list));
  }

  #insertImport({ report, parserVersion, rejectList }: PreparedImport, importedAt: number): number {
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO import (id, imported_at, file, file_sha256, parser_version, lines_read, accepted, rejected,
          stored, warnings, reject_list) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
      );
    return Number(lastInsertRowid);
  }

  #applyChange(number: number, { ticker, every, basedOn, chunks }: PreparedImport['changes'][number]): void {
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
    for (const chunk of chunks) this.#replaceChunk(number, seriesId, chunk);
    this.#refresh(seriesId);
  }

  #replaceChunk(number: number, seriesId: string, chunk: EncodedChunk): void {
    this.#run(
      'UPDATE chunk SET replaced_by = ? WHERE series_id = ? AND time_window = ? AND replaced_by IS NULL',
      number,
      seriesId,
      chunk.window,
    );
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO chunk (series_id, time_window, count, first, last, content_hash, stored_bytes, created_by)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        seriesId,
        chunk.window,
        chunk.count,
        chunk.first,
        chunk.last,
        chunk.contentHash,
        chunk.columns.reduce((sum, column) => sum + column.bytes.length, 0),
        number,
      );
    const insert = this.#db.prepare(
      'INSERT INTO chunk_column (chunk, name, crc32, bytes) VALUES (?, ?, ?, ?)',
    );
    for (const { name, crc32, bytes } of chunk.columns) insert.run(lastInsertRowid, name, crc32, bytes);
    const insertLevel = this.#db.prepare(
      'INSERT INTO chunk_level (chunk, bars_per_bucket, crc32, bytes) VALUES (?, ?, ?, ?)',
    );
    for (const { barsPerBucket, crc32, bytes } of chunk.levels) {
      insertLevel.run(lastInsertRowid, barsPerBucket, crc32, bytes);
    }
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
    const chunks = this.#db
      .prepare<
        [string],
        { window: number; count: number; first: number; last: number; hash: string; bytes: number }
      >(
        `SELECT time_window AS window, count, first, last, content_hash AS hash, stored_bytes AS bytes
        FROM chunk WHERE series_id = ? AND replaced_by IS NULL ORDER BY time_window`,
      )
      .all(seriesId);
    const first = chunks[0];
    if (first === undefined) {
      this.#run('DELETE FROM series WHERE id = ?', seriesId);
      return;
    }
    const hash = createHash('sha256');
    for (const chunk of chunks) hash.update(`${chunk.window}:${chunk.hash}\n`);
    this.#run(
      'UPDATE series SET bars = ?, first = ?, last = ?, content_hash = ?, stored_bytes = ? WHERE id = ?',
      chunks.reduce((sum, chunk) => sum + chunk.count, 0),
      first.first,
      chunks.at(-1)!.last,
      hash.digest('hex'),
      chunks.reduce((sum, chunk) => sum + chunk.bytes, 0),
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
