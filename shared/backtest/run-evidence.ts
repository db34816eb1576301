import type { Trust } from '../contract/schemas.ts';
import { type BarHealth, barHealth } from '../market/bar-health.ts';
import { leakTest } from './leak-test.ts';
import type { BacktestResult } from './result.ts';
import type { BacktestInput } from './run-backtest.ts';
import { sameBarRange } from './same-bar-range.ts';

/** How sound an instrument's bars are over the run: see shared/health/report.ts. */
export interface FeedHealth {
  readonly score: number;
  readonly suspects: number;
  /** First and last times of bars that doubt taints: pairs, ascending and apart from each other. */
  readonly marked: Float64Array;
}

/**
 * What a run itself can say about how far to trust it: whether it read ahead (`leakCuts` places, 0 for none), what its
 * data lack, what hangs on bars that do not tell their order, and what its costs come to.
 */
export function evidenceOf(
  input: BacktestInput,
  result: BacktestResult,
  leakCuts: number,
  feeds: readonly { readonly health: FeedHealth | null }[] = [],
): Omit<Trust, 'trials' | 'unseenShare' | 'deflatedSharpe'> {
  const range = sameBarRange(input, result);
  const { outcome, cuts, detail } =
    leakCuts === 0
      ? { outcome: 'not-run' as const, cuts: 0, detail: null }
      : leakTest(input, result, leakCuts);
  return {
    leakTest: { outcome, cuts, detail },
    data: {
      ...input.feeds.map(({ bars, interval }) => barHealth(bars, interval ?? 0)).reduce(added),
      ...tainted(
        input,
        result,
        feeds.map(({ health }) => health),
      ),
    },
    ambiguous: { bars: result.ambiguous.length, worst: range?.worst ?? null, best: range?.best ?? null },
    costShare: costShare(result),
    cheats: input.settings.fill !== 'next-open',
  };
}

/** The lowest score, all suspects, and what was earned on bars that they taint. */
function tainted(
  { feeds }: BacktestInput,
  { trades }: BacktestResult,
  health: readonly (FeedHealth | null)[],
) {
  const known = health.filter((feed) => feed !== null);
  if (known.length === 0) return { health: null, suspects: 0, suspectTrades: 0, suspectNet: null };
  const intervals = feeds.map(({ interval = 0 }) => interval);
  const shortest = Math.min(...intervals);
  let suspectTrades = 0;
  let suspectNet = 0;
  for (let row = 0; row < trades.length; row++) {
    const feed = trades.feed[row]!;
    const marked = health[feed]?.marked;
    if (marked === undefined || marked.length === 0) continue;
    // A step is stamped with the end of its bars less the shortest interval: back to the start of this one's bar.
    const earlier = intervals[feed]! - shortest;
    if (
      !isMarked(marked, trades.entryTime[row]! - earlier) &&
      !isMarked(marked, trades.exitTime[row]! - earlier)
    )
      continue;
    suspectTrades++;
    suspectNet += trades.net[row]!;
  }
  return {
    health: Math.min(...known.map(({ score }) => score)),
    suspects: known.reduce((sum, { suspects }) => sum + suspects, 0),
    suspectTrades,
    suspectNet,
  };
}

function isMarked(marked: Float64Array, time: number): boolean {
  let low = 0;
  let high = marked.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marked[2 * middle + 1]! < time) low = middle + 1;
    else high = middle;
  }
  return 2 * low < marked.length && marked[2 * low]! <= time;
}

/** Costs over the sum of the sizes of all trades' gross results; null without any. */
function costShare({ trades }: BacktestResult): number | null {
  let costs = 0;
  let turned = 0;
  for (let row = 0; row < trades.length; row++) {
    // Dividends make financing negative: income, not a cost that is saved.
    costs += trades.slippage[row]! + trades.commission[row]! + Math.max(0, trades.financing[row]!);
    turned += Math.abs(trades.gross[row]!);
  }
  return turned > 0 ? costs / turned : null;
}

function added(a: BarHealth, b: BarHealth): BarHealth {
  return {
    bars: a.bars + b.bars,
    missingPrices: a.missingPrices + b.missingPrices,
    withoutVolume: a.withoutVolume + b.withoutVolume,
    gaps: a.gaps + b.gaps,
    missingBars: a.missingBars + b.missingBars,
    jumps: a.jumps + b.jumps,
  };
}
