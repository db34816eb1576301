import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, libraryFile, openWriter } from '../../../electron/store/database.ts';
import { ImportStore } from '../../../electron/store/import-store.ts';
import { completeLevels } from '../../../electron/store/level-store.ts';
import { RunStore } from '../../../electron/store/run-store.ts';
import { SeriesStore } from '../../../electron/store/series-store.ts';
import { StorageStore } from '../../../electron/store/storage-store.ts';
import { checkIntegrity } from '../../../electron/workers/check-integrity.ts';
import { loadSeries } from '../../../electron/workers/load-series.ts';
import { barsOf } from '../../../electron/workers/series-handle.ts';
import { barLines, range } from './temporary-library.ts';

// A library that version 0.1 wrote: columns in its coding, no levels of detail, an import that replaced a chunk, a run.

const OLD = fileURLToPath(new URL('data/library-version-2.sqlite.gz', import.meta.url));
let folder: string;
let db: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-old-'));
  writeFileSync(libraryFile(folder), gunzipSync(readFileSync(OLD)));
  db = openWriter(folder);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const codings = () =>
  db.prepare('SELECT DISTINCT substr(hex(bytes), 1, 2) FROM chunk_column ORDER BY 1').pluck().all();

it('is read bit for bit', () => {
  expect(codings()).toEqual(['00', '01']);
  const store = new SeriesStore(db);
  const [aal] = store.list();
  const bars = barsOf(loadSeries(store, aal!.id));
  const minutes = range(0, 19_000).filter((minute) => (minute < 18_000 ? minute % 5 !== 2 : false));
  const added = range(17_500, 19_000).filter((minute) => minute % 5 === 2);
  const expected = [...minutes, ...added].sort((a, b) => a - b);
  const lines = barLines(expected).map((line) => line.split(','));
  expect(bars.length).toBe(expected.length);
  expect([...bars.close]).toEqual(lines.map((line) => Number(line[6])));
  expect([...bars.volume!]).toEqual(lines.map((line) => Number(line[7])));
  const ordinal = new Map(minutes.map((minute, index) => [minute, index]));
  expect([...bars.vwap!]).toEqual(
    expected.map((minute, index) => {
      const at = ordinal.get(minute);
      if (at === undefined) return Number(lines[index]![8]);
      return at % 11 === 0 ? Number.NaN : Number(lines[index]![6]) + 1 / 3;
    }),
  );
  expect(checkIntegrity(db, () => {})).toEqual({ checkedChunks: 4, checkedRuns: 1, damages: [] });
});

it('undoes what was imported then', () => {
  const imports = new ImportStore(db);
  const [, second] = imports.list();
  expect(imports.undo(second!.importId)).toEqual({ removedBars: 300 });
  expect(checkIntegrity(db, () => {}).damages).toEqual([]);
});

it('gets levels of detail', () => {
  let rounds = 0;
  for (let after: number | null = 0; after !== null; rounds++) after = completeLevels(db, after, () => true);
  expect(rounds).toBe(2);
  expect(db.prepare('SELECT count(DISTINCT chunk) FROM chunk_level').pluck().get()).toBe(3);
  expect(completeLevels(db, 0, () => false)).toBeNull();
});

it('keeps its runs', () => {
  const runs = new RunStore(db);
  expect(runs.list().map(({ id }) => id)).toEqual(['old-run']);
  expect(runs.load('old-run').result.trades.length).toBe(12);
});

it('gives back room once it was rebuilt', () => {
  const storage = new StorageStore(db);
  for (const { id } of new SeriesStore(db).list()) new ImportStore(db).removeSeries(id);
  expect(storage.report(0).freeBytes).toBeGreaterThan(0);
  const { bytesBefore, bytesAfter } = storage.compact(() => {});
  expect(bytesAfter).toBeLessThan(bytesBefore);
  expect(db.pragma('auto_vacuum', { simple: true })).toBe(2);
  expect(storage.report(0).freeBytes).toBe(0);
});
