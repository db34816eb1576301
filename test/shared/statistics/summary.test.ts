import { describe, expect, test } from 'vitest';
import { STATISTIC_IDS, type StatisticId } from '../../../shared/statistics/statistic.ts';
import { summarise } from '../../../shared/statistics/summary.ts';
import { DAY, dailyTimes, MINUTE, MONDAY, resultOf } from './result-of.ts';

const of = (result: ReturnType<typeof resultOf>, id: StatisticId, riskFreeRate = 0) =>
  summarise(result, { riskFreeRate }).find((statistic) => statistic.id === id)!;

test('every figure, in the fixed order, with a convention', () => {
  const figures = summarise(resultOf(dailyTimes(2), [100_000, 100_100]), { riskFreeRate: 0 });
  expect(figures.map(({ id }) => id)).toEqual([...STATISTIC_IDS]);
  for (const { id, convention, value, note } of figures) {
    expect(convention.length, id).toBeGreaterThan(10);
    if (value === null) expect(note, id).toBeTruthy();
    else expect(Number.isFinite(value), id).toBe(true);
  }
});

describe('growth', () => {
  const result = resultOf(Float64Array.of(MONDAY, MONDAY + 365.25 * DAY), [100_000, 121_000]);
  test('net profit, return, compound growth', () => {
    expect(of(result, 'netProfit').value).toBe(21_000);
    expect(of(result, 'totalReturn').value).toBeCloseTo(21, 12);
    expect(of(result, 'cagr').value).toBeCloseTo(21, 12);
  });
  test('two years compound', () => {
    const twice = resultOf(Float64Array.of(MONDAY, MONDAY + 2 * 365.25 * DAY), [100_000, 121_000]);
    expect(of(twice, 'cagr').value).toBeCloseTo(10, 12);
  });
  test('not below thirty days', () => {
    const short = resultOf(Float64Array.of(MONDAY, MONDAY + 29 * DAY), [100_000, 121_000]);
    expect(of(short, 'cagr')).toMatchObject({ value: null, note: 'not enough data: 29.0 days, 30 needed' });
  });
  test('not of an account that lost everything', () => {
    const lost = resultOf(Float64Array.of(MONDAY, MONDAY + 90 * DAY), [100_000, -5]);
    expect(of(lost, 'cagr')).toMatchObject({ value: null, note: expect.stringContaining('zero') });
  });
});

describe('Sharpe ratio', () => {
  // Returns alternate +2 % and -1 %: mean 0.5 %, sample deviation sqrt(n / (n - 1)) * 1.5 %.
  const equity = (days: number) => {
    const values: number[] = [];
    for (let day = 0, value = 100_000; day < days; day++) values.push((value *= day % 2 === 0 ? 1.02 : 0.99));
    return values;
  };
  test('by hand: 252 days, no risk-free rate', () => {
    const expected = (0.005 / (0.015 * Math.sqrt(20 / 19))) * Math.sqrt(252);
    expect(of(resultOf(dailyTimes(20), equity(20)), 'sharpe').value).toBeCloseTo(expected, 9);
  });
  test('the risk-free rate is compounded to days', () => {
    const daily = 1.02 ** (1 / 252) - 1;
    const expected = ((0.005 - daily) / (0.015 * Math.sqrt(20 / 19))) * Math.sqrt(252);
    expect(of(resultOf(dailyTimes(20), equity(20)), 'sharpe', 0.02).value).toBeCloseTo(expected, 9);
  });
  test('markets that trade on weekends have 365 days', () => {
    const expected = (0.005 / (0.015 * Math.sqrt(20 / 19))) * Math.sqrt(365);
    const statistic = of(resultOf(dailyTimes(20, { weekends: true }), equity(20)), 'sharpe');
    expect(statistic.value).toBeCloseTo(expected, 9);
    expect(statistic.convention).toContain('365');
  });
  test('nineteen returns are not enough', () =>
    expect(of(resultOf(dailyTimes(19), equity(19)), 'sharpe')).toMatchObject({
      value: null,
      note: 'not enough data: 19 daily returns, 20 needed',
    }));
  test('an account that never moves has none', () =>
    expect(of(resultOf(dailyTimes(30), new Array(30).fill(100_000)), 'sharpe').value).toBeNull());
  test('several bars a day count once, by the last', () => {
    const time = Float64Array.from([...dailyTimes(20)].flatMap((at) => [at - MINUTE, at]));
    const values = equity(20).flatMap((value) => [value * 0.5, value]);
    const expected = of(resultOf(dailyTimes(20), equity(20)), 'sharpe').value;
    expect(of(resultOf(time, values), 'sharpe').value).toBeCloseTo(expected!, 12);
  });
});

