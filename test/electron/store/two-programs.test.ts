import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openReader, openWriter } from '../../../electron/store/database.ts';
import { SeriesStore } from '../../../electron/store/series-store.ts';
import { checkIntegrity } from '../../../electron/workers/check-integrity.ts';
import { loadSeries } from '../../../electron/workers/load-series.ts';
import { startChild } from './children.ts';
import { barLines, csvOf, range, TemporaryLibrary } from './temporary-library.ts';

const ROUNDS = 3;
let library: TemporaryLibrary;
beforeEach(() => {
  library = new TemporaryLibrary();
});
afterEach(() => library.close());

it('two programs import into one library at the same time, and both arrive', {
  timeout: 120_000,
}, async () => {
  const expected = new TemporaryLibrary();
  await expected.import(csvOf(barLines(range(0, 24_000))));
  const { contentHash } = expected.series.list()[0]!;
  expected.close();
  const files = mkdtempSync(join(tmpdir(), 'hindsight-files-'));
  const pieces = range(0, 8).map((piece) => {
    const path = join(files, `piece-${piece}.csv`);
    writeFileSync(path, csvOf(barLines(range(Math.max(0, piece * 3_000 - 500), (piece + 1) * 3_000))));
    return path;
  });
  for (let round = 0; round < ROUNDS; round++) {
    const folder = join(files, `library-${round}`);
    mkdirSync(folder);
    const odd = pieces.filter((_, index) => index % 2 === 1);
    const even = pieces.filter((_, index) => index % 2 === 0);
    const children = [odd, even].map((paths) => startChild('one-import.ts', [folder, ...paths]));
    await Promise.all(children.map((child) => child.line(/^ready$/)));
    for (const child of children) child.process.stdin!.write('go\n');
    await Promise.all(children.map(({ ended }) => ended));
    for (const { lines } of children) {
      const outcomes = lines.filter((line) => line.startsWith('outcome'));
      expect(outcomes).toHaveLength(4);
      for (const line of outcomes) expect(line).toMatch(/^outcome \{"stored":\d+\}$/);
    }
    const db = openWriter(folder);
    expect(new SeriesStore(db).list()).toMatchObject([{ bars: 24_000, contentHash }]);
    expect(checkIntegrity(db, () => {}).damages).toEqual([]);
    db.close();
  }
  rmSync(files, { recursive: true, force: true });
});

it('a reader is not kept waiting by an import that is being stored, and sees it whole or not at all', async () => {
  await library.import(csvOf(barLines(range(0, 40_000))));
  const before = library.series.list()[0]!;
  const prepared = await library.prepare(csvOf(barLines(range(30_000, 120_000))));
  const reader = openReader(library.path);
  reader.pragma('busy_timeout = 0'); // whoever had to wait would fail at once
  const store = new SeriesStore(reader);
  const look = () => {
    const [series] = store.list();
    return { ...series!, loaded: loadSeries(store, series!.id).length };
  };
  // In the midst of the commit's transaction: everything is written, nothing is committed.
  library.writer.function('look', () => {
    expect(look()).toEqual({ ...before, loaded: 40_000 });
    const again = openReader(library.path);
    again.pragma('busy_timeout = 0');
    expect(new SeriesStore(again).list()).toEqual([before]);
    again.close();
    return 0;
  });
  let looks = 0;
  library.writer.function('count_looks', () => {
    looks++;
    return 0;
  });
  library.writer.exec(
    'CREATE TEMP TRIGGER looking AFTER INSERT ON chunk BEGIN SELECT look(), count_looks(); END',
  );
  library.imports.commit(prepared, 1);
  expect(looks).toBeGreaterThan(3);
  expect(look()).toMatchObject({ bars: 120_000, loaded: 120_000 });
  reader.close();
});

it('a reader that is in the midst of a series goes on with what it saw while an import is stored', async () => {
  await library.import(csvOf(barLines(range(0, 40_000))));
  const prepared = await library.prepare(csvOf(barLines(range(35_000, 50_000))));
  const reader = openReader(library.path);
  const store = new SeriesStore(reader);
  reader.transaction(() => {
    const [series] = store.list();
    library.imports.commit(prepared, 1);
    expect(loadSeries(store, series!.id)).toMatchObject({ length: 40_000, contentHash: series!.contentHash });
  })();
  expect(store.list()).toMatchObject([{ bars: 50_000 }]);
  reader.close();
});
