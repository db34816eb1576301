import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { annualRate } from '../../../shared/statistics/annual-rate.ts';
import { benchmarkCloses } from '../../../shared/statistics/benchmark.ts';
import { dailyReturns } from '../../../shared/statistics/daily-returns.ts';
import { drawdownOf } from '../../../shared/statistics/drawdown.ts';
import { resultsBy } from '../../../shared/statistics/results-by-time.ts';
import { rollingSharpe } from '../../../shared/statistics/rolling-sharpe.ts';
import { STATISTIC_GROUPS, type StatisticId } from '../../../shared/statistics/statistic.ts';
import { type SummaryOptions, summarise } from '../../../shared/statistics/summary.ts';
import { DAY, dailyTimes, MINUTE, MONDAY, resultOf } from './result-of.ts';

const of = (result: ReturnType<typeof resultOf>, id: StatisticId, options: Partial<SummaryOptions> = {}) =>
  summarise(result, { riskFreeRate: 0, ...options }).find((statistic) => statistic.id === id)!;

/** Equity from 100 000 with the given daily returns, on weekdays from a Monday on. */
function runOf(returns: readonly number[], trades: Parameters<typeof resultOf>[2] = []) {
  let value = 100_000;
  return resultOf(
    dailyTimes(returns.length),
    returns.map((change) => (value *= 1 + change)),
    trades,
  );
}
const repeated = (pattern: readonly number[], days: number) =>
  Array.from({ length: days }, (_, day) => pattern[day % pattern.length]!);

test('figures come group after group, so that screens can fold them', () => {
  const groups = summarise(runOf([0.01, 0.02]), { riskFreeRate: 0 }).map(({ group }) => group);
  const changes = groups.filter((group, i) => group !== groups[i - 1]);
  expect(changes).toEqual([...STATISTIC_GROUPS]);
});

describe('ratios of daily returns, by hand', () => {
  // Mean 0.005, half of the days -0.01 and half +0.02.
  const result = runOf(repeated([0.02, -0.01], 40));
  const year = Math.sqrt(252);
  test.each<[StatisticId, number]>([
    ['sortino', (0.005 / Math.sqrt(0.0001 / 2)) * year],
    ['omega', 2],
    ['volatility', 100 * 0.015 * Math.sqrt(40 / 39) * year],
    ['valueAtRisk', 1],
    ['conditionalValueAtRisk', 1],
    ['tailRatio', 2],
    ['skew', 0],
    ['kurtosis', -2],
    ['bestDay', 2],
    ['worstDay', -1],
    ['positiveDays', 50],
  ])('%s', (id, expected) => expect(of(result, id).value).toBeCloseTo(expected, 9));

  test('a risk-free rate comes off every day, never as a yearly rate', () => {
    const daily = 1.05 ** (1 / 252) - 1;
    const options = { riskFreeRate: 0.05 };
    const downside = Math.sqrt((0.01 + daily) ** 2 / 2);
    expect(of(result, 'sortino', options).value).toBeCloseTo(((0.005 - daily) / downside) * year, 9);
    expect(of(result, 'omega', options).value).toBeCloseTo((0.02 - daily) / (0.01 + daily), 9);
    // What the trap would give: more than half of every day's gain gone.
    expect(of(result, 'sortino', options).value).toBeGreaterThan(0);
  });
  test('no losses, no ratio', () => {
    const rising = runOf(repeated([0.01, 0.02], 40));
    for (const id of ['sortino', 'omega', 'ulcerPerformance', 'recoveryFactor', 'calmar'] as const) {
      expect(of(rising, id), id).toMatchObject({ value: null, note: expect.stringContaining('undefined') });
    }
  });
  test('nineteen days are not enough', () => {
    const short = runOf(repeated([0.02, -0.01], 19));
    for (const id of [
      'sortino',
      'omega',
      'volatility',
      'valueAtRisk',
      'conditionalValueAtRisk',
      'tailRatio',
      'skew',
      'kurtosis',
      'probabilisticSharpe',
      'deflatedSharpe',
      'minimumTrackRecord',
      'ulcerIndex',
    ] as const) {
      expect(of(short, id), id).toMatchObject({
        value: null,
        note: expect.stringContaining('19 daily returns'),
      });
    }
  });
  test('a ruined account has no daily ratios', () => {
    const ruined = resultOf(dailyTimes(30), [...new Array(29).fill(100_000), -5]);
    expect(of(ruined, 'sharpe')).toMatchObject({
      value: null,
      note: expect.stringContaining('zero or below'),
    });
  });
});

