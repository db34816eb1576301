import type { FillColumns } from '../backtest/result.ts';
import { figure } from './figure.ts';
import type { Statistic } from './statistic.ts';

const MINIMUM_YEARS = 30 / 365.25;

/**
 * Money traded per year over the average equity, in percent; 200 % buys and sells the whole account once a year.
 * `multipliers` by feed: money per point and unit, 1 where not given.
 */
export function turnoverStatistic(
  { length, size, price, feed }: FillColumns,
  averageEquity: number,
  years: number,
  multipliers: readonly number[] = [],
): Statistic {
  let traded = 0;
  for (let row = 0; row < length; row++) {
    traded += Math.abs(size[row]! * price[row]!) * (multipliers[feed[row]!] ?? 1);
  }
  const missing =
    years < MINIMUM_YEARS
      ? `not enough data: ${(years * 365.25).toFixed(1)} days, 30 needed`
      : averageEquity > 0
        ? null
        : 'undefined: average equity is zero or below';
  return figure(
    {
      id: 'turnover',
      label: 'Turnover per year',
      group: 'cost',
      unit: 'percent',
      convention:
        'Value of all fills, bought and sold, over the average equity of all steps, per year of 365.25 days.',
    },
    (100 * traded) / averageEquity / years,
    missing,
  );
}
