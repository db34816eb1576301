import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../../shared/calendar/calendars.ts';
import { HealthReportSchema } from '../../../shared/contract/schemas.ts';
import { healthReport, rangeHealth, suspectKey } from '../../../shared/health/report.ts';
import { seriesHealth } from '../../../shared/health/series-health.ts';
import { columnsOf, DAY, daysOf, walk } from './bars.ts';

const YEAR = daysOf('XNYS', '2023-01-01', '2024-01-01');
const bars = walk(YEAR, { step: 0.01 });
bars[50]!.low = bars[50]!.close / 4;
bars[90]!.high = bars[90]!.low * 0.9;
bars[91]!.high = bars[91]!.low * 0.9;
bars[150]!.volume = 0;
const health = seriesHealth({
  bars: columnsOf(bars),
  interval: DAY,
  sessions: calendarOf('XNYS').table,
  actions: [],
});
const none = new Set<string>();

test('a report is what the contract says, worst suspects first', () => {
  const report = healthReport(health, 'XNYS', none);
  expect(HealthReportSchema.parse(report)).toEqual(report);
  const severities = report.suspects.map(({ severity }) => severity);
  expect([...severities].sort((a, b) => b - a)).toEqual(severities);
  expect(report.suspects.map(({ kind }) => kind).sort()).toEqual(['ohlc-order', 'spike', 'zero-volume']);
  expect(report.suspectCount).toBe(3);
});

test('a reviewed suspect stays in the list, last, and counts for nothing', () => {
  const before = healthReport(health, 'XNYS', none);
  const spike = before.suspects.find(({ kind }) => kind === 'spike')!;
  const after = healthReport(health, 'XNYS', new Set([suspectKey(spike)]));
  expect(after.suspects.at(-1)).toEqual({ ...spike, isReviewed: true });
  expect(after.suspectCount).toBe(2);
  expect(after.parts.find(({ id }) => id === 'spike')).toMatchObject({ score: 100, count: 0 });
  expect(after.score).toBeGreaterThan(before.score);
});

describe('over a range', () => {
  const over = (fromBar: number, toBar: number, reviewed = none) =>
    rangeHealth(health, reviewed, { from: YEAR[fromBar]!, to: YEAR[toBar]!, bars: toBar - fromBar + 1 });

  test('the whole is the whole', () => {
    const report = healthReport(health, 'XNYS', none);
    expect(over(0, YEAR.length - 1)).toMatchObject({ score: report.score, suspects: 3 });
  });

  test('only what lies in it counts', () => {
    expect(over(0, 49)).toMatchObject({ score: 100, suspects: 0, marked: new Float64Array(0) });
    expect(over(51, 89)).toMatchObject({ score: 100, suspects: 0 });
    expect(over(91, 140)).toMatchObject({ suspects: 1 });
    expect([...over(80, 160).marked]).toEqual([YEAR[90], YEAR[91], YEAR[150], YEAR[150]]);
  });

  test('what was reviewed marks nothing', () => {
    const key = suspectKey({ kind: 'ohlc-order', from: YEAR[90]!, to: YEAR[91]! });
    expect([...over(80, 140, new Set([key])).marked]).toEqual([]);
  });
});
