import type { Periods } from '../periods.ts';
import type { AccountCurve } from './account-curve.ts';
import { timeDrawDown } from './time-draw-down.ts';

/**
 * backtrader's Calmar: at the first step of each period, ln(value / value `window` samples back) / window, over the deepest
 * TimeDrawDown so far in percent (so a hundredth of the usual scale). The starting cash is the first sample, and the last
 * value of the run is one more under the last key. NaN until the window is full, and where a value is not above zero
 * (backtrader stops with an error there); 0 where there was no drawdown. One number per period.
 */
export function calmar(curve: AccountCurve, periods: Periods, window: number): Float64Array {
  const ratios = new Float64Array(periods.firstStep.length);
  const samples = [curve.startingCash];
  let deepest = 0;
  const ratio = (value: number) => {
    samples.push(value);
    const oldest = samples[samples.length - window] ?? Number.NaN;
    return Math.log(value / oldest) / window / (deepest === 0 ? Number.POSITIVE_INFINITY : deepest);
  };
  timeDrawDown(curve, periods, (period, value, maxdrawdown) => {
    deepest = maxdrawdown;
    ratios[period] = ratio(value);
  });
  if (ratios.length > 0) ratios[ratios.length - 1] = ratio(curve.equity.at(-1)!);
  return ratios;
}
