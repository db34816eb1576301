import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageStore } from '../../../electron/store/storage-store.ts';
import { checkIntegrity } from '../../../electron/workers/check-integrity.ts';
import { prepareDrop } from '../../../electron/workers/prepare-drop.ts';
import { barLines, csvOf, range, TemporaryLibrary } from './temporary-library.ts';

let library: TemporaryLibrary;
let storage: StorageStore;
beforeEach(() => {
  library = new TemporaryLibrary();
  storage = new StorageStore(library.writer);
});
afterEach(() => library.close());

const contentHash = () => library.series.list()[0]!.contentHash;
const ALL = { undone: true, before: null, toLimit: false };
const FAR = Date.UTC(2100, 0, 1);

/** Three imports, each of which replaced the chunk of the one before; the last with a line that is no bar. */
async function importThree() {
  const reports = [];
  for (const [from, to] of [
    [0, 4_000],
    [3_000, 8_000],
    [7_000, 12_000],
  ] as const) {
    const lines = barLines(range(from, to));
    reports.push(await library.import(csvOf(from === 7_000 ? [...lines, 'no bar'] : lines)));
  }
  return reports.map(({ importId }) => importId);
}

describe('the report', () => {
  it('accounts for bars, levels and history', async () => {
    const empty = storage.report(0);
    expect(empty).toMatchObject({
      barBytes: 0,
      pyramidBytes: 0,
      historyBytes: 0,
      limitBytes: null,
      history: [],
    });
    const [, second, third] = await importThree();
    const report = storage.report(1_000);
    const sum = (sql: string) => library.writer.prepare(sql).pluck().get();
    expect(report.barBytes).toBe(
      sum(
        'SELECT sum(length(bytes)) FROM chunk_column JOIN chunk c ON c.id = chunk WHERE replaced_by IS NULL',
      ),
    );
    expect(report.pyramidBytes).toBeGreaterThan(0);
    expect(report.history.map(({ importId }) => importId)).toEqual([second, third]);
    expect(report.historyBytes).toBe(report.history.reduce((total, { bytes }) => total + bytes, 0));
    expect(report.fileBytes - empty.fileBytes).toBeGreaterThan(report.barBytes + report.historyBytes);
    library.imports.undo(third!);
    // Of an undone import only its rejected lines are left.
    const after = storage.report(0).history.find(({ importId }) => importId === third);
    expect(after).toMatchObject({ undone: true });
    expect(after!.bytes).toBeLessThan(200);
  });

  it('remembers a limit', () => {
    storage.setLimit(5_000_000);
    expect(storage.report(0).limitBytes).toBe(5_000_000);
    storage.setLimit(null);
    expect(storage.report(0).limitBytes).toBeNull();
  });
});

