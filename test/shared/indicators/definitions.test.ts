import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../shared/backtest/random.ts';
import { INDICATORS } from '../../../shared/indicators/catalogue.ts';
import { randomBars } from '../backtest/run.ts';

// Slow definitions straight from the formulas, by windows of plain arrays.

const data = randomBars(400, 21);
const random = seededRandom(3);
const volume = data.close.map(() => 100 + Math.floor(random() * 900));
const close = [...data.close];
const high = [...data.high];
const low = [...data.low];
const open = [...data.open];
const bars = { ...data, volume };

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
const variance = (values: readonly number[]) => mean(values.map((value) => (value - mean(values)) ** 2));
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const lastOf = (values: readonly number[], i: number, period: number) => values.slice(i - period + 1, i + 1);
const trueRange = close.map((_, i) =>
  i === 0
    ? Number.NaN
    : Math.max(high[i]! - low[i]!, Math.abs(high[i]! - close[i - 1]!), Math.abs(low[i]! - close[i - 1]!)),
);
const typical = close.map((c, i) => (high[i]! + low[i]! + c) / 3);

/** Indicator, parameters, output, and the value at bar i. */
const DEFINITIONS: readonly (readonly [string, readonly number[], number, (i: number) => number])[] = [
  ['sma', [7], 0, (i) => mean(lastOf(close, i, 7))],
  ['wma', [9], 0, (i) => sum(lastOf(close, i, 9).map((x, k) => x * (k + 1))) / 45],
  ['trima', [5], 0, (i) => mean([0, 1, 2].map((k) => mean(lastOf(close, i - k, 3))))],
  ['median', [6], 0, (i) => mean(sorted(lastOf(close, i, 6)).slice(2, 4))],
  [
    'vwma',
    [8],
    0,
    (i) =>
      sum(
        lastOf(
          close.map((c, k) => c * volume[k]!),
          i,
          8,
        ),
      ) / sum(lastOf([...volume], i, 8)),
  ],
  ['highest', [11], 0, (i) => Math.max(...lastOf(close, i, 11))],
  ['lowest', [11], 0, (i) => Math.min(...lastOf(close, i, 11))],
  [
    'barsSinceHighest',
    [11],
    0,
    (i) => 10 - lastOf(close, i, 11).lastIndexOf(Math.max(...lastOf(close, i, 11))),
  ],
  ['standardDeviation', [12], 0, (i) => Math.sqrt(variance(lastOf(close, i, 12)))],
  [
    'zScore',
    [12],
    0,
    (i) => (close[i]! - mean(lastOf(close, i, 12))) / Math.sqrt((variance(lastOf(close, i, 12)) * 12) / 11),
  ],
  ['quantile', [9, 0.25], 0, (i) => sorted(lastOf(close, i, 9))[2]!],
  ['percentRank', [10], 0, (i) => 10 * lastOf(close, i - 1, 10).filter((x) => x < close[i]!).length],
  ['roc', [4], 0, (i) => close[i]! / close[i - 4]! - 1],
  [
    'efficiencyRatio',
    [6],
    0,
    (i) =>
      Math.abs(close[i]! - close[i - 6]!) /
      sum([0, 1, 2, 3, 4, 5].map((k) => Math.abs(close[i - k]! - close[i - k - 1]!))),
  ],
  [
    'bollinger',
    [10, 2],
    1,
    (i) => mean(lastOf(close, i, 10)) + 2 * Math.sqrt(variance(lastOf(close, i, 10))),
  ],
  ['donchian', [10], 2, (i) => Math.min(...lastOf(low, i, 10))],
  [
    'williamsR',
    [10],
    0,
    (i) =>
      (-100 * (Math.max(...lastOf(high, i, 10)) - close[i]!)) /
      (Math.max(...lastOf(high, i, 10)) - Math.min(...lastOf(low, i, 10))),
  ],
  [
    'choppiness',
    [10],
    0,
    (i) =>
      (100 *
        Math.log10(
          sum(lastOf(trueRange, i, 10)) /
            (Math.max(...lastOf(high, i, 10)) - Math.min(...lastOf(low, i, 10))),
        )) /
      1,
  ],
  [
    'parkinson',
    [10, 252],
    0,
    (i) =>
      Math.sqrt(
        (252 *
          mean(
            lastOf(
              high.map((h, k) => Math.log(h / low[k]!) ** 2),
              i,
              10,
            ),
          )) /
          (4 * Math.LN2),
      ),
  ],
  [
    'rollingVwap',
    [10],
    0,
    (i) =>
      sum(
        lastOf(
          typical.map((p, k) => p * volume[k]!),
          i,
          10,
        ),
      ) / sum(lastOf([...volume], i, 10)),
  ],
  [
    'mfi',
    [10],
    0,
    (i) => {
      const flows = (sign: number) =>
        sum(
          lastOf(
            typical.map((p, k) => (k > 0 && Math.sign(p - typical[k - 1]!) === sign ? p * volume[k]! : 0)),
            i,
            10,
          ),
        );
      return 100 - 100 / (1 + flows(1) / flows(-1));
    },
  ],
  [
    'vortex',
    [9],
    0,
    (i) =>
      sum(
        lastOf(
          high.map((h, k) => Math.abs(h - (low[k - 1] ?? h))),
          i,
          9,
        ),
      ) / sum(lastOf(trueRange, i, 9)),
  ],
  ['aroon', [9], 0, (i) => (100 * lastOf(high, i, 10).lastIndexOf(Math.max(...lastOf(high, i, 10)))) / 9],
  [
    'linearRegression',
    [7],
    1,
    (i) => {
      const window = lastOf(close, i, 7);
      return sum(window.map((y, k) => (k - 3) * (y - mean(window)))) / 28;
    },
  ],
  [
    'balanceOfPower',
    [5],
    0,
    (i) =>
      mean(
        lastOf(
          close.map((c, k) => (high[k] === low[k] ? 0 : (c - open[k]!) / (high[k]! - low[k]!))),
          i,
          5,
        ),
      ),
  ],
  [
    'ulcerIndex',
    [6],
    0,
    (i) =>
      Math.sqrt(
        mean(
          [0, 1, 2, 3, 4, 5].map(
            (k) => (100 * (close[i - k]! / Math.max(...lastOf(close, i - k, 6)) - 1)) ** 2,
          ),
        ),
      ),
  ],
  [
    'autocorrelation',
    [8, 2],
    0,
    (i) => {
      const window = lastOf(close, i, 10);
      const m = mean(window);
      return (
        sum(window.slice(2).map((x, k) => (x - m) * (window[k]! - m))) / sum(window.map((x) => (x - m) ** 2))
      );
    },
  ],
];

