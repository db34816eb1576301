import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CALENDAR_IDS, calendarOf } from '../../../shared/calendar/calendars.ts';
import { dayText, easterSunday, parseDay, weekdayOf } from '../../../shared/calendar/day-number.ts';
import {
  autumnalEquinox,
  japaneseHolidays,
  vernalEquinox,
} from '../../../shared/calendar/markets/japanese-holidays.ts';

/**
 * Sessions per year as the published test resources of exchange_calendars (commit 5308ce2, 2026-07-23) list them, for the
 * years in which our days equal theirs one by one; docs/calendars.md tells where they do not and why.
 */
const PER_YEAR: Record<string, { first: number; sessions: number[] }> = JSON.parse(
  readFileSync(new URL('sessions-per-year.json', import.meta.url), 'utf8'),
);

const at = (text: string) => Date.parse(`${text}Z`);
const session = (id: string, day: string) => {
  const from = at(`${day}T00:00`);
  return calendarOf(id)
    .sessions(from - 86_400_000, from + 2 * 86_400_000)
    .find((one) => one.day === day);
};
const local = (id: string, day: string) => {
  const found = session(id, day);
  if (found === undefined) return 'closed';
  const { offsetAt } = calendarOf(id).table;
  const time = (instant: number) => new Date(instant + offsetAt(instant)).toISOString().slice(11, 16);
  const breaks = found.breaks.map(([from, to]) => ` ${time(from)}-${time(to)}`).join('');
  return `${time(found.open)} ${time(found.close)}${breaks}`;
};

describe('every calendar', () => {
  test.each(CALENDAR_IDS)('%s: sessions ascend, overlap nowhere and hold their stretches', (id) => {
    const { table, from, to } = calendarOf(id);
    const { length, day, open, close, uncross, auctionEnd, reachStart, reachEnd } = table;
    const wrong: number[] = [];
    for (let i = 0; i < length; i++) {
      const isOrdered =
        reachStart[i]! <= open[i]! &&
        open[i]! < close[i]! &&
        close[i]! <= uncross[i]! &&
        uncross[i]! <= auctionEnd[i]! &&
        close[i]! <= reachEnd[i]!;
      const isBehind =
        i === 0 ||
        (day[i]! > day[i - 1]! && open[i]! >= auctionEnd[i - 1]! && reachStart[i]! >= reachEnd[i - 1]!);
      const holdsStretches =
        table.stretchStart[table.firstStretch[i]!] === open[i] &&
        table.stretchEnd[table.firstStretch[i + 1]! - 1] === close[i];
      if (!isOrdered || !isBehind || !holdsStretches) wrong.push(i);
    }
    expect(wrong).toEqual([]);
    expect(dayText(day[0]!) >= from && dayText(day[length - 1]!) <= to).toBe(true);
    expect(to).toBe('2035-12-31');
  });
});

describe('sessions per year equal those of exchange_calendars', () => {
  test.each(Object.entries(PER_YEAR))('%s', (id, { first, sessions }) => {
    const years = new Map<number, number>();
    for (const day of calendarOf(id).table.day) {
      const year = Number(dayText(day).slice(0, 4));
      years.set(year, (years.get(year) ?? 0) + 1);
    }
    expect(sessions.map((_, index) => years.get(first + index))).toEqual(sessions);
  });
});

