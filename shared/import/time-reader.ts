import { civilDay } from './civil-day.ts';
import { type LocalClock, localClock } from './local-clock.ts';
import type { RejectReason } from './reject-reason.ts';
import { type DateOrder, readOffset, TimeText } from './time-text.ts';
import { utf8Text } from './utf8.ts';

const ZERO = 0x30;
const DOT = 0x2e;
const DAY = 86_400_000;
const EXCEL_EPOCH = 25_569;
/** Serials of Excel between 1900 and 2299. */
const LARGEST_SERIAL = 146_098;

export interface TimePlan {
  readonly timeFormat:
    | 'text'
    | 'date'
    | 'epoch-s'
    | 'epoch-ms'
    | 'epoch-us'
    | 'epoch-ns'
    | 'excel'
    | 'ms-of-day';
  readonly dateOrder: DateOrder;
  readonly zone: string;
}

/**
 * Reads the time of one line after the other as the plan says. All times are epoch milliseconds UTC; a date without a time
 * of day is midnight UTC of that day, whatever the zone: it names a session, not an instant.
 */
export class TimeReader {
  readonly clock: LocalClock;
  /** Why the last one could not be read. */
  fault: RejectReason = 'bad-time';
  readonly #plan: TimePlan;
  readonly #isText: boolean;
  readonly #isDate: boolean;
  readonly #text = new TimeText();
  /** Midnight of the day that the file's name tells, as if it were UTC. */
  readonly #fileDay: number;
  readonly #clocks = new Map<string, LocalClock | null>();

  /** `fileDay` is NaN where the name tells none. Throws a RangeError for a zone that does not exist. */
  constructor(plan: TimePlan, fileDay = Number.NaN) {
    this.#plan = plan;
    this.#isText = plan.timeFormat === 'text' || plan.timeFormat === 'date';
    this.#isDate = plan.timeFormat === 'date';
    this.clock = localClock(plan.zone);
    this.#fileDay = fileDay;
  }

