import type { Periods, Timeframe } from '../periods.ts';
import type { AccountCurve } from './account-curve.ts';

/** Periods per year by which an average is annualised; minutes are not annualised at all. */
const PER_YEAR: Readonly<Record<Timeframe, number>> = {
  Minutes: 1,
  Days: 252,
  Weeks: 52,
  Months: 12,
  Years: 1,
};

export interface Returns {
  /** Logarithmic return of the run, natural logarithm. */
  readonly rtot: number;
  /** `rtot` per period. */
  readonly ravg: number;
  /** exp(ravg * periods per year) - 1, as a fraction and in percent. */
  readonly rnorm: number;
  readonly rnorm100: number;
}

/**
 * backtrader's Returns: logarithmic return in total, per period that the run has seen, and annualised (252 days, 52 weeks,
 * 12 months, 1 year; minutes: 1). An account below zero, or at it, has -Infinity.
 */
export function returns({ equity, startingCash }: AccountCurve, periods: Periods): Returns {
  const growth = (equity.at(-1) ?? startingCash) / startingCash;
  const rtot = growth > 0 ? Math.log(growth) : Number.NEGATIVE_INFINITY;
  const ravg = rtot / periods.firstStep.length;
  const rnorm = Math.expm1(ravg * PER_YEAR[periods.timeframe]);
  return { rtot, ravg, rnorm, rnorm100: 100 * rnorm };
}
