import { lastStepOf, type Periods } from '../periods.ts';
import type { AccountCurve } from './account-curve.ts';

/**
 * backtrader's AnnualReturn: simple return per calendar year, as TimeReturn except that the first year starts from the
 * value at the first step instead of the starting cash. `years` are periods of years; one number per year.
 */
export function annualReturn({ equity }: AccountCurve, years: Periods): Float64Array {
  const returns = new Float64Array(years.firstStep.length);
  let before = equity[0]!;
  for (let index = 0; index < returns.length; index++) {
    const value = equity[lastStepOf(years, index, equity.length)]!;
    returns[index] = value / before - 1;
    before = value;
  }
  return returns;
}
