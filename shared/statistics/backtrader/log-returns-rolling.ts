import { lastStepOf, type Periods } from '../periods.ts';
import type { AccountCurve } from './account-curve.ts';

/**
 * backtrader's LogReturnsRolling: natural logarithm of the last value of each period over the value `window` periods
 * before it, the starting cash before the first. NaN until there are that many periods, and where a value is not above
 * zero (backtrader stops with an error there). One number per period.
 */
export function logReturnsRolling(
  { equity, startingCash }: AccountCurve,
  periods: Periods,
  window = 1,
): Float64Array {
  const last = (period: number) =>
    period < 0 ? startingCash : equity[lastStepOf(periods, period, equity.length)]!;
  return Float64Array.from(periods.firstStep, (_, period) =>
    period + 1 < window ? Number.NaN : Math.log(last(period) / last(period - window)),
  );
}
