const ZERO = 0x30;
const DAY = 86_400_000;
const FIRST_YEAR = 1800;
const LAST_YEAR = 2299;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The instant in a field of CSV bytes, as epoch milliseconds UTC; NaN when it is none or does not exist (30 February).
 * Read are `YYYY-MM-DD`, `YYYY-MM-DD HH:MM[:SS[.fff]]` with a blank or `T` between and `Z` or `±HH:MM` behind (none
 * means UTC), and epoch seconds, milli-, micro- or nanoseconds, told apart by 9-10, 13, 16 or 19 digits.
 */
export function parseTimeField(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start + 4] !== 0x2d) return parseEpoch(bytes, start, end);
  const length = end - start;
  if (length < 10 || bytes[start + 7] !== 0x2d) return Number.NaN;
  const day = dayStart(digits(bytes, start, 4), digits(bytes, start + 5, 2), digits(bytes, start + 8, 2));
  if (length === 10) return day;
  const separator = bytes[start + 10];
  if ((separator !== 0x20 && separator !== 0x54) || length < 16 || bytes[start + 13] !== 0x3a)
    return Number.NaN;
  const hour = digits(bytes, start + 11, 2);
  const minute = digits(bytes, start + 14, 2);
  if (!(hour < 24 && minute < 60)) return Number.NaN;
  const time = day + hour * 3_600_000 + minute * 60_000;
  return length === 16 ? time : addSecondsAndOffset(time, bytes, start + 16, end);
}

/** `[:SS[.fraction]][Z|±HH[:]MM]` from `at` on, added to a time of whole minutes. */
function addSecondsAndOffset(wholeMinutes: number, bytes: Uint8Array, from: number, end: number): number {
  let time = wholeMinutes;
  let at = from;
  if (bytes[at] === 0x3a) {
    const second = at + 3 <= end ? digits(bytes, at + 1, 2) : Number.NaN;
    if (!(second < 60)) return Number.NaN;
    time += second * 1000;
    at += 3;
    if (at < end && bytes[at] === 0x2e) {
      const first = ++at;
      while (at < end && isDigit(bytes[at]!)) at++;
      const milliseconds = fractionMilliseconds(bytes, first, at);
      if (Number.isNaN(milliseconds)) return Number.NaN;
      time += milliseconds;
    }
  }
  if (at === end || (bytes[at] === 0x5a && at + 1 === end)) return time;
  const sign = bytes[at] === 0x2b ? 1 : bytes[at] === 0x2d ? -1 : 0;
  const colon = bytes[at + 3] === 0x3a ? 1 : 0;
  if (sign === 0 || end - at !== 5 + colon) return Number.NaN;
  const hours = digits(bytes, at + 1, 2);
  const minutes = digits(bytes, at + 3 + colon, 2);
  return hours < 24 && minutes < 60 ? time - sign * (hours * 3_600_000 + minutes * 60_000) : Number.NaN;
}

/** A fraction of a second given as digits; finer than a millisecond is not a bar's start. */
function fractionMilliseconds(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return Number.NaN;
  let value = 0;
  for (let place = 0; place < Math.max(3, end - start); place++) {
    const digit = start + place < end ? bytes[start + place]! - ZERO : 0;
    if (place < 3) value = value * 10 + digit;
    else if (digit !== 0) return Number.NaN;
  }
  return value;
}

function parseEpoch(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const isSeconds = length === 9 || length === 10;
  if (!isSeconds && length !== 13 && length !== 16 && length !== 19) return Number.NaN;
  const head = digits(bytes, start, isSeconds ? length : 13);
  if (isSeconds) return head * 1000;
  for (let at = start + 13; at < end; at++) if (bytes[at] !== ZERO) return Number.NaN;
  return head;
}

const isDigit = (byte: number) => byte >= ZERO && byte <= ZERO + 9;

function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const byte = bytes[at]!;
    if (!isDigit(byte)) return Number.NaN;
    value = value * 10 + (byte - ZERO);
  }
  return value;
}

/** Midnight UTC of a day of the Gregorian calendar; NaN when there is no such day. */
function dayStart(year: number, month: number, day: number): number {
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > (month === 2 && isLeap ? 29 : MONTH_LENGTHS[month - 1]!)) return Number.NaN;
  // Days since 1970-01-01 with March as the first month, so that the leap day comes last (Hinnant's civil calendar).
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) * DAY;
}
