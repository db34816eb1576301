import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AppError } from '../../shared/contract/errors.ts';
import type { Provenance, Series } from '../../shared/contract/schemas.ts';
import {
  BAR_COLUMN_NAMES,
  type BarColumnName,
  type BarColumns,
  REQUIRED_BAR_COLUMNS,
} from '../../shared/market/bar.ts';
import { type Buckets, levelSizes } from '../../shared/market/pyramid.ts';
import { decodeColumn } from './column-codec.ts';
import type { Database, Statement } from './database.ts';
import { decodeLevel } from './level-codec.ts';

/** A live chunk of a series: its place in time, not its bars. */
export interface StoredChunk {
  readonly id: number;
  readonly window: number;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

const SERIES = `
  SELECT s.id, s.ticker, s.every, s.bars, s.first, s.last, s.content_hash AS contentHash,
    s.stored_bytes AS storedBytes,
    (SELECT max(i.imported_at) FROM import_series x JOIN import i ON i.number = x.import
      WHERE x.series_id = s.id AND i.undone = 0) AS lastImportAt
  FROM series s`;

/** The series' name in the library: the same for the same ticker and interval, in every library. */
export function seriesIdOf(ticker: string, every: string): string {
  return createHash('sha256').update(`${ticker}\n${every}`).digest('hex').slice(0, 24);
}

interface Blob {
  readonly crc32: number;
  readonly bytes: Uint8Array;
}

/** Reading series and their bars. Every method throws library-damaged where a checksum does not match. */
export class SeriesStore {
  readonly #db: Database;
  readonly #column: Statement<[number, string], Blob>;
  readonly #level: Statement<[number, number], Blob>;

  constructor(db: Database) {
    this.#db = db;
    this.#column = db.prepare('SELECT crc32, bytes FROM chunk_column WHERE chunk = ? AND name = ?');
    this.#level = db.prepare('SELECT crc32, bytes FROM chunk_level WHERE chunk = ? AND bars_per_bucket = ?');
  }

  list(): Series[] {
    return this.#db.prepare<[], Series>(`${SERIES} ORDER BY s.ticker, s.every`).all();
  }

  /** Throws not-found. */
  get(seriesId: string): Series {
    const found = this.#db.prepare<[string], Series>(`${SERIES} WHERE s.id = ?`).get(seriesId);
    if (found === undefined) throw new AppError('not-found', 'This series is not in the library any more');
    return found;
  }

