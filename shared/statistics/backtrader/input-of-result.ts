import type { BacktestResult } from '../../backtest/result.ts';
import type { AnalyzerInput } from './analyzers.ts';

/**
 * A run as backtrader's analyzers see it. Their gross profit is that at fill prices, slippage included; commission and
 * financing come off the net one. Trades are ordered by the fills that closed them. Of several instruments a result holds
 * only the sum of their values.
 */
export function analyzerInputOf(result: BacktestResult, bars?: AnalyzerInput['bars']): AnalyzerInput {
  const { tickers, equity, fills, trades, ledger } = result;
  const closed = rowsInOrderOfClosing(result);
  return {
    time: equity.time,
    equity: equity.equity,
    startingCash: ledger.startingCash,
    trades: closed.map((row) => ({
      pnl: trades.gross[row]! - trades.slippage[row]!,
      pnlcomm: trades.net[row]!,
      barlen: trades.barsHeld[row]!,
      long: trades.side[row]! > 0,
    })),
    openTrades: trades.length - closed.length,
    holdings: { tickers, cash: equity.cash, fills, worth: tickers.length === 1 ? [equity.exposure] : null },
    ...(bars === undefined ? {} : { bars }),
  };
}

function rowsInOrderOfClosing({ trades, fills }: BacktestResult): number[] {
  const tradeOfOrder = new Map<number, number>();
  for (let row = 0; row < trades.length; row++) {
    if (trades.isOpen[row] === 0) tradeOfOrder.set(trades.exitOrder[row]!, row);
  }
  const rows: number[] = [];
  for (let fill = 0; fill < fills.length; fill++) {
    const row = tradeOfOrder.get(fills.order[fill]!);
    // An order fills once per step at most; what it filled before or after the trade's end is not meant.
    if (row !== undefined && trades.exitBar[row] === fills.bar[fill]) rows.push(row);
  }
  return rows;
}
