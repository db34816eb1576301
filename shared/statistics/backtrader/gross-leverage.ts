import type { AccountCurve } from './account-curve.ts';

/** backtrader's GrossLeverage: what is not cash as a share of the value, (value - cash) / value, at every step. */
export function grossLeverage({ equity }: AccountCurve, cash: Float64Array): Float64Array {
  return equity.map((value, step) => (value - cash[step]!) / value);
}
