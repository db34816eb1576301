import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { annualRate } from '../../../../shared/statistics/annual-rate.ts';
import { backtraderAnalyzers } from '../../../../shared/statistics/backtrader/analyzers.ts';
import { annualReturn } from '../../../../shared/statistics/backtrader/annual-return.ts';
import { calmar } from '../../../../shared/statistics/backtrader/calmar.ts';
import { drawDown } from '../../../../shared/statistics/backtrader/draw-down.ts';
import { analyzerInputOf } from '../../../../shared/statistics/backtrader/input-of-result.ts';
import { periodStats } from '../../../../shared/statistics/backtrader/period-stats.ts';
import { returns } from '../../../../shared/statistics/backtrader/returns.ts';
import { sharpeRatio } from '../../../../shared/statistics/backtrader/sharpe-ratio.ts';
import { sqn } from '../../../../shared/statistics/backtrader/sqn.ts';
import { timeDrawDown } from '../../../../shared/statistics/backtrader/time-draw-down.ts';
import { timeReturn } from '../../../../shared/statistics/backtrader/time-return.ts';
import { NO_LENGTH, tradeAnalyzer } from '../../../../shared/statistics/backtrader/trade-analyzer.ts';
import { vwr } from '../../../../shared/statistics/backtrader/vwr.ts';
import { periodsOf } from '../../../../shared/statistics/periods.ts';
import { dailyTimes, resultOf } from '../result-of.ts';

// What the recorded scenarios (test/golden) do not hold: accounts without trades, ruined ones, single periods.

/** One value per day; several in an array are steps of the same day. */
function curveOf(startingCash: number, ...days: readonly (number | readonly number[])[]) {
  const times = dailyTimes(days.length);
  const steps = days.flatMap((values, day) =>
    [values].flat().map((value, i) => [times[day]! + i * 60_000, value]),
  );
  return {
    time: Float64Array.from(steps, ([time]) => time!),
    equity: Float64Array.from(steps, ([, value]) => value!),
    startingCash,
  };
}
const daysOf = ({ time }: { time: Float64Array }) => periodsOf(time, 'Days');
const trade = (pnlcomm: number, barlen = 1, long = true) => ({ pnl: pnlcomm + 1, pnlcomm, barlen, long });

describe('TimeReturn and Returns', () => {
  const curve = curveOf(100, [105, 110], 121);
  test('last values of periods, from the starting cash', () =>
    expect([...timeReturn(curve, daysOf(curve))].map((value) => value.toFixed(12))).toEqual([
      '0.100000000000',
      '0.100000000000',
    ]));
  test('logarithmic, per period and annualised', () => {
    const { rtot, ravg, rnorm, rnorm100 } = returns(curve, daysOf(curve));
    expect(rtot).toBeCloseTo(Math.log(1.21), 12);
    expect(ravg).toBeCloseTo(Math.log(1.1), 12);
    expect(rnorm / 1.1 ** 252).toBeCloseTo(1, 9);
    expect(rnorm100).toBe(100 * rnorm);
  });
  test('minutes are not annualised', () => {
    const { ravg, rnorm } = returns(curve, periodsOf(curve.time, 'Minutes'));
    expect(ravg).toBeCloseTo(Math.log(1.21) / 3, 12);
    expect(rnorm).toBeCloseTo(1.21 ** (1 / 3) - 1, 12);
  });
  test('a ruined account', () =>
    expect(returns(curveOf(100, 50, -1), daysOf(curveOf(100, 50, -1)))).toMatchObject({
      rtot: Number.NEGATIVE_INFINITY,
      rnorm: -1,
    }));
  test('the product of all periods is the growth of the account', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const any = curveOf(1000, ...values);
        for (const timeframe of ['Days', 'Weeks', 'Months', 'Years'] as const) {
          const product = timeReturn(any, periodsOf(any.time, timeframe)).reduce(
            (all, value) => all * (1 + value),
            1,
          );
          expect(product / (values.at(-1)! / 1000)).toBeCloseTo(1, 9);
        }
      }),
    );
  });
  test('AnnualReturn begins at the value of the first step', () =>
    expect(annualReturn(curve, periodsOf(curve.time, 'Years'))[0]).toBeCloseTo(121 / 105 - 1, 12));
});

