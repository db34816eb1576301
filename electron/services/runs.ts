import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/contract/errors.ts';
import type {
  Manifest,
  Reproduction,
  RunDetail,
  RunSpec,
  RunSummary,
} from '../../shared/contract/schemas.ts';
import type { StoredRun } from '../../shared/contract/stored-run.ts';
import { lowerBound } from '../../shared/market/bar.ts';
import { intervalMilliseconds } from '../../shared/market/bar-interval.ts';
import { barRange } from '../../shared/market/time-range.ts';
import { sampleDeviation } from '../../shared/statistics/moments.ts';
import type { Statistic, StatisticId } from '../../shared/statistics/statistic.ts';
import { VERSION } from '../../shared/version.ts';
import type { RunOptions } from '../workers/pool.ts';
import type { BacktestTasks, FeedTask, SeriesHandle } from '../workers/tasks.ts';
import type { ActionService } from './actions.ts';
import type { Changes } from './changes.ts';
import { type CompiledStrategy, compileStrategy } from './compile-strategy.ts';
import type { HealthService } from './health.ts';
import type { InstrumentService } from './instruments.ts';
import { ResultMemory, type RunColumnsMemory, stepsFor } from './result-memory.ts';
import { runSessions } from './run-sessions.ts';
import { actionsOf, brokerSettings, feedSettings, recordedActions, specOf } from './run-settings.ts';
import type { SeriesService } from './series.ts';
import { describeStrategy, type StrategyService } from './strategies.ts';
import type { Workers } from './workers.ts';

type NamedStrategy = CompiledStrategy & { readonly id: string; readonly name: string };
/** An instrument of a run, and what the manifest says of it. */
interface Feed {
  readonly task: Omit<FeedTask, 'session'>;
  readonly data: RunSpec['data'][number];
}
type BenchmarkTask = BacktestTasks['run']['input']['benchmark'];

/** How often a run's data are cut off to see whether it reads ahead: as a matter of course, and when asked for. */
const LEAK_CUTS = 4;
export const THOROUGH_LEAK_CUTS = 48;

/** Runs backtests, keeps them, and runs them again from their manifests. */
export class RunService {
  readonly #workers: Workers;
  readonly #series: SeriesService;
  readonly #strategies: StrategyService;
  readonly #instruments: InstrumentService;
  readonly #health: HealthService;
  readonly #actions: ActionService;
  readonly #changes: Changes;
  readonly #memory = new ResultMemory();

  constructor(services: {
    readonly workers: Workers;
    readonly series: SeriesService;
    readonly strategies: StrategyService;
    readonly instruments: InstrumentService;
    readonly health: HealthService;
    readonly actions: ActionService;
    readonly changes: Changes;
  }) {
    this.#workers = services.workers;
    this.#series = services.series;
    this.#strategies = services.strategies;
    this.#instruments = services.instruments;
    this.#health = services.health;
    this.#actions = services.actions;
    this.#changes = services.changes;
  }

