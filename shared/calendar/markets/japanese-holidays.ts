import { type DayNumber, dayNumber, MONDAY, nthWeekday, SUNDAY, weekdayOf } from '../day-number.ts';

/**
 * Days of the equinoxes in Japan, as approximated for 1980 to 2099 by the almanac Shin-koyomi Benrichō; the National
 * Astronomical Observatory announces each a year ahead.
 */
export const vernalEquinox = (year: number): DayNumber => dayNumber(year, 3, equinox(20.8431, year));
export const autumnalEquinox = (year: number): DayNumber => dayNumber(year, 9, equinox(23.2488, year));
const equinox = (base: number, year: number) =>
  Math.floor(base + 0.242194 * (year - 1980) - Math.floor((year - 1980) / 4));

/** One-off holidays by special laws: enthronements, weddings of the crown. */
const BY_SPECIAL_LAW: Readonly<Record<number, readonly (readonly [month: number, day: number])[]>> = {
  1990: [[11, 12]],
  1993: [[6, 9]],
  2019: [
    [5, 1],
    [10, 22],
  ],
};

/** The holidays that the Act on National Holidays (1948) names, before Sundays are made good. */
function namedHolidays(year: number): DayNumber[] {
  const monday = (month: number, count: number) => nthWeekday(year, month, MONDAY, count);
  const on = (month: number, day: number) => dayNumber(year, month, day);
  const days = [
    on(1, 1),
    year < 2000 ? on(1, 15) : monday(1, 2),
    on(2, 11),
    vernalEquinox(year),
    on(4, 29),
    on(5, 3),
    on(5, 5),
    autumnalEquinox(year),
    year < 2003 ? on(9, 15) : monday(9, 3),
    on(11, 3),
    on(11, 23),
    ...(BY_SPECIAL_LAW[year] ?? []).map(([month, day]) => on(month, day)),
  ];
  if (year >= 2007) days.push(on(5, 4));
  if (year >= 2020) days.push(on(2, 23));
  else if (year >= 1989 && year <= 2018) days.push(on(12, 23));
  return [...days, ...summerHolidays(year)];
}

/** Marine, mountain and sports day; the Olympic Games moved them in 2020 and 2021. */
function summerHolidays(year: number): DayNumber[] {
  const on = (month: number, day: number) => dayNumber(year, month, day);
  if (year === 2020) return [on(7, 23), on(7, 24), on(8, 10)];
  if (year === 2021) return [on(7, 22), on(7, 23), on(8, 8)];
  const days = [year < 2000 ? on(10, 10) : nthWeekday(year, 10, MONDAY, 2)];
  if (year >= 1996) days.push(year < 2003 ? on(7, 20) : nthWeekday(year, 7, MONDAY, 3));
  if (year >= 2016) days.push(on(8, 11));
  return days;
}

/** All national holidays of a year: those named, substitutes for Sundays, and days between two holidays. */
export function japaneseHolidays(year: number): readonly DayNumber[] {
  const named = new Set(namedHolidays(year));
  const holidays = new Set(named);
  for (const day of named) {
    if (weekdayOf(day) !== SUNDAY) continue;
    // The next day that is no holiday itself; before 2007 only the Monday, if it was free.
    let substitute = day + 1;
    while (year >= 2007 && named.has(substitute)) substitute++;
    holidays.add(substitute);
  }
  for (const day of named) if (named.has(day + 2) && weekdayOf(day + 1) !== SUNDAY) holidays.add(day + 1);
  return [...holidays];
}
