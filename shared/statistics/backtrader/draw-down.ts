import type { AccountCurve } from './account-curve.ts';

export interface DrawDown {
  /** At the last step: steps in a row below the peak, fall in percent of the peak, fall in money. */
  readonly len: number;
  readonly drawdown: number;
  readonly moneydown: number;
  /** The largest of each; they need not belong to the same fall. */
  readonly max: { readonly len: number; readonly drawdown: number; readonly moneydown: number };
}

/** backtrader's DrawDown: fall below the highest value so far, at every step. The first peak is the value of the first step. */
export function drawDown({ equity }: AccountCurve): DrawDown {
  let peak = Number.NEGATIVE_INFINITY;
  let [len, drawdown, moneydown] = [0, 0, 0];
  const max = { len: 0, drawdown: 0, moneydown: 0 };
  for (let step = 0; step < equity.length; step++) {
    const value = equity[step]!;
    if (value > peak) peak = value;
    moneydown = peak - value;
    drawdown = (100 * moneydown) / peak;
    len = drawdown === 0 ? 0 : len + 1;
    if (moneydown > max.moneydown) max.moneydown = moneydown;
    if (drawdown > max.drawdown) max.drawdown = drawdown;
    if (len > max.len) max.len = len;
  }
  return { len, drawdown, moneydown, max };
}
