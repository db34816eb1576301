import {
  EARLY_CLOSE,
  isTrading,
  LATE_OPEN,
  type SessionTable,
  sessionAfter,
  sessionAt,
  sessionsOf,
} from '../market/session-table.ts';
import { instantOfLocal } from '../market/zone-offset.ts';
import { buildSessionTable } from './build-table.ts';
import { DAY_MILLISECONDS, type DayNumber, dayNumber, dayText, weekdayOf } from './day-number.ts';
import { hoursText } from './hours-text.ts';
import type { MarketRules } from './market-rules.ts';
import { type AuctionTimes, hoursByDay, type SessionSchedule, type SpecialHours } from './schedule.ts';

/** One session; instants are epoch milliseconds UTC, ends exclusive. */
export interface Session {
  /** Number of the session in its calendar, from 0. */
  readonly index: number;
  /** Trading day in local time, `YYYY-MM-DD`: that of the close where a session opens the evening before. */
  readonly day: string;
  readonly open: number;
  readonly close: number;
  readonly breaks: readonly (readonly [from: number, to: number])[];
  readonly isEarlyClose: boolean;
  readonly isLateOpen: boolean;
  readonly auctions: readonly Auction[];
}

export interface Auction {
  readonly kind: 'opening' | 'intraday' | 'closing';
  /** Orders are gathered from here on. */
  readonly from: number;
  /** They meet, at the earliest. */
  readonly uncross: number;
  /** The price has been printed by here, extensions included. */
  readonly latest: number;
}

/** A weekday without a session, or one with other hours, and why. */
export interface Exception {
  readonly day: string;
  readonly name: string;
  readonly open: string | null;
  readonly close: string | null;
  readonly isClosed: boolean;
}

const MINUTE = 60_000;

/** When a market trades. Sessions are worked out once, when first asked for, for all the years that are known. */
export class TradingCalendar {
  readonly #rules: MarketRules;
  #wholeSchedule: SessionSchedule | null = null;
  #table: SessionTable | null = null;
  #hoursOn: ReturnType<typeof hoursByDay> | null = null;

  constructor(rules: MarketRules) {
    this.#rules = rules;
  }

