import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Feed } from '../../../shared/backtest/feed.ts';
import { leakTest } from '../../../shared/backtest/leak-test.ts';
import {
  type BacktestInput,
  runBacktest,
  type StrategyClass,
} from '../../../shared/backtest/run-backtest.ts';
import { indicator, type Line, type Order, Strategy } from '../../../shared/strategy/index.ts';
import { type ParameterValues, resolveParameters } from '../../../shared/strategy/parameters.ts';
import { loadStrategy } from '../../resources/load-strategy.ts';
import { type GivenSettings, MINUTE, randomBars, START, settingsOf } from './run.ts';

const BARS = 3_000;
const CUTS = 48;

function input(
  strategy: StrategyClass,
  seed: number,
  settings: GivenSettings = {},
  params: ParameterValues = {},
) {
  const feeds: Feed[] = [{ ticker: 'X', bars: randomBars(BARS, seed), interval: MINUTE }];
  return { feeds, settings: settingsOf({ cash: 1e6, ...settings }), strategy, params, seed };
}
const tested = (given: BacktestInput, cuts = CUTS) => leakTest(given, runBacktest(given), cuts);

/** Buys above the line and sells below it; `make` builds the line from the whole columns. */
function tradesBy(make: (close: Float64Array, high: Float64Array) => Float64Array): StrategyClass {
  return class Leaky extends Strategy {
    line!: Line;
    override init() {
      this.line = indicator([this.data.close, this.data.high], 1, make);
    }
    next() {
      const isAbove = this.data.close.value < this.line.value;
      if (isAbove && this.position.size === 0) this.buy({ size: 1 });
      else if (!isAbove && this.position.size > 0) this.close();
    }
  };
}

const at = (values: Float64Array, i: number) => values[Math.min(Math.max(i, 0), values.length - 1)]!;
const bucketHigh = (high: Float64Array, size: number) =>
  high.map((_, i) => Math.max(...high.subarray(i - (i % size), i - (i % size) + size)) - 0.5);

/** Five families of leaks that people write by mistake, four of each. */
const LEAKS: Readonly<Record<string, readonly StrategyClass[]>> = {
  'future index': [1, 2, 5, 20].map((ahead) =>
    tradesBy((close) => close.map((_, i) => at(close, i + ahead))),
  ),
  'centred window': [1, 3, 10, 30].map((half) =>
    tradesBy((close) =>
      close.map((_, i) => {
        let sum = 0;
        for (let j = i - half; j <= i + half; j++) sum += at(close, j);
        return sum / (2 * half + 1);
      }),
    ),
  ),
  'scaling by the whole sample': [
    tradesBy((close) => close.slice().fill(close.reduce((a, b) => a + b, 0) / close.length)),
    tradesBy((close) => close.slice().fill((Math.max(...close) + Math.min(...close)) / 2)),
    tradesBy((close) => close.slice().fill(close.slice().sort()[close.length >> 1]!)),
    tradesBy((close) => {
      const mean = close.reduce((a, b) => a + b, 0) / close.length;
      const deviation = Math.sqrt(close.reduce((a, b) => a + (b - mean) ** 2, 0) / close.length);
      return close.map((x, i) => x + (x - mean) / deviation - Math.sin(i));
    }),
  ],
  'unfinished longer bar': [5, 15, 60, 390].map((size) => tradesBy((_, high) => bucketHigh(high, size))),
  'as-of merge with the next value': [5, 15, 60, 390].map((size) =>
    tradesBy((close) => close.map((_, i) => at(close, i - (i % size) + size - 1))),
  ),
};

