import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, libraryFile, openReader } from '../../../electron/store/database.ts';
import { RunStore } from '../../../electron/store/run-store.ts';
import { SeriesStore } from '../../../electron/store/series-store.ts';
import { checkIntegrity } from '../../../electron/workers/check-integrity.ts';
import { hashBars } from '../../../electron/workers/hash-bars.ts';
import { loadSeries } from '../../../electron/workers/load-series.ts';
import { barsOf } from '../../../electron/workers/series-handle.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { storedRun } from './stored-run.ts';
import { barLines, csvOf, range, TemporaryLibrary } from './temporary-library.ts';

// Bytes of the file itself are flipped: anywhere, in pages, in structure, in blobs. HINDSIGHT_FLIPS=5000 for the full run.

const FLIPS = Number(process.env.HINDSIGHT_FLIPS ?? 300);

let folder: string;
let original: Buffer;
let truth: { bars: Record<string, string>; net: Float64Array };
beforeAll(async () => {
  const library = new TemporaryLibrary();
  await library.import(csvOf([...barLines(range(0, 20_000)), ...barLines(range(0, 3_000), 'HSBA.L')]));
  await library.import(csvOf(barLines(range(19_000, 25_000))));
  new RunStore(library.writer).save(storedRun('run-1', 60));
  truth = shown(library.reader);
  library.writer.pragma('wal_checkpoint(TRUNCATE)');
  folder = mkdtempSync(join(tmpdir(), 'hindsight-flips-'));
  copyFileSync(libraryFile(library.path), join(folder, 'sound'));
  original = readFileSync(join(folder, 'sound'));
  library.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a user sees of bars and of a run. */
function shown(db: Database): typeof truth {
  const store = new SeriesStore(db);
  const bars = store
    .list()
    .map(({ id, ticker }) => [ticker, hashBars(barsOf(loadSeries(store, id)))] as const);
  return { bars: Object.fromEntries(bars), net: new RunStore(db).columns('run-1', 'trades').net };
}

const isKnown = (thrown: unknown) =>
  thrown instanceof AppError ||
  /^SQLITE_(CORRUPT|NOTADB|IOERR|ERROR|CANTOPEN)/.test((thrown as { code?: string }).code ?? '');

it(`${FLIPS} flipped bytes: each is noticed, or changes nothing that anyone sees`, {
  timeout: 60_000 + FLIPS * 300,
}, () => {
  let state = 99;
  const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
  let noticed = 0;
  for (let flip = 0; flip < FLIPS; flip++) {
    const bytes = Buffer.from(original);
    const at = random(bytes.length);
    bytes[at]! ^= 1 << random(8);
    for (const suffix of ['', '-wal', '-shm']) rmSync(libraryFile(folder) + suffix, { force: true });
    writeFileSync(libraryFile(folder), bytes);
    let db: Database | null = null;
    try {
      db = openReader(folder);
      const { damages } = checkIntegrity(db, () => {});
      if (damages.length === 0) expect(shown(db), `byte ${at}`).toEqual(truth);
      else noticed++;
      for (const { what, hint } of damages) expect([what, hint].every((text) => text.length > 10)).toBe(true);
    } catch (thrown) {
      if (!isKnown(thrown)) throw thrown;
      noticed++;
    } finally {
      db?.close();
    }
  }
  console.log(`${FLIPS} flipped bytes: ${noticed} noticed, ${FLIPS - noticed} in bytes that hold nothing`);
  expect(noticed).toBeGreaterThan(FLIPS / 3);
});