describe('as their definitions say', () => {
  test.each(DEFINITIONS)('%s(%j), output %d', (id, parameters, output, definition) => {
    const spec = INDICATORS.find((candidate) => candidate.id === id)!;
    const columns = spec.inputs.map((input) => (input === 'value' ? data.close : bars[input]!));
    const line = spec.compute(columns, parameters)[output]!;
    for (let i = spec.minimumPeriod(...parameters) + 20; i < close.length; i++) {
      const expected = definition(i);
      if (Math.abs(line[i]! - expected) <= 1e-8 * Math.max(1, Math.abs(expected))) continue;
      throw new Error(`bar ${i} is ${line[i]}, not ${expected}`);
    }
  });

  test('supertrend and ATR stops turn only when a close crosses them', () => {
    const [line, direction] = INDICATORS.find(({ id }) => id === 'supertrend')!.compute(
      [data.high, data.low, data.close],
      [10, 2],
    ) as [Float64Array, Float64Array];
    let turns = 0;
    for (let i = 12; i < close.length; i++) {
      expect(Math.sign(close[i]! - line[i]!)).toBe(direction[i]);
      if (direction[i] !== direction[i - 1]) turns++;
      else if (direction[i] === 1) expect(line[i]).toBeGreaterThanOrEqual(line[i - 1]!);
      else expect(line[i]).toBeLessThanOrEqual(line[i - 1]!);
    }
    expect(turns).toBeGreaterThan(3);
  });
});
