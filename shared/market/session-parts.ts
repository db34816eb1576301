import { lowerBound } from './bar.ts';
import type { SessionTable } from './session-table.ts';
import { instantOfLocal } from './zone-offset.ts';

const DAY = 86_400_000;

/** How a day is cut: where its session ends, and local time less UTC. */
export interface ResampleSession {
  /** End of the session, milliseconds of the local day; where no sessions are known. */
  readonly end: number;
  readonly offsetAt: (time: number) => number;
  /** The sessions of the instrument's calendar over the time of the bars. */
  readonly sessions?: SessionTable;
}

/**
 * Cuts time into parts that no bucket may span: stretches of trading, breaks, what lies before and behind a session, days
 * without one. Asked in ascending order; it then describes the part that the last asked instant lies in.
 */
export interface Parts {
  /** Bounds of the part, epoch ms UTC, end exclusive. */
  start: number;
  end: number;
  /** Trading day, whole days since 1970-01-01. */
  day: number;
  /** Whether the part belongs to a session: stretches, breaks and closing auction do. */
  isRegular: boolean;
  /** From here on a bar tells that the part is over though its end is not reached: its auction's orders have met. */
  uncross: number;
  moveTo(time: number): void;
  /** Sets the bounds of the bucket of `length` ms that `time`, inside the part, lies in. */
  cut(time: number, length: number): void;
  bucketStart: number;
  bucketEnd: number;
  /** What is known of when the trading days up to `day`, from the current one on, are over. */
  dayEnd(day: number, hours: Hours): DayEnd;
  /** Start of the bar of the trading days from `day` on whose first bar lies in the current part. */
  dayStart(day: number, hours: Hours): number;
}

/** All bars, or only those of sessions and their auctions. */
export type Hours = 'all' | 'regular';

export interface DayEnd {
  /** A bar that reaches it ends the day. */
  readonly end: number;
  /** A bar at or behind it does so too. */
  readonly uncross: number;
}

/** For bars of `interval` ms. */
export function partsOf({ sessions, end, offsetAt }: ResampleSession, interval: number): Parts {
  const isKnown = sessions !== undefined && sessions.length > 0;
  const parts = isKnown ? new SessionParts(sessions) : new DayParts(end, offsetAt);
  return interval < DAY ? parts : new DatedParts(parts, isKnown ? sessions.day : null);
}

/** Local days, each with one end, where no sessions are known. Buckets lie on whole multiples of local time. */
class DayParts implements Parts {
  start = Number.NaN;
  end = Number.NaN;
  bucketStart = Number.NaN;
  bucketEnd = Number.NaN;
  day = 0;
  isRegular = true;
  readonly uncross = Number.POSITIVE_INFINITY;
  readonly #sessionEnd: number;
  readonly #offsetAt: (time: number) => number;

  constructor(sessionEnd: number, offsetAt: (time: number) => number) {
    this.#sessionEnd = Math.min(sessionEnd, DAY);
    this.#offsetAt = offsetAt;
  }

