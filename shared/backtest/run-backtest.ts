import { AppError } from '../contract/errors.ts';
import type { BarColumns } from '../market/bar.ts';
import { BarCursor } from '../strategy/bar-cursor.ts';
import type { ParameterValues } from '../strategy/parameters.ts';
import { attach, type Strategy } from '../strategy/strategy.ts';
import { Broker } from './broker.ts';
import { Clock } from './clock.ts';
import { checkLedger } from './ledger.ts';
import type { BacktestResult } from './result.ts';
import type { BrokerSettings } from './settings.ts';
import { StrategySession } from './strategy-session.ts';

export type StrategyClass = new () => Strategy;

export interface BacktestInput {
  /** One or more instruments, each with its bars; several share one clock and one account. */
  readonly feeds: readonly { readonly ticker: string; readonly bars: BarColumns }[];
  readonly settings: BrokerSettings;
  readonly strategy: StrategyClass;
  /** Resolved values (see resolveParameters), one for every declared parameter. */
  readonly params: ParameterValues;
  /** Seed of `this.random()`, 0 to 2^32 - 1. */
  readonly seed: number;
  /** Cell 0 receives the number of the current step; may lie over shared memory. */
  readonly progress?: Float64Array;
}

/**
 * Runs a strategy over its bars. Deterministic: equal inputs give equal columns, bit for bit. Each step advances the
 * bars, gives the broker its turn, tells the strategy what became of its orders, and calls `next()` once every indicator
 * has a value. Throws AppErrors (`bad-request`, `strategy-error`, `data-missing`, `internal`) and whatever the strategy throws.
 */
export function runBacktest(input: BacktestInput): BacktestResult {
  const { feeds, settings } = input;
  if (feeds.length === 0) throw new AppError('bad-request', 'A run needs an instrument', { field: 'data' });
  const cursors = feeds.map(({ ticker, bars }, feed) => new BarCursor(feed, ticker, bars));
  const clock = new Clock(cursors);
  const broker = new Broker(cursors, settings);
  const session = new StrategySession(cursors, broker, input.params, input.seed);
  const strategy = started(input.strategy, session, cursors);

  const steps = clock.times.length;
  const equity = new Float64Array(steps);
  const cash = new Float64Array(steps);
  const exposure = new Float64Array(steps);
  const progress = input.progress ?? new Float64Array(1);
  let firstNextBar = -1;
  for (let step = 0; step < steps; step++) {
    progress[0] = step;
    session.step = step;
    clock.advance(step);
    broker.turn(step);
    equity[step] = broker.equity;
    cash[step] = broker.cash;
    exposure[step] = broker.exposure;
    if (session.hasNews) session.deliver(strategy);
    if (firstNextBar < 0) {
      if (!clock.isWarm) continue;
      firstNextBar = step;
    }
    strategy.next();
  }

  const trades = broker.trades.finish(broker.positions);
  return {
    tickers: feeds.map(({ ticker }) => ticker),
    firstNextBar,
    orders: broker.book.finish(),
    fills: broker.fills.table.finish(),
    trades,
    equity: { length: steps, time: clock.times, equity, cash, exposure },
    ledger: checkLedger(trades, settings.cash, broker.equity, broker.largestAmount),
  };
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
  for (const cursor of cursors) cursor.isDeclaring = false;
  if (typeof strategy.next !== 'function') {
    throw new AppError('strategy-error', 'The strategy has no next()', {
      hint: 'Add a method next() { … }: it is called on every bar and places the orders.',
    });
  }
  return strategy;
}
