import { type DayNumber, parseDay } from '../day-number.ts';

/** Festivals of the Chinese calendar in a year, as days of ours. */
export interface LunarFestivals {
  readonly newYear: DayNumber;
  readonly qingming: DayNumber;
  readonly buddha: DayNumber;
  readonly dragonBoat: DayNumber;
  readonly midAutumn: DayNumber;
  readonly doubleNinth: DayNumber;
}

// Hong Kong Observatory, Gregorian-Lunar calendar conversion tables. Year, lunar New Year (1st of the 1st month), Qingming
// (a solar term), Buddha's birthday (8th of the 4th), dragon boat (5th of the 5th), mid-autumn (15th of the 8th), double
// ninth (9th of the 9th).
const TABLE = `
1990 01-27 04-05 05-02 05-28 10-03 10-26
1991 02-15 04-05 05-21 06-16 09-22 10-16
1992 02-04 04-04 05-10 06-05 09-11 10-04
1993 01-23 04-05 05-28 06-24 09-30 10-23
1994 02-10 04-05 05-18 06-13 09-20 10-13
1995 01-31 04-05 05-07 06-02 09-09 11-01
1996 02-19 04-04 05-24 06-20 09-27 10-20
1997 02-07 04-05 05-14 06-09 09-16 10-10
1998 01-28 04-05 05-03 05-30 10-05 10-28
1999 02-16 04-05 05-22 06-18 09-24 10-17
2000 02-05 04-04 05-11 06-06 09-12 10-06
2001 01-24 04-05 04-30 06-25 10-01 10-25
2002 02-12 04-05 05-19 06-15 09-21 10-14
2003 02-01 04-05 05-08 06-04 09-11 10-04
2004 01-22 04-04 05-26 06-22 09-28 10-22
2005 02-09 04-05 05-15 06-11 09-18 10-11
2006 01-29 04-05 05-05 05-31 10-06 10-30
2007 02-18 04-05 05-24 06-19 09-25 10-19
2008 02-07 04-04 05-12 06-08 09-14 10-07
2009 01-26 04-04 05-02 05-28 10-03 10-26
2010 02-14 04-05 05-21 06-16 09-22 10-16
2011 02-03 04-05 05-10 06-06 09-12 10-05
2012 01-23 04-04 04-28 06-23 09-30 10-23
2013 02-10 04-04 05-17 06-12 09-19 10-13
2014 01-31 04-05 05-06 06-02 09-08 10-02
2015 02-19 04-05 05-25 06-20 09-27 10-21
2016 02-08 04-04 05-14 06-09 09-15 10-09
2017 01-28 04-04 05-03 05-30 10-04 10-28
2018 02-16 04-05 05-22 06-18 09-24 10-17
2019 02-05 04-05 05-12 06-07 09-13 10-07
2020 01-25 04-04 04-30 06-25 10-01 10-25
2021 02-12 04-04 05-19 06-14 09-21 10-14
2022 02-01 04-05 05-08 06-03 09-10 10-04
2023 01-22 04-05 05-26 06-22 09-29 10-23
2024 02-10 04-04 05-15 06-10 09-17 10-11
2025 01-29 04-04 05-05 05-31 10-06 10-29
2026 02-17 04-05 05-24 06-19 09-25 10-18
2027 02-06 04-05 05-13 06-09 09-15 10-08
2028 01-26 04-04 05-02 05-28 10-03 10-26
2029 02-13 04-04 05-20 06-16 09-22 10-16
2030 02-03 04-05 05-09 06-05 09-12 10-05
2031 01-23 04-05 05-28 06-24 10-01 10-24
2032 02-11 04-04 05-16 06-12 09-19 10-12
2033 01-31 04-04 05-06 06-01 09-08 10-01
2034 02-19 04-05 04-26 05-22 08-28 09-21
2035 02-08 04-05 05-15 06-10 09-16 10-09`;

const festivals = new Map<number, LunarFestivals>(
  TABLE.trim()
    .split('\n')
    .map((line) => {
      const [year, ...days] = line.split(' ');
      const [newYear, qingming, buddha, dragonBoat, midAutumn, doubleNinth] = days.map((day) =>
        parseDay(`${year}-${day}`),
      ) as [number, number, number, number, number, number];
      return [Number(year), { newYear, qingming, buddha, dragonBoat, midAutumn, doubleNinth }];
    }),
);

/** Known for 1990 to 2035. Throws a RangeError for other years. */
export function lunarFestivals(year: number): LunarFestivals {
  const found = festivals.get(year);
  if (found === undefined) throw new RangeError(`The Chinese festivals of ${year} are not known`);
  return found;
}
