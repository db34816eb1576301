import './lockdown.ts';
import type { Feed } from '../../shared/backtest/feed.ts';
import type { AllocateColumn } from '../../shared/backtest/records/column-table.ts';
import { RunMemory } from '../../shared/backtest/records/run-memory.ts';
import type { BacktestResult } from '../../shared/backtest/result.ts';
import { runBacktest } from '../../shared/backtest/run-backtest.ts';
import { evidenceOf } from '../../shared/backtest/run-evidence.ts';
import type { SessionTimes } from '../../shared/backtest/session-times.ts';
import { buildSessionTable } from '../../shared/calendar/build-table.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { adjustBars } from '../../shared/market/adjust-bars.ts';
import { adjustForSplits, type CorporateAction, dividendsOf } from '../../shared/market/corporate-actions.ts';
import type { SessionTable } from '../../shared/market/session-table.ts';
import { zoneOffset } from '../../shared/market/zone-offset.ts';
import { annualRate } from '../../shared/statistics/annual-rate.ts';
import { type Benchmark, benchmarkCloses } from '../../shared/statistics/benchmark.ts';
import { dailyReturns } from '../../shared/statistics/daily-returns.ts';
import { probabilisticStatistics, type Trials } from '../../shared/statistics/probabilistic-sharpe.ts';
import { summarise } from '../../shared/statistics/summary.ts';
import { resolveParameters } from '../../shared/strategy/parameters.ts';
import { resultHashes } from '../export/result-hashes.ts';
import { barsOf } from './series-handle.ts';
import { serveTasks, type TaskProgress, Transferred } from './serve-tasks.ts';
import { guardStrategy, loadStrategyClass, strategyError } from './strategy-compartment.ts';
import type { BacktestTasks, FeedTask, SessionTask } from './tasks.ts';

// The only thread that runs strategies: locked down, without environment, database or credentials. Bars arrive as
// shared memory and results leave as transferred columns.

/** What a run writes into, kept from one to the next. */
const memory = new RunMemory();

function describe({
  code,
  fileName,
}: BacktestTasks['describe']['input']): BacktestTasks['describe']['output'] {
  const strategy = loadStrategyClass(code, fileName);
  return guardStrategy(fileName, () => ({ params: structuredClone({ ...strategy.params }) }));
}

function run(task: BacktestTasks['run']['input'], progress: TaskProgress) {
  const { code, fileName, settings, seed, riskFreeRate, leakCuts } = task;
  const strategy = loadStrategyClass(code, fileName);
  const params = resolveParameters(strategy.params ?? {}, task.params);
  const tables = new Map<unknown, SessionTable>();
  const feeds = task.feeds.map((feed) => feedOf(feed, tables));
  const longest = Math.max(...feeds.map(({ bars }) => bars.length));
  progress.report(0, longest);

  const input = { feeds, settings, strategy, params, seed, memory, progress: progress.cells };
  const places =
    task.memory === null
      ? {}
      : { columns: stepColumns(task.memory), allocate: columnsIn(task.memory.tables) };
  const startedAt = performance.now();
  const result = attempt(fileName, feeds, progress, () => runBacktest({ ...input, ...places }));
  const engineMilliseconds = performance.now() - startedAt;
  progress.report(longest, longest, 1);
  const statistics = summarise(result, {
    riskFreeRate,
    feeds: feeds.map(({ bars: { time, volume }, terms }) => ({
      time,
      volume,
      multiplier: terms!.multiplier,
    })),
    ...(task.benchmark === null ? {} : { benchmark: benchmarkOf(task.benchmark, result) }),
  });
  const hashes = resultHashes(result, statistics);
  progress.report(longest, longest, 2);
  const evidence = {
    ...attempt(fileName, feeds, progress, () => evidenceOf(input, result, leakCuts, task.feeds)),
    deflatedSharpe: deflatedSharpe(result, riskFreeRate, task.trials),
  };
  const output = { result, statistics, hashes, evidence, engineMilliseconds };
  return new Transferred(output, columnBuffers(result));
}