describe('SharpeRatio', () => {
  const options = {
    timeframe: 'Days',
    riskFreeRate: annualRate(0.01),
    convert: 'rate',
    annualize: false,
    divisor: 'population',
  } as const;
  test('null with one period and where nothing varies', () => {
    expect(sharpeRatio(Float64Array.of(0.01), options)).toBeNull();
    expect(sharpeRatio(Float64Array.of(0.01), { ...options, divisor: 'sample' })).toBeNull();
    expect(sharpeRatio(Float64Array.of(0.5, 0.5), options)).toBeNull();
  });
  test('by hand: the yearly rate as a rate of a day, or the returns of a day as those of a year', () => {
    const daily = 1.01 ** (1 / 252) - 1;
    const values = Float64Array.of(0.02, 0.01);
    expect(sharpeRatio(values, options)).toBeCloseTo((0.015 - daily) / 0.005, 9);
    expect(sharpeRatio(values, { ...options, annualize: true })).toBeCloseTo(
      ((0.015 - daily) / 0.005) * Math.sqrt(252),
      7,
    );
    const [a, b] = [1.02 ** 252 - 1.01, 1.01 ** 252 - 1.01];
    expect(sharpeRatio(values, { ...options, convert: 'returns', annualize: true })).toBeCloseTo(
      (a + b) / (a - b),
      9,
    );
  });
});

describe('drawdowns', () => {
  test('the first peak is the first value, not the starting cash', () => {
    const curve = curveOf(200, 100, 80, 90, 100, 50);
    expect(drawDown(curve)).toEqual({
      len: 1,
      drawdown: 50,
      moneydown: 50,
      max: { len: 2, drawdown: 50, moneydown: 50 },
    });
  });
  test('samples at the first step of each day; only a higher peak ends the count', () => {
    const curve = curveOf(100, [100, 1], [90, 300], 100, 90, [95, 10]);
    const result = timeDrawDown(curve, daysOf(curve));
    expect(result.maxdrawdown).toBeCloseTo(10, 12);
    expect(result.maxdrawdownperiod).toBe(3);
  });
});

describe('Calmar', () => {
  test('not a number until the window is full; the last value comes under the last key', () => {
    const curve = curveOf(100, 100, 90, [120, 150]);
    const ratios = calmar(curve, daysOf(curve), 3);
    expect(ratios[0]).toBeNaN();
    expect(ratios[1]).toBeCloseTo(Math.log(90 / 100) / 3 / 10, 12);
    expect(ratios[2]).toBeCloseTo(Math.log(150 / 90) / 3 / 10, 12);
  });
  test('zero without a drawdown, not a number below zero', () => {
    const rising = curveOf(100, 100, 110, 120);
    expect([...calmar(rising, daysOf(rising), 2)]).toEqual([0, 0, 0]);
    const ruined = curveOf(100, 100, -5, 10);
    expect(calmar(ruined, daysOf(ruined), 2)[1]).toBeNaN();
  });
});

describe('SQN, VWR and PeriodStats', () => {
  test('SQN: zero below two trades, null where all are equal', () => {
    expect(sqn([])).toEqual({ sqn: 0, trades: 0 });
    expect(sqn([trade(5)])).toEqual({ sqn: 0, trades: 1 });
    expect(sqn([trade(5), trade(5)])).toEqual({ sqn: null, trades: 2 });
    expect(sqn([trade(3), trade(1)])).toEqual({ sqn: 2 * Math.SQRT2, trades: 2 });
  });
  test('VWR by hand: a last step that begins a day ends no further period', () => {
    const curve = curveOf(100, [100, 108], 104, 121);
    const ravg = Math.log(1.21) / 3;
    const pairs = [
      [100, 100],
      [100, 104],
      [104, 121],
    ] as const;
    const distances = pairs.map(([start, end], i) => end / (start * Math.exp(ravg * (i + 1))) - 1);
    const mean = distances.reduce((sum, value) => sum + value) / 3;
    const deviation = Math.sqrt(distances.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2);
    const expected = 100 * Math.expm1(ravg * 252) * (1 - (deviation / 2) ** 0.2);
    expect(vwr(curve, daysOf(curve))! / expected).toBeCloseTo(1, 9);
    const longer = curveOf(100, [100, 108], 104, [121, 121]);
    expect(vwr(longer, daysOf(longer))).not.toBeCloseTo(expected, 3);
  });
  test('VWR of a single step', () => expect(vwr(curveOf(100, 101), daysOf(curveOf(100, 101)))).toBeNull());
  test('PeriodStats by hand', () =>
    expect(periodStats(Float64Array.of(0.25, -0.75, 0, 0.5))).toEqual({
      average: 0,
      stddev: Math.sqrt((0.0625 + 0.5625 + 0.25) / 4),
      positive: 2,
      negative: 1,
      nochange: 1,
      best: 0.5,
      worst: -0.75,
    }));
});

