import { describe, expect, test } from 'vitest';
import { sessionEndAfter, WHOLE_DAY } from '../../../shared/backtest/session-times.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('the session end at or after an instant', () => {
  const london = { end: 16.5 * HOUR, offsetAt: () => HOUR };
  test.each([
    ['before it', 10 * HOUR, 15.5 * HOUR],
    ['at it', 15.5 * HOUR, 15.5 * HOUR],
    ['behind it', 15.5 * HOUR + 1, 15.5 * HOUR + DAY],
  ])('%s', (_, time, expected) => expect(sessionEndAfter(london, time)).toBe(expected));
  test('without a session it is that of the day, UTC', () => {
    expect(sessionEndAfter(WHOLE_DAY, DAY)).toBe(2 * DAY - 0.01);
  });
});
