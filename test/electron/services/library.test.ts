import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../../electron/services/create-app.ts';
import { libraryFile, openReader, openWriter } from '../../../electron/store/database.ts';
import { CleanUpSchema, ExportBarsSchema, type Progress } from '../../../shared/contract/schemas.ts';
import { RESOURCES } from '../store/children.ts';
import { barLines, csvOf, range } from '../store/temporary-library.ts';

let folder: string;
let app: App;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-service-'));
  app = await createApp({ libraryPath: folder, resourcesPath: RESOURCES, face: 'terminal' });
});
afterEach(() => {
  app.close();
  rmSync(folder, { recursive: true, force: true });
});

async function importBars(from: number, to: number, ticker = 'AAL.L') {
  const path = join(folder, `${ticker}-${from}.csv`);
  writeFileSync(path, csvOf(barLines(range(from, to), ticker)));
  return app.imports.importFile({ path });
}
const reportsProgress = () => {
  const seen: Progress[] = [];
  return { seen, onProgress: (progress: Progress) => void seen.push(progress) };
};

describe('files for a page', () => {
  it('arrive as bytes and leave nothing behind', async () => {
    await importBars(0, 3_000);
    const [series] = await app.series.list();
    const request = ExportBarsSchema.parse({ seriesId: series!.id, format: 'csv.gz' });
    const text = gunzipSync(await app.library.exportBars(request)).toString();
    expect(text.split('\n')).toHaveLength(3_002);
    const backup = await app.library.backup();
    expect(Buffer.from(backup.subarray(0, 15)).toString()).toBe('SQLite format 3');
    expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
  });
});

describe('a restore', () => {
  it('is seen by everything at once: lists, charts, runs', async () => {
    await importBars(0, 20_000);
    const [series] = await app.series.list();
    const copy = join(folder, 'copy.hindsight');
    await app.library.backupTo(copy);
    await importBars(15_000, 40_000);
    await importBars(0, 100, 'HSBA.L');
    expect((await app.series.handleById(series!.id, ['close'])).length).toBe(40_000);
    const changes = app.changes.subscribe();
    await changes.next();
    const { seen, onProgress } = reportsProgress();
    expect(await app.library.restore(copy, true, { onProgress })).toMatchObject({ series: 1, bars: 20_000 });
    expect((await changes.next()).value).toEqual({ what: 'series' });
    expect(await app.series.list()).toEqual([series]);
    expect((await app.series.handleById(series!.id, ['close'])).length).toBe(20_000);
    expect(seen.every(({ unit }) => unit === 'bytes')).toBe(true);
    // The writer goes on with the library that it put in place.
    await importBars(15_000, 25_000);
    expect((await app.series.list())[0]!.bars).toBe(25_000);
  });
});

describe('the integrity check', () => {
  it('makes damaged levels of detail again, and says so', async () => {
    await importBars(0, 20_000);
    const db = openWriter(folder);
    db.exec('UPDATE chunk_level SET bytes = zeroblob(length(bytes))');
    const { damages } = await app.library.checkIntegrity();
    expect(damages.map(({ kind, files, hint }) => [kind, files, hint])).toEqual(
      damages.map(() => ['levels', [], 'They were made again from the bars.']),
    );
    expect(damages.length).toBeGreaterThan(1);
    expect((await app.library.checkIntegrity()).damages).toEqual([]);
    db.close();
  });
});

describe('a query', () => {
  /** Some seconds without a row; endless ones would go on behind this test. */
  const LONG =
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5e7) SELECT count(*) FROM n';

  it('can be stopped though SQLite never comes up for air, and others go on', async () => {
    await importBars(0, 100);
    const stop = new AbortController();
    const long = app.library.query({ sql: LONG, limit: 10 }, { signal: stop.signal });
    await setTimeout(300);
    stop.abort();
    await expect(long).rejects.toMatchObject({ code: 'cancelled' });
    expect((await app.library.query({ sql: 'SELECT count(*) FROM series', limit: 10 })).rows).toEqual([[1]]);
  });

  it('does not keep charts waiting', async () => {
    await importBars(0, 100);
    const stop = new AbortController();
    const long = app.library.query({ sql: LONG, limit: 10 }, { signal: stop.signal });
    expect(await app.series.list()).toHaveLength(1);
    stop.abort();
    await expect(long).rejects.toMatchObject({ code: 'cancelled' });
  });
});

it('compacting, clean-up and the limit work through the application', async () => {
  await importBars(0, 10_000);
  await importBars(9_000, 30_000);
  expect((await app.library.setLimit(1_000_000)).limitBytes).toBe(1_000_000);
  const before = await app.library.storage();
  expect(before.history).toHaveLength(1);
  const { settled } = await app.library.cleanUp(CleanUpSchema.parse({ before: Date.UTC(2100, 0, 1) }));
  expect(settled).toMatchObject([{ file: 'AAL.L-9000.csv' }]);
  const { bytesBefore, bytesAfter } = await app.library.compact();
  expect(bytesAfter).toBeLessThanOrEqual(bytesBefore);
  expect(await app.library.storage()).toMatchObject({ history: [], freeBytes: 0 });
});

it('a library of version 0.1 gets its levels of detail in the background', async () => {
  const old = fileURLToPath(new URL('../store/data/library-version-2.sqlite.gz', import.meta.url));
  const library = mkdtempSync(join(tmpdir(), 'hindsight-old-'));
  writeFileSync(libraryFile(library), gunzipSync(readFileSync(old)));
  const window = await createApp({ libraryPath: library, resourcesPath: RESOURCES, face: 'browser' });
  try {
    const reader = openReader(library);
    const missing = reader
      .prepare(
        `SELECT count(*) FROM chunk c WHERE replaced_by IS NULL
        AND NOT EXISTS (SELECT 1 FROM chunk_level l WHERE l.chunk = c.id)`,
      )
      .pluck();
    for (let wait = 0; wait < 100 && missing.get() !== 0; wait++) await setTimeout(100);
    expect(missing.get()).toBe(0);
    reader.close();
  } finally {
    window.close();
    rmSync(library, { recursive: true, force: true });
  }
});
