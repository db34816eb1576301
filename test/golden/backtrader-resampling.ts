import type { BarColumns } from '../../shared/market/bar.ts';
import { resampleLikeBacktrader } from '../../shared/market/resample-backtrader.ts';
import { type Scenario, sessionEnd } from './backtrader-scenario.ts';

/** [step from 1, time of the step, stamp, open, high, low, close, volume] of each longer bar. */
export function resampledBars(
  { resample, data }: Pick<Scenario, 'resample' | 'data'>,
  source: BarColumns,
): number[][] {
  const [{ timeframe, compression, rightedge = true, bar2edge = true, adjbartime = true }] = resample as [
    Readonly<Record<string, unknown>>,
  ];
  const { bars, knownAt } = resampleLikeBacktrader(source, {
    every: Number(compression) * (timeframe === 'Days' ? 86_400_000 : 60_000),
    sessionEnd: sessionEnd(data[0]!),
    bar2edge: bar2edge === true,
    adjbartime: adjbartime === true,
    rightedge: rightedge === true,
  });
  return Array.from(bars.time, (stamp, i) => [
    knownAt[i]! + 1,
    source.time[knownAt[i]!] ?? Math.max(stamp, source.time.at(-1)!),
    stamp,
    bars.open[i]!,
    bars.high[i]!,
    bars.low[i]!,
    bars.close[i]!,
    bars.volume![i]!,
  ]);
}
