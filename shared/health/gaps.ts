import type { BarColumns } from '../market/bar.ts';
import type { SessionTable } from '../market/session-table.ts';
import { expectedBars, type Placement } from './placement.ts';
import { RunCensus } from './run-census.ts';
import type { SuspectRow, SuspectTable } from './suspect-table.ts';

const DAY = 86_400_000;
/** Sessions over which gaps are compared with each other. */
const BLOCK_SESSIONS = 30;

/**
 * Stretches of trading time without bars, inside sessions: longer than the series' own gaps around. Whole sessions without
 * a bar are not counted here (missing-sessions.ts), breaks and nights are no trading time.
 */
export function findGaps(
  bars: BarColumns,
  interval: number,
  placement: Placement,
  suspects: SuspectTable,
): void {
  if (interval >= DAY) return;
  const { sessionOf } = placement;
  const { time } = bars;
  // Three numbers a gap, not an object: a thinly traded minute series has many.
  const gaps: number[] = [];
  const blocks: RunCensus[] = [];
  for (let session = 0; session < placement.length; session += BLOCK_SESSIONS) {
    let slots = 0;
    const end = Math.min(session + BLOCK_SESSIONS, placement.length);
    for (let at = session; at < end; at++) if (placement.bars[at]! > 0) slots += placement.slots[at]!;
    blocks.push(new RunCensus(slots));
  }
  let before = -1;
  for (let after = 0; after < bars.length; after++) {
    const session = sessionOf[after]!;
    if (session < 0) continue;
    if (before >= 0 && time[after]! - time[before]! > interval) {
      const slots = slotsBetween(
        placement,
        sessionOf[before]!,
        session,
        time[before]! + interval,
        time[after]!,
        interval,
      );
      if (slots > 0) blocks[Math.floor(session / BLOCK_SESSIONS)]!.add(slots);
      // A single missing bar is nowhere unusual (see RunCensus.limit).
      if (slots > 1) gaps.push(before, after, slots);
    }
    before = after;
  }
  for (let gap = 0; gap < gaps.length; gap += 3) {
    const before = gaps[gap]!;
    const after = gaps[gap + 1]!;
    const slots = gaps[gap + 2]!;
    const session = sessionOf[after]!;
    const limit = blocks[Math.floor(session / BLOCK_SESSIONS)]!.limit(slots);
    if (slots <= limit) continue;
    const missing = Math.max(1, slots * placement.rate[session]!);
    suspects.add({
      kind: 'gap',
      fromBar: before,
      toBar: after,
      from: time[before]!,
      to: time[after]!,
      severity: Math.min(1, 0.1 + missing / expectedBars(placement, session)),
      weight: missing,
      figures: [slots, limit, interval],
    });
  }
}

/** Bars that fit between two instants of (different) sessions that have bars; those of empty sessions between not. */
function slotsBetween(
  { table, first }: Placement,
  from: number,
  to: number,
  start: number,
  end: number,
  interval: number,
): number {
  if (from === to) return Math.round(tradingTime(table, first + from, start, end) / interval);
  const evening = tradingTime(table, first + from, start, Number.POSITIVE_INFINITY);
  const morning = tradingTime(table, first + to, Number.NEGATIVE_INFINITY, end);
  return Math.floor(evening / interval) + Math.floor(morning / interval);
}

function tradingTime(table: SessionTable, session: number, start: number, end: number): number {
  let total = 0;
  for (let i = table.firstStretch[session]!; i < table.firstStretch[session + 1]!; i++) {
    total += Math.max(0, Math.min(end, table.stretchEnd[i]!) - Math.max(start, table.stretchStart[i]!));
  }
  return total;
}

export function describeGap({ figures: [slots, limit, interval] }: SuspectRow): string {
  return `${slots} bars missing (${duration(slots * interval)} of trading time); gaps here are at most ${Math.floor(limit)} bars long by the series’ own rhythm`;
}

function duration(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  return minutes < 120 ? `${Number(minutes.toFixed(1))} min` : `${Number((minutes / 60).toFixed(1))} h`;
}
