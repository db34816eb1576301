import { type DayNumber, parseDay, weekdayOf } from './day-number.ts';

/**
 * When a market trades, as plain data: what a calendar comes down to for a span of days, what a run file may say of a
 * market that no calendar knows, and what a manifest keeps so that a run can be repeated whatever calendars learn later.
 * Times are local, `HH:MM`; `24:00` is the midnight that ends the day.
 */
export interface SessionSchedule {
  /** Zone of the IANA database. */
  readonly zone: string;
  /** Days of the week that have sessions, 1 Monday to 7 Sunday. */
  readonly weekdays: readonly number[];
  /** In order of `from`; the first holds from the beginning. */
  readonly hours: readonly SessionHours[];
  /** Days without a session, `YYYY-MM-DD`, and why. Weekends need not be named. */
  readonly closed?: Readonly<Record<string, string>>;
  /** Days on which other hours hold. */
  readonly special?: Readonly<Record<string, SpecialHours>>;
}

export interface SessionHours {
  /** First day on which these hold, `YYYY-MM-DD`. */
  readonly from?: string;
  readonly open: string;
  /** Whether `open` lies on the day before the trading day, as at Globex. */
  readonly opensDayBefore?: boolean;
  readonly close: string;
  /** Stretches inside the session in which nothing trades, in order. */
  readonly breaks?: readonly (readonly [from: string, to: string])[];
  readonly openingAuction?: AuctionTimes;
  /** Stretch in which continuous trading gives way to an auction; orders meet at its end. */
  readonly intradayAuction?: readonly [from: string, to: string];
  readonly closingAuction?: AuctionTimes;
}

/** Minutes before (negative) or after the open or close to which the auction belongs. */
export interface AuctionTimes {
  /** Orders are gathered from here on. */
  readonly from: number;
  /** Orders meet, at the earliest. */
  readonly uncross: number;
  /** Its price has been printed by here, extensions included; behind a close, bars up to it belong to the session. */
  readonly latest: number;
}

export interface SpecialHours {
  readonly open?: string;
  readonly close?: string;
  /** Why. */
  readonly name: string;
}

/** Minutes since midnight of `HH:MM`, 0 to 1440. Throws a RangeError for anything else. */
export function minutesOf(time: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  const minutes = Number(match?.[1]) * 60 + Number(match?.[2]);
  if (match === null || Number(match[2]) > 59 || minutes > 1440) {
    throw new RangeError(`"${time}" is not a time of day such as 09:30`);
  }
  return minutes;
}

export const timeText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The hours that hold on a day, its special ones applied; null where there is no session. */
export interface DayHours {
  /** Minutes of the local trading day; negative on the day before. */
  readonly open: number;
  readonly close: number;
  readonly breaks: readonly (readonly [number, number])[];
  readonly openingAuction: AuctionTimes | null;
  readonly intradayAuction: readonly [number, number] | null;
  readonly closingAuction: AuctionTimes | null;
  readonly isEarlyClose: boolean;
  readonly isLateOpen: boolean;
}

/** A schedule made ready to be asked day by day. Throws a RangeError for times and days that do not exist. */
export function hoursByDay(schedule: SessionSchedule): (day: DayNumber) => DayHours | null {
  const periods = schedule.hours.map((hours) => ({
    from: hours.from === undefined ? Number.NEGATIVE_INFINITY : parseDay(hours.from),
    hours: regularHours(hours),
  }));
  if (periods.length === 0) throw new RangeError('A schedule needs hours');
  const isTradingDay = Array.from({ length: 8 }, (_, weekday) => schedule.weekdays.includes(weekday));
  const closed = new Set(Object.keys(schedule.closed ?? {}).map(parseDay));
  const special = new Map(
    Object.entries(schedule.special ?? {}).map(([day, hours]) => [parseDay(day), hours]),
  );
  return (day) => {
    if (!isTradingDay[weekdayOf(day)] || closed.has(day)) return null;
    const { hours } = periods.findLast(({ from }) => from <= day) ?? periods[0]!;
    const other = special.get(day);
    return other === undefined ? hours : specialHours(hours, other);
  };
}

function regularHours(regular: SessionHours): DayHours {
  const { open, opensDayBefore = false, close, breaks = [] } = regular;
  const { openingAuction = null, intradayAuction = null, closingAuction = null } = regular;
  const opens = minutesOf(open) - (opensDayBefore ? 1440 : 0);
  const closes = minutesOf(close);
  if (opens >= closes) throw new RangeError(`A session cannot open at ${open} and close at ${close}`);
  // At an overnight market, times of day later than its close lie before midnight.
  const place = (time: string) =>
    opensDayBefore && minutesOf(time) > closes ? minutesOf(time) - 1440 : minutesOf(time);
  const stretches = breaks.map(([from, to]) => [place(from), place(to)] as const);
  let last = opens;
  for (const [from, to] of stretches) {
    if (from <= last || to <= from || to >= closes) {
      throw new RangeError(`A session from ${open} to ${close} cannot have its breaks in this order`);
    }
    last = to;
  }
  return {
    open: opens,
    close: closes,
    breaks: stretches,
    openingAuction,
    intradayAuction: intradayAuction === null ? null : [place(intradayAuction[0]), place(intradayAuction[1])],
    closingAuction,
    isEarlyClose: false,
    isLateOpen: false,
  };
}

function specialHours(hours: DayHours, { open, close }: SpecialHours): DayHours {
  const opens = open === undefined ? hours.open : minutesOf(open);
  const closes = close === undefined ? hours.close : minutesOf(close);
  return {
    ...hours,
    open: opens,
    close: closes,
    breaks: hours.breaks.filter(([from, to]) => from > opens && to < closes),
    isEarlyClose: closes < hours.close,
    isLateOpen: opens > hours.open,
  };
}
