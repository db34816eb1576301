import { type DailyReturns, unusableReturns } from './daily-returns.ts';
import { figure } from './figure.ts';
import { sampleDeviation } from './moments.ts';
import type { Statistic } from './statistic.ts';

/** Sample deviation (n - 1) of the daily returns times the square root of the periods per year, in percent. */
export function volatility(daily: DailyReturns): Statistic {
  const { returns, periodsPerYear } = daily;
  return figure(
    {
      id: 'volatility',
      label: 'Volatility',
      group: 'risk',
      unit: 'percent',
      convention: `Sample deviation (n - 1) of the daily returns (last step of each UTC day), annualised by the square root of ${periodsPerYear}.`,
    },
    100 * sampleDeviation(returns) * Math.sqrt(periodsPerYear),
    unusableReturns(daily),
  );
}
