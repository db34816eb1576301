import { lastStepOf, type Periods } from '../periods.ts';
import type { AccountCurve } from './account-curve.ts';

/**
 * backtrader's TimeReturn: simple return of each period, last value of the period over last value of the one before (the
 * starting cash for the first) - 1. One number per period.
 */
export function timeReturn({ equity, startingCash }: AccountCurve, periods: Periods): Float64Array {
  const returns = new Float64Array(periods.firstStep.length);
  let before = startingCash;
  for (let index = 0; index < returns.length; index++) {
    const value = equity[lastStepOf(periods, index, equity.length)]!;
    returns[index] = value / before - 1;
    before = value;
  }
  return returns;
}
