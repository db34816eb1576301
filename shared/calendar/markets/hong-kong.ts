import {
  type DayNumber,
  dayNumber,
  easterSunday,
  MONDAY,
  nthWeekday,
  SATURDAY,
  SUNDAY,
  weekdayOf,
} from '../day-number.ts';
import {
  between,
  type DayRule,
  easter,
  listed,
  nth,
  observed,
  on,
  since,
  sundayToMonday,
  until,
} from '../day-rule.ts';
import { type MarketRules, WEEKDAYS } from '../market-rules.ts';
import { type LunarFestivals, lunarFestivals } from './lunar-festivals.ts';

const mondayOf = (day: DayNumber) => (weekdayOf(day) === SUNDAY ? day + 1 : day);
const festival =
  (name: keyof LunarFestivals): DayRule =>
  (year) => [mondayOf(lunarFestivals(year)[name])];

/** Three days; one that falls on a Sunday is made good: by the eve until 2012, by the fourth day since (Ordinance of 2011). */
const lunarNewYear: DayRule = (year) => {
  const { newYear } = lunarFestivals(year);
  const days = [newYear, newYear + 1, newYear + 2];
  if (!days.some((day) => weekdayOf(day) === SUNDAY)) return days;
  if (year >= 2013) return [...days, newYear + 3];
  return [...days, newYear - 1];
};

/** A day later where Easter Monday has the day already. */
const qingming: DayRule = (year) => {
  const day = mondayOf(lunarFestivals(year).qingming);
  return [day === easterSunday(year) + 1 ? day + 1 : day];
};

/** The day after mid-autumn; a day later where National Day has it already. */
const afterMidAutumn: DayRule = (year) => {
  const day = lunarFestivals(year).midAutumn + 1;
  return [day === dayNumber(year, 10, 1) ? day + 1 : day];
};

/** Christmas and the weekday after it; where one falls on a Sunday, the next weekday makes it good. */
const christmas: DayRule = (year) => {
  const day = dayNumber(year, 12, 25);
  const isWeekend = weekdayOf(day) === SUNDAY || weekdayOf(day) === SATURDAY;
  return [day, day + 1, ...(isWeekend ? [day + 2] : [])];
};

const queensBirthday: DayRule = (year) => [
  nthWeekday(year, 6, MONDAY, year === 1993 || year === 1994 ? 2 : 3),
];

const lunarNewYearsEve: DayRule = (year) => [lunarFestivals(year).newYear - 1];

const OPENING = { from: -30, uncross: -10, latest: 0 } as const;

export const XHKG: MarketRules = {
  id: 'XHKG',
  name: 'Hong Kong Exchange',
  zone: 'Asia/Hong_Kong',
  weekdays: WEEKDAYS,
  years: [1990, 2035],
  hours: [
    { open: '10:00', breaks: [['12:30', '14:30']], close: '15:30' },
    { from: '1996-01-02', open: '10:00', breaks: [['12:30', '14:30']], close: '16:00' },
    {
      from: '2011-03-07',
      open: '09:30',
      breaks: [['12:00', '13:30']],
      close: '16:00',
      openingAuction: OPENING,
    },
    {
      from: '2012-03-05',
      open: '09:30',
      breaks: [['12:00', '13:00']],
      close: '16:00',
      openingAuction: OPENING,
    },
    {
      from: '2016-07-25',
      open: '09:30',
      breaks: [['12:00', '13:00']],
      close: '16:00',
      openingAuction: OPENING,
      closingAuction: { from: 0, uncross: 8, latest: 11 },
    },
  ],
  closed: [
    { name: 'New Year’s Day', days: observed(sundayToMonday, on(1, 1)) },
    { name: 'Lunar New Year', days: lunarNewYear },
    { name: 'Ching Ming Festival', days: qingming },
    { name: 'Good Friday', days: easter(-2) },
    { name: 'Easter Monday', days: easter(1) },
    { name: 'Labour Day', days: since(1999, observed(sundayToMonday, on(5, 1))) },
    { name: 'Buddha’s Birthday', days: since(1999, festival('buddha')) },
    { name: 'Dragon Boat Festival', days: festival('dragonBoat') },
    { name: 'Queen’s Birthday', days: until(1996, queensBirthday) },
    { name: 'Queen’s Birthday', days: listed('1991-06-18', '1994-06-14', '1997-06-30') },
    { name: 'Establishment Day', days: since(1997, observed(sundayToMonday, on(7, 1))) },
    { name: 'Establishment Day', days: listed('1997-07-02') },
    { name: 'Liberation Day', days: until(1996, nth(-1, MONDAY, 8)) },
    { name: 'Victory in the war of resistance', days: listed('1997-08-18', '1998-08-17', '2015-09-03') },
    { name: 'National Day', days: since(1997, observed(sundayToMonday, on(10, 1))) },
    { name: 'National Day', days: listed('1997-10-02', '1998-10-02') },
    { name: 'Day after the Mid-Autumn Festival', days: afterMidAutumn },
    { name: 'Day after the Mid-Autumn Festival', days: listed('2012-10-02', '2022-09-12') },
    { name: 'Chung Yeung Festival', days: festival('doubleNinth') },
    { name: 'Christmas', days: christmas },
    { name: 'Ching Ming Festival', days: listed('1999-04-06', '2010-04-06', '2015-04-07') },
    { name: 'Eve of 2000', days: listed('1999-12-31') },
    {
      name: 'Severe weather',
      days: listed(
        '1992-07-22',
        '1993-09-17',
        '1999-09-16',
        '2001-07-06',
        '2001-07-25',
        '2008-08-06',
        '2008-08-22',
        '2011-09-29',
        '2013-08-14',
        '2016-08-02',
        '2016-10-21',
        '2017-08-23',
        '2020-10-13',
        '2021-10-13',
        '2023-07-17',
        '2023-09-01',
        '2023-09-08',
        '2024-09-06',
      ),
    },
  ],
  special: [
    {
      name: 'Eve of the Lunar New Year',
      days: between(2013, 2035, lunarNewYearsEve),
      close: '12:00',
    },
    { name: 'Christmas Eve', days: until(2010, on(12, 24)), close: '12:30' },
    { name: 'Christmas Eve', days: since(2011, on(12, 24)), close: '12:00' },
    { name: 'New Year’s Eve', days: until(2010, on(12, 31)), close: '12:30' },
    { name: 'New Year’s Eve', days: since(2011, on(12, 31)), close: '12:00' },
    { name: 'Severe weather in the morning', days: listed('2008-06-25', '2009-09-15'), open: '14:30' },
    {
      name: 'Severe weather in the morning',
      days: listed('2012-07-24', '2013-05-22', '2013-09-23', '2014-09-16'),
      open: '13:00',
    },
    { name: 'Severe weather in the morning', days: listed('2023-10-09'), open: '14:00' },
  ],
  origin: [
    'Holidays Ordinance (Cap. 149) and General Holidays lists of the Government of Hong Kong (gov.hk)',
    'Hong Kong Observatory: Gregorian-Lunar calendar conversion tables',
    'HKEX: trading hours, holiday schedule, severe weather arrangements',
  ],
  gaps: [
    'Mornings and afternoons lost to severe weather are incomplete before 2023. Since 23 September 2024 trading goes on in severe weather.',
    'The Buddha’s Birthday is a holiday since 1999; exchange_calendars closes it from 1990 on.',
    'Hours before 1996 and the closing auction of May 2008 to March 2009 are approximate.',
    'Holidays from 2027 on follow the ordinance; the lists are published a year ahead.',
  ],
};
