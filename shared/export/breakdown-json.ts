import type { BacktestResult } from '../backtest/result.ts';
import { annualRate } from '../statistics/annual-rate.ts';
import { dailyReturns } from '../statistics/daily-returns.ts';
import { monthlyReturns } from '../statistics/monthly-returns.ts';
import { resultsBy } from '../statistics/results-by-time.ts';
import { rollingSharpe } from '../statistics/rolling-sharpe.ts';

/** Three months of trading days. */
const ROLLING_DAYS = 63;

/**
 * What a run came to by time, all in UTC: closed trades by hour, weekday (1 Monday) and month of their entry, returns of
 * calendar months in percent, and the Sharpe ratio of the last 63 daily returns, by day (null before).
 * `riskFreeRate` is per year, 0.02 for 2 %.
 */
export function breakdownJson({ trades, equity, ledger }: BacktestResult, riskFreeRate: number): string {
  const daily = dailyReturns(equity.time, equity.equity, ledger.startingCash);
  const ratios = rollingSharpe(daily, ROLLING_DAYS, annualRate(riskFreeRate));
  const dated = Array.from(ratios, (ratio, index): [string, number | null] => [
    new Date(daily.day[index]!).toISOString().slice(0, '2024-01-01'.length),
    Number.isNaN(ratio) ? null : ratio,
  ]);
  const breakdown = {
    byHour: resultsBy(trades, 'hour'),
    byWeekday: resultsBy(trades, 'weekday'),
    byMonth: resultsBy(trades, 'month'),
    monthlyReturns: monthlyReturns(equity, ledger.startingCash),
    rollingSharpe: { days: ROLLING_DAYS, values: Object.fromEntries(dated) },
  };
  return `${JSON.stringify(breakdown, null, 2)}\n`;
}
