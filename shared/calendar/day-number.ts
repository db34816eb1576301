/** A calendar day as a number: whole days since 1970-01-01, without zone or time of day. */
export type DayNumber = number;

export const DAY_MILLISECONDS = 86_400_000;

/** Days of the week as ISO 8601 counts them. */
export const MONDAY = 1;
export const TUESDAY = 2;
export const WEDNESDAY = 3;
export const THURSDAY = 4;
export const FRIDAY = 5;
export const SATURDAY = 6;
export const SUNDAY = 7;

/** `month` 1 to 12; days beyond a month's end run on into the next. */
export const dayNumber = (year: number, month: number, day: number): DayNumber =>
  Math.round(Date.UTC(year, month - 1, day) / DAY_MILLISECONDS);

/** 1 Monday to 7 Sunday; the epoch was a Thursday. */
export const weekdayOf = (day: DayNumber): number => ((((day + 3) % 7) + 7) % 7) + 1;

export const yearOf = (day: DayNumber): number => new Date(day * DAY_MILLISECONDS).getUTCFullYear();

/** `2024-07-01`. */
export const dayText = (day: DayNumber): string =>
  new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10);

/** Of `2024-07-01`. Throws a RangeError for anything that is not a day that exists. */
export function parseDay(text: string): DayNumber {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? Date.parse(`${text}T00:00:00Z`) / DAY_MILLISECONDS
    : Number.NaN;
  if (Number.isNaN(day) || dayText(day) !== text) throw new RangeError(`${text} is not a day that exists`);
  return day;
}

/** The `count`-th `weekday` of a month, from 1; -1 is the last. */
export function nthWeekday(year: number, month: number, weekday: number, count: number): DayNumber {
  if (count > 0) {
    const first = dayNumber(year, month, 1);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + (count - 1) * 7;
  }
  const last = dayNumber(year, month + 1, 0);
  return last - ((weekdayOf(last) - weekday + 7) % 7) + (count + 1) * 7;
}

/** Easter Sunday of the Gregorian calendar: the computus of Meeus, Jones and Butcher (Astronomical Algorithms, 1991). */
export function easterSunday(year: number): DayNumber {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return dayNumber(year, month, day);
}
