import { type BarColumns, lowerBound } from '../market/bar.ts';
import type { Placement } from './placement.ts';
import type { SuspectRow, SuspectTable } from './suspect-table.ts';

const CHANCE = 0.01;
/** Share of sessions with bars from which on a series is taken to trade every day. */
const DAILY_SHARE = 0.9;
/** Longer runs are holes in the data and say nothing about how often the series trades. */
const LONGEST_REST = 5;
const DAY = 86_400_000;

/** Whole sessions of the calendar without a bar, between the first bar and the last; consecutive ones are one suspect. */
export function findMissingSessions(bars: BarColumns, placement: Placement, suspects: SuspectTable): void {
  const { table, first, length } = placement;
  const runs: { from: number; length: number }[] = [];
  for (let session = 0; session < length; session++) {
    if (placement.bars[session]! > 0) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.from + last.length === session) last.length++;
    else runs.push({ from: session, length: 1 });
  }
  const limit = restLimit(runs, length);
  for (const run of runs) {
    if (run.length <= limit) continue;
    const firstDay = first + run.from;
    const lastDay = firstDay + run.length - 1;
    const start = Math.min(table.open[firstDay]!, table.day[firstDay]! * DAY);
    const after = Math.min(bars.length - 1, Math.max(1, lowerBound(bars.time, start)));
    const before = after - 1;
    suspects.add({
      kind: 'missing-session',
      fromBar: before,
      toBar: after,
      from: bars.time[before]!,
      to: bars.time[after]!,
      severity: Math.min(1, 0.3 + 0.15 * Math.log2(run.length)),
      weight: run.length,
      figures: [run.length, table.day[firstDay]! * DAY, table.day[lastDay]! * DAY],
    });
  }
}

/** How many sessions in a row a series that does not trade every day may well be without. */
function restLimit(runs: readonly { length: number }[], sessions: number): number {
  let rests = 0;
  let holes = 0;
  for (const { length } of runs) {
    if (length <= LONGEST_REST) rests += length;
    else holes += length;
  }
  const share = rests / Math.max(1, sessions - holes);
  return share < 1 - DAILY_SHARE ? 0 : Math.log(CHANCE / sessions) / Math.log(share);
}

export function describeMissingSessions({ figures: [count, first, last] }: SuspectRow): string {
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  return count === 1
    ? `no bar on ${day(first)}, a day of trading`
    : `no bar on ${count} days of trading, ${day(first)} to ${day(last)}`;
}
