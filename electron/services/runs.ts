import { randomUUID } from 'node:crypto';
import type { BrokerSettings } from '../../shared/backtest/settings.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type {
  Manifest,
  Reproduction,
  RunDetail,
  RunSpec,
  RunSummary,
} from '../../shared/contract/schemas.ts';
import type { StoredRun } from '../../shared/contract/stored-run.ts';
import { barRange } from '../../shared/market/time-range.ts';
import type { Statistic, StatisticId } from '../../shared/statistics/statistic.ts';
import { VERSION } from '../../shared/version.ts';
import type { RunOptions } from '../workers/pool.ts';
import type { BacktestTasks, SeriesHandle } from '../workers/tasks.ts';
import type { Changes } from './changes.ts';
import { type CompiledStrategy, compileStrategy } from './compile-strategy.ts';
import type { SeriesService } from './series.ts';
import { describeStrategy, type StrategyService } from './strategies.ts';
import type { Workers } from './workers.ts';

type NamedStrategy = CompiledStrategy & { readonly id: string; readonly name: string };
type Feed = { readonly handle: SeriesHandle; readonly from: number; readonly to: number };

/** Runs backtests, keeps them, and runs them again from their manifests. */
export class RunService {
  readonly #workers: Workers;
  readonly #series: SeriesService;
  readonly #strategies: StrategyService;
  readonly #changes: Changes;

  constructor(workers: Workers, series: SeriesService, strategies: StrategyService, changes: Changes) {
    this.#workers = workers;
    this.#series = series;
    this.#strategies = strategies;
    this.#changes = changes;
  }

  /** Runs and stores. `strategy` overrides the library's strategy of that id (a file named in the terminal). */
  async start(spec: RunSpec, run: RunOptions = {}, strategy?: NamedStrategy): Promise<RunSummary> {
    const stored = await this.#simulate(
      spec,
      strategy ?? (await this.#strategies.compile(spec.strategy)),
      run,
    );
    run.signal?.throwIfAborted();
    await this.#workers.writer.run('saveRun', stored);
    this.#changes.announce('runs');
    return stored.summary;
  }

  list(): Promise<RunSummary[]> {
    return this.#workers.readers.run('listRuns', undefined);
  }

  get(runId: string): Promise<RunDetail> {
    return this.#workers.readers.run('runDetail', { runId });
  }

  async remove(runId: string): Promise<void> {
    await this.#workers.writer.run('removeRun', { runId });
    this.#changes.announce('runs');
  }

  /** Runs a stored run's manifest again and compares every result column. */
  async reproduce(runId: string, run: RunOptions = {}): Promise<Reproduction> {
    const { manifest } = await this.get(runId);
    return this.#workers.readers.run('compareWithRun', { runId, again: await this.rerun(manifest, run) });
  }

