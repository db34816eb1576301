import type { AnnualRate } from './annual-rate.ts';
import { type DailyReturns, excessReturns, rateText, unusableReturns } from './daily-returns.ts';
import { figure } from './figure.ts';
import { isConstant, meanOf, sampleDeviation } from './moments.ts';
import type { Statistic } from './statistic.ts';

/** Mean over sample deviation (n - 1) of excess returns, not annualised; NaN where they do not vary. */
export function ratioPerPeriod(excess: Float64Array): number {
  return isConstant(excess) ? Number.NaN : meanOf(excess) / sampleDeviation(excess);
}

/** Why a ratio over the deviation of the daily returns cannot be computed; null when it can. */
export function missingRatio(daily: DailyReturns): string | null {
  return (
    unusableReturns(daily) ??
    (isConstant(daily.returns) ? 'not enough data: the daily returns do not vary' : null)
  );
}

/**
 * Sharpe ratio: mean of (daily return - daily risk-free rate) over its sample deviation (n - 1), times the square root
 * of the periods per year. Sharpe (1994).
 */
export function sharpeRatio(daily: DailyReturns, riskFreeRate: AnnualRate): Statistic {
  const { periodsPerYear } = daily;
  return figure(
    {
      id: 'sharpe',
      label: 'Sharpe ratio',
      group: 'ratio',
      unit: 'ratio',
      convention: `Daily returns (last step of each UTC day), ${rateText(riskFreeRate)}, sample deviation (n - 1), annualised by the square root of ${periodsPerYear}. Sharpe (1994).`,
    },
    ratioPerPeriod(excessReturns(daily, riskFreeRate)) * Math.sqrt(periodsPerYear),
    missingRatio(daily),
  );
}
