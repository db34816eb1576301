import {
  type DayNumber,
  dayNumber,
  easterSunday,
  FRIDAY,
  MONDAY,
  nthWeekday,
  parseDay,
  SATURDAY,
  SUNDAY,
  weekdayOf,
  yearOf,
} from './day-number.ts';

/** Days of a year, by a rule: none, one or several, in any order. */
export type DayRule = (year: number) => readonly DayNumber[];

/** What one day is moved to, as observed holidays are; null where it is not observed at all. */
export type Observance = (day: DayNumber) => DayNumber | null;

/** The same date every year. */
export const on =
  (month: number, day: number): DayRule =>
  (year) => [dayNumber(year, month, day)];

/** Days before (negative) or after Easter Sunday. */
export const easter =
  (days: number): DayRule =>
  (year) => [easterSunday(year) + days];

/** The `count`-th `weekday` of a month; -1 is the last. */
export const nth =
  (count: number, weekday: number, month: number): DayRule =>
  (year) => [nthWeekday(year, month, weekday, count)];

/** The first `weekday` at or after a date. */
export const firstFrom =
  (weekday: number, month: number, day: number): DayRule =>
  (year) => {
    const from = dayNumber(year, month, day);
    return [from + ((weekday - weekdayOf(from) + 7) % 7)];
  };

/** The last `weekday` at or before a date. */
export const lastUntil =
  (weekday: number, month: number, day: number): DayRule =>
  (year) => {
    const until = dayNumber(year, month, day);
    return [until - ((weekdayOf(until) - weekday + 7) % 7)];
  };

/** Days that no rule tells: one-off closures, and holidays of calendars that are not ours. */
export function listed(...days: readonly string[]): DayRule {
  const byYear = new Map<number, DayNumber[]>();
  for (const text of days) {
    const day = parseDay(text);
    const year = yearOf(day);
    byYear.set(year, [...(byYear.get(year) ?? []), day]);
  }
  return (year) => byYear.get(year) ?? [];
}

export const all =
  (...rules: readonly DayRule[]): DayRule =>
  (year) =>
    rules.flatMap((rule) => rule(year));

export const since = (first: number, rule: DayRule): DayRule =>
  between(first, Number.POSITIVE_INFINITY, rule);
export const until = (last: number, rule: DayRule): DayRule => between(Number.NEGATIVE_INFINITY, last, rule);
/** Both years inclusive. */
export const between =
  (first: number, last: number, rule: DayRule): DayRule =>
  (year) =>
    year < first || year > last ? [] : rule(year);
export const exceptIn =
  (years: readonly number[], rule: DayRule): DayRule =>
  (year) =>
    years.includes(year) ? [] : rule(year);

export const onlyOn =
  (weekdays: readonly number[], rule: DayRule): DayRule =>
  (year) =>
    rule(year).filter((day) => weekdays.includes(weekdayOf(day)));

export const shifted =
  (days: number, rule: DayRule): DayRule =>
  (year) =>
    rule(year).map((day) => day + days);

/** Every day as it is observed; days of the years beside may be moved into this one. */
export const observed =
  (observance: Observance, rule: DayRule): DayRule =>
  (year) =>
    [year - 1, year, year + 1]
      .flatMap(rule)
      .map(observance)
      .filter((day) => day !== null)
      .filter((day) => yearOf(day) === year);

export const sundayToMonday: Observance = (day) => (weekdayOf(day) === SUNDAY ? day + 1 : day);
export const weekendToMonday: Observance = (day) =>
  weekdayOf(day) === SATURDAY ? day + 2 : sundayToMonday(day);
/** Saturdays to the Friday before, Sundays to the Monday after. */
export const nearestWeekday: Observance = (day) =>
  weekdayOf(day) === SATURDAY ? day - 1 : sundayToMonday(day);
export const weekendToFriday: Observance = (day) =>
  weekdayOf(day) > FRIDAY ? day - (weekdayOf(day) - FRIDAY) : day;
/** Two holidays in a row, of which this is the second: Saturdays to Monday, Sundays and Mondays to the day behind. */
export const secondOfTwo: Observance = (day) => {
  if (weekdayOf(day) === SATURDAY || weekdayOf(day) === SUNDAY) return day + 2;
  return weekdayOf(day) === MONDAY ? day + 1 : day;
};
