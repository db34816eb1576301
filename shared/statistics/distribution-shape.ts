import type { DailyReturns } from './daily-returns.ts';
import { figure } from './figure.ts';
import { kurtosis, skewness } from './moments.ts';
import { missingRatio } from './sharpe-ratio.ts';
import type { Statistic } from './statistic.ts';

/** Skew and excess kurtosis of the daily returns, in population moments (no small-sample correction). */
export function distributionShape(daily: DailyReturns): Statistic[] {
  const missing = missingRatio(daily);
  const head = { group: 'risk', unit: 'ratio' } as const;
  return [
    figure(
      {
        id: 'skew',
        label: 'Skew',
        ...head,
        convention:
          'Daily returns: third central moment over the cubed deviation, population moments; below zero the losses have the longer tail.',
      },
      skewness(daily.returns),
      missing,
    ),
    figure(
      {
        id: 'kurtosis',
        label: 'Excess kurtosis',
        ...head,
        convention:
          'Daily returns: fourth central moment over the squared variance, less 3, population moments; zero for a normal distribution.',
      },
      kurtosis(daily.returns) - 3,
      missing,
    ),
  ];
}
