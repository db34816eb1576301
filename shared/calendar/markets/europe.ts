import { FRIDAY } from '../day-number.ts';
import { all, between, easter, firstFrom, observed, on, since, until, weekendToMonday } from '../day-rule.ts';
import { type MarketRules, WEEKDAYS } from '../market-rules.ts';

const NEW_YEAR = { name: 'New Year’s Day', days: on(1, 1) };
const GOOD_FRIDAY = { name: 'Good Friday', days: easter(-2) };
const EASTER_MONDAY = { name: 'Easter Monday', days: easter(1) };
const LABOUR_DAY = { name: 'Labour Day', days: on(5, 1) };
const CHRISTMAS_EVE = { name: 'Christmas Eve', days: on(12, 24) };
const CHRISTMAS = { name: 'Christmas Day', days: on(12, 25) };
const BOXING_DAY = { name: 'St Stephen’s Day', days: on(12, 26) };
const NEW_YEARS_EVE = { name: 'New Year’s Eve', days: on(12, 31) };

const OPENING = { from: -60, uncross: 0, latest: 1 } as const;
const BEFORE_2000 = 'Years before 2000 are not known.';

export const XSWX: MarketRules = {
  id: 'XSWX',
  name: 'SIX Swiss Exchange',
  zone: 'Europe/Zurich',
  weekdays: WEEKDAYS,
  years: [2000, 2035],
  hours: [
    {
      open: '09:00',
      close: '17:30',
      openingAuction: OPENING,
      closingAuction: { from: -10, uncross: 0, latest: 10 },
    },
  ],
  closed: [
    NEW_YEAR,
    { name: 'Berchtold’s Day', days: on(1, 2) },
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    { name: 'Ascension Day', days: easter(39) },
    { name: 'Whit Monday', days: easter(50) },
    { name: 'Swiss National Day', days: on(8, 1) },
    CHRISTMAS_EVE,
    CHRISTMAS,
    BOXING_DAY,
    NEW_YEARS_EVE,
  ],
  special: [],
  origin: ['SIX Swiss Exchange: trading calendar and trading hours'],
  gaps: [`${BEFORE_2000} Early closes are not recorded.`],
};

export const XMIL: MarketRules = {
  id: 'XMIL',
  name: 'Borsa Italiana (Euronext Milan)',
  zone: 'Europe/Rome',
  weekdays: WEEKDAYS,
  years: [2000, 2035],
  hours: [
    {
      open: '09:00',
      close: '17:30',
      openingAuction: OPENING,
      closingAuction: { from: 0, uncross: 5, latest: 10 },
    },
  ],
  closed: [
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    { name: 'Assumption Day', days: on(8, 15) },
    CHRISTMAS_EVE,
    CHRISTMAS,
    BOXING_DAY,
    NEW_YEARS_EVE,
  ],
  special: [],
  origin: ['Borsa Italiana: stock market trading calendar; Euronext Milan trading hours'],
  gaps: [`${BEFORE_2000} Evening trading (until 20:30) is outside the session.`],
};

export const XMAD: MarketRules = {
  id: 'XMAD',
  name: 'Bolsa de Madrid',
  zone: 'Europe/Madrid',
  weekdays: WEEKDAYS,
  years: [2000, 2035],
  hours: [
    {
      open: '09:00',
      close: '17:30',
      openingAuction: { from: -30, uncross: 0, latest: 1 },
      closingAuction: { from: 0, uncross: 5, latest: 6 },
    },
  ],
  closed: [
    NEW_YEAR,
    { name: 'Epiphany', days: until(2006, on(1, 6)) },
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    { name: 'Assumption Day', days: until(2004, observed(weekendToMonday, on(8, 15))) },
    { name: 'National Day', days: until(2004, on(10, 12)) },
    { name: 'All Saints’ Day', days: until(2004, on(11, 1)) },
    { name: 'Constitution Day', days: until(2004, on(12, 6)) },
    { name: 'Immaculate Conception', days: until(2004, on(12, 8)) },
    { name: 'Christmas Eve', days: all(until(2010, on(12, 24)), between(2021, 2023, on(12, 24))) },
    CHRISTMAS,
    BOXING_DAY,
    { name: 'New Year’s Eve', days: all(until(2010, on(12, 31)), between(2021, 2023, on(12, 31))) },
  ],
  special: [
    {
      name: 'Christmas Eve',
      days: all(between(2012, 2020, on(12, 24)), since(2024, on(12, 24))),
      close: '14:00',
    },
    {
      name: 'New Year’s Eve',
      days: all(between(2012, 2020, on(12, 31)), since(2024, on(12, 31))),
      close: '14:00',
    },
  ],
  origin: ['Bolsas y Mercados Españoles: trading calendar and trading hours'],
  gaps: [
    `${BEFORE_2000} Holidays before 2007 are taken from exchange_calendars’ list of what the exchange observed.`,
  ],
};

export const XSTO: MarketRules = {
  id: 'XSTO',
  name: 'Nasdaq Stockholm',
  zone: 'Europe/Stockholm',
  weekdays: WEEKDAYS,
  years: [2000, 2035],
  hours: [
    {
      open: '09:00',
      close: '17:30',
      openingAuction: { from: -60, uncross: 0, latest: 1 },
      closingAuction: { from: -5, uncross: 0, latest: 1 },
    },
  ],
  closed: [
    NEW_YEAR,
    { name: 'Epiphany', days: on(1, 6) },
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    { name: 'Ascension Day', days: easter(39) },
    { name: 'Whit Monday', days: until(2004, easter(50)) },
    { name: 'National Day', days: since(2005, on(6, 6)) },
    { name: 'Midsummer Eve', days: firstFrom(FRIDAY, 6, 19) },
    CHRISTMAS_EVE,
    CHRISTMAS,
    BOXING_DAY,
    NEW_YEARS_EVE,
  ],
  special: [
    { name: 'Eve of Epiphany', days: on(1, 5), close: '13:00' },
    { name: 'Maundy Thursday', days: easter(-3), close: '13:00' },
    { name: 'Walpurgis Night', days: on(4, 30), close: '13:00' },
    { name: 'Eve of Ascension Day', days: easter(38), close: '13:00' },
    { name: 'All Saints’ Eve', days: firstFrom(FRIDAY, 10, 30), close: '13:00' },
  ],
  origin: ['Nasdaq Nordic: trading hours and trading calendar; Swedish Act 1989:253 on public holidays'],
  gaps: [BEFORE_2000],
};
