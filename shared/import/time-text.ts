import { civilDay } from './civil-day.ts';
import { utf8Text } from './utf8.ts';

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

const ZERO = 0x30;
const SPACE = 0x20;
const COLON = 0x3a;
const DOT = 0x2e;
const COMMA = 0x2c;
const PLUS = 0x2b;
const MINUS = 0x2d;
const SLASH = 0x2f;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
const isLetter = (byte: number | undefined) =>
  byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

/**
 * Reads the many ways in which people write a date and a time of day; the parts of the text last read stay in the fields.
 * Dates: `2024-07-01`, `2024/7/1`, `20240701`, `01.07.2024`, `7/1/24` (by the order given), `1-Jul-2024`, `Jul 1, 2024`.
 * Times of day behind blanks, a comma, `T` or `-`: `9:30`, `09:30:00.000`, `093000`, `9:30 PM`. Then `Z`, `±HH[:MM]` or
 * the name of a zone.
 */
export class TimeText {
  /** Epoch milliseconds as if the digits were UTC. */
  local = Number.NaN;
  /** Milliseconds by which the text says to be ahead of UTC; NaN where it says nothing. */
  offset = Number.NaN;
  /** Name of the zone in the text, null where there is none. */
  zone: string | null = null;
  isDateOnly = false;
  #at = 0;

  /** Whether the bytes from `start` to `end` are a time. */
  read(bytes: Uint8Array, start: number, end: number, order: DateOrder): boolean {
    this.offset = Number.NaN;
    this.zone = null;
    this.#at = start;
    this.local = this.#date(bytes, end, order);
    if (Number.isNaN(this.local)) return false;
    this.isDateOnly = this.#at === end;
    if (this.isDateOnly) return true;
    if (!this.#separator(bytes, end)) return false;
    this.local += this.#timeOfDay(bytes, end);
    return !Number.isNaN(this.local) && this.#zone(bytes, end);
  }

  /** Milliseconds since midnight of a time of day that stands alone; NaN when it is none. */
  timeOfDay(bytes: Uint8Array, start: number, end: number): number {
    this.#at = start;
    const time = this.#timeOfDay(bytes, end);
    return this.#at === end ? time : Number.NaN;
  }

  /** Midnight of a date that stands alone; NaN when it is none. */
  date(bytes: Uint8Array, start: number, end: number, order: DateOrder): number {
    this.#at = start;
    const day = this.#date(bytes, end, order);
    return this.#at === end ? day : Number.NaN;
  }

  #date(bytes: Uint8Array, end: number, order: DateOrder): number {
    const start = this.#at;
    const first = this.#number(bytes, end);
    const length = this.#at - start;
    if (length === 8) {
      return civilDay(Math.floor(first / 10_000), Math.floor(first / 100) % 100, first % 100);
    }
    if (length === 12 || length === 14) return this.#compact(bytes, start);
    const firstMonth = length === 0 ? this.#month(bytes, end) : 0;
    if (length === 3 || length > 4 || (length === 0 && firstMonth === 0)) return Number.NaN;
    const separator = this.#dateSeparator(bytes, end);
    if (separator < 0) return Number.NaN;
    const secondStart = this.#at;
    let second = this.#number(bytes, end);
    const isNamed = this.#at === secondStart;
    if (isNamed) second = this.#month(bytes, end);
    if (second === 0 || this.#at - secondStart > (isNamed ? 9 : 2)) return Number.NaN;
    const again = this.#dateSeparator(bytes, end);
    // `Jul 1, 2024` may change its separator, numbers may not.
    if (again < 0 || (again !== separator && firstMonth === 0)) return Number.NaN;
    const thirdStart = this.#at;
    const third = this.#number(bytes, end);
    const thirdLength = this.#at - thirdStart;
    if (length === 4) {
      return thirdLength === 1 || thirdLength === 2 ? civilDay(first, second, third) : Number.NaN;
    }
    if (thirdLength !== 4 && thirdLength !== 2) return Number.NaN;
    const year = thirdLength === 4 ? third : third + (third < 70 ? 2000 : 1900);
    if (firstMonth > 0) return isNamed ? Number.NaN : civilDay(year, firstMonth, second);
    if (isNamed || order === 'dmy') return civilDay(year, second, first);
    return order === 'mdy' ? civilDay(year, first, second) : Number.NaN;
  }

  /** `YYYYMMDDHHMM[SS]`: the time of day is left to be read. */
  #compact(bytes: Uint8Array, start: number): number {
    this.#at = start;
    const date = this.#number(bytes, start + 8);
    return civilDay(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100);
  }

  #number(bytes: Uint8Array, end: number): number {
    let value = 0;
    while (this.#at < end && isDigit(bytes[this.#at])) value = value * 10 + (bytes[this.#at++]! - ZERO);
    return value;
  }

