import { type DailyReturns, tooFewReturns } from './daily-returns.ts';
import { meanOf, sampleDeviation } from './moments.ts';
import type { Statistic } from './statistic.ts';

/**
 * Sharpe ratio: mean of (daily return - daily risk-free rate) over its sample deviation (n - 1), times the square root
 * of the periods per year. `riskFreeRate` per year, as a fraction, converted by compounding. Sharpe (1994).
 */
export function sharpeRatio(daily: DailyReturns, riskFreeRate: number): Statistic {
  const { returns, periodsPerYear } = daily;
  const perPeriod = (1 + riskFreeRate) ** (1 / periodsPerYear) - 1;
  const excess = returns.map((value) => value - perPeriod);
  const deviation = sampleDeviation(excess);
  const note =
    tooFewReturns(daily) ?? (deviation === 0 ? 'not enough data: the daily returns do not vary' : null);
  return {
    id: 'sharpe',
    label: 'Sharpe ratio',
    unit: 'ratio',
    value: note === null ? (meanOf(excess) / deviation) * Math.sqrt(periodsPerYear) : null,
    convention: `Daily returns (last step of each UTC day), risk-free rate ${riskFreeRate * 100} % a year compounded to days, sample deviation (n - 1), annualised by the square root of ${periodsPerYear}.`,
    ...(note === null ? {} : { note }),
  };
}
