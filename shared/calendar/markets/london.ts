import { MONDAY } from '../day-number.ts';
import {
  easter,
  exceptIn,
  listed,
  nth,
  observed,
  on,
  secondOfTwo,
  weekendToFriday,
  weekendToMonday,
} from '../day-rule.ts';
import { type MarketRules, WEEKDAYS } from '../market-rules.ts';

export const XLON: MarketRules = {
  id: 'XLON',
  name: 'London Stock Exchange',
  zone: 'Europe/London',
  weekdays: WEEKDAYS,
  years: [1990, 2035],
  hours: [
    { open: '08:30', close: '16:30' },
    { from: '1998-07-20', open: '09:00', close: '16:30' },
    {
      from: '1999-09-20',
      open: '08:00',
      close: '16:30',
      openingAuction: { from: -10, uncross: 0, latest: 10 },
    },
    {
      from: '2000-05-30',
      open: '08:00',
      close: '16:30',
      openingAuction: { from: -10, uncross: 0, latest: 10 },
      closingAuction: { from: 0, uncross: 5, latest: 15 },
    },
    {
      from: '2016-03-21',
      open: '08:00',
      close: '16:30',
      openingAuction: { from: -10, uncross: 0, latest: 10 },
      intradayAuction: ['12:00', '12:02'],
      closingAuction: { from: 0, uncross: 5, latest: 15 },
    },
  ],
  closed: [
    { name: 'New Year’s Day', days: observed(weekendToMonday, on(1, 1)) },
    { name: 'Good Friday', days: easter(-2) },
    { name: 'Easter Monday', days: easter(1) },
    { name: 'Early May bank holiday', days: exceptIn([1995, 2020], nth(1, MONDAY, 5)) },
    { name: 'Spring bank holiday', days: exceptIn([2002, 2012, 2022], nth(-1, MONDAY, 5)) },
    { name: 'Spring bank holiday', days: listed('2002-06-04', '2012-06-04', '2022-06-02') },
    { name: 'Summer bank holiday', days: nth(-1, MONDAY, 8) },
    { name: 'Christmas Day', days: observed(weekendToMonday, on(12, 25)) },
    { name: 'Boxing Day', days: observed(secondOfTwo, on(12, 26)) },
    { name: 'Anniversary of VE Day', days: listed('1995-05-08', '2020-05-08') },
    { name: 'Eve of 2000', days: listed('1999-12-31') },
    { name: 'Golden Jubilee', days: listed('2002-06-03') },
    { name: 'Royal wedding', days: listed('2011-04-29') },
    { name: 'Diamond Jubilee', days: listed('2012-06-05') },
    { name: 'Platinum Jubilee', days: listed('2022-06-03') },
    { name: 'Funeral of Queen Elizabeth II', days: listed('2022-09-19') },
    { name: 'Coronation of King Charles III', days: listed('2023-05-08') },
  ],
  special: [
    { name: 'Christmas Eve', days: observed(weekendToFriday, on(12, 24)), close: '12:30' },
    { name: 'New Year’s Eve', days: observed(weekendToFriday, on(12, 31)), close: '12:30' },
  ],
  origin: [
    'Banking and Financial Dealings Act 1971 and the proclamations under it (gov.uk/bank-holidays)',
    'London Stock Exchange: business days and trading hours; Millennium Exchange guide (MIT201) for the auctions',
  ],
  gaps: [
    'Early closes before 2000 follow today’s rule; the exchange’s notices of those years were not compared.',
    'Outages (8 September 2008, 17 June 2019 and others) are not recorded.',
  ],
};
