import type { EquityColumns } from '../backtest/result.ts';
import type { Statistic } from './statistic.ts';

/** Share of the run's steps at whose end a position was held. */
export function exposureStatistic({ exposure, length }: EquityColumns): Statistic {
  let held = 0;
  for (let step = 0; step < length; step++) if (exposure[step]! > 0) held++;
  return {
    id: 'exposure',
    label: 'Exposure',
    unit: 'percent',
    value: length === 0 ? null : (100 * held) / length,
    convention: 'Percentage of steps at whose end a position was held, warm-up included.',
    ...(length === 0 ? { note: 'not enough data: no bars' } : {}),
  };
}
