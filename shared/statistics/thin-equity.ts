import type { EquityColumns } from '../backtest/result.ts';

export interface ThinnedEquity {
  readonly time: Float64Array;
  readonly equity: Float64Array;
  /** Percent of the highest equity so far, starting cash included; at or below zero. */
  readonly drawdown: Float64Array;
  readonly cash: Float64Array;
  readonly exposure: Float64Array;
}

/**
 * An equity curve thinned to at most `maxPoints`: first and last step, and of every stretch its lowest and highest
 * equity and its deepest drawdown, so that no extreme is lost.
 */
export function thinEquity(curve: EquityColumns, startingCash: number, maxPoints: number): ThinnedEquity {
  const drawdown = drawdownPercent(curve.equity, startingCash);
  const steps = stepsToKeep(curve.equity, drawdown, maxPoints);
  const pick = (column: Float64Array) => Float64Array.from(steps, (step) => column[step]!);
  return {
    time: pick(curve.time),
    equity: pick(curve.equity),
    drawdown: pick(drawdown),
    cash: pick(curve.cash),
    exposure: pick(curve.exposure),
  };
}

function drawdownPercent(equity: Float64Array, startingCash: number): Float64Array {
  const drawdown = new Float64Array(equity.length);
  let peak = startingCash;
  for (let step = 0; step < equity.length; step++) {
    const value = equity[step]!;
    if (value > peak) peak = value;
    drawdown[step] = value < peak ? (value / peak - 1) * 100 : 0;
  }
  return drawdown;
}

/** Steps to keep, ascending. */
function stepsToKeep(equity: Float64Array, drawdown: Float64Array, maxPoints: number): number[] {
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