describe('a clean-up', () => {
  it('touches nothing that is not asked for', async () => {
    await importThree();
    const before = library.snapshot();
    expect(storage.cleanUp(ALL)).toEqual({ settled: [], freedBytes: 0 });
    expect(library.snapshot()).toEqual(before);
  });

  it('ends the undo of old imports, says which, and keeps every bar', async () => {
    const [first, second, third] = await importThree();
    const hash = contentHash();
    const { historyBytes } = storage.report(0);
    const report = storage.cleanUp({ ...ALL, before: FAR });
    expect(report.settled.map(({ importId }) => importId)).toEqual([second, third]);
    expect(report.freedBytes).toBe(historyBytes);
    expect(contentHash()).toBe(hash);
    expect(storage.report(0)).toMatchObject({ historyBytes: 0, history: [] });
    expect(checkIntegrity(library.writer, () => {}).damages).toEqual([]);
    for (const importId of [third!, second!, first!]) {
      expect(() => library.imports.undo(importId)).toThrow(expect.objectContaining({ code: 'bad-request' }));
    }
    expect(() => library.imports.undo(third!)).toThrow(/clean-up/);
    expect(library.imports.list().map(({ settled }) => settled)).toEqual([true, true, true]);
    expect(() => library.imports.rejectList(third!)).toThrow(/dropped in a clean-up/);
    expect(library.series.filesOf(library.series.chunks(library.series.list()[0]!.id)[0]!)).toEqual([
      'file-1.csv',
      'file-2.csv',
      'file-3.csv',
    ]);
    expect(contentHash()).toBe(hash);
  });

  it('takes the oldest first, and no more than the limit asks for', async () => {
    const [, second, third] = await importThree();
    const { fileBytes, freeBytes } = storage.report(0);
    storage.setLimit(Math.max(1, fileBytes - freeBytes - 1));
    const report = storage.cleanUp({ ...ALL, toLimit: true });
    expect(report.settled.map(({ importId }) => importId)).toEqual([second]);
    expect(library.imports.list().map(({ settled }) => settled)).toEqual([false, true, true]);
    expect(library.imports.undo(third!)).toEqual({ removedBars: 4_000 });
  });

  it('takes bars that were taken out for no bars that it dropped', async () => {
    const { importId } = await library.import(csvOf(barLines(range(0, 200))));
    await library.import(csvOf(barLines(range(50_000, 50_100))), { every: '1m' });
    const { id, first } = library.series.list()[0]!;
    const taken = prepareDrop(library.series, {
      seriesId: id,
      from: first,
      to: first + 200 * 60_000,
      reason: '',
    });
    library.imports.commit(taken.prepared, 1);
    expect(checkIntegrity(library.writer, () => {}).damages).toEqual([]);
    const again = await library.import(csvOf(barLines(range(0, 200))));
    expect(library.imports.list().some(({ settled }) => settled)).toBe(false);
    expect(library.imports.undo(again.importId)).toEqual({ removedBars: 200 });
    expect(library.imports.undo(taken.prepared.report.importId)).toEqual({ removedBars: -200 });
    expect(library.imports.undo(importId)).toEqual({ removedBars: 200 });
  });

  it('of undone imports leaves the others their undo', async () => {
    const [, , third] = await importThree();
    library.imports.undo(third!);
    expect(storage.cleanUp(ALL).settled).toEqual([]);
    expect(storage.report(0).history.map(({ undone }) => undone)).toEqual([false]);
    expect(() => library.imports.rejectList(third!)).toThrow(/dropped in a clean-up/);
  });

  it('drops nothing when it fails on the way', async () => {
    await importThree();
    const before = library.snapshot();
    library.writer.exec(
      "CREATE TEMP TRIGGER stop BEFORE UPDATE ON import BEGIN SELECT raise(ABORT, 'stopped'); END",
    );
    expect(() => storage.cleanUp({ ...ALL, before: FAR })).toThrow(/stopped/);
    expect(library.snapshot()).toEqual(before);
  });
});

it('compacting gives the room back, step by step, and changes no bar', async () => {
  await library.import(csvOf(barLines(range(0, 60_000), 'GOES')));
  await library.import(csvOf(barLines(range(0, 60_000), 'STAYS')));
  const [goes, stays] = library.series.list();
  const hash = stays!.contentHash;
  library.imports.removeSeries(goes!.id);
  const before = storage.report(0);
  expect(before.freeBytes).toBeGreaterThan(200_000);
  const steps: number[] = [];
  const report = storage.compact((done, total) => {
    expect(done).toBeLessThanOrEqual(total);
    steps.push(done);
  });
  expect(steps.at(-1)).toBe(before.freeBytes);
  expect(report.bytesBefore - report.bytesAfter).toBeGreaterThanOrEqual(before.freeBytes);
  expect(storage.report(0).freeBytes).toBe(0);
  expect(contentHash()).toBe(hash);
  expect(checkIntegrity(library.writer, () => {}).damages).toEqual([]);
  // With nothing to give back it does nothing.
  expect(storage.compact(() => {})).toEqual({
    bytesBefore: report.bytesAfter,
    bytesAfter: report.bytesAfter,
  });
});
