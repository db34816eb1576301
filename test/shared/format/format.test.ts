import { describe, expect, test } from 'vitest';
import {
  counted,
  formatCompact,
  formatDuration,
  formatNumber,
  formatPrice,
  formatSigned,
  formatStatistic,
} from '../../../shared/format/number.ts';

const THIN = '\u2009';
const MINUS = '\u2212';

test.each([
  [1234567.891, 2, `1${THIN}234${THIN}567.89`],
  [-1234.5, 1, `${MINUS}1${THIN}234.5`],
  [-0.001, 2, '0.00'],
  [999, 0, '999'],
  [0.1234567, 4, '0.1235'],
  [null, 2, '–'],
  [Number.NaN, 2, '–'],
])('%s with %d decimals', (value, decimals, text) => expect(formatNumber(value, decimals)).toBe(text));

test('signs show gains, not nothing', () => {
  expect(formatSigned(5, 0)).toBe('+5');
  expect(formatSigned(-5, 0)).toBe(`${MINUS}5`);
  expect(formatSigned(0.001, 2)).toBe('0.00');
});

test('prices keep the digits they came with', () => {
  expect(formatPrice(2401)).toBe(`2${THIN}401`);
  expect(formatPrice(326.35)).toBe('326.35');
  expect(formatPrice(0.00000001)).toBe('0.00000001');
});

describe('statistics', () => {
  test.each([
    [{ value: 12.345, unit: 'percent' as const }, `12.35${THIN}%`],
    [{ value: 3, unit: 'count' as const }, '3'],
    [{ value: 3.25, unit: 'bars' as const }, '3.3'],
    [{ value: null, unit: 'ratio' as const }, '–'],
  ])('%o', (statistic, text) => expect(formatStatistic(statistic)).toBe(text));
});

test.each([
  [90_000, '2 min'],
  [3_600_000 * 5.5, '5 h 30 min'],
  [3_600_000 * 55, '2 d 7 h'],
])('%d ms', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

test('rates at a glance and plurals', () => {
  expect(formatCompact(1_234_567)).toBe(`1.2${THIN}M`);
  expect(formatCompact(48_321)).toBe(`48${THIN}k`);
  expect(counted(1, 'fill')).toBe('1 fill');
  expect(counted(2310, 'fill')).toBe(`2${THIN}310 fills`);
});
