import './lockdown.ts';
import { runBacktest } from '../../shared/backtest/run-backtest.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { summarise } from '../../shared/statistics/summary.ts';
import { resolveParameters } from '../../shared/strategy/parameters.ts';
import { resultHashes } from '../export/result-hashes.ts';
import { barsOf } from './series-handle.ts';
import { serveTasks, type TaskProgress, Transferred } from './serve-tasks.ts';
import { guardStrategy, loadStrategyClass, strategyError } from './strategy-compartment.ts';
import type { BacktestTasks } from './tasks.ts';

// The only thread that runs strategies: locked down, without environment, database or credentials. Bars arrive as
// shared memory and results leave as transferred columns.

function describe({
  code,
  fileName,
}: BacktestTasks['describe']['input']): BacktestTasks['describe']['output'] {
  const strategy = loadStrategyClass(code, fileName);
  return guardStrategy(fileName, () => ({ params: structuredClone({ ...strategy.params }) }));
}

function run(input: BacktestTasks['run']['input'], progress: TaskProgress) {
  const { code, fileName, feeds, settings, seed, riskFreeRate } = input;
  const strategy = loadStrategyClass(code, fileName);
  const params = resolveParameters(strategy.params ?? {}, input.params);
  const bars = feeds.map(({ handle, from, to }) => ({
    ticker: handle.ticker,
    bars: barsOf(handle, from, to),
  }));
  const longest = Math.max(...bars.map((feed) => feed.bars.length));
  progress.report(0, longest);

  const startedAt = performance.now();
  let result: ReturnType<typeof runBacktest>;
  try {
    result = runBacktest({ feeds: bars, settings, strategy, params, seed, progress: progress.cells });
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'internal') throw thrown;
    const step = progress.cells[0] ?? 0;
    // Several instruments share a clock of their own: only with one is a step a bar of it.
    const time = bars.length === 1 ? bars[0]!.bars.time[step] : undefined;
    const when = time === undefined ? '' : `, ${new Date(time).toISOString().slice(0, 16)}Z`;
    const context = ` (bar ${step + 1}${when})`;
    throw strategyError(thrown, fileName, context);
  }
  const engineMilliseconds = performance.now() - startedAt;
  progress.report(longest, longest, 1);
  const statistics = summarise(result, { riskFreeRate });
  const hashes = resultHashes(result, statistics);
  return new Transferred({ result, statistics, hashes, engineMilliseconds }, columnBuffers(result));
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
