import type { BarColumns } from '../market/bar.ts';
import { RunCensus } from './run-census.ts';
import type { SuspectRow, SuspectTable } from './suspect-table.ts';

/** Unchanged closes in a row below which nobody would wonder. */
const LEAST = 3;

/**
 * Closes that stand still for longer than is usual for the series although it traded (volume above zero, or unknown): a
 * feed that hangs, or prices carried forward. Bars without volume are another matter (zero-volume.ts).
 */
export function findStalePrices(bars: BarColumns, suspects: SuspectTable): void {
  const { length, time } = bars;
  const census = new RunCensus(Math.max(1, length - 1));
  eachRun(bars, (from, to) => census.add(to - from));
  if (census.marked === 0) return;
  eachRun(bars, (from, to) => {
    const count = to - from;
    const limit = Math.max(LEAST, census.limit(count));
    if (count <= limit) return;
    suspects.add({
      kind: 'stale-prices',
      fromBar: from - 1,
      toBar: to - 1,
      from: time[from - 1]!,
      to: time[to - 1]!,
      severity: Math.min(1, 0.2 + 0.2 * Math.log2(count / limit)),
      weight: count,
      figures: [bars.close[from]!, limit, count],
    });
  });
}

/** Runs of bars that close where the one before did. */
function eachRun({ length, close, volume }: BarColumns, found: (from: number, to: number) => void): void {
  const isStill = (bar: number) => close[bar] === close[bar - 1] && (volume === null || volume[bar] !== 0);
  for (let bar = 1; bar < length; bar++) {
    if (!isStill(bar)) continue;
    const from = bar;
    while (bar < length && isStill(bar)) bar++;
    found(from, bar);
  }
}

export function describeStalePrices({ figures: [close, limit, count] }: SuspectRow): string {
  return `close ${close} unchanged over ${count} bars that traded; usual here are at most ${Math.floor(limit)}`;
}
