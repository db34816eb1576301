import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileStrategy } from '../../electron/services/compile-strategy.ts';
import type { WorkerPool } from '../../electron/workers/pool.ts';
import { barsOf } from '../../electron/workers/series-handle.ts';
import type { BacktestTasks, FeedTask, SeriesHandle } from '../../electron/workers/tasks.ts';
import type { BacktestResult } from '../../shared/backtest/result.ts';
import { type BrokerSettings, DEFAULT_SETTINGS, DEFAULT_TERMS } from '../../shared/backtest/settings.ts';
import { sma } from '../../shared/indicators/sma.ts';
import type { ParameterValues } from '../../shared/strategy/parameters.ts';
import { randomCloses, seriesOf } from '../fixtures/series.ts';
import { type Benchmark, time } from './measure.ts';
import { COMMISSION, plainSmaCross, plainTables, SLIPPAGE } from './plain-loops.ts';

const BARS = 1_000_000;
const RUNS = 15;
const FAST = 10;
const SLOW = 30;

const TERMS = { ...DEFAULT_TERMS, commission: { kind: 'percent', rate: COMMISSION } } as const;
const SETTINGS: BrokerSettings = {
  ...DEFAULT_SETTINGS,
  cash: 1e9,
  terms: TERMS,
  slippage: { kind: 'percent', rate: SLIPPAGE },
};

/** A strategy file as a user would write it, run in the compartment of the application's own backtest thread. */
const USER_STRATEGY = `
import { crossOver, type Line, Strategy, sma } from 'hindsight';
export default class Cross extends Strategy {
  cross!: Line;
  init() {
    this.cross = crossOver(sma(this.data.close, ${FAST}), sma(this.data.close, ${SLOW}));
  }
  next() {
    const cross = this.cross.value;
    if (cross > 0 && this.position.size === 0) this.buy({ size: 1 });
    else if (cross < 0 && this.position.size > 0) this.close();
  }
}`;

/** Engine speed inside the application's backtest threads; milliseconds are those of the simulation alone. */
export async function engineBenchmarks(
  pool: WorkerPool<BacktestTasks>,
  resourcesPath: string,
): Promise<Benchmark[]> {
  const handle = seriesOf(randomCloses(BARS, 11), 'A');
  const bars = barsOf(handle);
  const averages = [sma(bars.close, FAST), sma(bars.close, SLOW)] as const;
  const tables = plainTables(BARS);
  const plain = () => time(() => plainSmaCross(bars, averages[0], averages[1], tables));
  const builtIn = (name: string) =>
    compileStrategy(readFileSync(join(resourcesPath, 'strategies', `${name}.ts`), 'utf8'), `${name}.ts`);
  const user = await compileStrategy(USER_STRATEGY, 'cross.ts');
  const rebalance = await builtIn('rebalance');
  const brackets = await builtIn('rsi-bracket');
  const portfolio = Array.from({ length: 5 }, (_, i) => seriesOf(randomCloses(BARS / 5, 20 + i), `P${i}`));
  const memory = memoryFor(BARS + 1);

  const run = async (
    code: string,
    handles: readonly SeriesHandle[],
    params: ParameterValues,
    steps: BacktestTasks['run']['input']['memory'],
  ) => {
    const { engineMilliseconds, result } = await pool.run('run', {
      code,
      fileName: 'bench.ts',
      params,
      feeds: handles.map(feedOf),
      settings: SETTINGS,
      seed: 1,
      riskFreeRate: 0,
      benchmark: null,
      trials: { count: 1, sharpeVariance: 0 },
      memory: steps,
      leakCuts: 0,
    });
    return { milliseconds: engineMilliseconds, resultBytes: bytesOf(result) };
  };
  const common = { unit: 'bars/s', amount: BARS, runs: RUNS, plain } as const;
  return [
    {
      ...common,
      name: 'engine.sma-cross',
      against: 'a hand-written loop with the same arithmetic and tables',
      work: () => run(user.code, [handle], {}, memory),
    },
    {
      ...common,
      name: 'engine.fresh-memory',
      against: 'the same loop; every run in memory of its own',
      work: () => run(user.code, [handle], {}, null),
    },
    {
      ...common,
      name: 'engine.portfolio',
      against: 'the same loop; 5 instruments of 200,000 bars rebalanced every 30 bars',
      work: () => run(rebalance.code, portfolio, { every: 30 }, memory),
    },
    {
      ...common,
      name: 'engine.brackets',
      against: 'the same loop; a bracket of limit, stop and target about every 35 bars',
      work: () =>
        run(brackets.code, [handle], { low: 40, entry: 0.0002, stop: 0.002, target: 0.003 }, memory),
    },
  ];
}

/** Bytes of all columns of a result: orders, fills, trades, ambiguous bars, and three doubles a step. */
function bytesOf({ orders, fills, trades, equity, ambiguous }: BacktestResult): number {
  // The steps' times are the bars' own.
  const { time, ...account } = equity;
  const columns = [orders, fills, trades, ambiguous, account].flatMap((table) => Object.values(table));
  return columns.reduce((sum, column) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0), 0);
}

function feedOf(handle: SeriesHandle): FeedTask {
  return {
    handle,
    from: 0,
    to: handle.length,
    interval: 60_000,
    terms: TERMS,
    session: null,
    actions: [],
    finer: null,
    health: null,
  };
}

function memoryFor(steps: number) {
  const bytes = steps * Float64Array.BYTES_PER_ELEMENT;
  return {
    tables: new SharedArrayBuffer(48e6),
    equity: new SharedArrayBuffer(bytes),
    cash: new SharedArrayBuffer(bytes),
    exposure: new SharedArrayBuffer(bytes),
  };
}
