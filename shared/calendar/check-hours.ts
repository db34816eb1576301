import { lowerBound } from '../market/bar.ts';
import { sessionsOf } from '../market/session-table.ts';
import { calendarOf } from './calendars.ts';
import { FRIDAY, weekdayOf } from './day-number.ts';

/** Times of some of a series' bars, ascending, epoch ms UTC. */
export interface HoursEvidence {
  readonly time: Float64Array;
  /** Bars of a day and longer: their time names a date. */
  readonly isOfDays: boolean;
}

/** How well bars fit a calendar: shares of those in the years that it knows; 1 where it knows none of them. */
export interface HoursFit {
  readonly onTradingDays: number;
  /** Breaks and closing auctions count as inside. */
  readonly inSessions: number;
  /** Share of the bars on Saturdays and Sundays, local time. */
  readonly onWeekends: number;
}

const DAY = 86_400_000;

export function checkHours(calendar: string, { time, isOfDays }: HoursEvidence): HoursFit {
  const { table } = calendarOf(calendar);
  const { day, reachStart, reachEnd, length, offsetAt } = table;
  const first = reachStart[0]!;
  const last = reachEnd[length - 1]!;
  const known = time.filter((at) => at >= first && at < last);
  if (known.length === 0) return { onTradingDays: 1, inSessions: 1, onWeekends: 0 };
  let tradingDays = 0;
  let weekends = 0;
  for (const at of known) {
    // A date says which day it means; everything else lies in the local day, or in the session of the next one.
    const isDate = isOfDays && at % DAY === 0;
    const local = isDate ? at / DAY : Math.floor((at + offsetAt(at)) / DAY);
    const next = lowerBound(reachEnd, at + 1);
    const session = isDate ? lowerBound(day, local) : next;
    const isOn = session < length && (isDate ? day[session] === local : reachStart[session]! <= at);
    if (isOn) tradingDays++;
    else if (weekdayOf(local) > FRIDAY) weekends++;
  }
  const inside = isOfDays ? tradingDays : sessionsOf(table, known).filter((session) => session >= 0).length;
  return {
    onTradingDays: tradingDays / known.length,
    inSessions: inside / known.length,
    onWeekends: weekends / known.length,
  };
}