describe('days that are known', () => {
  test.each([
    ['XNYS', '2001-09-10', '09:30 16:00'],
    ['XNYS', '2001-09-11', 'closed'],
    ['XNYS', '2001-09-14', 'closed'],
    ['XNYS', '2001-09-17', '09:30 16:00'],
    ['XNYS', '2012-10-30', 'closed'],
    ['XNYS', '2018-12-05', 'closed'],
    ['XNYS', '2025-01-09', 'closed'],
    ['XNYS', '2022-06-20', 'closed'], // Juneteenth on a Sunday
    ['XNYS', '2021-06-18', '09:30 16:00'], // not yet a holiday of the exchange
    ['XNYS', '2021-12-24', 'closed'], // Christmas on a Saturday
    ['XNYS', '2021-12-31', '09:30 16:00'], // New Year on a Saturday is not made good
    ['XNYS', '2024-07-03', '09:30 13:00'],
    ['XNYS', '2024-11-29', '09:30 13:00'],
    ['XNYS', '1974-09-30', '10:00 15:30'],
    ['XNYS', '1985-09-27', 'closed'], // Hurricane Gloria, a Friday
    ['XNYS', '1985-09-30', '09:30 16:00'],
    ['XNAS', '2024-12-24', '09:30 13:00'],
    ['XLON', '2012-06-04', 'closed'],
    ['XLON', '2012-05-28', '08:00 16:30'], // moved to the jubilee
    ['XLON', '2020-05-04', '08:00 16:30'],
    ['XLON', '2020-05-08', 'closed'],
    ['XLON', '2022-09-19', 'closed'],
    ['XLON', '2023-05-08', 'closed'],
    ['XLON', '2021-12-28', 'closed'], // Boxing Day on a Sunday
    ['XLON', '2024-12-31', '08:00 12:30'],
    ['XLON', '1998-07-17', '08:30 16:30'],
    ['XLON', '1999-09-17', '09:00 16:30'],
    ['XETR', '2024-10-03', '09:00 17:30'],
    ['XETR', '2018-10-03', 'closed'],
    ['XETR', '2017-10-31', 'closed'],
    ['XETR', '2024-12-30', '09:00 14:00'],
    ['XETR', '2003-10-31', '09:00 20:00'],
    ['XPAR', '2024-12-24', '09:00 14:00'],
    ['XPAR', '2024-07-14', 'closed'], // a Sunday
    ['XPAR', '2023-07-14', '09:00 17:30'],
    ['XTKS', '2024-11-01', '09:00 15:00 11:30-12:30'],
    ['XTKS', '2024-11-04', 'closed'], // Culture Day on a Sunday
    ['XTKS', '2024-11-05', '09:00 15:30 11:30-12:30'],
    ['XTKS', '2011-11-18', '09:00 15:00 11:00-12:30'],
    ['XTKS', '2009-01-05', '09:00 11:00'],
    ['XTKS', '2010-01-04', '09:00 15:00 11:00-12:30'],
    ['XTKS', '2019-05-02', 'closed'], // between two holidays
    ['XTKS', '2021-07-23', 'closed'],
    ['XTKS', '2020-10-01', 'closed'],
    ['XTKS', '2026-09-22', 'closed'], // between Respect for the Aged Day and the equinox
    ['XHKG', '2024-02-09', '09:30 12:00'],
    ['XHKG', '2024-09-06', 'closed'],
    ['XHKG', '2023-09-01', 'closed'],
    ['XHKG', '2023-10-09', '14:00 16:00'],
    ['XHKG', '2011-03-04', '10:00 16:00 12:30-14:30'],
    ['XHKG', '2011-03-07', '09:30 16:00 12:00-13:30'],
    ['XHKG', '2012-03-05', '09:30 16:00 12:00-13:00'],
    ['XHKG', '2020-10-02', 'closed'], // mid-autumn behind National Day
    ['XASX', '2011-04-26', 'closed'],
    ['XASX', '2022-09-22', 'closed'],
    ['XASX', '2024-12-24', '10:00 14:00'],
    ['XSTO', '2024-06-21', 'closed'],
    ['XSTO', '2024-11-01', '09:00 13:00'],
    ['XTSE', '2024-05-20', 'closed'],
    ['XMAD', '2022-12-30', '09:00 17:30'],
    ['XSWX', '2024-08-01', 'closed'],
    ['XMIL', '2024-08-15', 'closed'],
    ['XAMS', '2001-04-30', 'closed'],
    ['CME-EQUITY', '2024-01-15', '17:00 12:00'],
    ['CME-EQUITY', '2024-03-29', 'closed'],
    ['CME-EQUITY', '2023-04-07', '17:00 08:15'],
    ['CME-EQUITY', '2025-01-09', '17:00 08:30'],
    ['CME-EQUITY', '2015-09-18', '17:00 16:15 15:15-15:30'],
    ['CME-EQUITY', '2021-06-25', '17:00 16:00 15:15-15:30'],
    ['CME-EQUITY', '2021-06-28', '17:00 16:00'],
    ['CME-EQUITY', '2013-07-04', '17:00 10:30'],
    ['CME-FX', '2024-01-15', '17:00 16:00'],
    ['CME-FX', '2020-01-20', '17:00 12:00'],
    ['FX', '2024-12-25', 'closed'],
    ['FX', '2024-12-26', '17:00 17:00'],
    ['CRYPTO', '2024-12-25', '00:00 00:00'],
  ])('%s on %s: %s', (id, day, expected) => expect(local(id, day)).toBe(expected));

  test('the evening before belongs to the next trading day, across the change of clocks', () => {
    const open = (id: string, day: string) => new Date(session(id, day)!.open).toISOString().slice(0, 16);
    expect(open('CME-FX', '2024-03-08')).toBe('2024-03-07T23:00'); // winter in Chicago
    expect(open('CME-FX', '2024-03-11')).toBe('2024-03-10T22:00'); // the clocks went forward that Sunday
    expect(open('FX', '2024-11-01')).toBe('2024-10-31T21:00');
    expect(open('FX', '2024-11-04')).toBe('2024-11-03T22:00');
    expect(session('FX', '2024-11-03')).toBeUndefined();
  });
  test('Tokyo and Hong Kong know no summer time', () => {
    for (const day of ['2024-03-29', '2024-04-02', '2024-10-25', '2024-11-05']) {
      expect(new Date(session('XTKS', day)!.open).toISOString().slice(11, 16)).toBe('00:00');
      expect(
        new Date(session('XHKG', day === '2024-03-29' ? '2024-03-28' : day)!.open).toISOString(),
      ).toContain('T01:30');
    }
  });
});

