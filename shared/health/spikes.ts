import type { BarColumns } from '../market/bar.ts';
import { type OwnScale, reachOf } from './own-scale.ts';
import type { SuspectRow, SuspectTable } from './suspect-table.ts';

/** A spike is so many deviations long (median based), and so many times the moves that one bar in a hundred makes. */
const DEVIATIONS = 10;
const LARGE_MOVES = 5;
const LARGE_REACHES = 6;
/** It comes back within so many bars, to less than this part of its length. */
const LONGEST = 3;
const LEFT = 0.3;
/** Spikes so near to each other are one disturbance. */
const APART = 3;

const IN_CLOSE = 0;
const IN_RANGE = 1;

/**
 * Prices that leave and come back: a close far from those on both sides, or a low or high far beyond both closes. Steps
 * that stay are no spikes (likely-splits.ts, unit-jumps.ts). `isExplained` tells bars whose step is known for something.
 */
export function findSpikes(
  bars: BarColumns,
  scales: readonly OwnScale[],
  isExplained: (bar: number) => boolean,
  suspects: SuspectTable,
): void {
  const { close } = bars;
  let open: SuspectRow | null = null;
  const found = (bar: number, last: number, size: number, deviation: number, kind: number) => {
    const severity = Math.min(1, 0.3 + 0.2 * Math.log2(size / deviation / DEVIATIONS));
    if (open !== null && bar - open.toBar <= APART) {
      const isWorse = severity > open.severity;
      open = {
        ...open,
        toBar: Math.max(last, open.toBar),
        to: Math.max(bars.time[last]!, open.to),
        severity: Math.max(severity, open.severity),
        figures: isWorse ? [size, size / deviation, kind] : open.figures,
      };
      return;
    }
    if (open !== null) suspects.add(open);
    open = {
      kind: 'spike',
      fromBar: bar,
      toBar: last,
      from: bars.time[bar]!,
      to: bars.time[last]!,
      severity,
      weight: 1,
      figures: [size, size / deviation, kind],
    };
  };
  for (const { fromBar, toBar, deviation, largeMove, largeReach } of scales) {
    const move = Math.max(DEVIATIONS * deviation, LARGE_MOVES * largeMove);
    const reach = Math.max(DEVIATIONS * deviation, LARGE_REACHES * Math.max(largeMove, largeReach));
    for (const bar of unusualBars(bars, fromBar, toBar, 1 + move, 1 + reach)) {
      if (isExplained(bar)) continue;
      const back = returnsAt(bars, bar, move);
      const size = back > 0 ? 0 : reachOf(bars, bar);
      if (back > 0)
        found(bar, back - 1, Math.abs(Math.log(close[bar]! / close[bar - 1]!)), deviation, IN_CLOSE);
      else if (size > reach && size < Number.POSITIVE_INFINITY) {
        found(bar, bar, Math.log1p(size), deviation, IN_RANGE);
      }
    }
  }
  if (open !== null) suspects.add(open);
}

/** Bars whose close is far from the one before, or whose low or high is far beyond both. `far` and `out` are factors. */
function unusualBars(
  { close, high, low }: BarColumns,
  fromBar: number,
  toBar: number,
  far: number,
  out: number,
): number[] {
  const found: number[] = [];
  let before = close[fromBar - 1]!;
  for (let bar = fromBar; bar < toBar; bar++) {
    const now = close[bar]!;
    const above = now > before ? now : before;
    const below = now > before ? before : now;
    if (above > below * far || high[bar]! > above * out || low[bar]! * out < below) found.push(bar);
    before = now;
  }
  return found;
}

/** The bar at which most of a step into `bar` is gone again; 0 if it stays, or is none. */
function returnsAt({ close, length }: BarColumns, bar: number, move: number): number {
  const before = close[bar - 1]!;
  const step = Math.abs(Math.log(close[bar]! / before));
  if (step <= Math.log1p(move)) return 0;
  for (let next = bar + 1; next <= bar + LONGEST && next < length; next++) {
    if (Math.abs(Math.log(close[next]! / before)) < LEFT * step) return next;
  }
  return 0;
}

export function describeSpike({ fromBar, toBar, figures: [size, deviations, kind] }: SuspectRow): string {
  const percent = `${(100 * Math.expm1(size)).toPrecision(3)} %`;
  const bars = toBar - fromBar + 1;
  const length = bars === 1 ? 'one bar' : `${bars} bars`;
  const what =
    kind === IN_CLOSE
      ? `the close leaves by ${percent} and comes back within ${length}`
      : `a low or high lies ${percent} beyond the closes on both sides`;
  return `${what}: ${Math.round(deviations)} times the usual move`;
}
