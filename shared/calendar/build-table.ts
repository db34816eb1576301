import { EARLY_CLOSE, LATE_OPEN, type SessionTable } from '../market/session-table.ts';
import { instantOfLocal, zoneOffset } from '../market/zone-offset.ts';
import { DAY_MILLISECONDS, type DayNumber } from './day-number.ts';
import { type DayHours, hoursByDay, type SessionSchedule } from './schedule.ts';

const MINUTE = 60_000;

/**
 * Every session of a schedule on the trading days `from` to `to`, both inclusive. Throws a RangeError for a zone, day or
 * time that does not exist.
 */
export function buildSessionTable(schedule: SessionSchedule, from: DayNumber, to: DayNumber): SessionTable {
  const offsetAt = zoneOffset(schedule.zone);
  const hoursOn = hoursByDay(schedule);
  const days: DayNumber[] = [];
  const hours: DayHours[] = [];
  for (let day = from; day <= to; day++) {
    const found = hoursOn(day);
    if (found === null) continue;
    days.push(day);
    hours.push(found);
  }
  const { length } = days;
  const instant = (index: number, minutes: number) =>
    instantOfLocal(offsetAt, days[index]! * DAY_MILLISECONDS + minutes * MINUTE);
  const per = (value: (hours: DayHours, index: number) => number) => Float64Array.from(hours, value);

  const open = per((day, i) => instant(i, day.open));
  const close = per((day, i) => instant(i, day.close));
  const behindClose = (
    day: DayHours,
    i: number,
    minutes: (auction: { uncross: number; latest: number }) => number,
  ) => close[i]! + Math.max(0, day.closingAuction === null ? 0 : minutes(day.closingAuction)) * MINUTE;
  const reachStart = per((day, i) => (day.open < 0 ? open[i]! : instant(i, 0)));
  return {
    length,
    day: Int32Array.from(days),
    open,
    close,
    uncross: per((day, i) => behindClose(day, i, ({ uncross }) => uncross)),
    auctionEnd: per((day, i) => behindClose(day, i, ({ latest }) => latest)),
    reachStart,
    reachEnd: per((_, i) =>
      Math.max(close[i]!, Math.min(instant(i, 1440), reachStart[i + 1] ?? Number.POSITIVE_INFINITY)),
    ),
    flags: Uint8Array.from(
      hours,
      ({ isEarlyClose, isLateOpen }) => (isEarlyClose ? EARLY_CLOSE : 0) | (isLateOpen ? LATE_OPEN : 0),
    ),
    ...stretchesOf(hours, instant),
    offsetAt,
  };
}

function stretchesOf(hours: readonly DayHours[], instant: (index: number, minutes: number) => number) {
  const starts: number[] = [];
  const ends: number[] = [];
  const firstStretch = new Int32Array(hours.length + 1);
  for (const [index, { open, close, breaks }] of hours.entries()) {
    let start = open;
    for (const [from, to] of breaks) {
      starts.push(instant(index, start));
      ends.push(instant(index, from));
      start = to;
    }
    starts.push(instant(index, start));
    ends.push(instant(index, close));
    firstStretch[index + 1] = starts.length;
  }
  return { firstStretch, stretchStart: Float64Array.from(starts), stretchEnd: Float64Array.from(ends) };
}
