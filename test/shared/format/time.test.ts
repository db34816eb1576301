import { describe, expect, test } from 'vitest';
import {
  formatDate,
  formatMinute,
  formatTime,
  instantIn,
  offsetText,
  zoneMeant,
} from '../../../shared/format/time.ts';

const at = (text: string) => Date.parse(`${text}Z`);

test('without a zone, times are UTC', () => {
  expect(formatMinute(at('2024-07-01T07:31'))).toBe('2024-07-01 07:31');
  expect(formatDate(at('2024-07-01T23:59'))).toBe('2024-07-01');
  expect(formatDate(null)).toBe('–');
  expect(formatMinute(Number.NaN, 'Europe/London')).toBe('–');
});

describe('on the clocks of a zone', () => {
  test.each([
    ['Europe/London', '2024-03-31T00:59', '2024-03-31 00:59'],
    ['Europe/London', '2024-03-31T01:00', '2024-03-31 02:00'],
    ['Europe/London', '2024-10-27T00:59', '2024-10-27 01:59'],
    ['Europe/London', '2024-10-27T01:00', '2024-10-27 01:00'],
    ['America/New_York', '2024-03-10T06:59', '2024-03-10 01:59'],
    ['America/New_York', '2024-03-10T07:00', '2024-03-10 03:00'],
    ['America/New_York', '2024-11-03T05:59', '2024-11-03 01:59'],
    ['America/New_York', '2024-11-03T06:00', '2024-11-03 01:00'],
    // Three weeks in which Chicago has changed and Frankfurt has not.
    ['America/Chicago', '2024-03-20T12:00', '2024-03-20 07:00'],
    ['Europe/Berlin', '2024-03-20T12:00', '2024-03-20 13:00'],
    ['Europe/Berlin', '2024-04-01T12:00', '2024-04-01 14:00'],
    ['Asia/Tokyo', '2024-03-31T15:00', '2024-04-01 00:00'],
    ['Asia/Kolkata', '2024-07-01T00:00', '2024-07-01 05:30'],
    ['America/New_York', '1972-01-03T15:00', '1972-01-03 10:00'],
  ])('%s at %s', (zone, time, shown) => expect(formatMinute(at(time), zone)).toBe(shown));

  test('in parts', () => {
    const time = at('2024-07-01T22:31:45');
    expect(
      (['date', 'minute', 'second', 'clock'] as const).map((style) => formatTime(time, style, 'Asia/Tokyo')),
    ).toEqual(['2024-07-02', '2024-07-02 07:31', '2024-07-02 07:31:45', '07:31']);
  });

  test('instants of clock times, those shown twice and those passed over', () => {
    const instant = (zone: string, text: string) =>
      new Date(instantIn(zone, at(text))).toISOString().slice(0, 16);
    expect(instant('Europe/London', '2024-07-01T08:00')).toBe('2024-07-01T07:00');
    expect(instant('Europe/London', '2024-10-27T01:30')).toBe('2024-10-27T00:30');
    expect(instant('Europe/London', '2024-03-31T01:30')).toBe('2024-03-31T01:30');
    expect(instant('America/New_York', '2024-11-03T01:30')).toBe('2024-11-03T05:30');
    expect(instant('America/New_York', '2024-03-10T02:30')).toBe('2024-03-10T07:30');
    expect(instant('Asia/Tokyo', '2024-07-01T00:00')).toBe('2024-06-30T15:00');
  });

  test('every hour around the changes of a year comes back from its clock, except those shown twice', () => {
    for (const zone of [
      'Europe/London',
      'America/New_York',
      'America/Chicago',
      'Australia/Sydney',
      'Asia/Tokyo',
    ]) {
      let twice = 0;
      for (let time = at('2024-01-01T00:00'); time < at('2025-01-01T00:00'); time += 1_800_000) {
        const shown = at(formatMinute(time, zone).replace(' ', 'T'));
        if (instantIn(zone, shown) !== time) twice++;
      }
      expect([zone, twice]).toEqual([zone, zone === 'Asia/Tokyo' ? 0 : 2]);
    }
  });
});

test('which zone is meant', () => {
  expect(zoneMeant('utc', 'Europe/London', 'Asia/Tokyo')).toBe('UTC');
  expect(zoneMeant('exchange', 'Europe/London', 'Asia/Tokyo')).toBe('Europe/London');
  expect(zoneMeant('exchange', null, 'Asia/Tokyo')).toBe('UTC');
  expect(zoneMeant('local', 'Europe/London', 'Asia/Tokyo')).toBe('Asia/Tokyo');
  expect(zoneMeant('Asia/Kolkata', 'Europe/London', 'Asia/Tokyo')).toBe('Asia/Kolkata');
});

test('how far from UTC', () => {
  expect(offsetText('Europe/London', at('2024-01-01T00:00'))).toBe('UTC');
  expect(offsetText('Europe/London', at('2024-07-01T00:00'))).toBe('UTC+1');
  expect(offsetText('America/St_Johns', at('2024-01-01T00:00'))).toBe('UTC-3:30');
  expect(() => formatMinute(0, 'Mars/Olympus')).toThrow(RangeError);
});
