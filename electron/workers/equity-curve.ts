import type { EquityColumns } from '../../shared/backtest/result.ts';
import type { EquityMeta } from '../../shared/contract/schemas.ts';
import { packFrame } from '../../shared/contract/wire.ts';
import { thinEquity } from '../../shared/statistics/thin-equity.ts';

/** An equity curve of at most `maxPoints` as the frame of EquityQuery. */
export function equityCurve(
  equity: EquityColumns,
  startingCash: number,
  maxPoints: number,
): Uint8Array<ArrayBuffer> {
  const meta: EquityMeta = { steps: equity.length, startingCash };
  return packFrame({ meta, columns: { ...thinEquity(equity, startingCash, maxPoints) } });
}