  get id(): string {
    return this.#rules.id;
  }
  get name(): string {
    return this.#rules.name;
  }
  /** Zone of the IANA database. */
  get zone(): string {
    return this.#rules.zone;
  }
  /** First and last day for which holidays are known, `YYYY-MM-DD`. */
  get from(): string {
    return dayText(this.#firstDay);
  }
  get to(): string {
    return dayText(this.#lastDay);
  }
  /** Whether its sessions are just the days of UTC. */
  get neverCloses(): boolean {
    const { zone, weekdays, hours } = this.#rules;
    return (
      zone === 'UTC' &&
      weekdays.length === 7 &&
      hours.every(({ open, close }) => open === '00:00' && close === '24:00')
    );
  }
  /** The hours of today, in words. */
  get hours(): string {
    return hoursText(this.#rules.hours.at(-1)!);
  }
  get origin(): readonly string[] {
    return this.#rules.origin;
  }
  get gaps(): readonly string[] {
    return this.#rules.gaps;
  }
  /** All sessions as columns. */
  get table(): SessionTable {
    this.#table ??= buildSessionTable(this.#schedule, this.#firstDay, this.#lastDay);
    return this.#table;
  }

  /** Sessions that lie, wholly or in part, between two instants (`to` exclusive), closing auctions included. */
  sessions(from: number, to: number): Session[] {
    const { table } = this;
    const sessions: Session[] = [];
    for (let i = sessionAfter(table, from); i < table.length && table.open[i]! < to; i++) {
      sessions.push(this.session(i));
    }
    return sessions;
  }

  /** The session of that number. Throws a RangeError for one that is not known. */
  session(index: number): Session {
    const { day, open, close, flags, firstStretch, stretchStart, stretchEnd, length } = this.table;
    if (!(index >= 0 && index < length)) throw new RangeError(`${this.id} has no session ${index}`);
    const breaks: [number, number][] = [];
    for (let i = firstStretch[index]!; i + 1 < firstStretch[index + 1]!; i++) {
      breaks.push([stretchEnd[i]!, stretchStart[i + 1]!]);
    }
    return {
      index,
      day: dayText(day[index]!),
      open: open[index]!,
      close: close[index]!,
      breaks,
      isEarlyClose: (flags[index]! & EARLY_CLOSE) !== 0,
      isLateOpen: (flags[index]! & LATE_OPEN) !== 0,
      auctions: this.#auctions(index),
    };
  }

  /** Whether the market trades: inside a session and outside its breaks; auctions behind the close are left out. */
  isOpen(time: number): boolean {
    return isTrading(this.table, time);
  }

  /** The session that an instant lies in, breaks and closing auction included; null outside. */
  sessionAt(time: number): Session | null {
    const index = sessionAt(this.table, time);
    return index < 0 ? null : this.session(index);
  }

  /** The first open behind an instant; null where no later session is known. */
  nextOpen(time: number): number | null {
    const { open, length } = this.table;
    let index = sessionAfter(this.table, time);
    while (index < length && open[index]! <= time) index++;
    return open[index] ?? null;
  }

  /** The last close at or before an instant; null where no earlier session is known. */
  previousClose(time: number): number | null {
    return this.table.close[sessionAfter(this.table, time) - 1] ?? null;
  }

  /** By bar: number of the session that it belongs to (breaks and closing auction included), -1 outside. Times ascend. */
  sessionIndexOf(time: Float64Array): Int32Array {
    return sessionsOf(this.table, time);
  }

  /** How many bars of `interval` milliseconds a session has if none is missing, auctions behind the close left out. */
  expectedBars({ index }: Session, interval: number): number {
    const { firstStretch, stretchStart, stretchEnd } = this.table;
    let bars = 0;
    for (let i = firstStretch[index]!; i < firstStretch[index + 1]!; i++) {
      bars += Math.ceil((stretchEnd[i]! - stretchStart[i]!) / interval);
    }
    return bars;
  }

  /** Holidays and days with other hours between two days, both inclusive. */
  exceptions(from: DayNumber, to: DayNumber): Exception[] {
    const { closed = {}, special = {} } = this.schedule(from, to);
    return [
      ...Object.entries(closed).map(([day, name]) => ({
        day,
        name,
        open: null,
        close: null,
        isClosed: true,
      })),
      ...Object.entries(special).map(([day, { name, open = null, close = null }]) => ({
        day,
        name,
        open,
        close,
        isClosed: false,
      })),
    ].sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  /** The calendar as plain data for the trading days `from` to `to`, both inclusive. */
  schedule(from: DayNumber, to: DayNumber): SessionSchedule {
    const schedule = this.#schedule;
    const [first, last] = [dayText(from), dayText(to)];
    const within = <Value>(days: Readonly<Record<string, Value>>) =>
      Object.fromEntries(Object.entries(days).filter(([day]) => day >= first && day <= last));
    const hours = schedule.hours.filter(
      ({ from: start = '' }, i) => start <= last && (schedule.hours[i + 1]?.from ?? '9999') > first,
    );
    return { ...schedule, hours, closed: within(schedule.closed!), special: within(schedule.special!) };
  }

  get #firstDay(): DayNumber {
    return dayNumber(this.#rules.years[0], 1, 1);
  }
  get #lastDay(): DayNumber {
    return dayNumber(this.#rules.years[1], 12, 31);
  }

  get #schedule(): SessionSchedule {
    this.#wholeSchedule ??= scheduleOf(this.#rules);
    return this.#wholeSchedule;
  }

  #auctions(index: number): Auction[] {
    const { day, open, close, offsetAt } = this.table;
    this.#hoursOn ??= hoursByDay(this.#schedule);
    const hours = this.#hoursOn(day[index]!)!;
    const relative = (kind: Auction['kind'], time: number, auction: AuctionTimes | null): Auction[] =>
      auction === null
        ? []
        : [
            {
              kind,
              from: time + auction.from * MINUTE,
              uncross: time + auction.uncross * MINUTE,
              latest: time + auction.latest * MINUTE,
            },
          ];
    const local = (minutes: number) =>
      instantOfLocal(offsetAt, day[index]! * DAY_MILLISECONDS + minutes * MINUTE);
    const { openingAuction, intradayAuction, closingAuction } = hours;
    const intraday = intradayAuction?.map(local) ?? [];
    return [
      ...relative('opening', open[index]!, openingAuction),
      ...(intraday.length === 2 && intraday[1]! < close[index]!
        ? [{ kind: 'intraday' as const, from: intraday[0]!, uncross: intraday[1]!, latest: intraday[1]! }]
        : []),
      ...relative('closing', close[index]!, closingAuction),
    ];
  }
}

function scheduleOf({ zone, weekdays, years, hours, closed, special }: MarketRules): SessionSchedule {
  const closures: [string, string][] = [];
  const specials: [string, SpecialHours][] = [];
  const isTradingDay = (day: DayNumber) => weekdays.includes(weekdayOf(day));
  for (let year = years[0]; year <= years[1]; year++) {
    for (const { name, days } of closed) {
      for (const day of days(year)) if (isTradingDay(day)) closures.push([dayText(day), name]);
    }
    for (const { days, ...other } of special) {
      for (const day of days(year)) if (isTradingDay(day)) specials.push([dayText(day), other]);
    }
  }
  const closedDays = inOrder(closures);
  return {
    zone,
    weekdays,
    hours,
    closed: closedDays,
    special: inOrder(specials.filter(([day]) => !Object.hasOwn(closedDays, day))),
  };
}

/** By day, in order; where several rules name a day, the first one stands. */
function inOrder<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  const days = new Map<string, Value>();
  for (const [day, value] of entries) if (!days.has(day)) days.set(day, value);
  return Object.fromEntries([...days].sort(([a], [b]) => (a < b ? -1 : 1)));
}
