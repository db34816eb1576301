import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastStepOf, periodsOf, type Timeframe } from '../../../shared/statistics/periods.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const keysOf = (times: readonly string[], timeframe: Timeframe, compression?: number) =>
  Array.from(periodsOf(Float64Array.from(times, at), timeframe, compression).key, (key) =>
    new Date(key).toISOString().slice(0, timeframe === 'Minutes' ? 16 : 10),
  );

test('keys are ends of weeks, months and years, also over the turn of the year', () => {
  const times = [
    '2020-12-27T23:59',
    '2020-12-28T00:00',
    '2020-12-31T12:00',
    '2021-01-03T12:00',
    '2021-01-04T00:00',
  ];
  expect(keysOf(times, 'Weeks')).toEqual(['2020-12-27', '2021-01-03', '2021-01-10']);
  expect(keysOf(times, 'Months')).toEqual(['2020-12-31', '2021-01-31']);
  expect(keysOf(times, 'Years')).toEqual(['2020-12-31', '2021-12-31']);
  expect(keysOf(['2024-02-05T00:00'], 'Months')).toEqual(['2024-02-29']);
});

test('minutes are joined from midnight on', () => {
  const times = [
    '2024-07-01T07:03',
    '2024-07-01T07:06',
    '2024-07-01T07:07',
    '2024-07-01T23:59',
    '2024-07-02T00:00',
  ];
  expect(keysOf(times, 'Minutes')).toHaveLength(5);
  // 1440 is no multiple of 7: each day begins anew.
  expect(keysOf(times, 'Minutes', 7)).toEqual([
    '2024-07-01T07:00',
    '2024-07-01T07:07',
    '2024-07-01T23:55',
    '2024-07-02T00:00',
  ]);
});

test('the same cuts as comparing every step with the one before', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(steps, fc.integer({ min: -2e6, max: 2e6 }), (gaps, start) => {
      let now = start * 60_000;
      const time = Float64Array.from(gaps, (gap) => (now += gap * 60_000));
      const days = periodsOf(time, 'Days');
      const expected = [...time.keys()].filter(
        (step) => step === 0 || dayOf(time[step]!) !== dayOf(time[step - 1]!),
      );
      expect([...days.firstStep]).toEqual(expected);
      expect(lastStepOf(days, days.key.length - 1, time.length)).toBe(time.length - 1);
    }),
  );
});
