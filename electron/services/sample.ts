import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunSpec, RunSpecSchema, type RunSummary } from '../../shared/contract/schemas.ts';
import type { RunOptions } from '../workers/pool.ts';
import type { ImportService } from './imports.ts';
import type { RunService } from './runs.ts';
import type { SeriesService } from './series.ts';
import type { Workers } from './workers.ts';

const SAMPLE_FILE = 'hindsight-sample-2024.csv';

/** A year of NOVA.L minutes, a slow crossover, and costs as a retail broker charges them. */
export const SAMPLE_RUN: RunSpec = RunSpecSchema.parse({
  strategy: 'sma-cross',
  params: { fast: 120, slow: 480, size: 100 },
  data: [{ ticker: 'NOVA.L', every: '1m' }],
  commission: { kind: 'percent', rate: 0.0005 },
  slippage: { kind: 'percent', rate: 0.0001 },
});

/** Sample bars into the library (where they are missing), then the first backtest: a new user's first minute. */
export class SampleService {
  readonly #libraryPath: string;
  readonly #workers: Workers;
  readonly #series: SeriesService;
  readonly #imports: ImportService;
  readonly #runs: RunService;

  constructor(
    libraryPath: string,
    workers: Workers,
    series: SeriesService,
    imports: ImportService,
    runs: RunService,
  ) {
    this.#libraryPath = libraryPath;
    this.#workers = workers;
    this.#series = series;
    this.#imports = imports;
    this.#runs = runs;
  }

  async open(run: RunOptions = {}): Promise<RunSummary> {
    await this.#ensureBars(run);
    return this.#runs.start(SAMPLE_RUN, run);
  }

  /** The same for a library that holds nothing yet: what a first start shows. Null when it holds something. */
  async openIfEmpty(run: RunOptions = {}): Promise<RunSummary | null> {
    return (await this.#series.list()).length === 0 ? this.open(run) : null;
  }

  async #ensureBars(run: RunOptions): Promise<void> {
    const wanted = SAMPLE_RUN.data[0]!;
    const held = await this.#series.list();
    if (held.some((series) => series.ticker === wanted.ticker && series.every === wanted.every)) return;
    const folder = await mkdtemp(join(this.#libraryPath, 'sample-'));
    try {
      const path = join(folder, SAMPLE_FILE);
      await this.#workers.importers.run('writeSample', { path }, run);
      await this.#imports.importFile({ path, name: SAMPLE_FILE }, {}, run);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