/** Kept out of the statistics: it depends on the library's history, and those are to be the same wherever they are made. */
function deflatedSharpe(
  { equity, ledger }: BacktestResult,
  riskFreeRate: number,
  trials: Trials,
): number | null {
  const daily = dailyReturns(equity.time, equity.equity, ledger.startingCash);
  const figures = probabilisticStatistics(daily, annualRate(riskFreeRate), trials);
  return figures.find(({ id }) => id === 'deflatedSharpe')!.value;
}

/** The benchmark's closes on the days of the run, as total return where actions of it are known. */
function benchmarkOf(
  { handle, actions }: NonNullable<BacktestTasks['run']['input']['benchmark']>,
  { equity, ledger }: BacktestResult,
): Benchmark {
  const { day } = dailyReturns(equity.time, equity.equity, ledger.startingCash);
  const { time, close } = adjustBars(barsOf(handle), actions, 'total-return');
  const count = (kind: CorporateAction['kind']) => actions.filter((action) => action.kind === kind).length;
  return {
    closes: benchmarkCloses(day, time, close),
    adjustment: { splits: count('split'), dividends: count('dividend') },
  };
}

/** Columns one behind the other in shared memory, and in memory of their own once that is full. */
function columnsIn(memory: SharedArrayBuffer): AllocateColumn {
  let end = 0;
  return (Column, length) => {
    const from = Math.ceil(end / 8) * 8;
    const to = from + length * Column.BYTES_PER_ELEMENT;
    if (to > memory.byteLength) return new Column(length);
    end = to;
    return new (Column as new (memory: SharedArrayBuffer, from: number, length: number) => Float64Array)(
      memory,
      from,
      length,
    );
  };
}

function stepColumns({ equity, cash, exposure }: NonNullable<BacktestTasks['run']['input']['memory']>) {
  return {
    equity: new Float64Array(equity),
    cash: new Float64Array(cash),
    exposure: new Float64Array(exposure),
  };
}

/** Runs `action`; what the strategy throws carries its place and the bar that it was thrown on. */
function attempt<T>(fileName: string, feeds: readonly Feed[], progress: TaskProgress, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'internal') throw thrown;
    const step = progress.cells[0] ?? 0;
    // Several instruments share a clock of their own: only with one is a step a bar of it.
    const time = feeds.length === 1 ? feeds[0]!.bars.time[step] : undefined;
    const when = time === undefined ? '' : `, ${new Date(time).toISOString().slice(0, 16)}Z`;
    throw strategyError(thrown, fileName, ` (bar ${step + 1}${when})`);
  }
}

function feedOf(
  { handle, from, to, interval, terms, session, actions, finer }: FeedTask,
  tables: Map<unknown, SessionTable>,
): Feed {
  return {
    ticker: handle.ticker,
    bars: adjustForSplits(barsOf(handle, from, to), actions),
    interval,
    terms,
    ...(session === null ? {} : { session: sessionTimes(session, tables) }),
    dividends: dividendsOf(actions),
    ...(finer === null ? {} : { finer: adjustForSplits(barsOf(finer), actions) }),
  };
}

/** Instruments of one calendar share its sessions. */
function sessionTimes(
  { end, zone, sessions }: SessionTask,
  tables: Map<unknown, SessionTable>,
): SessionTimes {
  const times = { end, offsetAt: zoneOffset(zone) };
  if (sessions === null) return times;
  let table = tables.get(sessions);
  if (table === undefined) {
    table = buildSessionTable(sessions.schedule, sessions.from, sessions.to);
    tables.set(sessions, table);
  }
  return { ...times, sessions: table };
}

/** The buffers of every column of a result, each once. */
function columnBuffers(result: object): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const group of Object.values(result)) {
    if (typeof group !== 'object' || group === null) continue;
    for (const column of Object.values(group)) {
      if (ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer) buffers.add(column.buffer);
    }
  }
  return [...buffers];
}

serveTasks({ describe, run });