describe('drawdown', () => {
  const time = dailyTimes(6);
  test('percent, money and length of different falls', () => {
    const result = resultOf(time, [100_000, 90_000, 100_000, 400_000, 380_000, 400_000]);
    expect(of(result, 'maxDrawdownPercent').value).toBeCloseTo(10, 12);
    expect(of(result, 'maxDrawdownMoney').value).toBe(20_000);
    expect(of(result, 'maxDrawdownLength').value).toBe(time[1]! - time[0]!);
  });
  test('the starting cash is the first peak', () =>
    expect(of(resultOf(time, [95_000, 96_000]), 'maxDrawdownPercent').value).toBeCloseTo(5, 12));
  test('a fall that has not recovered lasts to the end', () =>
    expect(
      of(resultOf(time, [100_000, 99_000, 98_000, 99_500, 99_000, 99_900]), 'maxDrawdownLength').value,
    ).toBe(time[5]! - time[0]!));
  test('a rising account has none', () =>
    expect(of(resultOf(time, [100_000, 100_000, 101_000]), 'maxDrawdownPercent').value).toBe(0));
});

describe('trades', () => {
  const nets = [10, 20, -5, 0, -15, -10, 30];
  const result = resultOf(
    dailyTimes(2),
    [100_000, 100_030],
    [...nets.map((net, i) => ({ net, barsHeld: i + 1 })), { net: 500, isOpen: true }],
  );
  test.each<[StatisticId, number]>([
    ['trades', 7],
    ['openTrades', 1],
    ['won', 3],
    ['lost', 3],
    ['strikeRate', (100 * 3) / 7],
    ['winStreak', 2],
    ['lossStreak', 2],
    ['profitFactor', 2],
    ['expectancy', 30 / 7],
    ['averageBarsHeld', 4],
  ])('%s, open and break-even trades apart', (id, expected) =>
    expect(of(result, id).value).toBeCloseTo(expected, 12),
  );

  test('SQN with the population deviation', () => {
    const mean = 30 / 7;
    const deviation = Math.sqrt(nets.reduce((sum, net) => sum + (net - mean) ** 2, 0) / 7);
    const statistic = of(result, 'sqn');
    expect(statistic.value).toBeCloseTo((Math.sqrt(7) * mean) / deviation, 12);
    expect(statistic.note).toContain('fewer than 30');
  });
  test('without trades there are counts and notes', () => {
    const none = resultOf(dailyTimes(2), [100_000, 100_000]);
    expect(of(none, 'trades').value).toBe(0);
    for (const id of ['strikeRate', 'profitFactor', 'expectancy', 'averageBarsHeld', 'sqn'] as const) {
      expect(of(none, id), id).toMatchObject({
        value: null,
        note: expect.stringContaining('not enough data'),
      });
    }
  });
  test('without losses there is no profit factor', () =>
    expect(of(resultOf(dailyTimes(1), [100_010], [{ net: 10 }]), 'profitFactor')).toMatchObject({
      value: null,
      note: 'undefined: no losing trade',
    }));
});

describe('costs and exposure', () => {
  const result = resultOf(
    dailyTimes(4),
    [100_000, 1, 1, 100_007],
    [
      { net: 10, commission: 2, slippage: 1 },
      { net: -3, commission: 4, slippage: 0.5, isOpen: true },
    ],
  );
  test.each<[StatisticId, number]>([
    ['grossProfit', 14.5],
    ['totalCommission', 6],
    ['totalSlippage', 1.5],
    ['rejectedOrders', 2],
    ['exposure', 50],
  ])('%s', (id, expected) => expect(of(result, id).value).toBeCloseTo(expected, 12));
});