  /** Runs and stores. `strategy` overrides the library's strategy of that id (a file named in the terminal). */
  async start(
    spec: RunSpec,
    run: RunOptions = {},
    strategy?: NamedStrategy,
    leakCuts = LEAK_CUTS,
  ): Promise<RunSummary> {
    const named = strategy ?? (await this.#strategies.compile(spec.strategy));
    const { stored, memory } = await this.#simulate(spec, named, run, { leakCuts, reusesMemory: true });
    run.signal?.throwIfAborted();
    await this.#workers.writer.run('saveRun', stored);
    if (memory !== null) this.#memory.giveBack(memory);
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
    const spec = specOf(manifest);
    // Manifests of before actions and sessions were recorded had none: what the library has learned since must not change them.
    const data = spec.data.map((instrument) => ({ actions: [], session: null, ...instrument }));
    const { stored: again } = await this.#simulate(
      { benchmarkActions: [], ...spec, data },
      { ...compiled, id: manifest.strategy, name: manifest.strategyName },
      run,
      { leakCuts: 0, reusesMemory: false },
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

  async #simulate(
    spec: RunSpec,
    strategy: NamedStrategy,
    run: RunOptions,
    { leakCuts, reusesMemory }: { readonly leakCuts: number; readonly reusesMemory: boolean },
  ): Promise<{ stored: StoredRun; memory: RunColumnsMemory | null }> {
    const startedAt = performance.now();
    const { params: declared } = await describeStrategy(this.#workers, strategy);
    const calendars = await this.#instruments.calendars();
    const feeds = await Promise.all(
      spec.data.map((data) => this.#feed({ session: calendars.get(data.ticker) ?? null, ...data }, spec)),
    );
    const used = runSessions(
      feeds.map(({ task, data }) => ({ data, ...describeFeed(task) })),
      spec.calendars ?? {},
    );
    run.signal?.throwIfAborted();
    const benchmark = await this.#benchmark(spec);
    const earlier = (await this.list()).filter(({ strategyId }) => strategyId === strategy.id);
    const trials = { count: earlier.length + 1, sharpeVariance: varianceOf(earlier) };
    const tasks = feeds.map(({ task }, index) => ({ ...task, session: used.sessions[index]! }));
    const bars = tasks.reduce((sum, { from, to }) => sum + to - from, 0);
    const memory = reusesMemory ? this.#memory.take(stepsFor(bars)) : null;
    const [output, dataHashes] = await Promise.all([
      this.#execute({ spec, strategy, feeds: tasks, benchmark, trials, memory, leakCuts }, run),
      Promise.all(tasks.map((feed) => this.#workers.readers.run('hashBars', feed))),
    ]);
    const dataUsed = tasks.map((feed, index) => ({ ...describeFeed(feed), sha256: dataHashes[index]! }));
    const params = Object.fromEntries(
      Object.entries(declared).map(([name, parameter]) => [name, spec.params[name] ?? parameter.default]),
    );
    const manifest: Manifest = {
      manifestVersion: 1,
      ...spec,
      data: feeds.map(({ data }) => data),
      ...(Object.keys(used.calendars).length === 0 ? {} : { calendars: used.calendars }),
      ...(benchmark === null
        ? {}
        : { benchmarkActions: recordedActions(benchmark.actions, lastOf(benchmark.handle)) }),
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
    const { result, statistics, evidence, engineMilliseconds } = output;
    const { time } = result.equity;
    const stored: StoredRun = {
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
      trust: { ...evidence, trials: trials.count, unseenShare: unseenShare(time, earlier) },
      statistics,
      firstNextTime: result.firstNextBar < 0 ? null : time[result.firstNextBar]!,
      result,
    };
    return { stored, memory };
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
    const time = new Float64Array(handle.columns.time!);
    const first = time[range.from]!;
    const last = time[range.to - 1]!;
    const actions = data.actions ?? recordedActions(await this.#actions.ofSeries(series), last);
    const known = { ...data, actions };
    const [finer, health] = await Promise.all([
      spec.sameBar === 'drill-down' ? this.#finer(data) : null,
      this.#health.inRange(series, { from: first, to: last, bars: range.to - range.from }),
    ]);
    return { task: { handle, ...range, ...feedSettings(spec, known), finer, health }, data: known };
  }

  async #benchmark({ benchmark, benchmarkActions, data }: RunSpec): Promise<BenchmarkTask> {
    if (benchmark === null) return null;
    const series = await this.#series.find(benchmark, data[0]!.every);
    const handle = await this.#series.handle(series);
    const actions =
      benchmarkActions === undefined ? await this.#actions.ofSeries(series) : actionsOf(benchmarkActions);
    return { handle, actions };
  }

  /** The finest bars of an instrument that make up its bars in whole numbers; null without any. */
  async #finer({ ticker, every }: RunSpec['data'][number]): Promise<SeriesHandle | null> {
    const length = intervalMilliseconds(every);
    const candidates = (await this.#series.list())
      .filter((series) => series.ticker === ticker)
      .map((series) => ({ series, interval: intervalMilliseconds(series.every) }))
      .filter(({ interval }) => interval < length && length % interval === 0)
      .sort((a, b) => a.interval - b.interval);
    return candidates[0] === undefined ? null : this.#series.handle(candidates[0].series);
  }

  async #execute(
    execution: {
      readonly spec: RunSpec;
      readonly strategy: NamedStrategy;
      readonly feeds: readonly FeedTask[];
      readonly benchmark: BenchmarkTask;
      readonly trials: BacktestTasks['run']['input']['trials'];
      readonly memory: RunColumnsMemory | null;
      readonly leakCuts: number;
    },
    run: RunOptions,
  ): Promise<BacktestTasks['run']['output']> {
    const { spec, strategy, feeds, ...rest } = execution;
    const { params, seed, riskFreeRate } = spec;
    const settings = brokerSettings(spec);
    const { code, fileName } = strategy;
    try {
      return await this.#workers.backtests.run(
        'run',
        { code, fileName, params, feeds, settings, seed, riskFreeRate, ...rest },
        run,
      );
    } catch (thrown) {
      throw thrown instanceof AppError ? strategy.locate(thrown) : thrown;
    }
  }
}

/** Sample variance of the Sharpe ratios of earlier runs that have one; 0 below two. */
function varianceOf(runs: readonly RunSummary[]): number {
  const ratios = runs.flatMap(({ sharpe }) => (sharpe === null ? [] : [sharpe]));
  return ratios.length < 2 ? 0 : sampleDeviation(ratios) ** 2;
}

/** Share of the steps that lie after every bar that an earlier run of the strategy has seen. */
function unseenShare(time: Float64Array, earlier: readonly RunSummary[]): number {
  const seen = Math.max(...earlier.map(({ last }) => last));
  const first = earlier.length === 0 ? 0 : lowerBound(time, seen + 1);
  return (time.length - first) / time.length;
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

const lastOf = ({ columns, length }: SeriesHandle) => new Float64Array(columns.time!)[length - 1]!;

function describeFeed({ handle, from, to }: Pick<FeedTask, 'handle' | 'from' | 'to'>) {
  const time = new Float64Array(handle.columns.time!);
  return {
    ticker: handle.ticker,
    every: handle.every,
    bars: to - from,
    first: time[from]!,
    last: time[to - 1]!,
  };
}
