import { MONDAY } from '../day-number.ts';
import {
  between,
  easter,
  exceptIn,
  listed,
  nth,
  observed,
  on,
  secondOfTwo,
  since,
  sundayToMonday,
  weekendToFriday,
  weekendToMonday,
} from '../day-rule.ts';
import { type MarketRules, WEEKDAYS } from '../market-rules.ts';

export const XASX: MarketRules = {
  id: 'XASX',
  name: 'Australian Securities Exchange',
  zone: 'Australia/Sydney',
  weekdays: WEEKDAYS,
  years: [1994, 2035],
  hours: [
    {
      open: '10:00',
      close: '16:00',
      openingAuction: { from: -180, uncross: 0, latest: 10 },
      closingAuction: { from: 0, uncross: 10, latest: 12 },
    },
  ],
  closed: [
    { name: 'New Year’s Day', days: observed(weekendToMonday, on(1, 1)) },
    { name: 'Australia Day', days: observed(weekendToMonday, on(1, 26)) },
    { name: 'Good Friday', days: easter(-2) },
    { name: 'Easter Monday', days: easter(1) },
    { name: 'Anzac Day', days: on(4, 25) },
    { name: 'Anzac Day', days: between(2010, 2010, observed(sundayToMonday, on(4, 25))) },
    { name: 'Easter Tuesday', days: listed('2011-04-26') },
    { name: 'Birthday of the sovereign', days: nth(2, MONDAY, 6) },
    { name: 'Christmas Day', days: observed(weekendToMonday, on(12, 25)) },
    { name: 'Boxing Day', days: observed(secondOfTwo, on(12, 26)) },
    { name: 'Eve of 2000', days: listed('1999-12-31') },
    { name: 'Mourning for Queen Elizabeth II', days: listed('2022-09-22') },
  ],
  special: [
    {
      name: 'Last session before Christmas',
      days: exceptIn([2022], since(2010, observed(weekendToFriday, on(12, 24)))),
      close: '14:00',
    },
    {
      name: 'Last session of the year',
      days: exceptIn([2022], since(2010, observed(weekendToFriday, on(12, 31)))),
      close: '14:00',
    },
  ],
  origin: ['ASX: cash market trading hours and calendar; Public Holidays Act 2010 of New South Wales'],
  gaps: [
    'Half days end with the closing auction at 14:10; the close here is that of continuous trading, 14:00.',
    'Shares open one group after the other between 10:00 and 10:09. Years before 1994, early closes before 2010 and outages (16 November 2020) are not recorded.',
  ],
};
