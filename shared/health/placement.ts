import { type SessionTable, sessionAfter, sessionsOf } from '../market/session-table.ts';
import type { HealthInput } from './health-input.ts';

const DAY = 86_400_000;
/** Sessions with bars, half of them on either side, over which a series' own rhythm is measured. */
const RHYTHM_SESSIONS = 21;

/** Where the bars of a series lie among the sessions of its calendar, from that of its first bar to that of its last. */
export interface Placement {
  readonly table: SessionTable;
  /** Number in `table` of the first session looked at, and how many there are. */
  readonly first: number;
  readonly length: number;
  /** By bar: number of its session, counted from `first`; -1 outside of sessions. */
  readonly sessionOf: Int32Array;
  /** By session: its bars, and how many it has if none is missing. */
  readonly bars: Int32Array;
  readonly slots: Int32Array;
  /**
   * By session: share of the slots in which the series has bars at that time, the median over the sessions around that
   * have any: a series that trades in every third minute is not short of the other two.
   */
  readonly rate: Float64Array;
}

/** Null without a calendar, for bars longer than a day, and where the calendar knows none of the series' time. */
export function placementOf({ bars, interval, sessions }: HealthInput): Placement | null {
  if (sessions === null || interval <= 0 || interval > DAY || bars.length === 0) return null;
  const places =
    interval === DAY ? sessionsByDay(sessions, bars.time) : sessionsByTime(sessions, bars.time, interval);
  let head = 0;
  let tail = places.length - 1;
  while (head <= tail && places[head]! < 0) head++;
  if (head > tail) return null;
  while (places[tail]! < 0) tail--;
  const first = places[head]!;
  const length = places[tail]! - first + 1;
  const count = new Int32Array(length);
  for (let bar = head; bar <= tail; bar++) {
    const session = places[bar]! - first;
    if (places[bar]! < 0) continue;
    places[bar] = session;
    count[session]!++;
  }
  const slots = Int32Array.from({ length }, (_, session) => slotsOf(sessions, first + session, interval));
  return {
    table: sessions,
    first,
    length,
    sessionOf: places,
    bars: count,
    slots,
    rate: rhythm(count, slots),
  };
}

/** Bars that a series has in a session if it keeps to its rhythm. */
export const expectedBars = ({ rate, slots }: Placement, session: number): number =>
  Math.max(1, Math.round(rate[session]! * slots[session]!));

/** A bar that begins before the open and ends behind it belongs to the session. */
function sessionsByTime(table: SessionTable, time: Float64Array, interval: number): Int32Array {
  const sessions = sessionsOf(table, time);
  for (let bar = 0; bar < sessions.length; bar++) {
    if (sessions[bar]! >= 0) continue;
    const next = sessionAfter(table, time[bar]!);
    if (next < table.length && table.open[next]! < time[bar]! + interval) sessions[bar] = next;
  }
  return sessions;
}

/** Daily bars are stamped with midnight UTC of their day, or with an instant of it: then the market's own day counts. */
function sessionsByDay({ day, length, offsetAt }: SessionTable, time: Float64Array): Int32Array {
  const isMidnight = time.every((at) => at % DAY === 0);
  const sessions = new Int32Array(time.length);
  let session = 0;
  for (let bar = 0; bar < time.length; bar++) {
    const at = time[bar]!;
    const own = Math.floor((isMidnight ? at : at + offsetAt(at)) / DAY);
    while (session < length && day[session]! < own) session++;
    sessions[bar] = session < length && day[session] === own ? session : -1;
  }
  return sessions;
}

function slotsOf(table: SessionTable, session: number, interval: number): number {
  if (interval === DAY) return 1;
  let slots = 0;
  for (let i = table.firstStretch[session]!; i < table.firstStretch[session + 1]!; i++) {
    slots += Math.ceil((table.stretchEnd[i]! - table.stretchStart[i]!) / interval);
  }
  return slots;
}

function rhythm(bars: Int32Array, slots: Int32Array): Float64Array {
  const present: number[] = [];
  for (let session = 0; session < bars.length; session++) if (bars[session]! > 0) present.push(session);
  const shares = Float64Array.from(present, (session) => Math.min(1, bars[session]! / slots[session]!));
  const medians = shares.map((_, index) => {
    const from = Math.max(0, Math.min(index - (RHYTHM_SESSIONS >> 1), shares.length - RHYTHM_SESSIONS));
    const around = shares.slice(from, from + RHYTHM_SESSIONS).sort();
    return around[around.length >> 1]!;
  });
  const rates = new Float64Array(bars.length);
  let next = 0;
  for (let session = 0; session < bars.length; session++) {
    rates[session] = medians[next]!;
    if (present[next] === session && next + 1 < present.length) next++;
  }
  return rates;
}
