import type { BarColumns } from '../market/bar.ts';
import type { Placement } from './placement.ts';

const DAY = 86_400_000;

/** A series by sessions that have bars (days of UTC without a calendar): what a split shows itself in. */
export interface SessionBars {
  readonly length: number;
  /** First bar of each session, and its time. */
  readonly bar: Int32Array;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly close: Float64Array;
  /** Sum over the session; NaN where no bar has a volume. */
  readonly volume: Float64Array;
}

/** Bars outside of sessions count to the session before them. */
export function sessionBars(
  { length, time, open, close, volume }: BarColumns,
  placement: Placement | null,
): SessionBars {
  const first: number[] = [];
  let current = Number.NaN;
  for (let bar = 0; bar < length; bar++) {
    const session = placement === null ? Math.floor(time[bar]! / DAY) : placement.sessionOf[bar]!;
    if (session === current || (placement !== null && session < 0 && bar > 0)) continue;
    first.push(bar);
    current = session;
  }
  const sum = (from: number, to: number) => {
    if (volume === null) return Number.NaN;
    let total = Number.NaN;
    for (let bar = from; bar < to; bar++) {
      const value = volume[bar]!;
      if (value >= 0) total = Number.isNaN(total) ? value : total + value;
    }
    return total;
  };
  const end = (index: number) => first[index + 1] ?? length;
  return {
    length: first.length,
    bar: Int32Array.from(first),
    time: Float64Array.from(first, (bar) => time[bar]!),
    open: Float64Array.from(first, (bar) => open[bar]!),
    close: Float64Array.from(first, (_, index) => close[end(index) - 1]!),
    volume: Float64Array.from(first, (bar, index) => sum(bar, end(index))),
  };
}
