import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openReader } from '../../../electron/store/database.ts';
import { SeriesStore } from '../../../electron/store/series-store.ts';
import { loadSeries } from '../../../electron/workers/load-series.ts';
import { barLines, csvOf, range, TemporaryLibrary } from './temporary-library.ts';

const CHILD = fileURLToPath(new URL('commit-forever.ts', import.meta.url));
const KILLS = 10;
const BARS = 30_000;

it(`holds all of an import or nothing after ${KILLS} kills at random moments`, {
  timeout: 120_000,
}, async () => {
  const library = new TemporaryLibrary();
  try {
    const path = join(library.path, 'bars.csv');
    writeFileSync(path, csvOf(barLines(range(0, BARS))));
    const whole = (await library.import(csvOf(barLines(range(0, BARS))))).importId;
    const contentHash = library.series.list()[0]!.contentHash;
    library.imports.undo(whole);
    for (let kill = 0; kill < KILLS; kill++) {
      await killWhileCommitting(library.path, path, 5 + ((kill * 37) % 90));
      const reader = openReader(library.path);
      const store = new SeriesStore(reader);
      const [series] = store.list();
      expect(reader.pragma('quick_check', { simple: true })).toBe('ok');
      if (series !== undefined) {
        expect(series).toMatchObject({ bars: BARS, contentHash });
        expect(loadSeries(store, series.id).length).toBe(BARS);
      } else {
        expect(reader.prepare('SELECT count(*) FROM chunk').pluck().get()).toBe(0);
      }
      const standing = reader.prepare<[], string>('SELECT id FROM import WHERE undone = 0').pluck().all();
      expect(standing).toHaveLength(series === undefined ? 0 : 1);
      reader.close();
      for (const importId of standing) library.imports.undo(importId);
    }
  } finally {
    library.close();
  }
});

/** Kills the child some milliseconds after it began its endless work. */
async function killWhileCommitting(libraryPath: string, path: string, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [CHILD, libraryPath, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_, signal) => resolve(signal)),
  );
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  child.stdout.resume();
  await setTimeout(milliseconds);
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
}
