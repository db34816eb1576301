import { expect, test } from 'vitest';
import { monthlyReturns } from '../../../shared/statistics/monthly-returns.ts';
import { thinEquity } from '../../../shared/statistics/thin-equity.ts';
import { randomCloses } from '../../fixtures/series.ts';
import { DAY, MINUTE, resultOf } from './result-of.ts';

test('thinning keeps first, last, highest, lowest and the deepest drawdown', () => {
  const values = randomCloses(10_000, 3).map((close) => close * 300);
  const time = Float64Array.from(values, (_, i) => i * MINUTE);
  const { equity } = resultOf(time, values);
  const thin = thinEquity(equity, values[0]!, 500);
  const all = thinEquity(equity, values[0]!, 10_000);
  expect(thin.equity.length).toBeLessThanOrEqual(500);
  expect(all.equity.length).toBe(10_000);
  expect(thin.time[0]).toBe(time[0]);
  expect(thin.time.at(-1)).toBe(time.at(-1));
  expect(Math.max(...thin.equity)).toBe(Math.max(...values));
  expect(Math.min(...thin.equity)).toBe(Math.min(...values));
  expect(Math.min(...thin.drawdown)).toBe(Math.min(...all.drawdown));
  expect([...thin.time]).toEqual([...thin.time].sort((a, b) => a - b));
});

test('drawdown begins at the starting cash', () => {
  const { equity } = resultOf(Float64Array.of(0, DAY), [90, 100], [], 100);
  expect([...thinEquity(equity, 100, 10).drawdown].map(Math.round)).toEqual([-10, 0]);
});

test('months compound to the year, over a change of year and a missing month', () => {
  const at = (month: string) => Date.parse(`${month}T12:00:00Z`);
  const time = Float64Array.of(at('2023-11-05'), at('2023-11-30'), at('2023-12-29'), at('2024-02-01'));
  const years = monthlyReturns(resultOf(time, [100, 110, 121, 60.5], [], 100).equity, 100);
  expect(years.map(({ year }) => year)).toEqual([2023, 2024]);
  expect(years[0]!.months[10]).toBeCloseTo(10, 12);
  expect(years[0]!.months[11]).toBeCloseTo(10, 12);
  expect(years[0]!.total).toBeCloseTo(21, 12);
  expect(years[1]!.months[0]).toBeNull();
  expect(years[1]!.months[1]).toBeCloseTo(-50, 12);
});
