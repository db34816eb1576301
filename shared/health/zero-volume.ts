import type { BarColumns } from '../market/bar.ts';
import { RunCensus } from './run-census.ts';
import type { SuspectRow, SuspectTable } from './suspect-table.ts';

const DAY = 86_400_000;
/** Daily bars without volume are worth a word of their own where so few have none. */
const RARE_SHARE = 0.02;
/** A series without any volume at all is an index, or quotes: mild, its prices are none the worse for it. */
const NO_VOLUME = { severity: 0.2, weight: 0.05 };

/** Runs of bars in which nothing traded, longer than is usual for the series; those without a figure are left out. */
export function findZeroVolume(
  { length, time, volume }: BarColumns,
  interval: number,
  suspects: SuspectTable,
): void {
  if (volume === null) return;
  let known = 0;
  for (let bar = 0; bar < length; bar++) if (volume[bar]! >= 0) known++;
  const census = new RunCensus(known);
  eachRun(volume, (from, to) => census.add(to - from));
  if (census.marked === 0) return;
  const hasNone = census.marked === known;
  const isRare = interval >= DAY && census.marked < RARE_SHARE * known;
  eachRun(volume, (from, to) => {
    const limit = hasNone || isRare ? 0 : census.limit(to - from);
    if (to - from <= limit) return;
    suspects.add({
      kind: 'zero-volume',
      fromBar: from,
      toBar: to - 1,
      from: time[from]!,
      to: time[to - 1]!,
      severity: hasNone ? NO_VOLUME.severity : Math.min(1, 0.3 + 0.1 * Math.log2(to - from)),
      weight: hasNone ? NO_VOLUME.weight * (to - from) : to - from,
      figures: [to - from, hasNone ? 1 : 0, limit],
    });
  });
}

function eachRun(volume: Float64Array, found: (from: number, to: number) => void): void {
  for (let bar = 0; bar < volume.length; bar++) {
    if (volume[bar] !== 0) continue;
    const from = bar;
    while (bar < volume.length && volume[bar] === 0) bar++;
    found(from, bar);
  }
}

export function describeZeroVolume({ figures: [count, hasNone, limit] }: SuspectRow): string {
  if (hasNone === 1) return `none of the ${count} bars has a volume: an index, or quotes`;
  const usual = limit > 0 ? `; usual here are runs of at most ${Math.floor(limit)}` : '';
  return `${count === 1 ? 'a bar' : `${count} bars in a row`} without volume${usual}`;
}
