import type { BarColumns } from './bar.ts';
import { type LongerBars, LongerBarsBuilder } from './longer-bars.ts';

const DAY = 86_400_000;

/** How a day is cut: where its session ends, and local time less UTC. */
export interface ResampleSession {
  /** End of the session, milliseconds of the local day. */
  readonly end: number;
  readonly offsetAt: (time: number) => number;
}

/**
 * Bars of `every` milliseconds from bars of `interval` milliseconds (both stamped with their start). Buckets lie on whole
 * multiples of `every` in local time; those of a day or more begin at local midnight and end with the session. A bar is
 * known with the source bar that reaches its end, or else (minutes are missing) with the first one behind it; the last
 * one, if unfinished, never.
 */
export function resample(
  source: BarColumns,
  interval: number,
  every: number,
  session: ResampleSession,
): LongerBars {
  const builder = new LongerBarsBuilder(source);
  const { time, length } = source;
  for (let from = 0; from < length; ) {
    const offset = session.offsetAt(time[from]!);
    const start = Math.floor((time[from]! + offset) / every) * every - offset;
    const next = start + every;
    const end = every >= DAY ? next - DAY + Math.min(session.end, DAY) : next;
    let to = from + 1;
    while (to < length && time[to]! < next && time[to - 1]! + interval < end) to++;
    const knownAt = time[to - 1]! + interval >= end ? to - 1 : to;
    if (knownAt < length) builder.add(from, to, start, knownAt);
    // Behind the session's end there is nothing that could be waited for without knowing the future: it is left out.
    while (to < length && time[to]! < next) to++;
    from = to;
  }
  return builder.build();
}
