import { lowerBound } from '../market/bar.ts';
import type { SessionTable } from '../market/session-table.ts';

/** When an instrument's trading day ends, for orders that speak of it. */
export interface SessionTimes {
  /** End of the session, milliseconds of the local day. */
  readonly end: number;
  /** Local time less UTC at an instant, in milliseconds. */
  readonly offsetAt: (time: number) => number;
  /** The sessions of the instrument's calendar over the time of its bars and some time on. */
  readonly sessions?: SessionTable;
}

const DAY = 86_400_000;

/** Without a session the day is UTC's and ends at its last instant: backtrader's default, 23:59:59.99999. */
export const WHOLE_DAY: SessionTimes = { end: DAY - 0.01, offsetAt: () => 0 };

/** The first session end at or after `time`, epoch milliseconds UTC. */
export function sessionEndAfter({ end, offsetAt, sessions }: SessionTimes, time: number): number {
  if (sessions !== undefined) {
    const next = lowerBound(sessions.close, time);
    if (next < sessions.length) return sessions.close[next]!;
  }
  const offset = offsetAt(time);
  const local = time + offset;
  const today = Math.floor(local / DAY) * DAY + end;
  return (today < local ? today + DAY : today) - offset;
}
