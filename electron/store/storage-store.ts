import type { CleanUp, CleanUpReport, CompactReport, StorageReport } from '../../shared/contract/schemas.ts';
import type { Database } from './database.ts';
import { SettingStore } from './setting-store.ts';

const STORAGE_LIMIT = 'storage.limit';

/** Pages that go back to the disk in one transaction: 8 MB. */
const STEP_PAGES = 512;
const INCREMENTAL = 2;

interface History {
  readonly number: number;
  readonly importId: string;
  readonly file: string;
  readonly importedAt: number;
  readonly undone: number;
  readonly replacedBytes: number;
  readonly rejectBytes: number;
}

/** What takes room in the library, and making room. */
export class StorageStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** `logBytes`: size of the write-ahead log beside the database. */
  report(logBytes: number): StorageReport {
    const bytes = (sql: string) => (this.#db.prepare(sql).pluck().get() as number | null) ?? 0;
    const history = this.#history();
    return {
      fileBytes: this.#fileBytes() + logBytes,
      barBytes: bytes('SELECT sum(stored_bytes) FROM chunk WHERE replaced_by IS NULL'),
      pyramidBytes: bytes(
        'SELECT sum(length(l.bytes)) FROM chunk_level l JOIN chunk c ON c.id = l.chunk WHERE c.replaced_by IS NULL',
      ),
      runBytes:
        bytes('SELECT sum(length(bytes)) FROM run_columns') +
        bytes(
          'SELECT sum(length(summary) + length(manifest) + length(statistics) + length(result)) FROM run',
        ),
      historyBytes: history.reduce((sum, entry) => sum + entry.replacedBytes + entry.rejectBytes, 0),
      freeBytes: this.#freeBytes(),
      limitBytes: this.#limit(),
      history: history.map(({ importId, file, importedAt, undone, replacedBytes, rejectBytes }) => ({
        importId,
        file,
        importedAt,
        undone: undone === 1,
        bytes: replacedBytes + rejectBytes,
      })),
    };
  }

  /** Null: no limit. */
  setLimit(bytes: number | null): void {
    new SettingStore(this.#db).put(STORAGE_LIMIT, bytes === null ? null : String(bytes));
  }

  #limit(): number | null {
    const limit = new SettingStore(this.#db).get(STORAGE_LIMIT);
    return limit === null ? null : Number(limit);
  }

  /**
   * Drops the history of imports. The rows of replaced chunks stay, without their bars: they say where bars came from,
   * and that an import can be undone no more.
   */
  cleanUp({ undone, before, toLimit }: CleanUp): CleanUpReport {
    return this.#db
      .transaction(() => {
        const settled: CleanUpReport['settled'] = [];
        let freedBytes = 0;
        const drop = ({ number, importId, file, replacedBytes, rejectBytes, undone: isUndone }: History) => {
          for (const table of ['chunk_column', 'chunk_level']) {
            this.#db
              .prepare(`DELETE FROM ${table} WHERE chunk IN (SELECT id FROM chunk WHERE replaced_by = ?)`)
              .run(number);
          }
          this.#db.prepare("UPDATE import SET reject_list = x'' WHERE number = ?").run(number);
          freedBytes += replacedBytes + rejectBytes;
          if (isUndone === 0 && replacedBytes > 0) settled.push({ importId, file });
        };
        const limit = this.#limit() ?? Number.POSITIVE_INFINITY;
        const usedBytes = this.#fileBytes() - this.#freeBytes();
        const rest: History[] = [];
        for (const entry of this.#history()) {
          const isAsked = (undone && entry.undone === 1) || (before !== null && entry.importedAt < before);
          if (isAsked) drop(entry);
          else rest.push(entry);
        }
        for (const entry of rest) {
          if (!toLimit || usedBytes - freedBytes <= limit) break;
          drop(entry);
        }
        return { settled, freedBytes };
      })
      .immediate();
  }

  /**
   * Gives free pages back to the disk, a few at a time: no second copy of the file is needed, readers go on, and it can be
   * broken off. A library of version 0.1 is rebuilt once, after which it can do the same.
   */
  compact(onStep: (done: number, total: number) => void): CompactReport {
    const bytesBefore = this.#fileBytes();
    if (this.#pragma('auto_vacuum') !== INCREMENTAL) {
      this.#db.pragma(`auto_vacuum = ${INCREMENTAL}`);
      this.#db.exec('VACUUM');
    }
    const total = this.#freeBytes();
    for (let left = total; left > 0; ) {
      this.#db.pragma(`incremental_vacuum(${STEP_PAGES})`);
      const now = this.#freeBytes();
      if (now >= left) break; // nothing moves any more
      left = now;
      onStep(total - left, total);
    }
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    return { bytesBefore, bytesAfter: this.#fileBytes() };
  }

  /** Imports that hold something which only undo or a look at rejected lines needs, oldest first. */
  #history(): History[] {
    return this.#db
      .prepare<[], History>(
        `SELECT number, importId, file, importedAt, undone, replacedBytes, rejectBytes FROM (
          SELECT i.number, i.id AS importId, i.file, i.imported_at AS importedAt, i.undone,
            iif(i.rejected > 0, length(i.reject_list), 0) AS rejectBytes,
            coalesce((SELECT sum(
              (SELECT coalesce(sum(length(x.bytes)), 0) FROM chunk_column x WHERE x.chunk = c.id) +
              (SELECT coalesce(sum(length(l.bytes)), 0) FROM chunk_level l WHERE l.chunk = c.id)
            ) FROM chunk c WHERE c.replaced_by = i.number), 0) AS replacedBytes
          FROM import i
        ) WHERE replacedBytes + rejectBytes > 0 ORDER BY number`,
      )
      .all();
  }

  #fileBytes(): number {
    return this.#pragma('page_count') * this.#pragma('page_size');
  }

  #freeBytes(): number {
    return this.#pragma('freelist_count') * this.#pragma('page_size');
  }

  #pragma(name: string): number {
    return this.#db.pragma(name, { simple: true }) as number;
  }
}
