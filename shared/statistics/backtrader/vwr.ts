import type { Periods } from '../periods.ts';
import type { AccountCurve } from './account-curve.ts';
import { standardDeviation } from './average.ts';
import { returns } from './returns.ts';

const TAU = 0.2;
const DEVIATION_LIMIT = 2;

/**
 * backtrader's VWR, the variability-weighted return: rnorm100 * (1 - (s / 2) ^ 0.20), where s is the sample deviation of
 * how far each period's end lies from steady growth of its start, end / (start * exp(ravg * n)) - 1 with n = 1, 2, …. A
 * period ends, and the next begins, at the first step of the next; the very first step already ends one that began with the
 * starting cash. Null below two such periods. Where s is only rounding error, as over a single calendar period, its fifth
 * root still shows: such a figure means nothing beyond its first digits.
 */
export function vwr(curve: AccountCurve, periods: Periods): number | null {
  const { equity, startingCash } = curve;
  const { ravg, rnorm100 } = returns(curve, periods);
  const samples = Array.from(periods.firstStep, (step) => equity[step]!);
  // The last value ends a period of its own unless the last step has already ended one.
  if (periods.firstStep.at(-1) !== equity.length - 1) samples.push(equity.at(-1)!);
  const distances = Float64Array.from(samples, (value, index) => {
    const start = index === 0 ? startingCash : samples[index - 1]!;
    return value / (start * Math.exp(ravg * (index + 1))) - 1;
  });
  if (distances.length < 2) return null;
  return rnorm100 * (1 - (standardDeviation(distances, 'sample') / DEVIATION_LIMIT) ** TAU);
}
