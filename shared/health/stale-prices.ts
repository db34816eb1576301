import type { BarColumns } from '../market/bar.ts';
import { RunCensus } from './run-census.ts';
import type { SuspectRow, SuspectTable } from './suspect-table.ts';

/** Unchanged closes in a row below which nobody would wonder. */
const LEAST = 3;

/**
 * Closes that stand still for longer than is usual for the series although it traded (volume above zero, or unknown): a
 * feed that hangs, or prices carried forward. Bars without volume are another matter (zero-volume.ts).
 */
export function findStalePrices({ length, time, close, volume }: BarColumns, suspects: SuspectTable): void {
  const census = new RunCensus(Math.max(1, length - 1));
  const ends: number[] = [];
  let run = 0;
  for (let bar = 1; bar <= length; bar++) {
    if (bar < length && close[bar] === close[bar - 1] && (volume === null || volume[bar] !== 0)) {
      run++;
      continue;
    }
    if (run > 0) census.add(run);
    if (run > LEAST) ends.push(bar, run);
    run = 0;
  }
  for (let index = 0; index < ends.length; index += 2) {
    const to = ends[index]!;
    const count = ends[index + 1]!;
    const limit = Math.max(LEAST, census.limit(count));
    if (count <= limit) continue;
    const from = to - count - 1;
    suspects.add({
      kind: 'stale-prices',
      fromBar: from,
      toBar: to - 1,
      from: time[from]!,
      to: time[to - 1]!,
      severity: Math.min(1, 0.2 + 0.2 * Math.log2(count / limit)),
      weight: count,
      figures: [close[from]!, limit, count],
    });
  }
}

export function describeStalePrices({ figures: [close, limit, count] }: SuspectRow): string {
  return `close ${close} unchanged over ${count} bars that traded; usual here are at most ${Math.floor(limit)}`;
}
