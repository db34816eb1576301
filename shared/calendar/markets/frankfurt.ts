import { dayNumber, weekdayOf } from '../day-number.ts';
import { between, type DayRule, easter, listed, on, since } from '../day-rule.ts';
import { type MarketRules, WEEKDAYS } from '../market-rules.ts';

/** The last weekday before New Year's Eve, which is closed itself. */
const lastSession: DayRule = (year) => {
  let day = dayNumber(year, 12, 30);
  while (weekdayOf(day) > 5) day--;
  return [day];
};

const CLOSING = { from: 0, uncross: 5, latest: 7 } as const;
const OPENING = { from: -10, uncross: 0, latest: 3 } as const;

export const XETR: MarketRules = {
  id: 'XETR',
  name: 'Xetra (Frankfurt)',
  zone: 'Europe/Berlin',
  weekdays: WEEKDAYS,
  years: [2000, 2035],
  hours: [
    { open: '08:30', close: '17:30', openingAuction: OPENING },
    { from: '2000-06-02', open: '09:00', close: '20:00', openingAuction: OPENING },
    {
      from: '2003-11-03',
      open: '09:00',
      close: '17:30',
      openingAuction: OPENING,
      intradayAuction: ['13:00', '13:02'],
      closingAuction: CLOSING,
    },
  ],
  closed: [
    { name: 'New Year’s Day', days: on(1, 1) },
    { name: 'Good Friday', days: easter(-2) },
    { name: 'Easter Monday', days: easter(1) },
    { name: 'Labour Day', days: on(5, 1) },
    { name: 'Whit Monday', days: between(2015, 2021, easter(50)) },
    { name: 'Whit Monday', days: listed('2007-05-28') },
    { name: 'Day of German Unity', days: between(2014, 2021, on(10, 3)) },
    { name: 'Reformation Day', days: listed('2017-10-31') },
    { name: 'Christmas Eve', days: on(12, 24) },
    { name: 'Christmas Day', days: on(12, 25) },
    { name: 'Boxing Day', days: on(12, 26) },
    { name: 'New Year’s Eve', days: on(12, 31) },
  ],
  special: [{ name: 'Last session of the year', days: since(2010, lastSession), close: '14:00' }],
  origin: [
    'Deutsche Börse Cash Market: trading calendar and trading hours (xetra.com), exchange rules of the Frankfurter Wertpapierbörse',
  ],
  gaps: [
    'Years before 2000 are not known. Early closes on the last session before 2010 and the outages of 2020 are not recorded.',
  ],
};
