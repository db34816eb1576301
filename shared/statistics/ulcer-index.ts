import { type AnnualRate, perPeriod } from './annual-rate.ts';
import { type DailyReturns, unusableReturns } from './daily-returns.ts';
import { figure } from './figure.ts';
import type { AnnualGrowth } from './growth.ts';
import type { Statistic } from './statistic.ts';

/**
 * Ulcer index: root of the mean squared drawdown, in percent of the highest daily equity so far (starting cash included),
 * over the last step of each UTC day; and the ulcer performance index, CAGR less the risk-free rate over it. Martin &
 * McCann (1989).
 */
export function ulcerStatistics(
  daily: DailyReturns,
  startingCash: number,
  growth: AnnualGrowth,
  riskFreeRate: AnnualRate,
): Statistic[] {
  let peak = startingCash;
  let squares = 0;
  for (const value of daily.equity) {
    if (value > peak) peak = value;
    squares += ((100 * (peak - value)) / peak) ** 2;
  }
  const ulcer = Math.sqrt(squares / daily.equity.length);
  const ratePercent = 100 * perPeriod(riskFreeRate, 1);
  const missing = unusableReturns(daily);
  return [
    figure(
      {
        id: 'ulcerIndex',
        label: 'Ulcer index',
        group: 'risk',
        unit: 'percent',
        convention:
          'Root of the mean squared drawdown in percent, over the last step of each UTC day; the starting cash is the first peak. Martin & McCann (1989).',
      },
      ulcer,
      missing,
    ),
    figure(
      {
        id: 'ulcerPerformance',
        label: 'Ulcer performance index',
        group: 'ratio',
        unit: 'ratio',
        convention: `CAGR less the risk-free rate of ${Number(ratePercent.toPrecision(12))} % a year, over the ulcer index. Martin & McCann (1989).`,
      },
      ((growth.percent ?? Number.NaN) - ratePercent) / ulcer,
      missing ?? growth.missing ?? (ulcer === 0 ? 'undefined: no drawdown' : null),
    ),
  ];
}
