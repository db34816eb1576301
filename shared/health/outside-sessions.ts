import type { BarColumns } from '../market/bar.ts';
import { type SessionTable, sessionAfter } from '../market/session-table.ts';
import type { Placement } from './placement.ts';
import type { SuspectRow, SuspectTable } from './suspect-table.ts';

const DAY = 86_400_000;
/** Share of days with bars before the open or behind the close from which on those are the series' own hours. */
const USUAL_SHARE = 0.5;

const INSIDE = 0;
const EXTENDED = 1;
const CLOSED_DAY = 2;

/** Bars outside of sessions, by where they lie. */
export interface OutsideBars {
  /** On days without a session, and before the open or behind the close of one. */
  readonly onClosedDays: number;
  readonly extended: number;
  /** The series trades outside the calendar's hours on most days: that is how it is, not a sickness. */
  readonly isExtendedUsual: boolean;
}

/** Bars at times at which the exchange is closed: weekends, holidays, nights. */
export function findOutsideSessions(
  bars: BarColumns,
  interval: number,
  placement: Placement,
  suspects: SuspectTable,
): OutsideBars {
  const { time, length } = bars;
  const { kinds, days, onClosedDays, extended } = classified(bars, interval, placement);
  let daysWithBars = 0;
  for (let session = 0; session < placement.length; session++)
    if (placement.bars[session]! > 0) daysWithBars++;
  const isExtendedUsual = days >= USUAL_SHARE * daysWithBars;
  if (kinds !== null) {
    for (let bar = 0; bar < length; bar++) {
      const kind = kinds[bar]!;
      if (kind === INSIDE || (kind === EXTENDED && isExtendedUsual)) continue;
      let end = bar + 1;
      while (end < length && kinds[end] === kind) end++;
      suspects.add({
        kind: 'outside-session',
        fromBar: bar,
        toBar: end - 1,
        from: time[bar]!,
        to: time[end - 1]!,
        severity: kind === CLOSED_DAY ? 0.8 : 0.3,
        weight: end - bar,
        figures: [kind, Number.NaN, Number.NaN],
      });
      bar = end - 1;
    }
  }
  return { onClosedDays, extended, isExtendedUsual };
}

/** The kind of each bar (null: all inside), and the number of days with bars outside their hours. */
function classified({ time, length }: BarColumns, interval: number, { table, sessionOf }: Placement) {
  // What the calendar does not know cannot be outside of it.
  const from = Math.min(table.open[0]!, table.day[0]! * DAY);
  const to = table.close[table.length - 1]!;
  let kinds: Uint8Array | null = null;
  let onClosedDays = 0;
  let extended = 0;
  let days = 0;
  let owner = { session: -1, until: Number.NEGATIVE_INFINITY };
  for (let bar = 0; bar < length; bar++) {
    const at = time[bar]!;
    if (sessionOf[bar]! >= 0 || at < from || at >= to) continue;
    kinds ??= new Uint8Array(length);
    if (at >= owner.until) {
      const before = owner.session;
      owner = interval >= DAY ? { session: -1, until: Number.POSITIVE_INFINITY } : ownerOf(table, at);
      if (owner.session >= 0 && owner.session !== before) days++;
    }
    if (owner.session >= 0) {
      kinds[bar] = EXTENDED;
      extended++;
    } else {
      kinds[bar] = CLOSED_DAY;
      onClosedDays++;
    }
  }
  return { kinds, days, onClosedDays, extended };
}

/** The session on whose own day an instant outside of it lies, -1 on days without one, and until when that holds. */
function ownerOf(table: SessionTable, time: number): { session: number; until: number } {
  const { open, reachStart, reachEnd, length } = table;
  const next = sessionAfter(table, time);
  if (next < length && time >= reachStart[next]!) return { session: next, until: open[next]! };
  if (next > 0 && time < reachEnd[next - 1]!) return { session: next - 1, until: reachEnd[next - 1]! };
  return {
    session: -1,
    until: next < length ? Math.min(reachStart[next]!, open[next]!) : Number.POSITIVE_INFINITY,
  };
}

export function describeOutsideSessions({ weight, figures: [kind] }: SuspectRow): string {
  const bars = weight === 1 ? 'a bar' : `${weight} bars`;
  return kind === CLOSED_DAY
    ? `${bars} on days without trading (weekend or holiday)`
    : `${bars} outside trading hours, which the series has on few days`;
}