test('value at risk lies between order statistics, the shortfall beyond it', () => {
  // Losses of 10 % to 0, gains of 2 % to 20 %: the 5th and 95th percentiles are the second from either end.
  const result = runOf(Array.from({ length: 21 }, (_, i) => (i < 10 ? i - 10 : 2 * (i - 10)) / 100));
  expect(of(result, 'valueAtRisk').value).toBeCloseTo(9, 9);
  expect(of(result, 'conditionalValueAtRisk').value).toBeCloseTo(9.5, 9);
  expect(of(result, 'tailRatio').value).toBeCloseTo(2, 9);
});

test('small gains count in omega, days without a change are not positive', () => {
  const result = runOf(repeated([0.02, -0.01, 0.005, 0], 40));
  expect(of(result, 'omega').value).toBeCloseTo(2.5, 9);
  expect(of(result, 'positiveDays').value).toBe(50);
});

test.each(['2024-07-06', '2024-07-07'])('a bar on %s makes a year of 365 days', (date) => {
  const time = Float64Array.of(Date.parse('2024-07-05T12:00:00Z'), Date.parse(`${date}T12:00:00Z`));
  expect(dailyReturns(time, Float64Array.of(1, 2), 1).periodsPerYear).toBe(365);
});

describe('months', () => {
  const at = (date: string) => Date.parse(`${date}T12:00:00Z`);
  const time = Float64Array.of(at('2024-01-10'), at('2024-01-31'), at('2024-02-29'), at('2024-04-01'));
  const result = resultOf(time, [101_000, 110_000, 99_000, 108_900]);
  test.each<[StatisticId, number]>([
    ['bestMonth', 10],
    ['worstMonth', -10],
    ['positiveMonths', 200 / 3],
  ])('%s', (id, expected) => expect(of(result, id).value).toBeCloseTo(expected, 9));
  test('one month is not enough', () =>
    expect(of(runOf([0.01, 0.02]), 'bestMonth')).toMatchObject({
      value: null,
      note: 'not enough data: 1 months, 2 needed',
    }));
});

describe('drawdowns', () => {
  test('the same as looking back from every step', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 60 }), (values) => {
        const time = Float64Array.from(values, (_, i) => i * i * MINUTE);
        const ours = drawdownOf(time, Float64Array.from(values), 25);
        let [percent, money, steps, milliseconds] = [0, 0, 0, 0];
        const under = new Set<number>();
        for (const [step, value] of values.entries()) {
          const before = [25, ...values.slice(0, step + 1)];
          const peak = Math.max(...before);
          if (value >= peak) continue;
          // Position 0 is the starting cash, which counts as held on the first step.
          const peakStep = Math.max(0, before.lastIndexOf(peak) - 1);
          percent = Math.max(percent, (100 * (peak - value)) / peak);
          money = Math.max(money, peak - value);
          steps = Math.max(steps, step - peakStep);
          milliseconds = Math.max(milliseconds, time[step]! - time[peakStep]!);
          for (let s = peakStep; s < step; s++) under.add(s);
        }
        const underWater = [...under].reduce((sum, step) => sum + time[step + 1]! - time[step]!, 0);
        expect(ours).toEqual({ percent, money, steps, milliseconds, underWater, elapsed: time.at(-1)! });
      }),
    );
  });
  test('time under water: from the peak to the last step below it', () => {
    const time = Float64Array.of(0, 1, 2, 3, 10).map((day) => MONDAY + day * DAY);
    const result = resultOf(time, [100_000, 99_000, 98_000, 100_000, 101_000]);
    expect(of(result, 'timeUnderWater').value).toBeCloseTo(20, 12);
    expect(of(result, 'recoveryFactor').value).toBeCloseTo(0.5, 12);
  });
  test('ulcer index and its performance, over days', () => {
    // Ten days at 90 % of the starting cash, which was the first peak, twenty at 100 %, thirty at 50 %.
    const result = runOf([
      -0.1,
      ...new Array(9).fill(0),
      1 / 9,
      ...new Array(19).fill(0),
      -0.5,
      ...new Array(29).fill(0),
    ]);
    const ulcer = Math.sqrt((10 * 10 ** 2 + 30 * 50 ** 2) / 60);
    expect(of(result, 'ulcerIndex').value).toBeCloseTo(ulcer, 9);
    const cagr = of(result, 'cagr').value!;
    expect(of(result, 'ulcerPerformance', { riskFreeRate: 0.03 }).value).toBeCloseTo((cagr - 3) / ulcer, 9);
    expect(of(result, 'calmar').value).toBeCloseTo(cagr / 50, 9);
  });
});

