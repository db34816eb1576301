import { localClock } from '../local-clock.ts';
import { mostCommon } from './field-kind.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOTHING_TRADES = 30 * MINUTE;
/** Some closing auctions are stamped so many minutes behind the close. */
const AUCTION = 6;
/** A share that trades little has its first bar so many minutes behind the open. */
const NEAR = 15;
const MOST = 0.6;

/** Regular hours of the markets whose bars people import, in minutes of the local day; `pause`: nothing trades in it. */
interface Session {
  readonly name: string;
  readonly zone: string;
  readonly open: number;
  readonly close: number;
  readonly pause?: readonly [from: number, to: number];
}
const at = (hours: number, minutes = 0) => hours * 60 + minutes;
const SESSIONS: readonly Session[] = [
  { name: 'New York', zone: 'America/New_York', open: at(9, 30), close: at(16) },
  { name: 'New York with extended hours', zone: 'America/New_York', open: at(4), close: at(20) },
  { name: 'London', zone: 'Europe/London', open: at(8), close: at(16, 30) },
  { name: 'Frankfurt and Paris', zone: 'Europe/Berlin', open: at(9), close: at(17, 30) },
  { name: 'Eurex futures', zone: 'Europe/Berlin', open: at(9), close: at(22) },
  { name: 'Eurex futures', zone: 'Europe/Berlin', open: at(8), close: at(22) },
  { name: 'Tokyo', zone: 'Asia/Tokyo', open: at(9), close: at(15), pause: [at(11, 40), at(12, 30)] },
  { name: 'Tokyo', zone: 'Asia/Tokyo', open: at(9), close: at(15, 30), pause: [at(11, 40), at(12, 30)] },
  { name: 'Hong Kong', zone: 'Asia/Hong_Kong', open: at(9, 30), close: at(16), pause: [at(12, 5), at(13)] },
  { name: 'Shanghai', zone: 'Asia/Shanghai', open: at(9, 30), close: at(15), pause: [at(11, 35), at(13)] },
  { name: 'Mumbai', zone: 'Asia/Kolkata', open: at(9, 15), close: at(15, 30) },
  { name: 'Sydney', zone: 'Australia/Sydney', open: at(10), close: at(16) },
];

export interface SessionsSeen {
  /** Zone in which the times seem to stand; null where they tell nothing. */
  readonly zone: string | null;
  readonly zoneWhy: string;
  /** Null where they tell nothing. */
  readonly stamp: 'start' | 'end' | null;
  readonly stampWhy: string;
}

/**
 * What the times of day at which bars begin and end tell about zone and stamps. `series`: local times of one ticker each,
 * ascending; `interval` in milliseconds.
 */
export function sessionsSeen(series: readonly (readonly number[])[], interval: number): SessionsSeen {
  const edges = edgesOf(series, interval);
  const stamp = stampOf(edges, interval);
  if (interval >= DAY) return { ...stamp, zone: null, zoneWhy: '' };
  if (isAroundTheClock(series, interval)) return { ...stamp, ...roundTheClock(series) };
  const known = knownSession(series, interval);
  if (known === null) return { ...stamp, zone: null, zoneWhy: '' };
  const { session, isUtc, isEnd } = known;
  const days = daysOf(series);
  const opens = clock(mostCommon(days.map((day) => day.first))!.value);
  const closes = clock(mostCommon(days.map((day) => day.last))!.value);
  return {
    zone: isUtc ? 'UTC' : session.zone,
    zoneWhy: `bars run from ${opens} to ${closes}, the hours of ${session.name}${isUtc ? ' in UTC' : ''}`,
    stamp: isEnd ? 'end' : 'start',
    stampWhy: `most days begin at ${opens} and end at ${closes}`,
  };
}

