import { calendarOf } from '../../../shared/calendar/calendars.ts';
import { parseDay } from '../../../shared/calendar/day-number.ts';
import type { TradingCalendar } from '../../../shared/calendar/trading-calendar.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { formatTime } from '../../../shared/format/time.ts';
import { calendarSummaries } from '../../services/instruments.ts';
import type { Invocation } from '../command-line.ts';
import { print, printJson, table } from '../output.ts';
import { UsageError } from '../usage-error.ts';

export const CALENDAR_OPTIONS = { from: { type: 'string' }, to: { type: 'string' } } as const;

const DAY = 86_400_000;
/** Sessions that are printed when no days are given. */
const DAYS_SHOWN = 14;

/** Calendars, or the sessions of one. Needs no library. */
export async function calendar({ words, values, json }: Invocation): Promise<void> {
  const [id] = words;
  if (id === undefined) return list(json);
  if (words.length > 1) throw new UsageError('hindsight calendar takes one calendar.');
  const found = calendarOf(id);
  const today = Math.floor(Date.now() / DAY);
  const given = { from: day('from', values.from), to: day('to', values.to) };
  const from = given.from ?? (given.to === null ? today : given.to - DAYS_SHOWN + 1);
  const to = given.to ?? from + DAYS_SHOWN - 1;
  if (to < from) throw new AppError('bad-request', 'The last day lies before the first', { field: 'to' });
  show(found, from, to, json);
}

function list(json: boolean): void {
  const calendars = calendarSummaries();
  if (json) {
    printJson({ calendars });
    return;
  }
  print(
    table(
      ['id', 'name', 'zone', 'hours, local', 'known'],
      calendars.map(({ id, name, zone, hours, from, to }) => [
        id,
        name,
        zone,
        hours,
        `${from.slice(0, 4)} to ${to.slice(0, 4)}`,
      ]),
    ),
  );
}

function show(found: TradingCalendar, from: number, to: number, json: boolean): void {
  const { id, name, zone, gaps } = found;
  // Sessions are asked for by instants; trading days by local time, which may be half a day away.
  const sessions = found
    .sessions((from - 1) * DAY, (to + 2) * DAY)
    .filter((session) => parseDay(session.day) >= from && parseDay(session.day) <= to);
  const exceptions = found.exceptions(from, to);
  if (json) {
    printJson({ id, name, zone, gaps, sessions, exceptions });
    return;
  }
  print(`${id}, ${name}, times in ${zone}\n`);
  const names = new Map(exceptions.map((exception) => [exception.day, exception.name]));
  const at = (time: number) => formatTime(time, 'minute', zone);
  print(
    table(
      ['day', 'open', 'close', 'breaks', 'auctions', ''],
      sessions.map(({ day, open, close, breaks, auctions, isEarlyClose, isLateOpen }) => [
        `${day} ${weekday(day)}`,
        at(open),
        at(close),
        breaks.map(([start, end]) => `${clock(start, zone)}-${clock(end, zone)}`).join(' '),
        auctions.map(({ kind, uncross }) => `${kind} ${clock(uncross, zone)}`).join(' '),
        isEarlyClose || isLateOpen
          ? `${isEarlyClose ? 'early close' : 'late open'}: ${names.get(day) ?? ''}`
          : '',
      ]),
    ),
  );
  const closed = exceptions.filter(({ isClosed }) => isClosed);
  if (closed.length > 0) {
    print(`\nClosed: ${closed.map((one) => `${one.day} ${weekday(one.day)} ${one.name}`).join(', ')}`);
  }
  print(`\nNot known: ${gaps.join(' ')}`);
}

const clock = (time: number, zone: string) => formatTime(time, 'clock', zone);
const weekday = (day: string) =>
  ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][(((parseDay(day) + 3) % 7) + 7) % 7]!;

function day(name: string, text: unknown): number | null {
  if (text === undefined) return null;
  try {
    return parseDay(String(text));
  } catch (thrown) {
    throw new AppError('bad-request', (thrown as RangeError).message, {
      field: name,
      hint: 'Write days as 2024-07-01.',
    });
  }
}
