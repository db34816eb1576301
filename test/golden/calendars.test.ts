import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../shared/calendar/calendars.ts';
import { dayText } from '../../shared/calendar/day-number.ts';
import { guessInstrument } from '../../shared/calendar/guess-instrument.ts';
import { readText } from './golden.ts';

// Real bars know when markets were open. They lie in `$HINDSIGHT_DATA`, by default `../shared/data` beside the
// repository; where they are missing this is skipped, loudly.
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DATA = resolve(ROOT, process.env.HINDSIGHT_DATA ?? '../shared/data');
const isThere = existsSync(DATA);
if (!isThere) process.stderr.write(`SKIPPED: calendars against real bars; there are none in ${DATA}.\n`);

const MINUTE = 60_000;
const DAY = 86_400_000;
const lines = (file: string) => readText(join(DATA, file)).trim().split(/\r?\n/);
const cells = (file: string, column: number) => lines(file).map((line) => line.split(',')[column] ?? '');
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

describe.skipIf(!isThere)('days with bars are the sessions, neither more nor fewer', () => {
  test.each([
    ['backtrader/nvda-1999-2014.txt.gz', 0, 'XNYS', 4012],
    ['backtrader/orcl-1995-2014.txt.gz', 0, 'XNYS', 5036],
    ['backtrader/yhoo-1996-2015.txt.gz', 0, 'XNYS', 4965],
    ['backtrader/2005-2006-day-001.txt', 0, 'XETR', 512],
    ['daily/pystock-us514-2015_2016.csv.gz', 1, 'XNYS', 388],
    // Its bars of 2018 carry the year 2021.
    ['daily/sp500-first100-2013_2018.csv.gz', 0, 'XNYS', 1233],
  ])('%s', (file, column, id, count) => {
    const days = [...new Set(cells(file, column).filter((text) => isDay(text) && text < '2021'))].sort();
    const sessions = [...calendarOf(id).table.day].map(dayText);
    expect(days).toHaveLength(count);
    expect(days).toEqual(sessions.filter((day) => day >= days[0]! && day <= days.at(-1)!));
  });
});

describe.skipIf(!isThere)(
  'minutes lie in sessions, every session has some, and the guess is confirmed',
  () => {
    const instant = (text: string) => Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`);
    test.each([
      ['AAPL', 'equity-minute/seed-schema/us-2019-02-11_15.minutebars.csv.gz', 'AAPL', 0, 'XNYS', 5],
      // Stamped with their ends.
      [
        '6EH4',
        'fx-futures-minute/nautilus/6EH4.XCME_1min_bars_20240101_20240131.csv.gz',
        '',
        MINUTE,
        'CME-FX',
        23,
      ],
      ['USDJPY', 'fx-futures-minute/nautilus/usdjpy-m1-bid-2013.csv.gz', '', 0, 'FX', 21],
    ])('%s', (ticker, file, wanted, shift, id, count) => {
      const times = lines(file)
        .slice(1)
        .filter((line) => wanted === '' || line.split(',').includes(wanted))
        .map((line) => instant(line.split(',').find((cell) => /^\d{4}-\d{2}-\d{2}/.test(cell))!) - shift)
        .sort((a, b) => a - b);
      const time = Float64Array.from(times);
      const calendar = calendarOf(id);
      const found = calendar.sessionIndexOf(time);
      expect(found.filter((session) => session < 0)).toHaveLength(0);
      const sessions = calendar.sessions(times[0]!, times.at(-1)!).map(({ index }) => index);
      expect(sessions).toHaveLength(count);
      expect([...new Set(found)]).toEqual(sessions);
      expect(guessInstrument(ticker, { time, isOfDays: false }).calendar).toBe(id);
    });
    test('coins trade on every day', () => {
      const some = lines('crypto-minute/seed-schema/BTCUSD-2014-2016.minutebars.csv.gz').filter(
        (_, index) => index % 500 === 1,
      );
      const time = Float64Array.from(some, instant);
      expect(guessInstrument('SOME-TOKEN', { time, isOfDays: false }).calendar).toBe('CRYPTO');
      expect(time.every((at) => calendarOf('CRYPTO').isOpen(at))).toBe(true);
      expect(time.at(-1)! - time[0]!).toBeGreaterThan(600 * DAY);
    });
  },
);
