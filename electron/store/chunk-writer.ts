import type { EncodedChunk } from '../workers/tasks.ts';
import type { Database, Statement } from './database.ts';

/** Puts the chunks of an import into the library, inside the caller's transaction. */
export class ChunkWriter {
  readonly #import: number;
  readonly #live: Statement<[string, number], { id: number; contentHash: string }>;
  readonly #replace: Statement<[number, number]>;
  readonly #insert: Statement<unknown[]>;
  readonly #insertColumn: Statement<unknown[]>;
  readonly #insertLevel: Statement<unknown[]>;
  readonly #empty: readonly Statement<[number]>[];
  readonly #resize: Statement<[number, number]>;

  /** `number`: of the import that brings the chunks. */
  constructor(db: Database, number: number) {
    this.#import = number;
    this.#live = db.prepare(
      `SELECT id, content_hash AS contentHash FROM chunk
      WHERE series_id = ? AND time_window = ? AND replaced_by IS NULL`,
    );
    this.#replace = db.prepare('UPDATE chunk SET replaced_by = ? WHERE id = ?');
    this.#insert = db.prepare(
      `INSERT INTO chunk (series_id, time_window, count, first, last, content_hash, stored_bytes, created_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertColumn = db.prepare(
      'INSERT INTO chunk_column (chunk, name, crc32, bytes) VALUES (?, ?, ?, ?)',
    );
    this.#insertLevel = db.prepare(
      'INSERT INTO chunk_level (chunk, bars_per_bucket, crc32, bytes) VALUES (?, ?, ?, ?)',
    );
    this.#empty = ['chunk_column', 'chunk_level'].map((table) =>
      db.prepare(`DELETE FROM ${table} WHERE chunk = ?`),
    );
    this.#resize = db.prepare('UPDATE chunk SET stored_bytes = ? WHERE id = ?');
  }

  /**
   * Makes a chunk the live one of its window. The same content under another number is a repair: what is stored of it is
   * written anew, and no history comes of it.
   */
  put(seriesId: string, chunk: EncodedChunk): void {
    const live = this.#live.get(seriesId, chunk.window);
    const storedBytes = chunk.columns.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (live?.contentHash === chunk.contentHash) {
      for (const statement of this.#empty) statement.run(live.id);
      this.#resize.run(storedBytes, live.id);
      this.#fill(live.id, chunk);
      return;
    }
    if (live !== undefined) this.#replace.run(this.#import, live.id);
    const { window, count, first, last, contentHash } = chunk;
    const { lastInsertRowid } = this.#insert.run(
      seriesId,
      window,
      count,
      first,
      last,
      contentHash,
      storedBytes,
      this.#import,
    );
    this.#fill(lastInsertRowid, chunk);
  }

  #fill(id: number | bigint, { columns, levels }: EncodedChunk): void {
    for (const { name, crc32, bytes } of columns) this.#insertColumn.run(id, name, crc32, bytes);
    for (const { barsPerBucket, crc32, bytes } of levels) {
      this.#insertLevel.run(id, barsPerBucket, crc32, bytes);
    }
  }
}
