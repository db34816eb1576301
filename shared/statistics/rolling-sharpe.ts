import type { AnnualRate } from './annual-rate.ts';
import { type DailyReturns, excessReturns } from './daily-returns.ts';
import { ratioPerPeriod } from './sharpe-ratio.ts';

/**
 * Sharpe ratio of the last `window` daily returns, one number per day of the run, annualised as the Sharpe ratio of the
 * whole run. NaN on the first `window - 1` days and where the returns in the window do not vary. Each window is summed
 * anew, so that no rounding error is carried along.
 */
export function rollingSharpe(daily: DailyReturns, window: number, riskFreeRate: AnnualRate): Float64Array {
  if (!(Number.isInteger(window) && window >= 2))
    throw new RangeError(`A window of ${window} days is too short`);
  const excess = excessReturns(daily, riskFreeRate);
  const annual = Math.sqrt(daily.periodsPerYear);
  return excess.map((_, day) => {
    if (day + 1 < window) return Number.NaN;
    return ratioPerPeriod(excess.subarray(day + 1 - window, day + 1)) * annual;
  });
}