describe('trades', () => {
  const nets = [10, 20, -5, 0, -15, -10, 30];
  const closed = nets.map((net) => ({ net }));
  const result = runOf([0], [...closed, { net: -50, isOpen: true }]);
  test.each<[StatisticId, number]>([
    ['averageWin', 20],
    ['averageLoss', -10],
    ['largestWin', 30],
    ['largestLoss', -15],
    ['payoffRatio', 2],
    ['kelly', 100 * (3 / 7 - 4 / 7 / 2)],
    ['tradesWithOpen', 8],
    ['lostWithOpen', 4],
    ['wonWithOpen', 3],
    ['strikeRateWithOpen', 37.5],
    ['lossStreakWithOpen', 2],
    ['profitFactorWithOpen', 60 / 80],
    ['expectancyWithOpen', -2.5],
    ['averageLossWithOpen', -20],
    ['largestLossWithOpen', -50],
    ['payoffRatioWithOpen', 1],
    ['kellyWithOpen', 100 * (3 / 8 - 5 / 8)],
  ])('%s', (id, expected) => expect(of(result, id).value).toBeCloseTo(expected, 12));

  test('without open trades both scopes agree', () => {
    const plain = summarise(runOf([0], closed), { riskFreeRate: 0 });
    const closedValue = (id: string) => plain.find((figure) => figure.id === id)!.value;
    for (const { id, value } of plain) {
      if (id.endsWith('WithOpen')) expect(value, id).toBe(closedValue(id.slice(0, -'WithOpen'.length)));
    }
  });
  test('profit concentration: the best 5 %, rounded up', () => {
    const twentyOne = [...new Array(19).fill({ net: -1 }), { net: 40 }, { net: 20 }];
    expect(of(runOf([0], twentyOne), 'profitConcentration').value).toBeCloseTo((100 * 60) / 41, 12);
    expect(of(runOf([0], new Array(20).fill({ net: -1 })), 'profitConcentration').note).toContain(
      'no net profit',
    );
    expect(of(result, 'profitConcentration').note).toBe('not enough data: 7 trades, 20 needed');
  });
  test('excursions: averages, extremes and the edge ratio', () => {
    const held = runOf(
      [0],
      [
        { net: 1, adverse: -10, favourable: 40 },
        { net: 1, adverse: -30, favourable: 20 },
        { net: 1, adverse: -500, favourable: 500, isOpen: true },
      ],
    );
    expect(of(held, 'averageAdverse').value).toBe(-20);
    expect(of(held, 'worstAdverse').value).toBe(-30);
    expect(of(held, 'averageFavourable').value).toBe(30);
    expect(of(held, 'bestFavourable').value).toBe(40);
    expect(of(held, 'edgeRatio').value).toBe(1.5);
    expect(of(result, 'edgeRatio')).toMatchObject({
      value: null,
      note: expect.stringContaining('ever at a loss'),
    });
  });
  test('holding times', () => {
    const held = runOf(
      [0],
      [
        { net: 1, barsHeld: 2, held: 5 * MINUTE },
        { net: 1, barsHeld: 4, held: 60 * MINUTE },
        { net: 1, barsHeld: 9, held: 10 * MINUTE },
        { net: 1, barsHeld: 500, held: DAY, isOpen: true },
      ],
    );
    const values = (['averageBarsHeld', 'medianBarsHeld', 'longestBarsHeld'] as const).map(
      (id) => of(held, id).value,
    );
    expect(values).toEqual([5, 4, 9]);
    const times = (['averageHolding', 'medianHolding', 'longestHolding'] as const).map(
      (id) => of(held, id).value,
    );
    expect(times).toEqual([25 * MINUTE, 10 * MINUTE, 60 * MINUTE]);
  });
});

