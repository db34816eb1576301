import { FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY } from '../day-number.ts';
import {
  all,
  between,
  easter,
  listed,
  nearestWeekday,
  nth,
  observed,
  on,
  onlyOn,
  shifted,
  since,
  sundayToMonday,
} from '../day-rule.ts';
import { type MarketRules, type NamedDays, WEEKDAYS } from '../market-rules.ts';

/** Holidays that the New York exchanges share with the markets that follow them. */
export const US_HOLIDAYS = {
  newYear: { name: 'New Year’s Day', days: observed(sundayToMonday, on(1, 1)) },
  martinLutherKing: { name: 'Martin Luther King Jr. Day', days: since(1998, nth(3, MONDAY, 1)) },
  washington: { name: 'Washington’s Birthday', days: since(1971, nth(3, MONDAY, 2)) },
  goodFriday: { name: 'Good Friday', days: easter(-2) },
  memorial: { name: 'Memorial Day', days: since(1971, nth(-1, MONDAY, 5)) },
  juneteenth: { name: 'Juneteenth', days: since(2022, observed(nearestWeekday, on(6, 19))) },
  independence: { name: 'Independence Day', days: observed(nearestWeekday, on(7, 4)) },
  labor: { name: 'Labor Day', days: nth(1, MONDAY, 9) },
  thanksgiving: { name: 'Thanksgiving Day', days: nth(4, THURSDAY, 11) },
  christmas: { name: 'Christmas Day', days: observed(nearestWeekday, on(12, 25)) },
} satisfies Record<string, NamedDays>;

export const dayAfterThanksgiving = shifted(1, US_HOLIDAYS.thanksgiving.days);
/** Where Christmas Day is a Saturday, the Friday before is the holiday itself. */
export const christmasEve = onlyOn([MONDAY, TUESDAY, WEDNESDAY, THURSDAY], on(12, 24));

const CLOSURES: readonly NamedDays[] = [
  { name: 'Election Day', days: listed('1972-11-07', '1976-11-02', '1980-11-04') },
  { name: 'Funeral of President Truman', days: listed('1972-12-28') },
  { name: 'Funeral of President Johnson', days: listed('1973-01-25') },
  { name: 'New York blackout', days: listed('1977-07-14') },
  { name: 'Hurricane Gloria', days: listed('1985-09-27') },
  { name: 'Funeral of President Nixon', days: listed('1994-04-27') },
  {
    name: 'Attacks of 11 September',
    days: listed('2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14'),
  },
  { name: 'Funeral of President Reagan', days: listed('2004-06-11') },
  { name: 'Mourning for President Ford', days: listed('2007-01-02') },
  { name: 'Hurricane Sandy', days: listed('2012-10-29', '2012-10-30') },
  { name: 'Mourning for President Bush', days: listed('2018-12-05') },
  { name: 'Mourning for President Carter', days: listed('2025-01-09') },
];

const RULES: Omit<MarketRules, 'id' | 'name'> = {
  zone: 'America/New_York',
  weekdays: WEEKDAYS,
  years: [1972, 2035],
  hours: [
    { open: '10:00', close: '15:30' },
    { from: '1974-10-01', open: '10:00', close: '16:00' },
    {
      from: '1985-09-30',
      open: '09:30',
      close: '16:00',
      openingAuction: { from: -60, uncross: 0, latest: 5 },
      closingAuction: { from: -10, uncross: 0, latest: 0 },
    },
  ],
  closed: [...Object.values(US_HOLIDAYS), ...CLOSURES],
  special: [
    { name: 'Christmas Eve', days: between(1990, 1992, christmasEve), close: '14:00' },
    { name: 'Day after Thanksgiving', days: between(1992, 1992, dayAfterThanksgiving), close: '14:00' },
    { name: 'Christmas Eve', days: since(1993, christmasEve), close: '13:00' },
    { name: 'Day after Thanksgiving', days: since(1993, dayAfterThanksgiving), close: '13:00' },
    {
      name: 'Day before Independence Day',
      days: all(
        since(1995, onlyOn([MONDAY, TUESDAY, THURSDAY], on(7, 3))),
        since(2013, onlyOn([WEDNESDAY], on(7, 3))),
      ),
      close: '13:00',
    },
    {
      name: 'Day after Independence Day',
      days: between(1995, 2012, onlyOn([FRIDAY], on(7, 5))),
      close: '13:00',
    },
    { name: 'Day after Christmas', days: listed('1997-12-26', '2003-12-26'), close: '13:00' },
    { name: 'Eve of 2000', days: listed('1999-12-31'), close: '13:00' },
  ],
  origin: [
    'NYSE: Holidays and trading hours (nyse.com/markets/hours-calendars), NYSE Rule 7.2',
    'NYSE: Special closings since 1885 (the exchange’s list of historical closings)',
    'Nasdaq: U.S. equity and options markets holiday schedule (nasdaqtrader.com)',
  ],
  gaps: [
    'Trading halts and delayed openings within a day are not recorded.',
    'Early closes before 1990 are not recorded.',
    'Holidays of years to come are today’s rules; days of mourning cannot be known.',
  ],
};

export const XNYS: MarketRules = { id: 'XNYS', name: 'New York Stock Exchange', ...RULES };
export const XNAS: MarketRules = { id: 'XNAS', name: 'Nasdaq', ...RULES };
