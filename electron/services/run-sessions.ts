import { calendarOf } from '../../shared/calendar/calendars.ts';
import { type DayNumber, dayText } from '../../shared/calendar/day-number.ts';
import { hoursByDay, minutesOf, type SessionSchedule } from '../../shared/calendar/schedule.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { RunSpec } from '../../shared/contract/schemas.ts';
import { zoneOffset } from '../../shared/market/zone-offset.ts';
import type { SessionTask } from '../workers/tasks.ts';

type RunData = RunSpec['data'][number];
type Calendars = Readonly<Record<string, SessionSchedule>>;

const DAY = 86_400_000;
const MINUTE = 60_000;
/** A bar's day may begin before its first bar in local time; orders and longer bars look ahead by weeks and months. */
const DAYS_BEFORE = 7;
const DAYS_BEHIND = 70;

/**
 * By instrument: its session. Those that name a calendar get its sessions over the time of the bars, taken from `given`
 * where that has it (a manifest's), and from the calendars of the application where not. Answers the schedules that were
 * used, for the manifest. Throws bad-request or not-found for zones, times and calendars that do not exist.
 */
export function runSessions(
  feeds: readonly { readonly data: RunData; readonly first: number; readonly last: number }[],
  given: Calendars,
): { sessions: (SessionTask | null)[]; calendars: Calendars } {
  const ids = new Set(
    feeds.flatMap(({ data: { session } }) => (typeof session === 'string' ? [session] : [])),
  );
  const tasks = new Map<string, SessionTask>();
  const calendars: Record<string, SessionSchedule> = {};
  for (const id of [...ids].sort()) {
    const own = feeds.filter(({ data }) => data.session === id);
    const from = Math.floor(Math.min(...own.map(({ first }) => first)) / DAY) - DAYS_BEFORE;
    const to = Math.floor(Math.max(...own.map(({ last }) => last)) / DAY) + DAYS_BEHIND;
    const schedule = Object.hasOwn(given, id) ? given[id]! : calendarOf(id).schedule(from, to);
    tasks.set(id, scheduleTask(id, schedule, from, to));
    calendars[id] = schedule;
  }
  const sessions = feeds.map(({ data: { session } }) => {
    if (session == null) return null;
    return typeof session === 'string' ? tasks.get(session)! : plainTask(session);
  });
  return { sessions, calendars };
}

function scheduleTask(id: string, schedule: SessionSchedule, from: DayNumber, to: DayNumber): SessionTask {
  requireZone(schedule.zone, 'calendars');
  try {
    hoursByDay(schedule);
  } catch (thrown) {
    throw new AppError('bad-request', `The calendar ${id}: ${(thrown as RangeError).message}`, {
      field: 'calendars',
      hint: `See docs/calendars.md; it was asked for the days ${dayText(from)} to ${dayText(to)}.`,
    });
  }
  const end = minutesOf(schedule.hours.at(-1)!.close) * MINUTE;
  return { end, zone: schedule.zone, sessions: { schedule, from, to } };
}

function plainTask({ end, zone }: { readonly end: string; readonly zone: string }): SessionTask {
  requireZone(zone, 'session');
  return { end: minutesOf(end) * MINUTE, zone, sessions: null };
}

function requireZone(zone: string, field: string): void {
  try {
    zoneOffset(zone);
  } catch {
    throw new AppError('bad-request', `There is no time zone "${zone}"`, {
      field,
      hint: 'Write a name of the IANA database, such as Europe/London or UTC.',
    });
  }
}
