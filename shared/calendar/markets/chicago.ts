import { MONDAY, THURSDAY, TUESDAY, WEDNESDAY } from '../day-number.ts';
import { between, type DayRule, exceptIn, listed, on, onlyOn, since, until } from '../day-rule.ts';
import { type MarketRules, WEEKDAYS } from '../market-rules.ts';
import { christmasEve, dayAfterThanksgiving, US_HOLIDAYS } from './new-york.ts';

/** Good Fridays on which the employment report is published: Globex trades until after it. */
const REPORT_ON_GOOD_FRIDAY = [2015, 2021, 2023, 2026];
const reportFridays = listed('2015-04-03', '2021-04-02', '2023-04-07', '2026-04-03');

const { newYear, goodFriday, christmas } = US_HOLIDAYS;
const CLOSED: MarketRules['closed'] = [
  newYear,
  { name: goodFriday.name, days: exceptIn(REPORT_ON_GOOD_FRIDAY, goodFriday.days) },
  christmas,
];

/** Holidays of the exchanges on which Globex halts early and opens again in the evening. */
const HALTS: readonly (keyof typeof US_HOLIDAYS)[] = [
  'martinLutherKing',
  'washington',
  'memorial',
  'juneteenth',
  'independence',
  'labor',
  'thanksgiving',
];
const halts = (close: string, when: (rule: DayRule) => DayRule, names = HALTS): MarketRules['special'] =>
  names.map((holiday) => ({
    name: US_HOLIDAYS[holiday].name,
    days: when(US_HOLIDAYS[holiday].days),
    close,
  }));

const ORIGIN = [
  'CME Group: trading hours of the products and holiday calendar (cmegroup.com/trading-hours)',
  'CME Group notices: equity index close 16:15 (November 2012), 16:00 (September 2015), end of the 15:15 halt (June 2021)',
];
const TRADE_DATES =
  'The hours before a holiday’s halt form a session of their own; the clearing house books them to the next trade date.';

const OVERNIGHT = { open: '17:00', opensDayBefore: true } as const;

export const CME_EQUITY: MarketRules = {
  id: 'CME-EQUITY',
  name: 'CME Globex, equity index futures',
  zone: 'America/Chicago',
  weekdays: WEEKDAYS,
  years: [2013, 2035],
  hours: [
    { ...OVERNIGHT, breaks: [['15:15', '15:30']], close: '16:15' },
    { from: '2015-09-21', ...OVERNIGHT, breaks: [['15:15', '15:30']], close: '16:00' },
    { from: '2021-06-28', ...OVERNIGHT, close: '16:00' },
  ],
  closed: CLOSED,
  special: [
    { name: 'Good Friday with the employment report', days: reportFridays, close: '08:15' },
    { name: 'Day of mourning', days: listed('2018-12-05', '2025-01-09'), close: '08:30' },
    ...halts('10:30', (rule) => until(2013, rule)),
    ...halts('10:30', (rule) => between(2014, 2014, rule), ['martinLutherKing', 'washington']),
    ...halts('12:00', (rule) => since(2014, rule)),
    {
      name: 'Day before Independence Day',
      days: onlyOn([MONDAY, TUESDAY, WEDNESDAY, THURSDAY], on(7, 3)),
      close: '12:15',
    },
    { name: 'Day after Thanksgiving', days: dayAfterThanksgiving, close: '12:15' },
    { name: 'Christmas Eve', days: christmasEve, close: '12:15' },
  ],
  origin: ORIGIN,
  gaps: [
    TRADE_DATES,
    'Years before 2013 are not known. Whether the employment report falls on a Good Friday after 2026 is not known yet; halts of the market are not recorded.',
  ],
};

export const CME_FX: MarketRules = {
  id: 'CME-FX',
  name: 'CME Globex, currency futures',
  zone: 'America/Chicago',
  weekdays: WEEKDAYS,
  years: [2013, 2035],
  hours: [{ ...OVERNIGHT, close: '16:00' }],
  closed: CLOSED,
  special: [
    { name: 'Good Friday with the employment report', days: reportFridays, close: '10:15' },
    ...halts('12:00', (rule) => until(2021, rule)),
    { name: 'Day after Thanksgiving', days: dayAfterThanksgiving, close: '12:15' },
    { name: 'Christmas Eve', days: christmasEve, close: '12:15' },
  ],
  origin: ORIGIN,
  gaps: [
    TRADE_DATES,
    'Years before 2013 are not known. Holiday hours before 2020 are those that pandas_market_calendars states, unverified there too.',
  ],
};
