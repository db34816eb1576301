import { type DayNumber, dayNumber, weekdayOf } from '../day-number.ts';
import { all, between, type DayRule, listed, on } from '../day-rule.ts';
import { type MarketRules, WEEKDAYS } from '../market-rules.ts';
import { japaneseHolidays } from './japanese-holidays.ts';

const isWeekday = (day: DayNumber) => weekdayOf(day) <= 5;

/** The first and last session of a year. */
const firstSession: DayRule = (year) => {
  let day = dayNumber(year, 1, 4);
  while (!isWeekday(day)) day++;
  return [day];
};
const lastSession: DayRule = (year) => {
  let day = dayNumber(year, 12, 30);
  while (!isWeekday(day)) day--;
  return [day];
};

const OPENING = { from: -60, uncross: 0, latest: 0 } as const;
/** Orders meet as the close strikes; the price carries the next minute's stamp. */
const AT_CLOSE = { from: 0, uncross: 0, latest: 1 } as const;

export const XTKS: MarketRules = {
  id: 'XTKS',
  name: 'Tokyo Stock Exchange',
  zone: 'Asia/Tokyo',
  weekdays: WEEKDAYS,
  years: [1990, 2035],
  hours: [
    {
      open: '09:00',
      breaks: [['11:00', '12:30']],
      close: '15:00',
      openingAuction: OPENING,
      closingAuction: AT_CLOSE,
    },
    {
      from: '2011-11-21',
      open: '09:00',
      breaks: [['11:30', '12:30']],
      close: '15:00',
      openingAuction: OPENING,
      closingAuction: AT_CLOSE,
    },
    {
      from: '2024-11-05',
      open: '09:00',
      breaks: [['11:30', '12:30']],
      close: '15:30',
      openingAuction: OPENING,
      closingAuction: { from: -5, uncross: 0, latest: 1 },
    },
  ],
  closed: [
    { name: 'New Year holiday', days: all(on(1, 1), on(1, 2), on(1, 3), on(12, 31)) },
    { name: 'National holiday', days: japaneseHolidays },
    { name: 'Failure of the trading system', days: listed('2020-10-01') },
  ],
  special: [
    { name: 'First session of the year', days: between(1990, 2009, firstSession), close: '11:00' },
    { name: 'Last session of the year', days: between(1990, 2008, lastSession), close: '11:00' },
  ],
  origin: [
    'Act on National Holidays (Act 178 of 1948) with its amendments, and the special acts of 1990, 1993 and 2018',
    'National Astronomical Observatory of Japan: days of the equinoxes',
    'JPX: trading hours, closed days; extension of the morning session (November 2011) and of the close (November 2024)',
  ],
  gaps: [
    'Equinoxes of years to come are computed; each is announced a year ahead.',
    'The afternoon of 1990 and early 1991 began later than 12:30; halts of 1 November 2005 and 18 January 2006 are not recorded.',
  ],
};
