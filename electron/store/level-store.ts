import { crc32 } from 'node:zlib';
import { buildLevels } from '../../shared/market/pyramid.ts';
import type { Database } from './database.ts';
import { encodeLevel } from './level-codec.ts';
import { SeriesStore, type StoredChunk } from './series-store.ts';

const BATCH = 16;

/**
 * Makes levels of detail for live chunks without any (libraries of version 0.1), a batch at a time, from behind the chunk
 * `after` until `deadline` says stop. Returns the chunk to go on from, null at the end. Damaged chunks are passed over:
 * the integrity check names them.
 */
export function completeLevels(db: Database, after: number, deadline: () => boolean): number | null {
  const store = new SeriesStore(db);
  const next = db.prepare<[number, number], StoredChunk & { seriesId: string; ticker: string }>(
    `SELECT c.id, c.series_id AS seriesId, s.ticker, c.time_window AS window, c.count, c.first, c.last
    FROM chunk c JOIN series s ON s.id = c.series_id
    WHERE c.id > ? AND c.replaced_by IS NULL AND NOT EXISTS (SELECT 1 FROM chunk_level l WHERE l.chunk = c.id)
    ORDER BY c.id LIMIT ?`,
  );
  const insert = db.prepare(
    'INSERT INTO chunk_level (chunk, bars_per_bucket, crc32, bytes) VALUES (?, ?, ?, ?)',
  );
  for (let last = after; ; ) {
    const found = next.all(last, BATCH);
    if (found.length === 0) return null;
    last = found.at(-1)!.id;
    db.transaction(() => {
      for (const chunk of found) {
        for (const level of levelsOf(store, chunk)) {
          const bytes = encodeLevel(level);
          insert.run(chunk.id, level.barsPerBucket, crc32(bytes), bytes);
        }
      }
    }).immediate();
    if (deadline()) return last;
  }
}

function levelsOf(store: SeriesStore, chunk: StoredChunk & { readonly ticker: string }) {
  try {
    return buildLevels(store.decodeBuckets(chunk.ticker, chunk));
  } catch {
    return [];
  }
}

/** Removes the levels of chunks with a damaged one, so that they are made again. Returns how many chunks. */
export function dropDamagedLevels(db: Database): number {
  const store = new SeriesStore(db);
  const remove = db.prepare('DELETE FROM chunk_level WHERE chunk = ?');
  const chunks = db
    .prepare<[], StoredChunk>('SELECT id, time_window AS window, count, first, last FROM chunk')
    .all()
    .filter((chunk) => store.hasDamagedLevel(chunk));
  db.transaction(() => {
    for (const { id } of chunks) remove.run(id);
  }).immediate();
  return chunks.length;
}
