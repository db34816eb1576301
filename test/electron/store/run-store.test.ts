import { afterEach, beforeEach, expect, it } from 'vitest';
import { RunStore } from '../../../electron/store/run-store.ts';
import { storedRun } from './stored-run.ts';
import { TemporaryLibrary } from './temporary-library.ts';

let library: TemporaryLibrary;
let runs: RunStore;
beforeEach(() => {
  library = new TemporaryLibrary();
  runs = new RunStore(library.writer);
});
afterEach(() => library.close());

it('gives a run back as it was saved, column types and missing numbers included', () => {
  const run = storedRun('run-1', 500);
  runs.save(run);
  const reading = new RunStore(library.reader);
  expect(reading.load('run-1')).toEqual(run);
  expect(reading.columns('run-1', 'trades').side).toBeInstanceOf(Int8Array);
  expect(reading.columns('run-1', 'fills').feed).toBeInstanceOf(Uint16Array);
  const { statistics, manifest, trust, firstNextTime, ...summary } = reading.detail('run-1');
  expect({ statistics, manifest, trust, firstNextTime, summary }).toEqual({
    trust: run.trust,
    statistics: run.statistics,
    manifest: run.manifest,
    firstNextTime: run.firstNextTime,
    summary: run.summary,
  });
});

it('lists the newest first, and removes a run with its columns', () => {
  for (const [index, id] of ['a', 'b', 'c'].entries())
    runs.save(storedRun(id, 0, 1_000 + (index === 1 ? 5 : index)));
  expect(runs.list().map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  runs.remove('b');
  expect(runs.list().map(({ id }) => id)).toEqual(['c', 'a']);
  expect(library.writer.prepare("SELECT count(*) FROM run_columns WHERE run_id = 'b'").pluck().get()).toBe(0);
  for (const work of [() => runs.remove('b'), () => runs.detail('b'), () => runs.columns('b', 'trades')]) {
    expect(work).toThrow(expect.objectContaining({ code: 'not-found' }));
  }
});

it('detects damaged columns', () => {
  runs.save(storedRun('run-1', 100));
  library.writer
    .prepare(
      "UPDATE run_columns SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'07' AS BLOB) WHERE part = 'trades'",
    )
    .run();
  expect(() => runs.columns('run-1', 'trades')).toThrow(expect.objectContaining({ code: 'library-damaged' }));
  expect(runs.columns('run-1', 'fills').length).toBeGreaterThan(0);
});

it('reads a run of version 0.1, which knew fewer columns and settings', () => {
  const run = storedRun('old', 4, 1_000);
  runs.save(run);
  const { writer } = library;
  const { sameBar, sizer, ...manifest } = run.manifest;
  expect([sameBar, sizer.kind]).toEqual(['pessimistic', 'fixed']);
  writer
    .prepare('UPDATE run SET manifest = ?, statistics = ?, trust = NULL WHERE id = ?')
    .run(JSON.stringify(manifest), JSON.stringify(run.statistics.map(({ group: _, ...old }) => old)), 'old');
  writer.prepare("DELETE FROM run_columns WHERE run_id = 'old' AND part = 'ambiguous'").run();
  const detail = runs.detail('old');
  expect(detail.trust).toBe(null);
  expect(detail.manifest).toEqual(run.manifest);
  expect(detail.statistics[0]?.group).toBe('return');
  expect(runs.columns('old', 'ambiguous').length).toBe(0);
  expect(() => runs.columns('never', 'ambiguous')).toThrow('There is no run never');
});
