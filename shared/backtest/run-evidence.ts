import type { Trust } from '../contract/schemas.ts';
import { type BarHealth, barHealth } from '../market/bar-health.ts';
import { leakTest } from './leak-test.ts';
import type { BacktestResult } from './result.ts';
import type { BacktestInput } from './run-backtest.ts';
import { sameBarRange } from './same-bar-range.ts';

/**
 * What a run itself can say about how far to trust it: whether it read ahead (`leakCuts` places, 0 for none), what its
 * data lack, what hangs on bars that do not tell their order, and what its costs come to.
 */
export function evidenceOf(
  input: BacktestInput,
  result: BacktestResult,
  leakCuts: number,
): Omit<Trust, 'trials' | 'unseenShare' | 'deflatedSharpe'> {
  const range = sameBarRange(input, result);
  const { outcome, cuts, detail } =
    leakCuts === 0
      ? { outcome: 'not-run' as const, cuts: 0, detail: null }
      : leakTest(input, result, leakCuts);
  return {
    leakTest: { outcome, cuts, detail },
    data: input.feeds.map(({ bars, interval }) => barHealth(bars, interval ?? 0)).reduce(added),
    ambiguous: { bars: result.ambiguous.length, worst: range?.worst ?? null, best: range?.best ?? null },
    costShare: costShare(result),
    cheats: input.settings.fill !== 'next-open',
  };
}

/** Costs over the sum of the sizes of all trades' gross results; null without any. */
function costShare({ trades }: BacktestResult): number | null {
  let costs = 0;
  let turned = 0;
  for (let row = 0; row < trades.length; row++) {
    costs += trades.slippage[row]! + trades.commission[row]! + trades.financing[row]!;
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
