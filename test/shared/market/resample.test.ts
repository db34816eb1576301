import { describe, expect, test } from 'vitest';
import type { BarColumns } from '../../../shared/market/bar.ts';
import { barHealth } from '../../../shared/market/bar-health.ts';
import { adjustForSplits, dividendsOf } from '../../../shared/market/corporate-actions.ts';
import { type ResampleSession, resample } from '../../../shared/market/resample.ts';
import { parseResampleRule, type ResampleEvery } from '../../../shared/market/resample-rule.ts';
import { zoneOffset } from '../../../shared/market/zone-offset.ts';
import { bars, MINUTE, START } from '../backtest/run.ts';

const WHOLE_DAY: ResampleSession = { end: 86_400_000, offsetAt: () => 0 };
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const longerBars = (source: BarColumns, interval: number, every: ResampleEvery, session: ResampleSession) =>
  resample(source, parseResampleRule(every), { interval, session });

describe('longer bars', () => {
  const minutes = [0, 1, 2, 3, 4, 5, 6, 8, 9, 11];
  const source = bars(
    minutes.map((minute) => [minute, minute + 3, minute - 2, minute + 1]),
    minutes,
  );
  test('on whole multiples, known with the bar that reaches their end, else with the next one', () => {
    const { bars: longer, knownAt } = longerBars(source, MINUTE, '5m', WHOLE_DAY);
    expect([...longer.time].map((time) => (time - START) / MINUTE)).toEqual([0, 5]);
    expect([...knownAt]).toEqual([4, 8]);
    expect([...longer.open]).toEqual([0, 5]);
    expect([...longer.high]).toEqual([7, 12]);
    expect([...longer.low]).toEqual([-2, 3]);
    expect([...longer.close]).toEqual([5, 10]);
    expect([...longer.volume!]).toEqual([5_000, 4_000]);
  });
  test('one whose last minute is missing is known one bar later', () => {
    const gap = bars([[1], [2], [3]], [0, 3, 6]);
    const { knownAt, bars: longer } = longerBars(gap, MINUTE, '5m', WHOLE_DAY);
    expect([[...knownAt], [...longer.close]]).toEqual([[2], [2]]);
  });
  test('a day ends with its session; what trades behind it is left out', () => {
    const session = { end: 8 * HOUR, offsetAt: () => 0 }; // bars begin at 07:00
    const day = bars([[1], [2], [9], [3]], [0, 59, 90, 24 * 60]);
    const { bars: days, knownAt } = longerBars(day, MINUTE, '1d', session);
    expect([[...days.close], [...knownAt]]).toEqual([[2], [1]]);
  });
  test('local days, across the change to summer time', () => {
    const offsetAt = zoneOffset('Europe/London');
    const midnight = Date.UTC(2024, 2, 31);
    expect([offsetAt(midnight), offsetAt(midnight + 2 * HOUR)]).toEqual([0, HOUR]);
    const time = Float64Array.of(midnight + 22.5 * HOUR, midnight + 23.5 * HOUR);
    const { bars: days } = longerBars({ ...bars([[1], [2]]), time }, HOUR, '1d', { end: DAY, offsetAt });
    expect([...days.close]).toEqual([1]);
    expect(() => zoneOffset('Mars/Olympus')).toThrow(RangeError);
  });
});

describe('corporate actions', () => {
  const data = bars([[100], [102], [51], [26]]);
  const at = (bar: number) => data.time[bar]!;
  const actions = [
    { kind: 'split', time: at(2), ratio: 2 },
    { kind: 'dividend', time: at(1), amount: 3 },
    { kind: 'split', time: at(3), ratio: 2 },
    { kind: 'dividend', time: at(3), amount: 0.5 },
  ] as const;
  test('splits divide the prices before them and multiply the volumes', () => {
    const adjusted = adjustForSplits(data, actions);
    expect([...adjusted.close]).toEqual([25, 25.5, 25.5, 26]);
    expect([...adjusted.volume!]).toEqual([4_000, 4_000, 2_000, 1_000]);
    expect(
      adjustForSplits(
        data,
        actions.filter(({ kind }) => kind === 'dividend'),
      ),
    ).toBe(data);
  });
  test('dividends are those of a unit of today, in order', () => {
    expect(dividendsOf(actions)).toEqual([
      { time: at(1), amount: 0.75 },
      { time: at(3), amount: 0.5 },
    ]);
  });
});

test('bar health counts what is missing', () => {
  const data = bars([[100], [100], [Number.NaN], [120], [121]], [0, 1, 4, 5, 24 * 60]);
  const volume = Float64Array.of(5, 0, 5, 5, 5);
  expect(barHealth({ ...data, volume }, MINUTE)).toEqual({
    bars: 5,
    missingPrices: 1,
    withoutVolume: 1,
    gaps: 1,
    missingBars: 2,
    jumps: 1,
  });
});