describe('results by the time of entry', () => {
  const entry = Date.parse('2024-06-30T23:30:00Z'); // a Sunday
  const { trades } = runOf(
    [0],
    [
      { net: 10, entryTime: entry },
      { net: -4, entryTime: entry },
      { net: 7, entryTime: entry + 8 * 60 * MINUTE },
      { net: 99, entryTime: entry, isOpen: true },
    ],
  );
  const filled = (slot: 'hour' | 'weekday' | 'month', offset?: number) =>
    resultsBy(trades, slot, offset === undefined ? undefined : () => offset).filter(({ trades: n }) => n > 0);
  test('UTC', () => {
    expect(filled('hour')).toEqual([
      { slot: 7, trades: 1, net: 7, strikeRate: 100 },
      { slot: 23, trades: 2, net: 6, strikeRate: 50 },
    ]);
    expect(filled('weekday').map(({ slot }) => slot)).toEqual([1, 7]);
    expect(filled('month').map(({ slot, net }) => [slot, net])).toEqual([
      [6, 6],
      [7, 7],
    ]);
  });
  test('in a zone one hour ahead it is another hour, day and month', () => {
    expect(filled('hour', 60 * MINUTE).map(({ slot }) => slot)).toEqual([0, 8]);
    expect(filled('weekday', 60 * MINUTE)).toEqual([{ slot: 1, trades: 3, net: 13, strikeRate: 200 / 3 }]);
    expect(filled('month', 60 * MINUTE)).toHaveLength(1);
  });
  test('every slot has a row', () => {
    expect(resultsBy(trades, 'hour')).toHaveLength(24);
    expect(resultsBy(trades, 'weekday')).toHaveLength(7);
    expect(resultsBy(trades, 'month')[11]).toEqual({ slot: 12, trades: 0, net: 0, strikeRate: null });
  });
});

describe('rolling Sharpe ratio', () => {
  const result = runOf(repeated([0.02, -0.01, 0.005], 60));
  const daily = dailyReturns(result.equity.time, result.equity.equity, 100_000);
  test('the last window is the Sharpe ratio of a run of these days', () => {
    const rolling = rollingSharpe(daily, 60, annualRate(0.02));
    expect(rolling).toHaveLength(60);
    expect([...rolling.subarray(0, 59)].every(Number.isNaN)).toBe(true);
    expect(rolling[59]).toBeCloseTo(of(result, 'sharpe', { riskFreeRate: 0.02 }).value!, 12);
  });
  test('a window sees only its days', () => {
    const rolling = rollingSharpe(daily, 3, annualRate(0));
    const mean = 0.015 / 3;
    const deviation = Math.sqrt(((0.02 - mean) ** 2 + (0.01 + mean) ** 2 + (0.005 - mean) ** 2) / 2);
    for (const value of rolling.subarray(2))
      expect(value).toBeCloseTo((mean / deviation) * Math.sqrt(252), 8);
  });
  test('a window of one day is refused', () =>
    expect(() => rollingSharpe(daily, 1, annualRate(0))).toThrow(RangeError));
});

describe('benchmark', () => {
  const market = repeated([0.01, -0.02, 0.03, 0, -0.005], 60);
  const closesOf = (returns: readonly number[]) => {
    let close = 50;
    return Float64Array.from(returns, (change) => (close *= 1 + change));
  };
  const benchmark = { closes: closesOf(market) };
  test('an account that is twice the market and 0.1 % a day better', () => {
    const result = runOf(market.map((change) => 2 * change + 0.001));
    expect(of(result, 'beta', { benchmark }).value).toBeCloseTo(2, 9);
    expect(of(result, 'alpha', { benchmark }).value).toBeCloseTo(25.2, 7);
    expect(of(result, 'correlation', { benchmark }).value).toBeCloseTo(1, 9);
    // Active return: the market's plus 0.1 %, from the second day on.
    const active = market.slice(1).map((change) => change + 0.001);
    const mean = active.reduce((sum, value) => sum + value) / 59;
    const deviation = Math.sqrt(active.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 58);
    expect(of(result, 'trackingError', { benchmark }).value).toBeCloseTo(100 * deviation * Math.sqrt(252), 8);
    expect(of(result, 'informationRatio', { benchmark }).value).toBeCloseTo(
      (mean / deviation) * Math.sqrt(252),
      8,
    );
    const growth = market.slice(1).reduce((all, change) => all * (1 + change), 1);
    expect(of(result, 'benchmarkReturn', { benchmark }).value).toBeCloseTo(100 * (growth - 1), 8);
  });
  test('the risk-free rate of a day is in alpha once for each side', () => {
    const daily = 1.05 ** (1 / 252) - 1;
    const result = runOf(market.map((change) => 2 * change));
    const { value } = of(result, 'alpha', { benchmark, riskFreeRate: 0.05 });
    expect(value).toBeCloseTo(100 * 252 * daily, 8);
  });
  test('days without a close are left out on both sides', () => {
    const closes = benchmark.closes.map((close, day) => (day === 10 ? Number.NaN : close));
    const wild = market.map((change, day) => (day === 10 || day === 11 ? 0.5 : 2 * change));
    expect(of(runOf(wild), 'beta', { benchmark: { closes } }).value).toBeCloseTo(2, 9);
  });
  test('what is missing is said', () => {
    expect(of(runOf(market), 'beta').note).toContain('no benchmark');
    expect(of(runOf(market), 'beta', { benchmark: { closes: new Float64Array(60).fill(7) } }).note).toContain(
      'does not move',
    );
    expect(
      of(runOf(market), 'correlation', { benchmark: { closes: new Float64Array(60).fill(Number.NaN) } }).note,
    ).toContain('0 days with a benchmark return');
    expect(() => of(runOf(market), 'beta', { benchmark: { closes: new Float64Array(3) } })).toThrow(
      RangeError,
    );
  });
  test('closes are aligned to the days of the run and carried forward', () => {
    const days = Float64Array.of(1, 2, 3, 6).map((day) => MONDAY + day * DAY);
    const time = Float64Array.of(2 * DAY, 2 * DAY + 60 * MINUTE, 3 * DAY, 5 * DAY, 7 * DAY).map(
      (at) => MONDAY + at,
    );
    expect([...benchmarkCloses(days, time, Float64Array.of(10, 11, 12, 13, 14))]).toEqual([
      Number.NaN,
      11,
      12,
      13,
    ]);
  });
});

