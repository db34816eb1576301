import { expect, test } from 'vitest';
import { barRange } from '../../../shared/market/time-range.ts';

const HOUR = 3_600_000;
const start = Date.UTC(2024, 6, 1);
const time = Float64Array.from({ length: 72 }, (_, i) => start + i * HOUR);

test('no bounds: all bars', () => expect(barRange(time, null, null)).toEqual({ from: 0, to: 72 }));
test('dates are whole days, both inclusive', () =>
  expect(barRange(time, '2024-07-02', '2024-07-02')).toEqual({ from: 24, to: 48 }));
test('times are inclusive', () =>
  expect(barRange(time, '2024-07-01T05:00:00Z', '2024-07-01 07:00')).toEqual({ from: 5, to: 8 }));
test('a range outside the data is empty', () => {
  expect(barRange(time, '2030-01-01', null)).toEqual({ from: 72, to: 72 });
  expect(barRange(time, '2024-07-03', '2024-07-02')).toEqual({ from: 48, to: 48 });
});
test.each(['2024-02-30', '2023-02-29', '2024-13-01'])('%s does not exist', (date) =>
  expect(() => barRange(time, date, null)).toThrow(/does not|exists/),
);
