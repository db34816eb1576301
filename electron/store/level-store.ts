import { crc32 } from 'node:zlib';
import { buildLevels } from '../../shared/market/pyramid.ts';
import type { Database } from './database.ts';
import { encodeLevel } from './level-codec.ts';
import { SeriesStore, type StoredChunk } from './series-store.ts';

const BATCH = 16;

/**
 * Makes levels of detail for live chunks without any (libraries of versions before 0.2), a batch at a time, until
 * `deadline` says stop. Returns whether chunks are left. Damaged chunks are passed over: they have a report of their own.
 */
export function completeLevels(db: Database, deadline: () => boolean): boolean {
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
  for (let last = 0; ; ) {
    const found = next.all(last, BATCH);
    if (found.length === 0) return false;
    last = found.at(-1)!.id;
    db.transaction(() => {
      for (const chunk of found) {
        for (const level of levelsOf(store, chunk)) {
          const bytes = encodeLevel(level);
          insert.run(chunk.id, level.barsPerBucket, crc32(bytes), bytes);
        }
      }
    }).immediate();
    if (deadline()) return true;
  }
}

function levelsOf(store: SeriesStore, chunk: StoredChunk & { readonly ticker: string }) {
  try {
    return buildLevels(store.decodeBuckets(chunk.ticker, chunk));
  } catch {
    return [];
  }
}
