import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from '../../electron/services/create-app.ts';
import { barsOf } from '../../electron/workers/series-handle.ts';
import { calendarOf } from '../../shared/calendar/calendars.ts';
import { seriesHealth } from '../../shared/health/series-health.ts';
import { resampleAll } from '../../shared/market/resample.ts';
import { parseResampleRule } from '../../shared/market/resample-rule.ts';
import { engineBenchmarks } from './engine.ts';
import { importBenchmarks } from './imports.ts';
import { type Benchmark, type Fact, time } from './measure.ts';
import { plainCopy } from './plain-loops.ts';
import { storeBenchmarks } from './store.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const RUNS = 5;
const HOURS = parseResampleRule('1h');
const { table } = calendarOf('XLON');
const LONDON = { end: 86_400_000, offsetAt: table.offsetAt, sessions: table };

/** A fresh library with the sample bars in a temporary folder, and the benchmarks over it. */
export async function openBenchLibrary(): Promise<{
  benchmarks: Benchmark[];
  facts: () => Fact[];
  close: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'hindsight-bench-'));
  const app = await createApp({
    libraryPath: folder,
    resourcesPath: join(root, 'resources'),
    face: 'terminal',
  });
  const csvPath = join(folder, 'sample.csv');
  await app.workers.importers.run('writeSample', { path: csvPath });
  await app.imports.importFile({ path: csvPath });
  const [series] = await app.series.list();
  if (series === undefined) throw new Error('the sample did not arrive');
  const handle = await app.series.handle(series);
  const bars = barsOf(handle);
  const store = storeBenchmarks();
  const imports = importBenchmarks(folder);
  const benchmarks: Benchmark[] = [
    ...imports.benchmarks,
    {
      name: 'cache.load',
      unit: 'bars/s',
      against: 'copying the same columns',
      amount: series.bars,
      runs: RUNS,
      work: async () => {
        app.series.forget();
        const start = performance.now();
        await app.series.handle(series);
        return { milliseconds: performance.now() - start };
      },
      plain: () => time(() => plainCopy(bars)),
    },
    {
      name: 'cache.shared',
      unit: 'bars/s',
      against: 'copying the same columns',
      amount: series.bars,
      runs: RUNS,
      work: async () => {
        const start = performance.now();
        await app.series.handle(series);
        return { milliseconds: performance.now() - start };
      },
      plain: () => time(() => plainCopy(bars)),
    },
    {
      name: 'health.checks',
      unit: 'bars/s',
      against: 'copying the same columns',
      amount: series.bars,
      runs: RUNS,
      work: async () => ({
        milliseconds: await time(
          () => seriesHealth({ bars, interval: 60_000, sessions: table, actions: [] }).suspects.length,
        ),
      }),
      plain: () => time(() => plainCopy(bars)),
    },
    {
      name: 'resample.hours',
      unit: 'bars/s',
      against: 'copying the same columns',
      amount: series.bars,
      runs: RUNS,
      work: async () => ({
        milliseconds: await time(
          () => resampleAll(bars, HOURS, { interval: 60_000, session: LONDON }).bars.length,
        ),
      }),
      plain: () => time(() => plainCopy(bars)),
    },
    ...store.benchmarks,
    ...(await engineBenchmarks(app.workers.backtests, join(root, 'resources'))),
  ];
  return {
    benchmarks,
    facts: () => [...store.facts(), ...imports.facts()],
    close: async () => {
      store.close();
      app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
