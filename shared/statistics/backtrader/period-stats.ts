import { average, standardDeviation } from './average.ts';

export interface PeriodStats {
  readonly average: number;
  /** Population form. */
  readonly stddev: number;
  /** Periods above, below and at zero. */
  readonly positive: number;
  readonly negative: number;
  readonly nochange: number;
  readonly best: number;
  readonly worst: number;
}

/** backtrader's PeriodStats over the returns of TimeReturn, as fractions. */
export function periodStats(timeReturns: Float64Array): PeriodStats {
  let [positive, negative, nochange] = [0, 0, 0];
  let best = Number.NEGATIVE_INFINITY;
  let worst = Number.POSITIVE_INFINITY;
  for (const value of timeReturns) {
    if (value > 0) positive++;
    else if (value < 0) negative++;
    else nochange++;
    if (value > best) best = value;
    if (value < worst) worst = value;
  }
  const stddev = standardDeviation(timeReturns, 'population');
  return { average: average(timeReturns), stddev, positive, negative, nochange, best, worst };
}