  /** What the row of a series must say, from its live chunks; null where there is none with bars. */
  sumOf(seriesId: string): Pick<Series, 'bars' | 'first' | 'last' | 'contentHash' | 'storedBytes'> | null {
    const chunks = this.#db
      .prepare<
        [string],
        { window: number; count: number; first: number; last: number; hash: string; bytes: number }
      >(
        `SELECT time_window AS window, count, first, last, content_hash AS hash, stored_bytes AS bytes
        FROM chunk WHERE series_id = ? AND replaced_by IS NULL AND count > 0 ORDER BY time_window`,
      )
      .all(seriesId);
    const [first] = chunks;
    if (first === undefined) return null;
    const hash = createHash('sha256');
    for (const chunk of chunks) hash.update(`${chunk.window}:${chunk.hash}\n`);
    return {
      bars: chunks.reduce((sum, { count }) => sum + count, 0),
      first: first.first,
      last: chunks.at(-1)!.last,
      contentHash: hash.digest('hex'),
      storedBytes: chunks.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  /** Content hash of a series, null when the library does not hold it. */
  contentHash(seriesId: string): string | null {
    const query = this.#db.prepare<[string], string>('SELECT content_hash FROM series WHERE id = ?');
    return query.pluck().get(seriesId) ?? null;
  }

  /** Imports that gave this series bars or repeated them, newest first. */
  imports(seriesId: string): Provenance[] {
    const rows = this.#db
      .prepare<[string], Omit<Provenance, 'undone'> & { undone: number }>(
        `SELECT i.id AS importId, i.file, i.file_sha256 AS fileSha256, i.imported_at AS importedAt,
          i.parser_version AS parserVersion, i.lines_read AS linesRead, i.accepted, i.rejected, i.stored, i.undone
        FROM import_series x JOIN import i ON i.number = x.import
        WHERE x.series_id = ? ORDER BY i.number DESC`,
      )
      .all(seriesId);
    return rows.map((row) => ({ ...row, undone: row.undone === 1 }));
  }

  /** Live chunks in order of time. */
  chunks(seriesId: string): StoredChunk[] {
    return this.#db
      .prepare<[string], StoredChunk>(
        `SELECT id, time_window AS window, count, first, last FROM chunk
        WHERE series_id = ? AND replaced_by IS NULL AND count > 0 ORDER BY time_window`,
      )
      .all(seriesId);
  }

  chunk(seriesId: string, window: number): StoredChunk | null {
    const found = this.#db
      .prepare<[string, number], StoredChunk>(
        `SELECT id, time_window AS window, count, first, last FROM chunk
        WHERE series_id = ? AND time_window = ? AND replaced_by IS NULL`,
      )
      .get(seriesId, window);
    return found ?? null;
  }

  /** Chunks that a live one took the place of, newest first; those that a clean-up emptied are not among them. */
  replacedChunks(chunk: StoredChunk): StoredChunk[] {
    return this.#db
      .prepare<[number], StoredChunk>(
        `SELECT o.id, o.time_window AS window, o.count, o.first, o.last FROM chunk c
          JOIN chunk o ON o.series_id = c.series_id AND o.time_window = c.time_window
        WHERE c.id = ? AND o.id <> c.id AND o.replaced_by IS NOT NULL
          AND EXISTS (SELECT 1 FROM chunk_column x WHERE x.chunk = o.id)
        ORDER BY o.id DESC`,
      )
      .all(chunk.id);
  }

  /** All bars of a chunk in memory of their own. */
  decode(ticker: string, chunk: StoredChunk): BarColumns {
    const columns = Object.fromEntries(
      BAR_COLUMN_NAMES.map((name) => {
        const target = new Float64Array(chunk.count);
        return [name, this.decodeColumn(ticker, chunk, name, target) ? target : null];
      }),
    ) as unknown as Omit<BarColumns, 'length'>;
    return { length: chunk.count, ...columns };
  }

  /** What can still be read of a chunk, and the names of the columns that cannot. */
  decodeSound(chunk: StoredChunk): { columns: BarColumns; damaged: BarColumnName[] } {
    const damaged: BarColumnName[] = [];
    const columns = Object.fromEntries(
      BAR_COLUMN_NAMES.map((name) => {
        const target = new Float64Array(chunk.count);
        try {
          return [name, this.decodeColumn('', chunk, name, target) ? target : null];
        } catch {
          damaged.push(name);
          return [name, null];
        }
      }),
    ) as unknown as Omit<BarColumns, 'length'>;
    return { columns: { length: chunk.count, ...columns }, damaged };
  }

  /** Prices and volume of a chunk, for drawing. */
  decodeBuckets(ticker: string, chunk: StoredChunk): Buckets {
    const required = (name: BarColumnName) => {
      const target = new Float64Array(chunk.count);
      this.decodeColumn(ticker, chunk, name, target);
      return target;
    };
    const volume = new Float64Array(chunk.count);
    return {
      length: chunk.count,
      time: required('time'),
      open: required('open'),
      high: required('high'),
      low: required('low'),
      close: required('close'),
      volume: this.decodeColumn(ticker, chunk, 'volume', volume) ? volume : null,
    };
  }

  /** Decodes one column into `target` (length: the chunk's count); false when the chunk has no such column. */
  decodeColumn(ticker: string, chunk: StoredChunk, name: BarColumnName, target: Float64Array): boolean {
    const row = this.#column.get(chunk.id, name);
    if (row === undefined) {
      if (REQUIRED_BAR_COLUMNS.some((required) => required === name))
        throw this.#damaged(ticker, chunk, name);
      return false;
    }
    if (crc32(row.bytes) !== row.crc32) throw this.#damaged(ticker, chunk, name);
    try {
      decodeColumn(row.bytes, target);
    } catch (cause) {
      throw this.#damaged(ticker, chunk, name, cause);
    }
    return true;
  }

  /** A level of detail; null where there is none, or a damaged one: the bars tell the same. */
  level({ id, count }: StoredChunk, barsPerBucket: number): Buckets | null {
    const row = this.#level.get(id, barsPerBucket);
    if (row === undefined || crc32(row.bytes) !== row.crc32) return null;
    try {
      return decodeLevel(row.bytes, Math.ceil(count / barsPerBucket));
    } catch {
      return null;
    }
  }

  /** Whether a level of the chunk is stored, and is not what was stored. */
  hasDamagedLevel(chunk: StoredChunk): boolean {
    return levelSizes(chunk.count).some(
      (barsPerBucket) =>
        this.#level.get(chunk.id, barsPerBucket) !== undefined && this.level(chunk, barsPerBucket) === null,
    );
  }

  /** Names of the columns that at least one live chunk has. */
  columnNames(seriesId: string): Set<BarColumnName> {
    const names = this.#db
      .prepare<[string], BarColumnName>(
        `SELECT DISTINCT x.name FROM chunk c JOIN chunk_column x ON x.chunk = c.id
        WHERE c.series_id = ? AND c.replaced_by IS NULL`,
      )
      .pluck()
      .all(seriesId);
    return new Set(names);
  }

  /** Files that gave a chunk bars, as far as the library knows: importing them again repairs it. Oldest first. */
  filesOf(chunk: StoredChunk): string[] {
    return this.#db
      .prepare<[number], string>(
        `SELECT i.file FROM chunk c JOIN import_series x ON x.series_id = c.series_id
          JOIN import i ON i.number = x.import
        WHERE c.id = ? AND i.undone = 0 AND i.source <> 'correction' AND (x.first IS NULL OR x.first <= c.last AND x.last >= c.first)
        GROUP BY i.file ORDER BY min(i.number)`,
      )
      .pluck()
      .all(chunk.id);
  }

  #damaged(ticker: string, chunk: StoredChunk, column: string, cause?: unknown): AppError {
    const files = this.filesOf(chunk).join(', ');
    return new AppError(
      'library-damaged',
      `Stored bars of ${ticker} are damaged: column ${column} of window ${chunk.window} (${rangeText(chunk)})`,
      {
        field: column,
        hint:
          files === ''
            ? 'Import a file with these bars again: that repairs them.'
            : `Import ${files} again: that repairs them.`,
      },
      { cause },
    );
  }
}

const dayText = (time: number) => new Date(time).toISOString().slice(0, 10);

/** "2024-07-01 to 2024-07-12". */
export const rangeText = ({ first, last }: Pick<StoredChunk, 'first' | 'last'>) =>
  `${dayText(first)} to ${dayText(last)}`;