  moveTo(time: number): void {
    if (time >= this.start && time < this.end) return;
    this.day = Math.floor((time + this.#offsetAt(time)) / DAY);
    const midnight = this.#local(this.day * DAY);
    const next = this.#local((this.day + 1) * DAY);
    const close = Math.min(next, this.#local(this.day * DAY + this.#sessionEnd));
    this.isRegular = time < close;
    this.start = this.isRegular ? midnight : close;
    this.end = this.isRegular ? close : next;
  }

  /** Where no sessions are known, the end of the day's session does not cut what is shorter than a day. */
  cut(time: number, length: number): void {
    const offset = this.#offsetAt(time);
    const midnight = this.day * DAY;
    const start = midnight + Math.floor((time + offset - midnight) / length) * length - offset;
    this.bucketStart = start;
    this.bucketEnd = Math.min(start + length, this.#local((this.day + 1) * DAY));
  }

  dayEnd(day: number): DayEnd {
    return { end: this.#local(day * DAY + this.#sessionEnd), uncross: Number.POSITIVE_INFINITY };
  }

  dayStart(day: number): number {
    return this.#local(day * DAY);
  }

  #local(time: number): number {
    return instantOfLocal(this.#offsetAt, time);
  }
}

/** The parts of the sessions of a calendar. */
class SessionParts implements Parts {
  start = Number.NaN;
  end = Number.NaN;
  bucketStart = Number.NaN;
  bucketEnd = Number.NaN;
  day = 0;
  isRegular = false;
  uncross = Number.POSITIVE_INFINITY;
  readonly #table: SessionTable;
  /** The first session whose reach is not over; that of the current part, if it belongs to one. */
  #session = 0;
  #anchor = 0;
  /** Where buckets end though the part goes on: prints of an auction at a stretch's end belong to its last bucket. */
  #stretchEnd = Number.POSITIVE_INFINITY;

  constructor(table: SessionTable) {
    this.#table = table;
  }

  moveTo(time: number): void {
    if (time >= this.start && time < this.end) return;
    const { length, reachStart, reachEnd } = this.#table;
    while (this.#session < length && reachEnd[this.#session]! <= time) this.#session++;
    this.uncross = Number.POSITIVE_INFINITY;
    this.#stretchEnd = Number.POSITIVE_INFINITY;
    if (this.#session === length || time < reachStart[this.#session]!) this.#outside(time);
    else this.#inside(time);
  }

  cut(time: number, length: number): void {
    const within = Math.min(time, this.#stretchEnd - 1);
    const start = this.#anchor + Math.floor((within - this.#anchor) / length) * length;
    const end = start + length;
    this.bucketStart = Math.max(start, this.start);
    this.bucketEnd = end >= this.#stretchEnd ? this.end : Math.min(end, this.end);
  }

  dayEnd(day: number, hours: Hours): DayEnd {
    const { length, auctionEnd, uncross, reachEnd } = this.#table;
    let last = this.#session - 1;
    while (last + 1 < length && this.#table.day[last + 1]! <= day) last++;
    const isKnown = last >= 0 && last + 1 < length && this.#table.day[last]! >= this.day;
    if (!isKnown) return { end: this.#local(day + 1), uncross: Number.POSITIVE_INFINITY };
    if (hours === 'all') return { end: reachEnd[last]!, uncross: Number.POSITIVE_INFINITY };
    return { end: auctionEnd[last]!, uncross: uncross[last]! };
  }

  dayStart(day: number, hours: Hours): number {
    const { length, open, reachStart } = this.#table;
    let first = this.#session;
    while (first > 0 && this.#table.day[first - 1]! >= day) first--;
    const isKnown = first < length && this.#table.day[first]! >= day && reachStart[first]! <= this.start;
    if (!isKnown) return this.#local(this.day);
    return hours === 'all' ? reachStart[first]! : open[first]!;
  }

  /** A day without a session, or the part of one that no session reaches. */
  #outside(time: number): void {
    const { length, reachStart, reachEnd, offsetAt } = this.#table;
    const day = Math.floor((time + offsetAt(time)) / DAY);
    this.day = day;
    // Before the first and behind the last session that are known, nothing can be told to be out of hours.
    this.isRegular = this.#session === 0 || this.#session === length;
    this.#anchor = this.#local(day);
    const before = this.#session === 0 ? Number.NEGATIVE_INFINITY : reachEnd[this.#session - 1]!;
    const behind = this.#session === length ? Number.POSITIVE_INFINITY : reachStart[this.#session]!;
    this.start = Math.max(this.#anchor, before);
    this.end = Math.min(this.#local(day + 1), behind);
  }

  #inside(time: number): void {
    const { day, open, close, uncross, auctionEnd, reachStart, reachEnd } = this.#table;
    const session = this.#session;
    this.day = day[session]!;
    if (time < open[session]!) {
      this.#set(reachStart[session]!, open[session]!, open[session]!, false);
      return;
    }
    // Orders of an auction that meet as the close strikes are printed with the minute behind it.
    const isPrintedBehind = uncross[session] === close[session];
    const printed = isPrintedBehind ? auctionEnd[session]! - close[session]! : 0;
    if (time < close[session]! + printed) this.#stretch(time, printed);
    else if (time < auctionEnd[session]!) {
      this.#set(close[session]!, auctionEnd[session]!, close[session]!, true);
      this.uncross = uncross[session]!;
    } else {
      this.#set(Math.max(auctionEnd[session]!, close[session]!), reachEnd[session]!, close[session]!, false);
    }
  }

  #stretch(time: number, printed: number): void {
    const { firstStretch, stretchStart, stretchEnd } = this.#table;
    const behind = firstStretch[this.#session + 1]!;
    let stretch = firstStretch[this.#session]!;
    while (stretch + 1 < behind && stretchStart[stretch + 1]! <= time) stretch++;
    const end = stretchEnd[stretch]!;
    if (time >= end + printed) {
      this.#set(end + printed, stretchStart[stretch + 1]!, end, true);
      return;
    }
    this.#set(stretchStart[stretch]!, end + printed, stretchStart[stretch]!, true);
    if (printed > 0) {
      this.#stretchEnd = end;
      this.uncross = end;
    }
  }

  #set(start: number, end: number, anchor: number, isRegular: boolean): void {
    this.start = start;
    this.end = end;
    this.#anchor = anchor;
    this.isRegular = isRegular;
  }

  #local(day: number): number {
    return instantOfLocal(this.#table.offsetAt, day * DAY);
  }
}

/** Bars of days: one stamped with midnight UTC names its day by its date, whatever the zone of the exchange. */
class DatedParts implements Parts {
  start = Number.NaN;
  end = Number.NaN;
  bucketStart = Number.NaN;
  bucketEnd = Number.NaN;
  day = 0;
  isRegular = true;
  uncross = Number.POSITIVE_INFINITY;
  #isDated = false;
  readonly #parts: Parts;
  readonly #sessionDays: Int32Array | null;

  constructor(parts: Parts, sessionDays: Int32Array | null) {
    this.#parts = parts;
    this.#sessionDays = sessionDays;
  }

  moveTo(time: number): void {
    this.#isDated = time % DAY === 0;
    if (this.#isDated) {
      this.day = time / DAY;
      this.start = time;
      this.end = time + DAY;
      return;
    }
    this.#parts.moveTo(time);
    ({ start: this.start, end: this.end, day: this.day } = this.#parts);
  }

  cut(time: number, length: number): void {
    this.#parts.moveTo(time);
    this.#parts.cut(time, length);
    ({ bucketStart: this.bucketStart, bucketEnd: this.bucketEnd } = this.#parts);
  }

  dayEnd(day: number, hours: Hours): DayEnd {
    if (!this.#isDated) return this.#parts.dayEnd(day, hours);
    return { end: (this.#lastSessionDay(day) + 1) * DAY, uncross: Number.POSITIVE_INFINITY };
  }

  dayStart(day: number, hours: Hours): number {
    if (!this.#isDated) return this.#parts.dayStart(day, hours);
    const days = this.#sessionDays;
    if (days === null) return day * DAY;
    const first = days[lowerBound(days, day)];
    return (first !== undefined && first <= this.day ? first : this.day) * DAY;
  }

  /** The last trading day up to `day`, if it is known and not before the current one. */
  #lastSessionDay(day: number): number {
    const days = this.#sessionDays;
    if (days === null || days[days.length - 1]! <= day) return day;
    return Math.max(this.day, days[lowerBound(days, day + 1) - 1] ?? day);
  }
}
