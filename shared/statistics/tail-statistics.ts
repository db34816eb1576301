import { type DailyReturns, unusableReturns } from './daily-returns.ts';
import { figure } from './figure.ts';
import { meanOf } from './moments.ts';
import { quantile } from './quantile.ts';
import type { Statistic } from './statistic.ts';

/**
 * Historical value at risk and expected shortfall (CVaR) of a day at 95 %, as losses in percent of equity (positive: a
 * loss), and the tail ratio: 95th over 5th percentile in size. Rockafellar & Uryasev (2000) for the shortfall.
 */
export function tailStatistics(daily: DailyReturns): Statistic[] {
  const sorted = daily.returns.toSorted();
  const low = quantile(sorted, 0.05);
  const high = quantile(sorted, 0.95);
  const tail = sorted.filter((value) => value <= low);
  const missing = unusableReturns(daily);
  const sampling = 'daily returns (last step of each UTC day)';
  return [
    figure(
      {
        id: 'valueAtRisk',
        label: 'Value at risk, 95 %',
        group: 'risk',
        unit: 'percent',
        convention: `Historical, one day: the loss at the 5th percentile of the ${sampling}, linear between order statistics; positive is a loss.`,
      },
      -100 * low,
      missing,
    ),
    figure(
      {
        id: 'conditionalValueAtRisk',
        label: 'Expected shortfall, 95 %',
        group: 'risk',
        unit: 'percent',
        convention: `Historical, one day (CVaR): average loss of the ${sampling} at or below the 5th percentile; positive is a loss. Rockafellar & Uryasev (2000).`,
      },
      -100 * meanOf(tail),
      missing,
    ),
    figure(
      {
        id: 'tailRatio',
        label: 'Tail ratio',
        group: 'ratio',
        unit: 'ratio',
        convention: `95th percentile of the ${sampling} over the size of the 5th, linear between order statistics.`,
      },
      high / Math.abs(low),
      missing ?? (low === 0 ? 'undefined: the 5th percentile of the daily returns is zero' : null),
    ),
  ];
}
