import type { Feed } from '../../../shared/backtest/feed.ts';
import { seededRandom } from '../../../shared/backtest/random.ts';
import type { RunMemory } from '../../../shared/backtest/records/run-memory.ts';
import type { BacktestResult } from '../../../shared/backtest/result.ts';
import { runBacktest, type StrategyClass } from '../../../shared/backtest/run-backtest.ts';
import {
  type BrokerSettings,
  DEFAULT_SETTINGS,
  DEFAULT_TERMS,
  type InstrumentTerms,
} from '../../../shared/backtest/settings.ts';
import type { BarColumns } from '../../../shared/market/bar.ts';
import { Strategy } from '../../../shared/strategy/index.ts';

export const MINUTE = 60_000;
export const START = Date.UTC(2024, 6, 1, 7);

/** Settings of a run, and in the same breath the terms of its instruments. */
export type GivenSettings = Partial<BrokerSettings> & Partial<InstrumentTerms>;

export function settingsOf({
  commission,
  multiplier,
  margin,
  leverage,
  interest,
  borrowFee,
  tick,
  ...settings
}: GivenSettings): BrokerSettings {
  const terms = { commission, multiplier, margin, leverage, interest, borrowFee, tick };
  const given = Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_SETTINGS, cash: 10_000, ...settings, terms: { ...DEFAULT_TERMS, ...given } };
}

/** One bar a minute from [open, high, low, close] rows, or [open, close] with the range they span; `minutes` for gaps. */
export function bars(rows: readonly (readonly number[])[], minutes?: readonly number[]): BarColumns {
  const column = (pick: (row: readonly number[], index: number) => number) => Float64Array.from(rows, pick);
  return {
    length: rows.length,
    time: column((_, index) => START + (minutes?.[index] ?? index) * MINUTE),
    open: column((row) => row[0]!),
    high: column((row) => (row.length === 4 ? row[1]! : Math.max(...row))),
    low: column((row) => (row.length === 4 ? row[2]! : Math.min(...row))),
    close: column((row) => row.at(-1)!),
    volume: column(() => 1_000),
    trades: null,
    vwap: null,
    twap: null,
  };
}

/** Bars that wander in ticks of 0.05, with wicks, opening gaps and (if asked) missing minutes. */
export function randomBars(count: number, seed: number, missing = 0): BarColumns {
  const random = seededRandom(seed);
  const rows: number[][] = [];
  const minutes: number[] = [];
  let close = 100;
  for (let minute = 0; rows.length < count; minute++) {
    if (random() < missing) continue;
    const tick = (ticks: number) => Math.round(random() * ticks) * 0.05;
    const open = Math.max(5, close + tick(8) - 0.2);
    close = Math.max(5, open + tick(20) - 0.5);
    rows.push([open, Math.max(open, close) + tick(6), Math.min(open, close) - tick(6), close]);
    minutes.push(minute);
  }
  return bars(rows, minutes);
}

/** A strategy that does what the script says on the bars it names. */
export function scripted(script: Readonly<Record<number, (strategy: Strategy) => void>>): StrategyClass {
  return class Scripted extends Strategy {
    next() {
      script[this.bar]?.(this);
    }
  };
}

export interface RunOptions {
  readonly settings?: GivenSettings;
  readonly feeds?: readonly Feed[];
  readonly seed?: number;
  readonly progress?: Float64Array;
  /** Memory of earlier runs, which the result lies in. */
  readonly memory?: RunMemory;
}

/** A run over one instrument named X, or over `feeds`. */
export function run(
  strategy: StrategyClass,
  data: BarColumns | null,
  { settings = {}, feeds, seed = 1, progress = new Float64Array(1), memory }: RunOptions = {},
): BacktestResult {
  return runBacktest({
    feeds: feeds ?? [{ ticker: 'X', bars: data! }],
    settings: settingsOf(settings),
    strategy,
    params: {},
    seed,
    progress,
    ...(memory === undefined ? {} : { memory, borrowsMemory: true }),
  });
}

/** Columns of a result as plain arrays, for comparison. */
export function plain(result: BacktestResult): unknown {
  const table = (columns: object) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [
        name,
        ArrayBuffer.isView(column) ? [...(column as Float64Array)] : column,
      ]),
    );
  const { orders, fills, trades, equity, ...rest } = result;
  return {
    ...rest,
    orders: table(orders),
    fills: table(fills),
    trades: table(trades),
    equity: table(equity),
  };
}