interface Edges {
  /** Times behind, and ahead of, a stretch without bars. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function edgesOf(series: readonly (readonly number[])[], interval: number): Edges {
  const starts: number[] = [];
  const ends: number[] = [];
  const gap = Math.max(NOTHING_TRADES, 3 * interval);
  for (const times of series) {
    times.forEach((time, index) => {
      const before = times[index - 1];
      if (before !== undefined && time - before > gap) {
        ends.push(before);
        starts.push(time);
      }
    });
    // A single day has its edges at the ends of what there is.
    if (starts.length === 0 && times.length > 30) {
      starts.push(times[0]!);
      ends.push(times.at(-1)!);
    }
  }
  return { starts, ends };
}

/** Trading begins and ends on whole half hours: a first stamp one bar later is a bar's end. */
function stampOf({ starts, ends }: Edges, interval: number): Pick<SessionsSeen, 'stamp' | 'stampWhy'> {
  const half = 30 * MINUTE;
  const none = { stamp: null, stampWhy: '' } as const;
  if (interval >= half || half % interval !== 0 || starts.length < 2) return none;
  const share = (times: readonly number[], rest: number) =>
    times.filter((time) => ((time % half) + half) % half === rest).length / times.length;
  const first = clock(mostCommon(starts.map(minuteOfDay))!.value);
  const last = clock(mostCommon(ends.map(minuteOfDay))!.value);
  const why = `most stretches of bars begin at ${first} and end at ${last}`;
  if (share(starts, interval) >= MOST && share(ends, 0) >= MOST) return { stamp: 'end', stampWhy: why };
  if (share(starts, 0) >= MOST && share(ends, half - interval) >= MOST)
    return { stamp: 'start', stampWhy: why };
  return none;
}

interface KnownSession {
  readonly session: Session;
  readonly isUtc: boolean;
  readonly isEnd: boolean;
}

/** The session whose hours the days keep to; null where none fits. */
function knownSession(series: readonly (readonly number[])[], interval: number): KnownSession | null {
  let best: (KnownSession & { readonly share: number }) | null = null;
  for (const session of SESSIONS) {
    for (const isUtc of [false, true]) {
      const local = isUtc ? series.map((times) => inZone(times, session.zone)) : series;
      const days = daysOf(local);
      if (days.length === 0 || !keepsPause(local, session)) continue;
      for (const isEnd of [false, true]) {
        const share = shareOfDays(days, session, isEnd, interval);
        if (share > (best?.share ?? 0)) best = { session, isUtc, isEnd, share };
      }
    }
  }
  return best;
}

/** Times of UTC as a clock of the zone shows them; none where that makes no difference. */
function inZone(times: readonly number[], zone: string): number[] {
  const clock = localClock(zone);
  const shifted = times.map((time) => time + clock.offsetOfDay(Math.floor(time / DAY) * DAY));
  return shifted.filter((time, index) => !Number.isNaN(time) && time !== times[index]);
}

/** First and last minute of each day; days at the ends, which may be cut, only where there are few. */
function daysOf(series: readonly (readonly number[])[]): { first: number; last: number }[] {
  return series.flatMap((times) => {
    const days = new Map<number, { first: number; last: number }>();
    for (const time of times) {
      const day = Math.floor(time / DAY);
      const known = days.get(day);
      if (known === undefined) days.set(day, { first: minuteOfDay(time), last: minuteOfDay(time) });
      else known.last = minuteOfDay(time);
    }
    const all = [...days.values()];
    return all.length > 3 ? all.slice(1, -1) : all;
  });
}

/**
 * How well days keep to a session: 1 and more where most open and close by the minute; less where a share that trades
 * little only keeps inside its hours and ends by the minute; 0 where they do not.
 */
function shareOfDays(
  days: readonly { readonly first: number; readonly last: number }[],
  { open, close }: Session,
  isEnd: boolean,
  interval: number,
): number {
  const step = interval / MINUTE;
  const begins = open + (isEnd ? step : 0);
  const ends = close - (isEnd ? 0 : step);
  const share = (is: (day: { first: number; last: number }) => boolean) =>
    days.filter(is).length / days.length;
  const exactFirst = share(({ first }) => first === begins);
  const exactLast = share(({ last }) => last === ends);
  const nearLast = share(({ last }) => last > ends - 5 * step && last <= ends + AUCTION);
  if (exactFirst >= MOST && nearLast >= MOST) return 1 + exactFirst + exactLast;
  const inside = share(({ first, last }) => first >= begins && first <= begins + NEAR && last <= ends);
  return inside >= MOST && exactLast >= MOST ? inside * exactLast : 0;
}

/** Markets with a pause at noon are told from others by it. */
function keepsPause(series: readonly (readonly number[])[], { pause, open }: Session): boolean {
  if (pause !== undefined) return !tradesIn(series, pause);
  return open !== at(9, 30) || tradesIn(series, [at(12, 10), at(12, 55)]);
}

function tradesIn(series: readonly (readonly number[])[], [from, to]: readonly [number, number]): boolean {
  return series.some((times) =>
    times.some((time) => {
      const minute = minuteOfDay(time);
      return minute >= from && minute < to;
    }),
  );
}

function isAroundTheClock(series: readonly (readonly number[])[], interval: number): boolean {
  const hours = new Set(series.flatMap((times) => times.map((time) => Math.floor(minuteOfDay(time) / 60))));
  return hours.size >= 22 && interval <= HOUR;
}

function roundTheClock(series: readonly (readonly number[])[]): Pick<SessionsSeen, 'zone' | 'zoneWhy'> {
  const times = series.flat();
  if (times.some((time) => new Date(time).getUTCDay() === 6)) {
    return { zone: 'UTC', zoneWhy: 'bars run around the clock, at weekends too: such markets count in UTC' };
  }
  const opening = series
    .flatMap((own) => own.filter((time, index) => index > 0 && time - own[index - 1]! > 40 * HOUR))
    .at(0);
  if (opening === undefined) return { zone: null, zoneWhy: '' };
  const day = new Date(opening).getUTCDay();
  const hour = Math.floor(minuteOfDay(opening) / 60);
  const seen = `bars run around the clock and the week begins on ${day === 0 ? 'Sunday' : 'Monday'} at ${clock(minuteOfDay(opening))}`;
  if (day === 0 && (hour === 17 || hour === 18))
    return { zone: 'America/New_York', zoneWhy: `${seen}, the hours of New York` };
  if (day === 0 && hour >= 20 && hour <= 23) return { zone: 'UTC', zoneWhy: `${seen}, as in UTC` };
  if (day === 1 && hour === 0) {
    return {
      zone: 'America/New_York+07:00',
      zoneWhy: `${seen}, as on brokers' servers seven hours ahead of New York`,
    };
  }
  return { zone: null, zoneWhy: '' };
}

const minuteOfDay = (time: number) => Math.floor((((time % DAY) + DAY) % DAY) / MINUTE);
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
