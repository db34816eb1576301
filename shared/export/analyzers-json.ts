import type { BacktestResult } from '../backtest/result.ts';
import { backtraderAnalyzers } from '../statistics/backtrader/analyzers.ts';
import { analyzerInputOf } from '../statistics/backtrader/input-of-result.ts';

/** backtrader's analyzers under their names there, with its conventions; NaN and infinities as texts. */
export function analyzersJson(result: BacktestResult): string {
  const analyzers = backtraderAnalyzers(analyzerInputOf(result));
  const plain = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return `${JSON.stringify(analyzers, plain, 2)}\n`;
}
