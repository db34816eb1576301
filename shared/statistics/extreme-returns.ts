import { figure } from './figure.ts';
import type { Statistic, StatisticId } from './statistic.ts';

const MINIMUM_PERIODS = 2;

/**
 * Best, worst and share of positive days and months. `returns` are fractions, one per period with at least one bar; the
 * first and the last month may be parts of months.
 */
export function extremeReturns(daily: Float64Array, monthly: Float64Array): Statistic[] {
  return [
    ...extremesOf(daily, 'day', ['bestDay', 'worstDay', 'positiveDays']),
    ...extremesOf(monthly, 'month', ['bestMonth', 'worstMonth', 'positiveMonths']),
  ];
}

function extremesOf(
  returns: Float64Array,
  period: 'day' | 'month',
  [best, worst, positive]: readonly [StatisticId, StatisticId, StatisticId],
): Statistic[] {
  const head = { group: 'return', unit: 'percent' } as const;
  const count = returns.length;
  const missing =
    count < MINIMUM_PERIODS ? `not enough data: ${count} ${period}s, ${MINIMUM_PERIODS} needed` : null;
  const sampling = `Simple returns from the last step of each UTC ${period} to that of the next, the first from the starting cash`;
  let [highest, lowest, above] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
  for (const value of returns) {
    if (value > highest) highest = value;
    if (value < lowest) lowest = value;
    if (value > 0) above++;
  }
  return [
    figure(
      { id: best, label: `Best ${period}`, ...head, convention: `${sampling}: the highest.` },
      100 * highest,
      missing,
    ),
    figure(
      { id: worst, label: `Worst ${period}`, ...head, convention: `${sampling}: the lowest.` },
      100 * lowest,
      missing,
    ),
    figure(
      {
        id: positive,
        label: `Positive ${period}s`,
        ...head,
        convention: `${sampling}: how many of 100 ${period}s with a bar are above zero.`,
      },
      (100 * above) / count,
      missing,
    ),
  ];
}