  /** The time in one field; NaN where there is none, with the `fault`. `neighbour`: see LocalClock. */
  read(bytes: Uint8Array, start: number, end: number, neighbour: number): number {
    this.fault = 'bad-time';
    if (!this.#isText) return this.#readNumber(bytes, start, end, neighbour);
    if (!this.#text.read(bytes, start, end, this.#plan.dateOrder)) return Number.NaN;
    const { local, isDateOnly } = this.#text;
    if (this.#isDate) return Math.floor(local / DAY) * DAY;
    return isDateOnly ? local : this.#toUtc(local, neighbour);
  }

  /** The time of a date and a time of day in fields of their own; a blank time of day is midnight. */
  readParts(
    bytes: Uint8Array,
    dateStart: number,
    dateEnd: number,
    timeStart: number,
    timeEnd: number,
    neighbour: number,
  ): number {
    this.fault = 'bad-time';
    const day = this.#text.date(bytes, dateStart, dateEnd, this.#plan.dateOrder);
    if (timeStart === timeEnd || this.#isDate) return day;
    return this.#local(day + this.#text.timeOfDay(bytes, timeStart, timeEnd), neighbour);
  }

  /** The time in one field, ahead of UTC by the hours in another; an offset in the time's own text wins. */
  readWithOffset(
    bytes: Uint8Array,
    start: number,
    end: number,
    offsetStart: number,
    offsetEnd: number,
  ): number {
    this.fault = 'bad-time';
    if (!this.#isText) return this.#readNumber(bytes, start, end, Number.NaN);
    if (!this.#text.read(bytes, start, end, this.#plan.dateOrder)) return Number.NaN;
    if (this.#text.isDateOnly) return this.#text.local;
    const own = this.#text.offset;
    return this.#text.local - (Number.isNaN(own) ? readOffset(bytes, offsetStart, offsetEnd) : own);
  }

  /** Midnight of a date as if it were UTC; NaN for what is no date. */
  day(bytes: Uint8Array, start: number, end: number): number {
    return this.#text.date(bytes, start, end, this.#plan.dateOrder);
  }

  #toUtc(local: number, neighbour: number): number {
    const { offset, zone } = this.#text;
    if (!Number.isNaN(offset)) return local - offset;
    if (zone === null) return this.#local(local, neighbour);
    const clock = this.#clockOf(zone);
    return clock === null ? Number.NaN : this.#skipped(clock.toUtc(local, neighbour));
  }

  #local(local: number, neighbour: number): number {
    return Number.isNaN(local) ? local : this.#skipped(this.clock.toUtc(local, neighbour));
  }

  #skipped(time: number): number {
    if (Number.isNaN(time)) this.fault = 'skipped-hour';
    return time;
  }

  /** The clock of a zone named in a line; null where there is no such zone. */
  #clockOf(zone: string): LocalClock | null {
    let clock = this.#clocks.get(zone);
    if (clock === undefined) {
      try {
        clock = localClock(zone);
      } catch {
        clock = null;
      }
      this.#clocks.set(zone, clock);
    }
    return clock;
  }

  #readNumber(bytes: Uint8Array, start: number, end: number, neighbour: number): number {
    switch (this.#plan.timeFormat) {
      case 'excel':
        return this.#local(excelTime(bytes, start, end), neighbour);
      case 'ms-of-day': {
        const time = digits(bytes, start, end);
        return this.#local(end - start <= 8 && time < DAY ? this.#fileDay + time : Number.NaN, neighbour);
      }
      default:
        return epochTime(bytes, start, end);
    }
  }
}

/**
 * Epoch seconds, milli-, micro- or nanoseconds, told apart by 9-10, 13, 16 or 19 digits, value by value: one vendor's file
 * may change its unit. Digits beyond the millisecond must be zeros. NaN for anything else.
 */
export function epochTime(bytes: Uint8Array, start: number, fieldEnd: number): number {
  let end = start;
  while (end < fieldEnd && bytes[end]! >= ZERO && bytes[end]! <= ZERO + 9) end++;
  const length = end - start;
  const isSeconds = length === 9 || length === 10;
  if (!isSeconds && length !== 13 && length !== 16 && length !== 19) return Number.NaN;
  let time = digits(bytes, start, isSeconds ? end : start + 13);
  for (let at = start + 13; at < end; at++) if (bytes[at] !== ZERO) return Number.NaN;
  if (isSeconds) time *= 1000;
  if (end === fieldEnd) return time;
  if (bytes[end] !== DOT || end + 1 === fieldEnd) return Number.NaN;
  for (let at = end + 1, unit = isSeconds ? 100 : 0; at < fieldEnd; at++, unit = Math.floor(unit / 10)) {
    const digit = bytes[at]! - ZERO;
    if (!(digit >= 0 && digit <= 9) || (unit === 0 && digit !== 0)) return Number.NaN;
    time += digit * unit;
  }
  return time;
}

/** Days since 1899-12-30 with a fraction, to the second. */
function excelTime(bytes: Uint8Array, start: number, end: number): number {
  const text = utf8Text(bytes, start, end).replace(',', '.');
  const serial = /^\d{1,6}(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(serial >= 1 && serial < LARGEST_SERIAL)) return Number.NaN;
  return Math.round((serial - EXCEL_EPOCH) * 86_400) * 1000;
}

function digits(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return Number.NaN;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** The day in a file's name (`20131007_spy_minute_trade.csv`, `2024-07-01.csv`), epoch ms UTC; NaN where there is none. */
export function dayInName(name: string): number {
  const match = /(?<!\d)((?:19|20)\d{2})([-_]?)(\d{2})\2(\d{2})(?!\d)/.exec(name);
  return match === null ? Number.NaN : civilDay(Number(match[1]), Number(match[3]), Number(match[4]));
}