describe('turnover, capacity, exposure and financing', () => {
  const days = 731; // 730 days from the first to the last
  const time = Float64Array.from({ length: days }, (_, day) => MONDAY + day * DAY);
  const result = resultOf(time, new Array(days).fill(100_000), [
    { net: 5, financing: 2 },
    { net: 5, financing: 3 },
  ]);
  const fills = {
    ...result.fills,
    feed: Uint16Array.of(0, 1),
    bar: Int32Array.of(3, 3),
    size: Float64Array.of(100, -200),
    price: Float64Array.of(50, 10),
  };
  const traded = { ...result, fills };
  test('turnover per year of the average equity, bought and sold', () => {
    const years = 730 / 365.25;
    expect(of(traded, 'turnover').value).toBeCloseTo(7 / years, 9);
    const feeds = [1, 10].map((multiplier) => ({ time, volume: null, multiplier }));
    expect(of(traded, 'turnover', { feeds }).value).toBeCloseTo(25 / years, 9);
    expect(of(runOf([0.1]), 'turnover').note).toContain('30 needed');
  });
  test('capacity: the account at which the largest share of a bar would be 1 %', () => {
    const volume = new Float64Array(days).fill(4000);
    // The second feed has a bar every other day: on day 3 that of day 2 is the last.
    const sparse = {
      time: Float64Array.of(time[0]!, time[2]!, time[4]!),
      volume: Float64Array.of(1, 50_000, 1),
    };
    const feeds = [{ time, volume }, sparse];
    expect(of(traded, 'largestParticipation', { feeds }).value).toBeCloseTo(2.5, 12);
    expect(of(traded, 'capacity', { feeds }).value).toBeCloseTo(40_000, 9);
  });
  test('fills on the same bar add up', () => {
    const same = { ...traded, fills: { ...fills, feed: Uint16Array.of(0, 0) } };
    const feeds = [{ time, volume: new Float64Array(days).fill(1000) }];
    expect(of(same, 'largestParticipation', { feeds }).value).toBeCloseTo(30, 12);
  });
  test('without volumes there is none; on a bar without trading the capacity is zero', () => {
    expect(of(traded, 'capacity')).toMatchObject({ value: null, note: expect.stringContaining('volume') });
    const zeros = [{ time, volume: new Float64Array(days) }];
    expect(of(traded, 'capacity', { feeds: zeros }).value).toBeNull();
    const quiet = new Float64Array(days).fill(10);
    quiet[3] = 0;
    expect(of(traded, 'capacity', { feeds: [{ time, volume: quiet }] }).value).toBe(0);
    expect(of(traded, 'largestParticipation', { feeds: [{ time, volume: quiet }] }).value).toBeNull();
  });
  test('average exposure and financing', () => {
    const even = resultOf(dailyTimes(2), [100, 300], [], 100);
    expect(of(even, 'averageExposure').value).toBeCloseTo((100 * 25) / 200, 12);
    expect(of(result, 'totalFinancing').value).toBe(5);
    expect(of(result, 'grossProfit').value).toBe(15);
  });
});
