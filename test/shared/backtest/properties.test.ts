import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../shared/backtest/random.ts';
import { type BacktestResult, ORDER_STATUSES } from '../../../shared/backtest/result.ts';
import { type BarColumns, lowerBound, sliceBars } from '../../../shared/market/bar.ts';
import { crossOver, ema, type Line, rsi, Strategy, sma } from '../../../shared/strategy/index.ts';
import { type GivenSettings, plain, randomBars, run } from './run.ts';

/** Buys, sells, turns and closes at random, on one instrument after the other, with sizes that are often too large. */
class Random extends Strategy {
  next() {
    if (this.random() > 0.3) return;
    const data = this.datas[Math.floor(this.random() * this.datas.length)]!;
    const size = this.random() < 0.5 ? Math.ceil(this.random() * 40) : this.random() * 60;
    const choice = this.random();
    if (choice < 0.3) this.buy({ size, data });
    else if (choice < 0.6) this.sell({ size, data });
    else if (choice < 0.8) this.close(data);
    else this.orderTargetSize(Math.round(this.random() * 60 - 30), data);
  }
}

/** Decides on everything a strategy may read. */
class Reading extends Strategy {
  cross!: Line;
  strength!: Line;
  override init() {
    this.cross = crossOver(sma(this.data.close, 5), ema(this.data.close, 12));
    this.strength = rsi(sma(this.data.close, 3), 7);
  }
  next() {
    const rising = this.data.high.ago(2) < this.data.high.value && this.equity > 0;
    if (this.cross.value > 0 && rising) this.buy({ size: 5 });
    else if (this.cross.value < 0) this.orderTargetSize(-3);
    else if (this.strength.value > 80 && this.position.size !== 0) this.close();
    else if (this.random() < 0.05) this.sell({ size: 1 });
  }
}

function randomSettings(random: () => number) {
  const pick = <T>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)]!;
  return {
    cash: pick([1_000, 10_000, 1_000_000]),
    commission: pick([
      { kind: 'none' },
      { kind: 'percent', rate: 0.001 },
      { kind: 'per-share', amount: 0.02 },
      { kind: 'per-trade', amount: 3 },
    ] as const),
    slippage: pick([
      { kind: 'none' },
      { kind: 'percent', rate: 0.002 },
      { kind: 'fixed', amount: 0.1 },
    ] as const),
  };
}

function randomRun(seed: number) {
  const random = seededRandom(seed);
  const settings = randomSettings(random);
  const feeds = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, feed) => ({
    ticker: `T${feed}`,
    bars: randomBars(150, seed * 10 + feed, feed === 0 ? 0 : 0.3),
  }));
  return { settings, feeds, result: run(Random, null, { feeds, settings, seed }) };
}

/** The account rebuilt from the fills alone, at every step. */
function expectBooksToBalance(
  result: BacktestResult,
  settings: GivenSettings & { readonly cash: number },
  feeds: readonly { bars: BarColumns }[],
) {
  const { fills, equity, trades, tickers } = result;
  const held = tickers.map(() => 0);
  let { cash } = settings;
  let next = 0;
  for (let step = 0; step < equity.length; step++) {
    for (; next < fills.length && fills.bar[next] === step; next++) {
      cash -= fills.size[next]! * fills.price[next]! + fills.commission[next]!;
      held[fills.feed[next]!]! += fills.size[next]!;
      expect(fills.positionSize[next]).toBeCloseTo(held[fills.feed[next]!]!, 9);
    }
    let value = cash;
    let exposure = 0;
    for (const [feed, size] of held.entries()) {
      const { time, close } = feeds[feed]!.bars;
      const last = lowerBound(time, equity.time[step]! + 1) - 1;
      if (last < 0) continue;
      value += size * close[last]!;
      exposure += Math.abs(size * close[last]!);
    }
    if (Math.abs(cash - equity.cash[step]!) > 1e-6) throw new Error(`cash differs at step ${step}`);
    if (Math.abs(value - equity.equity[step]!) > 1e-6) throw new Error(`equity differs at step ${step}`);
    if (Math.abs(exposure - equity.exposure[step]!) > 1e-6)
      throw new Error(`exposure differs at step ${step}`);
  }
  expect(next).toBe(fills.length);
  const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);
  expect(sum(trades.net)).toBeCloseTo(equity.equity.at(-1)! - settings.cash, 6);
  expect(sum(trades.commission)).toBeCloseTo(sum(fills.commission), 6);
  expect(sum(trades.slippage)).toBeCloseTo(sum(fills.slippage), 6);
}

