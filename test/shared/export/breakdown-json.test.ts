import { expect, test } from 'vitest';
import { breakdownJson } from '../../../shared/export/breakdown-json.ts';
import { dailyTimes, resultOf } from '../statistics/result-of.ts';

const equity = Array.from({ length: 80 }, (_, day) => 100_000 + 400 * Math.abs((day % 20) - 10));
const result = resultOf(dailyTimes(80), equity, [{ net: 400 }, { net: -150 }, { net: 20, isOpen: true }]);
const breakdown = JSON.parse(breakdownJson(result, 0.02));
type Slot = { slot: number; trades: number; net: number };

test('closed trades by hour, weekday and month, every slot with a row', () => {
  for (const [name, slots] of [
    ['byHour', 24],
    ['byWeekday', 7],
    ['byMonth', 12],
  ] as const) {
    const rows = breakdown[name] as Slot[];
    expect(rows).toHaveLength(slots);
    expect(rows.reduce((sum, { trades }) => sum + trades, 0)).toBe(2);
    expect(rows.reduce((sum, { net }) => sum + net, 0)).toBe(250);
  }
});

test('the Sharpe ratio of the last 63 days by day, null before', () => {
  const values = Object.entries(breakdown.rollingSharpe.values);
  expect(values).toHaveLength(80);
  expect(values.findIndex(([, ratio]) => ratio !== null)).toBe(62);
  expect(values[0]![0]).toBe(new Date(result.equity.time[0]!).toISOString().slice(0, 10));
});

test('returns by calendar month compound to those of the year', () => {
  for (const { months, total } of breakdown.monthlyReturns as {
    months: (number | null)[];
    total: number;
  }[]) {
    const grown = months.reduce<number>((product, month) => product * (1 + (month ?? 0) / 100), 1);
    expect(100 * (grown - 1)).toBeCloseTo(total, 9);
  }
});