describe('TradeAnalyzer', () => {
  test('without closed trades only the total', () => {
    expect(tradeAnalyzer([], 0)).toEqual({ total: { total: 0 } });
    expect(tradeAnalyzer([], 2)).toEqual({ total: { total: 2, open: 2 } });
  });
  test('break-even counts as won; streaks, sides and lengths', () => {
    const result = tradeAnalyzer([trade(0, 4), trade(6, 0), trade(-5, 3, false), trade(-1, 2)], 1);
    expect(result.total).toEqual({ total: 5, open: 1, closed: 4 });
    expect(result.streak).toEqual({ won: { current: 0, longest: 2 }, lost: { current: 2, longest: 2 } });
    expect(result.pnl).toEqual({ gross: { total: 4, average: 1 }, net: { total: 0, average: 0 } });
    expect(result.won).toEqual({ total: 2, pnl: { total: 6, average: 3, max: 6 } });
    expect(result.lost).toEqual({ total: 2, pnl: { total: -6, average: -3, max: -5 } });
    expect(result.short).toMatchObject({
      total: 1,
      won: 0,
      lost: 1,
      pnl: { total: -5, won: { total: 0, max: 0 } },
    });
    expect(result.len).toMatchObject({ total: 9, average: 2.25, max: 4, min: 2 });
    expect(result.len!.won).toEqual({ total: 4, average: 2, max: 4, min: 4 });
    expect(result.len!.short.won).toEqual({ total: 0, average: 0, max: 0, min: NO_LENGTH });
  });
  test('the shortest length is missing where no trade was lost', () => {
    const { len } = tradeAnalyzer([trade(1, 2)], 0);
    expect(len!.won.min).toBe(2);
    expect(len!.lost).toEqual({ total: 0, average: 0, max: 0 });
  });
});

describe('all together', () => {
  test('numbers that JSON cannot write are strings, and dates are keys', () => {
    const all = backtraderAnalyzers({ ...curveOf(100, 110, -5), trades: [], openTrades: 0 });
    expect(all.Returns_Days).toMatchObject({ rtot: '-Infinity', rnorm: -1 });
    expect(all.Calmar_default).toEqual({ '2024-07-31T00:00:00': 'NaN' });
    expect(all.TimeReturn_Years).toEqual({ '2024-12-31': -1.05 });
    expect(all.AnnualReturn).toEqual({ '2024': -5 / 110 - 1 });
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
  });
  test('Returns counts in the bars of the data', () => {
    const input = { ...curveOf(100, [101, 102, 103, 104]), trades: [], openTrades: 0 };
    const two = backtraderAnalyzers({ ...input, bars: { timeframe: 'Minutes', compression: 2 } });
    expect(two.Returns_default).toMatchObject({ ravg: Math.log(1.04) / 2 });
    expect(backtraderAnalyzers(input).Returns_default).toMatchObject({ ravg: Math.log(1.04) / 4 });
  });
  test('a run: trades in the order of the fills that closed them, open ones apart', () => {
    const result = resultOf(
      dailyTimes(3),
      [100, 110, 120],
      [
        { net: 5, commission: 2, slippage: 1, barsHeld: 7 },
        { net: -3, side: -1 },
        { net: 100, isOpen: true },
      ],
    );
    const exits = { exitBar: Int32Array.of(2, 1, -1), exitOrder: Int32Array.of(1, 2, 0) };
    const trades = { ...result.trades, ...exits };
    // Order 1 filled a part on step 0 already, and closed its trade on step 2; order 2 did on step 1.
    const columns = resultOf(dailyTimes(1), [100], new Array(4).fill({ net: 0 })).fills;
    const fills = { ...columns, order: Int32Array.of(1, 2, 1, 3), bar: Int32Array.of(0, 1, 2, 2) };
    const input = analyzerInputOf({ ...result, trades, fills });
    expect(input.trades).toEqual([
      { pnl: -3, pnlcomm: -3, barlen: 1, long: false },
      { pnl: 7, pnlcomm: 5, barlen: 7, long: true },
    ]);
    expect(input.openTrades).toBe(1);
  });
});
