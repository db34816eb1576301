import type { Periods } from '../periods.ts';
import type { AccountCurve } from './account-curve.ts';

export interface TimeDrawDown {
  /** Deepest fall, percent of the peak. */
  readonly maxdrawdown: number;
  /** Most samples below the peak since it was set; only a new, strictly higher peak starts the count again. */
  readonly maxdrawdownperiod: number;
}

/** Called for each sample with the deepest fall so far, in percent. */
type OnSample = (period: number, value: number, maxdrawdown: number) => void;

/**
 * backtrader's TimeDrawDown: the drawdown of samples taken at the first step of each period, with none at the end of the
 * run. The first peak is the first sample.
 */
export function timeDrawDown(
  { equity }: AccountCurve,
  { firstStep }: Periods,
  onSample?: OnSample,
): TimeDrawDown {
  let peak = Number.NEGATIVE_INFINITY;
  let length = 0;
  let maxdrawdown = 0;
  let maxdrawdownperiod = 0;
  for (let period = 0; period < firstStep.length; period++) {
    const value = equity[firstStep[period]!]!;
    if (value > peak) {
      peak = value;
      length = 0;
    }
    const fall = (100 * (peak - value)) / peak;
    if (fall !== 0) length++;
    if (fall > maxdrawdown) maxdrawdown = fall;
    if (length > maxdrawdownperiod) maxdrawdownperiod = length;
    onSample?.(period, value, maxdrawdown);
  }
  return { maxdrawdown, maxdrawdownperiod };
}
