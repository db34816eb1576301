import { AppError } from '../contract/errors.ts';
import { BarCursor } from '../strategy/bar-cursor.ts';
import type { ParameterValues } from '../strategy/parameters.ts';
import { attach, type Strategy } from '../strategy/strategy.ts';
import { Broker } from './broker.ts';
import { Clock } from './clock.ts';
import type { Feed } from './feed.ts';
import type { AllocateColumn } from './records/column-table.ts';
import { checkLedger } from './records/ledger.ts';
import { firstSteps, newEquityColumns, RunMemory, type StepColumns } from './records/run-memory.ts';
import type { BacktestResult } from './result.ts';
import type { BrokerSettings } from './settings.ts';
import { StepLoop } from './step-loop.ts';
import { StrategySession } from './strategy-session.ts';

/** A function that is called often stays optimised from run to run. */
const STEPS_AT_A_TIME = 512;

const newColumn: AllocateColumn = (Column, length) => new Column(length);

export type StrategyClass = new () => Strategy;

export interface BacktestInput {
  /** One or more instruments, each with its bars; several share one clock and one account. */
  readonly feeds: readonly Feed[];
  readonly settings: BrokerSettings;
  readonly strategy: StrategyClass;
  /** Resolved values (see resolveParameters), one for every declared parameter. */
  readonly params: ParameterValues;
  /** Seed of `this.random()`, 0 to 2^32 - 1. */
  readonly seed: number;
  /** Cell 0 receives the number of the current step; may lie over shared memory. */
  readonly progress?: Float64Array;
  /** Memory of an earlier run, to be used again: most of the time of many small runs goes into fresh memory. */
  readonly memory?: RunMemory;
  /** Where the columns of the result over the steps are written, if they are long enough; new ones where absent. */
  readonly columns?: StepColumns;
  /** Gives the arrays of the result's orders, fills and trades; new ones where absent. */
  readonly allocate?: AllocateColumn;
  /** The result may lie in `memory`, where it holds until that is used again. */
  readonly borrowsMemory?: boolean;
}

/**
 * Runs a strategy over its bars. Deterministic: equal inputs give equal columns, bit for bit. Each step advances the
 * bars, gives the broker its turn, tells the strategy what became of its orders, and calls `next()` once every indicator
 * has a value. Throws AppErrors (`bad-request`, `strategy-error`, `data-missing`, `internal`) and whatever the strategy throws.
 */
export function runBacktest(input: BacktestInput): BacktestResult {
  const { feeds, settings } = input;
  if (feeds.length === 0) throw new AppError('bad-request', 'A run needs an instrument', { field: 'data' });
  const cursors = feeds.map(
    ({ ticker, bars, terms = settings.terms }, feed) => new BarCursor(feed, ticker, bars, terms.tick),
  );
  const { memory = new RunMemory(), borrowsMemory = false } = input;
  memory.clear();
  const broker = new Broker(cursors, feeds, settings, memory);
  const { params, seed } = input;
  const session = new StrategySession({ feeds, cursors, broker, sizer: settings.sizer, params, seed });
  const strategy = started(input.strategy, session, cursors);
  const intervals = feeds.map(({ interval }) => interval ?? 0);
  const clock = new Clock(cursors, session.longer, intervals);

  const steps = clock.times.length;
  session.times = clock.times;
  session.keepsOrders = strategy.onOrder !== undefined;
  broker.book.isHeard = session.keepsOrders;
  broker.trades.isHeard = strategy.onTrade !== undefined;
  const columns = stepColumns(input, memory, steps);
  const progress = input.progress ?? new Float64Array(1);
  const loop = new StepLoop({ strategy, session, clock, cursors, broker, columns, settings, progress });
  for (let from = 0; from < steps; from += STEPS_AT_A_TIME) {
    loop.run(from, Math.min(from + STEPS_AT_A_TIME, steps));
  }
  session.step = steps;
  strategy.onEnd?.();

  const { account } = broker;
  const allocate = borrowsMemory ? 'views' : (input.allocate ?? newColumn);
  const trades = broker.trades.finish(account.positions, allocate);
  return {
    tickers: feeds.map(({ ticker }) => ticker),
    firstNextBar: loop.firstNextBar,
    orders: broker.book.finish(allocate),
    fills: broker.fills.table.finish(allocate),
    trades,
    equity: { length: steps, time: clock.times, ...columns },
    ambiguous: broker.sameBar.finish(),
    ledger: checkLedger(trades, settings.cash, account.equity - account.revaluation, account.largestAmount),
  };
}

function stepColumns(
  { columns, borrowsMemory = false }: BacktestInput,
  memory: RunMemory,
  steps: number,
): StepColumns {
  if (borrowsMemory) return memory.equity(steps);
  if (columns === undefined || columns.equity.length < steps) return newEquityColumns(steps);
  return firstSteps(columns, steps);
}

/** A new strategy after its `init()`; from here on no line can be declared. */
function started(
  StrategyUnderTest: StrategyClass,
  session: StrategySession,
  cursors: readonly BarCursor[],
): Strategy {
  const strategy = new StrategyUnderTest();
  attach(strategy, session);
  strategy.init();
  for (const cursor of [...cursors, ...session.longer]) cursor.isDeclaring = false;
  if (typeof strategy.next !== 'function') {
    throw new AppError('strategy-error', 'The strategy has no next()', {
      hint: 'Add a method next() { … }: it is called on every bar and places the orders.',
    });
  }
  return strategy;
}
