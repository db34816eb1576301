import type { TradeColumns } from '../backtest/result.ts';
import { figure } from './figure.ts';
import { meanOf } from './moments.ts';
import { median } from './quantile.ts';
import type { Statistic, StatisticId } from './statistic.ts';

/** How long closed trades were held: mean, median and longest, in steps and in calendar time (ms). */
export function holdingStatistics({
  length,
  isOpen,
  barsHeld,
  entryTime,
  exitTime,
}: TradeColumns): Statistic[] {
  const bars: number[] = [];
  const times: number[] = [];
  for (let row = 0; row < length; row++) {
    if (isOpen[row] === 1) continue;
    bars.push(barsHeld[row]!);
    times.push(exitTime[row]! - entryTime[row]!);
  }
  return [
    ...threeOf(bars, 'bars', 'bars held', 'number of steps', [
      'averageBarsHeld',
      'medianBarsHeld',
      'longestBarsHeld',
    ]),
    ...threeOf(times, 'duration', 'holding time', 'calendar time', [
      'averageHolding',
      'medianHolding',
      'longestHolding',
    ]),
  ];
}

function threeOf(
  values: readonly number[],
  unit: 'bars' | 'duration',
  name: string,
  what: string,
  [average, middle, longest]: readonly [StatisticId, StatisticId, StatisticId],
): Statistic[] {
  const missing = values.length === 0 ? 'not enough data: no closed trade' : null;
  const one = (id: StatisticId, word: string, value: number) =>
    figure(
      {
        id,
        label: `${word} ${name}`,
        group: 'time',
        unit,
        convention: `Closed trades: ${word.toLowerCase()} ${what} from the entry fill to the exit fill.`,
      },
      value,
      missing,
    );
  return [
    one(average, 'Average', meanOf(values)),
    one(middle, 'Median', median(values)),
    one(
      longest,
      'Longest',
      values.reduce((most, value) => Math.max(most, value), 0),
    ),
  ];
}
