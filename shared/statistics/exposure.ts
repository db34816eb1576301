import type { EquityColumns } from '../backtest/result.ts';
import { figure } from './figure.ts';
import type { Statistic } from './statistic.ts';

export interface Exposure {
  readonly steps: number;
  /** Steps at whose end a position was held. */
  readonly held: number;
  /** Averages over all steps, money. */
  readonly averageExposure: number;
  readonly averageEquity: number;
}

export function exposureOf({ exposure, equity, length }: EquityColumns): Exposure {
  let held = 0;
  let exposureSum = 0;
  let equitySum = 0;
  for (let step = 0; step < length; step++) {
    const value = exposure[step]!;
    if (value > 0) held++;
    exposureSum += value;
    equitySum += equity[step]!;
  }
  return { steps: length, held, averageExposure: exposureSum / length, averageEquity: equitySum / length };
}

/** Share of the run's steps at whose end a position was held, and how large positions were on average. */
export function exposureStatistics({ steps, held, averageExposure, averageEquity }: Exposure): Statistic[] {
  const missing = steps === 0 ? 'not enough data: no bars' : null;
  const head = { group: 'time', unit: 'percent' } as const;
  return [
    figure(
      {
        id: 'exposure',
        label: 'Exposure',
        ...head,
        convention: 'Percentage of steps at whose end a position was held, warm-up included.',
      },
      (100 * held) / steps,
      missing,
    ),
    figure(
      {
        id: 'averageExposure',
        label: 'Average exposure',
        ...head,
        convention:
          'Absolute market value of all positions, averaged over all steps, as a percentage of the average equity.',
      },
      (100 * averageExposure) / averageEquity,
      missing ?? (averageEquity > 0 ? null : 'undefined: average equity is zero or below'),
    ),
  ];
}
