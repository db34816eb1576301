import type { AnnualRate } from './annual-rate.ts';
import { type DailyReturns, excessReturns, rateText, unusableReturns } from './daily-returns.ts';
import { figure } from './figure.ts';
import { meanOf } from './moments.ts';
import type { Statistic } from './statistic.ts';

/**
 * Sortino ratio: mean of (daily return - daily risk-free rate) over its downside deviation, times the square root of the
 * periods per year. Downside deviation: root of the mean over ALL days of the squared shortfalls. Sortino & Price (1994).
 */
export function sortinoRatio(daily: DailyReturns, riskFreeRate: AnnualRate): Statistic {
  const { periodsPerYear } = daily;
  const excess = excessReturns(daily, riskFreeRate);
  const downside = Math.sqrt(meanOf(excess.map((value) => Math.min(value, 0) ** 2)));
  return figure(
    {
      id: 'sortino',
      label: 'Sortino ratio',
      group: 'ratio',
      unit: 'ratio',
      convention: `Daily returns (last step of each UTC day), target the ${rateText(riskFreeRate)}, downside deviation over all days (n), annualised by the square root of ${periodsPerYear}. Sortino & Price (1994).`,
    },
    (meanOf(excess) / downside) * Math.sqrt(periodsPerYear),
    unusableReturns(daily) ?? (downside === 0 ? 'undefined: no daily return below the risk-free rate' : null),
  );
}
