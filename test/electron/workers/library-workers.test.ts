import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WorkerPool } from '../../../electron/workers/pool.ts';
import { barsOf } from '../../../electron/workers/series-handle.ts';
import {
  IMPORT_STAGES,
  type ImportTasks,
  type ReaderTasks,
  type WriterTasks,
} from '../../../electron/workers/tasks.ts';
import {
  type EquityMeta,
  ImportOptionsSchema,
  type Progress,
  ViewportQuerySchema,
} from '../../../shared/contract/schemas.ts';
import { unpackFrame } from '../../../shared/contract/wire.ts';
import { BAR_COLUMN_NAMES } from '../../../shared/market/bar.ts';
import { storedRun } from '../store/stored-run.ts';
import { barLines, csvOf, range } from '../store/temporary-library.ts';

// The three worker threads of the library together, as the application runs them.

const folder = mkdtempSync(join(tmpdir(), 'hindsight-workers-'));
const settings = { libraryPath: folder };
const writer = new WorkerPool<WriterTasks>({ worker: 'writer', threads: 1, settings });
const readers = new WorkerPool<ReaderTasks>({ worker: 'reader', threads: 2, settings });
const importers = new WorkerPool<ImportTasks>({
  worker: 'import',
  threads: 1,
  settings,
  stages: IMPORT_STAGES,
  unit: 'bytes',
});
const path = join(folder, 'bars.csv');

beforeAll(async () => {
  writeFileSync(path, csvOf([...barLines(range(0, 30_000)), 'not a bar']));
  await writer.run('open', undefined);
});
afterAll(() => {
  for (const pool of [writer, readers, importers]) pool.close();
  rmSync(folder, { recursive: true, force: true });
});

it('imports, loads, shows, lists and undoes', async () => {
  const seen: Progress[] = [];
  const input = { path, fileName: 'bars.csv', options: ImportOptionsSchema.parse({}) };
  const prepared = await importers.run('prepareImport', input, {
    onProgress: (progress) => seen.push(progress),
  });
  const { importId } = await writer.run('commitImport', prepared);
  expect(prepared.report).toMatchObject({ importId, linesRead: 30_001, stored: 30_000, rejected: 1 });

  const [series] = await readers.run('listSeries', undefined);
  const seriesId = series!.id;
  expect(series).toMatchObject({ ticker: 'AAL.L', bars: 30_000 });
  const handle = await readers.run('loadSeries', { seriesId, columns: BAR_COLUMN_NAMES });
  expect(handle.columns.close).toBeInstanceOf(SharedArrayBuffer);
  expect(barsOf(handle).time[29_999]).toBe(series!.last);
  const query = ViewportQuerySchema.parse({ seriesId, fromBar: 0, toBar: 30_000, maxBuckets: 500 });
  const frame = unpackFrame((await readers.run('viewport', { handle, query })).buffer);
  expect(frame.columns.close!.length).toBeGreaterThan(200);
  const bare = await readers.run('viewport', { handle: null, query });
  expect(bare).toEqual(await readers.run('viewport', { handle, query }));
  const stale = { ...handle, contentHash: 'of before' };
  await expect(readers.run('viewport', { handle: stale, query })).rejects.toMatchObject({
    code: 'data-changed',
  });
  expect(await readers.run('locate', { seriesId, time: series!.last })).toBe(29_999);
  expect((await readers.run('seriesDetail', { seriesId })).imports[0]).toMatchObject({
    importId,
    stored: 30_000,
  });
  expect(await readers.run('hashBars', { handle, from: 0, to: 10 })).toMatch(/^[0-9a-f]{64}$/);
  const rejects = new TextDecoder().decode(await readers.run('rejectList', { importId }));
  expect(rejects).toMatch(/^rejected line@[\w-]{36},rejected column,rejected because,bucket,ticker,/);
  expect(rejects.split('\n')[1]).toBe('30002,,wrong-field-count,not a bar');

  expect(await writer.run('undoImport', { importId })).toEqual({ removedBars: 30_000 });
  expect(await readers.run('listSeries', undefined)).toEqual([]);
  await expect(readers.run('loadSeries', { seriesId, columns: ['time'] })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(writer.run('removeSeries', { seriesId })).rejects.toMatchObject({ code: 'not-found' });
});

it('stores runs and answers their tables and charts', async () => {
  const run = storedRun('run-1', 400);
  await writer.run('saveRun', run);
  expect(await readers.run('listRuns', undefined)).toEqual([run.summary]);
  expect((await readers.run('runDetail', { runId: 'run-1' })).manifest).toEqual(run.manifest);
  const curve = unpackFrame<EquityMeta>(
    (await readers.run('equity', { runId: 'run-1', maxPoints: 100 })).buffer,
  );
  expect(curve.meta).toEqual({ steps: 1_600, startingCash: 1_000 });
  const table = {
    runId: 'run-1',
    offset: 0,
    limit: 3,
    sort: 'net',
    descending: true,
    outcome: 'all',
    side: 'all',
  } as const;
  const { total, rows } = await readers.run('trades', table);
  expect([total, rows.length]).toEqual([400, 3]);
  expect(rows[0]!.net).toBe(Math.max(...run.result.trades.net));
  await writer.run('removeRun', { runId: 'run-1' });
  await expect(readers.run('trades', table)).rejects.toMatchObject({ code: 'not-found' });
});

it('reports a bad file as an error that names it', async () => {
  const input = {
    path: join(folder, 'missing.csv'),
    fileName: 'missing.csv',
    options: ImportOptionsSchema.parse({}),
  };
  await expect(importers.run('prepareImport', input)).rejects.toMatchObject({
    code: 'file-unreadable',
    detail: { file: 'missing.csv', hint: expect.any(String) },
  });
});
