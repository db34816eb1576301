import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BacktestResult } from '../../shared/backtest/result.ts';
import { runBacktest } from '../../shared/backtest/run-backtest.ts';
import type { BarColumns } from '../../shared/market/bar.ts';
import { type ParameterValues, resolveParameters } from '../../shared/strategy/parameters.ts';
import { bars, type GivenSettings, MINUTE, randomBars, START, settingsOf } from '../shared/backtest/run.ts';
import { loadStrategy } from './load-strategy.ts';

const smaCross = await loadStrategy('sma-cross');
const thresholdExit = await loadStrategy('threshold-exit');

const names = readdirSync(new URL('../../resources/strategies/', import.meta.url))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replace('.ts', ''));

function run(
  strategy: typeof smaCross,
  data: BarColumns,
  params: ParameterValues = {},
  settings: GivenSettings = {},
): BacktestResult {
  return runBacktest({
    feeds: [{ ticker: 'X', bars: data }],
    settings: settingsOf({ cash: 100_000, ...settings }),
    strategy,
    params: resolveParameters(strategy.params, params),
    seed: 1,
  });
}

/** What a strategy needs beside its defaults. */
const NEEDS: Readonly<Record<string, { params?: ParameterValues; settings?: GivenSettings }>> = {
  'cheat-open': { settings: { fill: 'cheat-on-open' } },
  'orders-from-file': {
    params: {
      orders: [
        'time,ticker,side,size,limit',
        ...Array.from({ length: 20 }, (_, i) => {
          const time = new Date(START + 100 * i * MINUTE).toISOString();
          return i % 2 === 0 ? `${time},X,buy,10,` : `${time},X,close,,`;
        }),
      ].join('\n'),
    },
  },
};

describe('every built-in strategy', () => {
  test.each(names)('%s trades with its defaults, and never adds to what it cannot pay', async (name) => {
    const { params, settings } = NEEDS[name] ?? {};
    const { fills, ledger } = run(
      await loadStrategy(name),
      randomBars(name === 'ema-stochastic-close' ? 20_000 : 3_000, 4),
      params,
      settings,
    );
    expect(fills.length).toBeGreaterThan(5);
    expect(ledger.difference).toBeLessThan(0.005);
  });
});

describe('sma-cross', () => {
  // Falls, rises, falls: the two-bar average crosses the three-bar one up once and down once.
  const data = bars([9, 8, 7, 6, 8, 10, 12, 11, 9, 7, 5].map((price) => [price, price]));
  test('long: buys on the cross, sells on the way back', () => {
    const { fills } = run(smaCross, data, { fast: 2, slow: 3, size: 5 });
    expect([...fills.bar]).toEqual([6, 9]);
    expect([...fills.size]).toEqual([5, -5]);
  });
  test('longshort: turns the position around', () => {
    const { fills } = run(smaCross, data, { fast: 2, slow: 3, size: 5, mode: 'longshort' });
    expect([...fills.size]).toEqual([5, -10]);
    expect([...fills.positionSize]).toEqual([5, -5]);
  });
});

describe('threshold-exit', () => {
  /** Two falling closes bring the RSI(2) to 0 and the score to 1; flat closes keep it there. */
  const oversoldThen = (...closes: number[]) =>
    bars([102, 101, 100, ...closes].map((price) => [price, price]));
  const params = { period: 2, takeProfit: 0.01, stopLoss: 0.02, tradeSize: 10, maxPosition: 20 };
  const traded = ({ fills }: BacktestResult) =>
    [...fills.size.keys()].map((row) => [fills.bar[row], fills.size[row]]);

  test('buys on the score up to the limit, then sells the whole position at the target', () => {
    const result = run(thresholdExit, oversoldThen(100, 100, 100, 100, 101, 101), params);
    expect(traded(result)).toEqual([
      [3, 10],
      [4, 10],
      [8, -20],
    ]);
  });

  test('sells the whole position at the stop', () => {
    const result = run(thresholdExit, oversoldThen(100, 99, 97, 90), params);
    expect(traded(result)).toEqual([
      [3, 10],
      [4, 10],
      [6, -20],
    ]);
  });

  test('a rejected buy leaves the levels where the last filled one put them', () => {
    // Cash for one buy only. The second, at 99, is rejected; its target of 99.99 must not sell at 100.5, below 101.
    const result = run(thresholdExit, oversoldThen(100, 99, 100.5, 100.5, 101.5, 101.5), params, {
      cash: 1_500,
    });
    const rejected = [...result.orders.createdBar].filter((_, row) => result.orders.reason[row] !== 0);
    expect(rejected.length).toBeGreaterThan(0);
    expect(traded(result)).toEqual([
      [3, 10],
      [8, -10],
    ]);
  });

  test('an exit that has to wait for a price is not sent twice', () => {
    const withoutOpen = [Number.NaN, 101.5, 101.5, 101.5];
    const rows = [102, 101, 100, 100, 101.5].map((price) => [price, price]);
    const result = run(thresholdExit, bars([...rows, withoutOpen, [101.5, 101.5], [101.5, 101.5]]), params);
    expect(traded(result)).toEqual([
      [3, 10],
      [4, 10],
      [6, -20],
    ]);
  });

  test('never an entry and an exit on one bar, and never a short position', () => {
    const { fills, orders } = run(
      thresholdExit,
      randomBars(5_000, 8),
      { ...params, longThreshold: 0.5 },
      { cash: 3_000 },
    );
    expect(new Set(orders.createdBar).size).toBe(orders.length);
    expect(Math.min(...fills.positionSize)).toBe(0);
    expect(fills.length).toBeGreaterThan(100);
  });
});