describe('where holidays come from', () => {
  test('Easter', () => {
    expect([1990, 2000, 2008, 2011, 2024, 2035].map((year) => dayText(easterSunday(year)))).toEqual([
      '1990-04-15',
      '2000-04-23',
      '2008-03-23',
      '2011-04-24',
      '2024-03-31',
      '2035-03-25',
    ]);
    for (let year = 1900; year < 2100; year++) expect(weekdayOf(easterSunday(year))).toBe(7);
  });
  test('equinoxes of Japan', () => {
    const days = (of: (year: number) => number) =>
      [1992, 2000, 2012, 2024, 2025, 2026].map((year) => dayText(of(year)).slice(5));
    expect(days(vernalEquinox)).toEqual(['03-20', '03-20', '03-20', '03-20', '03-20', '03-20']);
    expect(days(autumnalEquinox)).toEqual(['09-23', '09-23', '09-22', '09-22', '09-23', '09-23']);
  });
  test('holidays that meet are made good behind each other', () => {
    // 3 May 2009 was a Sunday, 4 and 5 May are holidays themselves.
    expect(japaneseHolidays(2009)).toContain(parseDay('2009-05-06'));
    expect(japaneseHolidays(2004)).not.toContain(parseDay('2004-05-06'));
  });
  test('closures are named', () => {
    const names = calendarOf('XNYS')
      .exceptions(parseDay('2024-11-01'), parseDay('2024-12-31'))
      .map(({ day, name, close }) => `${day} ${name} ${close ?? 'closed'}`);
    expect(names).toEqual([
      '2024-11-28 Thanksgiving Day closed',
      '2024-11-29 Day after Thanksgiving 13:00',
      '2024-12-24 Christmas Eve 13:00',
      '2024-12-25 Christmas Day closed',
    ]);
  });
});