  /** Number of the month whose name (three letters or all of them) stands here, 0 if none does. */
  #month(bytes: Uint8Array, end: number): number {
    const start = this.#at;
    while (this.#at < end && isLetter(bytes[this.#at])) this.#at++;
    if (this.#at - start < 3) return 0;
    return MONTHS.indexOf(utf8Text(bytes, start, start + 3).toLowerCase()) + 1;
  }

  /** Steps over one of `- / .` or blanks and commas. Returns what it was, -1 if none. */
  #dateSeparator(bytes: Uint8Array, end: number): number {
    const byte = bytes[this.#at]!;
    if (this.#at >= end) return -1;
    if (byte === MINUS || byte === SLASH || byte === DOT) {
      this.#at++;
      return byte;
    }
    if (byte !== SPACE && byte !== COMMA) return -1;
    while (this.#at < end && (bytes[this.#at] === SPACE || bytes[this.#at] === COMMA)) this.#at++;
    return SPACE;
  }

  #separator(bytes: Uint8Array, end: number): boolean {
    const byte = bytes[this.#at];
    if (isDigit(byte)) return true; // YYYYMMDDHHMM
    if (byte !== SPACE && byte !== LETTER_T && byte !== COMMA && byte !== MINUS) return false;
    this.#at++;
    if (byte === SPACE || byte === COMMA) while (this.#at < end && bytes[this.#at] === SPACE) this.#at++;
    return this.#at < end;
  }

  #timeOfDay(bytes: Uint8Array, end: number): number {
    const start = this.#at;
    const first = this.#number(bytes, end);
    const length = this.#at - start;
    let time: number;
    if (bytes[this.#at] === COLON && this.#at < end && (length === 1 || length === 2)) {
      this.#at++;
      const minutes = this.#twoDigits(bytes, end);
      let seconds = 0;
      if (this.#at < end && bytes[this.#at] === COLON) {
        this.#at++;
        seconds = this.#twoDigits(bytes, end);
      }
      time = clockTime(first, minutes, seconds);
    } else if (length === 6) {
      time = clockTime(Math.floor(first / 10_000), Math.floor(first / 100) % 100, first % 100);
    } else if (length === 4) {
      time = clockTime(Math.floor(first / 100), first % 100, 0);
    } else {
      return Number.NaN;
    }
    if (this.#at + 1 < end && (bytes[this.#at] === DOT || bytes[this.#at] === COMMA)) {
      this.#at++;
      time += this.#fraction(bytes, end);
    }
    return this.#halfOfDay(bytes, end, time);
  }

  #twoDigits(bytes: Uint8Array, end: number): number {
    const start = this.#at;
    const value = this.#number(bytes, end);
    return this.#at - start === 2 ? value : Number.NaN;
  }

  /** Milliseconds of a fraction of a second; finer than that is no bar's start. */
  #fraction(bytes: Uint8Array, end: number): number {
    let value = 0;
    let place = 0;
    for (; this.#at < end && isDigit(bytes[this.#at]); place++) {
      const digit = bytes[this.#at++]! - ZERO;
      if (place < 3) value = value * 10 + digit;
      else if (digit !== 0) return Number.NaN;
    }
    for (let missing = place; missing < 3; missing++) value *= 10;
    return place === 0 ? Number.NaN : value;
  }

  /** Adds the twelve hours of `PM`. */
  #halfOfDay(bytes: Uint8Array, end: number, time: number): number {
    let at = this.#at;
    while (at < end && bytes[at] === SPACE) at++;
    const letter = (bytes[at] ?? 0) | 0x20;
    const isHalf =
      (letter === 0x61 || letter === 0x70) && at + 2 === end && ((bytes[at + 1] ?? 0) | 0x20) === 0x6d;
    if (!isHalf) return time;
    this.#at = end;
    if (!(time >= HOUR && time < 13 * HOUR)) return Number.NaN;
    const inHalf = time >= 12 * HOUR ? time - 12 * HOUR : time;
    return letter === 0x70 ? inHalf + 12 * HOUR : inHalf;
  }

  /** What stands behind the time of day: nothing, `Z`, an offset, or the name of a zone. */
  #zone(bytes: Uint8Array, end: number): boolean {
    while (this.#at < end && bytes[this.#at] === SPACE) this.#at++;
    const at = this.#at;
    if (at === end) return true;
    const byte = bytes[at];
    if (byte === LETTER_Z && at + 1 === end) {
      this.offset = 0;
      return true;
    }
    if (byte === PLUS || byte === MINUS) {
      this.offset = end - at >= 3 ? readOffset(bytes, at, end) : Number.NaN;
      return !Number.isNaN(this.offset);
    }
    const text = utf8Text(bytes, at, end).replace(/^\[(.+)\]$/, '$1');
    if (!/^[A-Za-z][\w+/-]*$/.test(text)) return false;
    this.zone = text;
    return true;
  }
}

function clockTime(hours: number, minutes: number, seconds: number): number {
  return hours < 24 && minutes < 60 && seconds < 60
    ? hours * HOUR + minutes * MINUTE + seconds * 1000
    : Number.NaN;
}

/** Milliseconds of `±H[H][[:]MM]`; NaN when the bytes are none. */
export function readOffset(bytes: Uint8Array, start: number, end: number): number {
  const match = /^([+-]?)(\d{1,2})(?::?(\d{2}))?(?:\.0+)?$/.exec(utf8Text(bytes, start, end));
  if (match === null) return Number.NaN;
  const hours = Number(match[2]);
  const minutes = Number(match[3] ?? 0);
  if (hours > 15 || minutes > 59) return Number.NaN;
  return (match[1] === '-' ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}
