import type { BarColumns } from '../market/bar.ts';
import { RunCensus } from './run-census.ts';
import type { SuspectRow, SuspectTable } from './suspect-table.ts';

const DAY = 86_400_000;
/** Daily bars without volume are worth a word of their own where so few have none. */
const RARE_SHARE = 0.02;
/** A series without any volume at all: an index, or quotes. Mild: its prices are none the worse for it. */
const NO_VOLUME_SEVERITY = 0.2;

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
  const isRare = interval >= DAY && census.marked < RARE_SHARE * known;
  eachRun(volume, (from, to) => {
    const limit = isRare ? 0 : census.marked === known ? 0 : census.limit(to - from);
    if (to - from <= limit) return;
    suspects.add({
      kind: 'zero-volume',
      fromBar: from,
      toBar: to - 1,
      from: time[from]!,
      to: time[to - 1]!,
      severity: census.marked === known ? NO_VOLUME_SEVERITY : Math.min(1, 0.3 + 0.1 * Math.log2(to - from)),
      weight: to - from,
      figures: [census.marked === known ? 1 : 0, limit, Number.NaN],
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

export function describeZeroVolume({ weight, figures: [isAll, limit] }: SuspectRow): string {
  if (isAll === 1) return `none of the ${weight} bars has a volume: an index, or quotes`;
  const usual = limit! > 0 ? `; usual here are runs of at most ${Math.floor(limit!)}` : '';
  return `${weight === 1 ? 'a bar' : `${weight} bars in a row`} without volume${usual}`;
}
