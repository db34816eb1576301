import type { BacktestResult } from './result.ts';
import { type BacktestInput, runBacktest } from './run-backtest.ts';

/** What is at stake in bars that did not tell in which order their prices came. */
export interface SameBarRange {
  readonly bars: number;
  /** Net profit of the run if every such bar had gone against the account, and for it. */
  readonly worst: number;
  readonly best: number;
}

/**
 * Runs a strategy under the pessimistic and the optimistic reading of its ambiguous bars. Null where there were none, so
 * that the result does not depend on the reading.
 */
export function sameBarRange(input: BacktestInput, result: BacktestResult): SameBarRange | null {
  if (result.ambiguous.length === 0) return null;
  const profit = (sameBar: 'pessimistic' | 'optimistic') => {
    const { ledger } = runBacktest({
      ...input,
      settings: { ...input.settings, sameBar },
      borrowsMemory: true,
    });
    return ledger.finalEquity - ledger.startingCash;
  };
  return { bars: result.ambiguous.length, worst: profit('pessimistic'), best: profit('optimistic') };
}