  /** A manifest's run again, not stored. Throws data-changed when the library's bars differ from the manifest's. */
  async rerun(manifest: Manifest, run: RunOptions = {}): Promise<StoredRun> {
    const compiled = await compileStrategy(manifest.strategySource, manifest.strategyFile);
    if (compiled.sourceSha256 !== manifest.strategySha256) {
      throw new AppError('bad-request', 'The manifest’s strategy source does not match its own hash', {
        field: 'strategySha256',
        hint: 'The manifest was edited; export it again from the run.',
      });
    }
    const again = await this.#simulate(
      specOf(manifest),
      { ...compiled, id: manifest.strategy, name: manifest.strategyName },
      run,
    );
    manifest.dataUsed.forEach((expected, index) => {
      const found = again.manifest.dataUsed[index];
      if (found?.sha256 !== expected.sha256) {
        throw new AppError(
          'data-changed',
          `The library’s bars of ${expected.ticker} differ from those of the run: ${found?.bars ?? 0} bars now, ${expected.bars} then`,
          { field: 'data', hint: 'Import the same file again, or undo the import that changed these bars.' },
        );
      }
    });
    return again;
  }

  async #simulate(spec: RunSpec, strategy: NamedStrategy, run: RunOptions): Promise<StoredRun> {
    const startedAt = performance.now();
    const { params: declared } = await describeStrategy(this.#workers, strategy);
    const feeds = await Promise.all(spec.data.map((data) => this.#feed(data, spec)));
    run.signal?.throwIfAborted();
    const [output, dataHashes] = await Promise.all([
      this.#execute({ spec, strategy, feeds }, run),
      Promise.all(feeds.map((feed) => this.#workers.readers.run('hashBars', feed))),
    ]);
    const dataUsed = feeds.map((feed, index) => ({ ...describeFeed(feed), sha256: dataHashes[index]! }));
    const params = Object.fromEntries(
      Object.entries(declared).map(([name, parameter]) => [name, spec.params[name] ?? parameter.default]),
    );
    const manifest: Manifest = {
      manifestVersion: 1,
      ...spec,
      // The id, not a path: a manifest says nothing about the machine it was made on.
      strategy: strategy.id,
      params,
      engineVersion: VERSION,
      strategyName: strategy.name,
      strategyFile: strategy.fileName,
      strategySource: strategy.source,
      strategySha256: strategy.sourceSha256,
      dataUsed,
      results: output.hashes,
    };
    const { result, statistics, engineMilliseconds } = output;
    const { time } = result.equity;
    return {
      summary: {
        id: randomUUID(),
        createdAt: Date.now(),
        strategyId: strategy.id,
        strategyName: strategy.name,
        tickers: [...result.tickers],
        every: spec.data[0]!.every,
        first: time[0]!,
        last: time.at(-1)!,
        bars: dataUsed.reduce((sum, data) => sum + data.bars, 0),
        trades: figure(statistics, 'trades') ?? 0,
        netProfit: figure(statistics, 'netProfit') ?? 0,
        totalReturn: figure(statistics, 'totalReturn'),
        maxDrawdownPercent: figure(statistics, 'maxDrawdownPercent'),
        sharpe: figure(statistics, 'sharpe'),
        engineMilliseconds,
        totalMilliseconds: performance.now() - startedAt,
      },
      manifest,
      statistics,
      firstNextTime: result.firstNextBar < 0 ? null : time[result.firstNextBar]!,
      result,
    };
  }

  async #feed(data: RunSpec['data'][number], spec: RunSpec): Promise<Feed> {
    const series = await this.#series.find(data.ticker, data.every);
    const handle = await this.#series.handle(series);
    const range = rangeOf(handle, spec);
    if (range.from === range.to) {
      throw new AppError(
        'data-missing',
        `${data.ticker} has no bars between ${spec.from ?? 'its start'} and ${spec.to ?? 'its end'}`,
        {
          field: 'from',
          hint: `The library holds ${isoMinute(series.first)} to ${isoMinute(series.last)}.`,
        },
      );
    }
    return { handle, ...range };
  }

  async #execute(
    { spec, strategy, feeds }: { spec: RunSpec; strategy: NamedStrategy; feeds: readonly Feed[] },
    run: RunOptions,
  ): Promise<BacktestTasks['run']['output']> {
    const { cash, commission, slippage, params, seed, riskFreeRate } = spec;
    const settings: BrokerSettings = { cash, commission, slippage };
    const { code, fileName } = strategy;
    try {
      return await this.#workers.backtests.run(
        'run',
        { code, fileName, params, feeds, settings, seed, riskFreeRate },
        run,
      );
    } catch (thrown) {
      throw thrown instanceof AppError ? strategy.locate(thrown) : thrown;
    }
  }
}

const isoMinute = (time: number) => `${new Date(time).toISOString().slice(0, 16)}Z`;
const figure = (statistics: readonly Statistic[], id: StatisticId) =>
  statistics.find((statistic) => statistic.id === id)?.value ?? null;

function rangeOf(handle: SeriesHandle, { from, to }: RunSpec) {
  try {
    return barRange(new Float64Array(handle.columns.time!), from, to);
  } catch (thrown) {
    throw new AppError('bad-request', (thrown as RangeError).message, {
      field: 'from',
      hint: 'Write dates as 2024-07-01.',
    });
  }
}

function describeFeed({ handle, from, to }: Feed) {
  const time = new Float64Array(handle.columns.time!);
  return {
    ticker: handle.ticker,
    every: handle.every,
    bars: to - from,
    first: time[from]!,
    last: time[to - 1]!,
  };
}

/** A manifest is a superset of a run specification: this takes the specification back out. */
export function specOf(manifest: Manifest): RunSpec {
  const { strategy, params, data, from, to, cash, commission, slippage, fill, seed, riskFreeRate } = manifest;
  return { strategy, params, data, from, to, cash, commission, slippage, fill, seed, riskFreeRate };
}
