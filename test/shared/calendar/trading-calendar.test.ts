import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../../shared/calendar/calendars.ts';
import { AppError } from '../../../shared/contract/errors.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString().slice(0, 16));
const DAY = 86_400_000;
const day = (id: string, text: string) => {
  const session = calendarOf(id)
    .sessions(at(`${text}T00:00`) - DAY, at(`${text}T00:00`) + 2 * DAY)
    .find((one) => one.day === text);
  return session === undefined ? 'closed' : `${iso(session.open)} ${iso(session.close)}`;
};

describe('days on which clocks change', () => {
  test.each([
    // Britain and the Union change on the last Sunday of March and October; America two or three weeks before and one after.
    ['XLON', '2024-03-28', '2024-03-28T08:00 2024-03-28T16:30'],
    ['XLON', '2024-04-02', '2024-04-02T07:00 2024-04-02T15:30'],
    ['XLON', '2024-10-25', '2024-10-25T07:00 2024-10-25T15:30'],
    ['XLON', '2024-10-28', '2024-10-28T08:00 2024-10-28T16:30'],
    ['XNYS', '2024-03-08', '2024-03-08T14:30 2024-03-08T21:00'],
    ['XNYS', '2024-03-11', '2024-03-11T13:30 2024-03-11T20:00'],
    ['XNYS', '2024-11-01', '2024-11-01T13:30 2024-11-01T20:00'],
    ['XNYS', '2024-11-04', '2024-11-04T14:30 2024-11-04T21:00'],
    // Until 2006 America changed on the first Sunday of April and the last one of October.
    ['XNYS', '2006-03-31', '2006-03-31T14:30 2006-03-31T21:00'],
    ['XNYS', '2006-04-03', '2006-04-03T13:30 2006-04-03T20:00'],
  ])('%s on %s', (id, text, expected) => expect(day(id, text)).toBe(expected));
});

describe('asking a calendar', () => {
  const xlon = calendarOf('XLON');
  test('opens and closes around instants', () => {
    expect(iso(xlon.nextOpen(at('2024-03-28T16:30')))).toBe('2024-04-02T07:00');
    expect(iso(xlon.previousClose(at('2024-04-02T06:59')))).toBe('2024-03-28T16:30');
    expect(iso(xlon.previousClose(at('2024-03-28T16:30')))).toBe('2024-03-28T16:30');
    expect(iso(xlon.nextOpen(at('2024-07-01T07:00')))).toBe('2024-07-02T07:00');
    expect(xlon.nextOpen(at('2036-01-02T08:00'))).toBeNull();
    expect(xlon.previousClose(at('1990-01-01T08:00'))).toBeNull();
  });
  test('open, in its auction, and shut', () => {
    expect(['07:00', '15:29', '15:30', '06:59'].map((time) => xlon.isOpen(at(`2024-07-01T${time}`)))).toEqual(
      [true, true, false, false],
    );
    expect(xlon.sessionAt(at('2024-07-01T15:38'))?.day).toBe('2024-07-01');
    expect(xlon.sessionAt(at('2024-07-01T15:45'))).toBeNull();
  });
  test('a session with its auctions', () => {
    const session = xlon.sessionAt(at('2024-12-24T09:00'))!;
    expect([session.isEarlyClose, iso(session.close), session.breaks]).toEqual([
      true,
      '2024-12-24T12:30',
      [],
    ]);
    expect(session.auctions.map(({ kind, from, uncross }) => [kind, iso(from), iso(uncross)])).toEqual([
      ['opening', '2024-12-24T07:50', '2024-12-24T08:00'],
      ['intraday', '2024-12-24T12:00', '2024-12-24T12:02'],
      ['closing', '2024-12-24T12:30', '2024-12-24T12:35'],
    ]);
    expect(xlon.expectedBars(session, 60_000)).toBe(270);
    expect(xlon.expectedBars(session, 3_600_000)).toBe(5);
  });
  test('bars find their sessions', () => {
    const times = ['07-01T06:59', '07-01T07:00', '07-01T15:35', '07-01T15:50', '07-06T10:00', '07-08T07:00'];
    const first = xlon.sessionAt(at('2024-07-01T07:00'))!.index;
    expect([...xlon.sessionIndexOf(Float64Array.from(times, (time) => at(`2024-${time}`)))]).toEqual([
      -1,
      first,
      first,
      -1,
      -1,
      first + 5,
    ]);
    expect(xlon.sessionIndexOf(new Float64Array(0))).toHaveLength(0);
  });
  test('an unknown calendar is named with its nearest', () => {
    expect(() => calendarOf('XLOM')).toThrow(AppError);
    expect(() => calendarOf('XLOM')).toThrow(/no calendar "XLOM"/);
  });
});
