import { MONDAY } from '../day-number.ts';
import {
  easter,
  lastUntil,
  listed,
  nth,
  observed,
  on,
  secondOfTwo,
  since,
  weekendToMonday,
} from '../day-rule.ts';
import { type MarketRules, WEEKDAYS } from '../market-rules.ts';

export const XTSE: MarketRules = {
  id: 'XTSE',
  name: 'Toronto Stock Exchange',
  zone: 'America/Toronto',
  weekdays: WEEKDAYS,
  years: [1990, 2035],
  hours: [
    {
      open: '09:30',
      close: '16:00',
      openingAuction: { from: -150, uncross: 0, latest: 1 },
      closingAuction: { from: -10, uncross: 0, latest: 0 },
    },
  ],
  closed: [
    { name: 'New Year’s Day', days: observed(weekendToMonday, on(1, 1)) },
    { name: 'Family Day', days: since(2008, nth(3, MONDAY, 2)) },
    { name: 'Good Friday', days: easter(-2) },
    { name: 'Victoria Day', days: lastUntil(MONDAY, 5, 24) },
    { name: 'Canada Day', days: observed(weekendToMonday, on(7, 1)) },
    { name: 'Civic Holiday', days: nth(1, MONDAY, 8) },
    { name: 'Labour Day', days: nth(1, MONDAY, 9) },
    { name: 'Thanksgiving', days: nth(2, MONDAY, 10) },
    { name: 'Christmas Day', days: observed(weekendToMonday, on(12, 25)) },
    { name: 'Boxing Day', days: observed(secondOfTwo, on(12, 26)) },
    { name: 'Attacks of 11 September', days: listed('2001-09-11', '2001-09-12') },
  ],
  special: [{ name: 'Christmas Eve', days: since(2010, on(12, 24)), close: '13:00' }],
  origin: ['TMX: calendar and trading hours of the Toronto Stock Exchange'],
  gaps: ['Early closes before 2010 and outages (17 December 2008, 27 April 2018) are not recorded.'],
};
