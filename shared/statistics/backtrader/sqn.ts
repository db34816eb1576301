import { average, standardDeviation } from './average.ts';
import type { ClosedTrade } from './closed-trade.ts';

export interface SystemQuality {
  readonly sqn: number | null;
  readonly trades: number;
}

/**
 * backtrader's SQN (Van Tharp): root of the number of closed trades times average over population deviation of their net
 * results. 0 below two trades; null where all results are equal.
 */
export function sqn(trades: readonly ClosedTrade[]): SystemQuality {
  const nets = Float64Array.from(trades, ({ pnlcomm }) => pnlcomm);
  if (nets.length < 2) return { sqn: 0, trades: nets.length };
  const deviation = standardDeviation(nets, 'population');
  const ratio = deviation === 0 ? null : (Math.sqrt(nets.length) * average(nets)) / deviation;
  return { sqn: ratio, trades: nets.length };
}