function expectFillsToBePossible({ orders, fills }: BacktestResult, feeds: readonly { bars: BarColumns }[]) {
  for (let fill = 0; fill < fills.length; fill++) {
    const order = fills.order[fill]! - 1;
    const { bars } = feeds[fills.feed[fill]!]!;
    const bar = lowerBound(bars.time, fills.time[fill]!);
    const made = lowerBound(bars.time, orders.createdTime[order]!);
    const ok =
      bar === made + 1 &&
      fills.bar[fill]! > orders.createdBar[order]! &&
      Math.sign(fills.size[fill]!) === orders.side[order] &&
      fills.price[fill]! <= bars.high[bar]! &&
      fills.price[fill]! >= bars.low[bar]! &&
      fills.slippage[fill]! >= 0 &&
      Math.abs(fills.closed[fill]! + fills.opened[fill]! - fills.size[fill]!) === 0;
    if (!ok) throw new Error(`fill ${fill} is impossible`);
  }
}

function expectOutcomes({ orders }: BacktestResult) {
  for (let row = 0; row < orders.length; row++) {
    const status = ORDER_STATUSES[orders.status[row]!];
    const ok =
      (status === 'completed' && orders.filledSize[row] === orders.size[row] && orders.reason[row] === 0) ||
      (status === 'rejected' && orders.filledSize[row]! < orders.size[row]! && orders.reason[row] !== 0) ||
      (status === 'open' && orders.filledSize[row] === 0 && orders.closedBar[row] === -1);
    if (!ok) throw new Error(`order ${row + 1} ended as ${status} without ground`);
  }
}

describe('random strategies', () => {
  test('300 runs: books balance at every step, fills are possible, every order has its outcome', () => {
    const seen = new Set<number>();
    let fills = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const { settings, feeds, result } = randomRun(seed);
      expectBooksToBalance(result, settings, feeds);
      expectFillsToBePossible(result, feeds);
      expectOutcomes(result);
      for (const reason of result.orders.reason) seen.add(reason);
      fills += result.fills.length;
    }
    expect(fills).toBeGreaterThan(5_000);
    expect([...seen].sort()).toEqual([0, 1, 2, 3]);
  });

  test('the same input twice gives identical columns, another seed others', () => {
    const data = randomBars(400, 3);
    expect(plain(run(Random, data, { seed: 9 }))).toEqual(plain(run(Random, data, { seed: 9 })));
    expect(plain(run(Random, data, { seed: 9 }))).not.toEqual(plain(run(Random, data, { seed: 10 })));
  });
});

describe('the future', () => {
  test('cut off anywhere, it changes nothing that was decided before', () => {
    const random = seededRandom(77);
    const data = randomBars(600, 5);
    const whole = run(Reading, data);
    expect(whole.orders.length).toBeGreaterThan(30);
    for (let cut = 0; cut < 60; cut++) {
      const length = 1 + Math.floor(random() * data.length);
      const short = run(Reading, sliceBars(data, 0, length));
      const known = whole.orders.createdBar.findIndex((bar) => bar >= length);
      const count = known < 0 ? whole.orders.length : known;
      expect(short.orders.length).toBe(count);
      for (const column of ['createdBar', 'side', 'size', 'price'] as const) {
        expect(short.orders[column]).toEqual(whole.orders[column].slice(0, count));
      }
      expect(short.equity.equity).toEqual(whole.equity.equity.slice(0, length));
    }
  });
});
