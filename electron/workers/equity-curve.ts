import type { EquityColumns } from '../../shared/backtest/result.ts';
import type { EquityMeta } from '../../shared/contract/schemas.ts';
import { packFrame } from '../../shared/contract/wire.ts';

/**
 * An equity curve thinned to at most `maxPoints`: first and last step, and of every stretch its lowest and highest
 * equity and its deepest drawdown. Drawdown is in percent of the highest equity so far (<= 0).
 */
export function equityCurve(
  equity: EquityColumns,
  startingCash: number,
  maxPoints: number,
): Uint8Array<ArrayBuffer> {
  const drawdown = drawdownPercent(equity.equity);
  const steps = thinned(equity.equity, drawdown, maxPoints);
  const pick = (column: Float64Array) => Float64Array.from(steps, (step) => column[step]!);
  const meta: EquityMeta = { steps: equity.length, startingCash };
  return packFrame({
    meta,
    columns: {
      time: pick(equity.time),
      equity: pick(equity.equity),
      drawdown: pick(drawdown),
      cash: pick(equity.cash),
      exposure: pick(equity.exposure),
    },
  });
}

function drawdownPercent(equity: Float64Array): Float64Array {
  const drawdown = new Float64Array(equity.length);
  let peak = Number.NEGATIVE_INFINITY;
  for (let step = 0; step < equity.length; step++) {
    const value = equity[step]!;
    if (value > peak) peak = value;
    drawdown[step] = value < peak ? (value / peak - 1) * 100 : 0;
  }
  return drawdown;
}

/** Steps to keep, ascending. */
function thinned(equity: Float64Array, drawdown: Float64Array, maxPoints: number): number[] {
  const { length } = equity;
  if (length <= maxPoints) return Array.from({ length }, (_, step) => step);
  const stretches = Math.floor((maxPoints - 2) / 3);
  const keep: number[] = [0];
  const add = (step: number) => {
    if (step > keep.at(-1)!) keep.push(step);
  };
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * length) / stretches);
    const to = Math.floor(((stretch + 1) * length) / stretches);
    let lowest = from;
    let highest = from;
    let deepest = from;
    for (let step = from; step < to; step++) {
      if (equity[step]! < equity[lowest]!) lowest = step;
      if (equity[step]! > equity[highest]!) highest = step;
      if (drawdown[step]! < drawdown[deepest]!) deepest = step;
    }
    [lowest, highest, deepest].sort((a, b) => a - b).forEach(add);
  }
  add(length - 1);
  return keep;
}