describe('a strategy that reads ahead', () => {
  for (const [family, strategies] of Object.entries(LEAKS)) {
    test.each(strategies.map((strategy, variant) => [variant + 1, strategy] as const))(
      `${family}, variant %d, is caught`,
      (variant, strategy) => {
        const outcome = tested(input(strategy, 100 + variant));
        expect(outcome.outcome).toBe('leak');
        expect(outcome.detail).toMatch(
          /depends on what came after|when the data end|acts on what came after/,
        );
        // The few cuts of every run are enough, too.
        expect(tested(input(strategy, 200 + variant), 4).outcome).toBe('leak');
      },
    );
  }

  test('by values it has put aside is caught as well', () => {
    class PutAside extends Strategy {
      closes!: Float64Array;
      override init() {
        indicator(this.data.close, 1, (close) => {
          this.closes = close;
          return close;
        });
      }
      next() {
        const tomorrow = this.closes[this.bar + 1];
        if (tomorrow !== undefined && tomorrow > this.data.close.value + 0.3) this.buy({ size: 1 });
      }
    }
    expect(tested(input(PutAside, 5)).outcome).toBe('leak');
  });

  test('by which orders it withdraws is caught as well', () => {
    class Withdraws extends Strategy {
      closes!: Float64Array;
      override init() {
        indicator(this.data.close, 1, (close) => {
          this.closes = close;
          return close;
        });
      }
      next() {
        if (this.bar % 20 === 0) this.last = this.buy({ size: 1, limit: this.data.close.value - 0.3 });
        const isRising = (this.closes[this.bar + 2] ?? 0) > this.data.close.value;
        if (this.bar % 20 === 1 && isRising) this.cancel(this.last!);
      }
      last: Order | null = null;
    }
    const { outcome, detail } = tested(input(Withdraws, 5));
    expect([outcome, detail]).toEqual(['leak', expect.stringContaining('acts on what came after')]);
  });

  test('that fails on shorter data is reported as such', () => {
    class Fails extends Strategy {
      override init() {
        indicator(this.data.close, 1, (close) => {
          if (close.length < BARS) throw new Error('needs all of it');
          return close;
        });
      }
      next() {}
    }
    expect(tested(input(Fails, 5))).toMatchObject({ outcome: 'failed' });
  });
});

describe('no false alarm', () => {
  const names = readdirSync(new URL('../../../resources/strategies/', import.meta.url))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replace('.ts', ''));
  const list = Array.from({ length: 40 }, (_, i) => {
    const time = new Date(START + 70 * i * MINUTE).toISOString();
    return i % 2 === 0 ? `${time},X,buy,10` : `${time},X,close,`;
  });
  const params: Readonly<Record<string, ParameterValues>> = {
    'orders-from-file': { orders: ['time,ticker,side,size', ...list].join('\n') },
  };
  test.each(names)('%s', async (name) => {
    const strategy = await loadStrategy(name);
    const settings: GivenSettings = name === 'cheat-open' ? { fill: 'cheat-on-open' } : {};
    const resolved = resolveParameters(strategy.params, params[name] ?? {});
    for (const seed of [1, 2, 3]) {
      const { outcome, detail, cuts } = tested(input(strategy, seed, settings, resolved));
      expect([name, outcome, detail]).toEqual([name, 'clean', null]);
      expect(cuts).toBeGreaterThan(CUTS / 4);
    }
  });
  test('every same-bar policy and every fill timing', async () => {
    const strategy = await loadStrategy('rsi-bracket');
    const resolved = resolveParameters(strategy.params, { shorts: true });
    for (const sameBar of ['backtrader', 'optimistic', 'open-proximity', 'drill-down'] as const) {
      expect(tested(input(strategy, 9, { sameBar }, resolved)).outcome).toBe('clean');
    }
    expect(tested(input(strategy, 9, { fill: 'cheat-on-close' }, resolved)).outcome).toBe('clean');
  });
  test('longer bars made inside', async () => {
    const strategy = await loadStrategy('multi-timeframe');
    const edges = [{ rightedge: false }, { bar2edge: false }, { adjbartime: false }, {}];
    for (const rule of [{ rule: 'closed' }, ...edges.map((edge) => ({ rule: 'backtrader', ...edge }))]) {
      for (const every of ['5m', '1h', '1d']) {
        const resolved = resolveParameters(strategy.params, { every, ...rule, fast: 1, slow: 2 });
        expect([rule, every, tested(input(strategy, 4, {}, resolved)).outcome]).toEqual([
          rule,
          every,
          'clean',
        ]);
      }
    }
  });
});
