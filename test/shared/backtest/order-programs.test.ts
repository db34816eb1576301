import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Feed } from '../../../shared/backtest/feed.ts';
import { RunMemory } from '../../../shared/backtest/records/run-memory.ts';
import {
  type BacktestResult,
  ORDER_REASONS,
  ORDER_STATUSES,
  ORDER_TYPES,
} from '../../../shared/backtest/result.ts';
import { FILL_TIMINGS, SAME_BAR_POLICIES } from '../../../shared/backtest/settings.ts';
import { type BarColumns, lowerBound } from '../../../shared/market/bar.ts';
import { type Order, type OrderRequest, Strategy } from '../../../shared/strategy/index.ts';
import { type GivenSettings, MINUTE, randomBars, run } from './run.ts';

const PROGRAMS = 10_000;
const BARS = 40;

/** What a program does on one bar. Prices are fractions of the close, references point at orders made before. */
interface Call {
  readonly bar: number;
  readonly feed: number;
  readonly act: 'order' | 'bracket' | 'target' | 'value' | 'close' | 'cancel' | 'replace';
  readonly side: 1 | -1;
  readonly size: number;
  readonly kind: 'market' | 'limit' | 'stop' | 'stop-limit' | 'trail' | 'trail-limit' | 'close' | 'open';
  readonly near: number;
  readonly far: number;
  readonly valid: 'gtc' | 'day' | 'ioc' | 'fok' | 'minutes';
  readonly link: 'none' | 'oco' | 'parent';
  readonly reference: number;
  readonly tradeId: number;
}

const call: fc.Arbitrary<Call> = fc.record({
  bar: fc.nat(BARS - 1),
  feed: fc.nat(1),
  act: fc.constantFrom('order', 'order', 'order', 'bracket', 'target', 'value', 'close', 'cancel', 'replace'),
  side: fc.constantFrom(1, -1),
  size: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.double({ min: 0.01, max: 50, noNaN: true })),
  kind: fc.constantFrom('market', 'limit', 'stop', 'stop-limit', 'trail', 'trail-limit', 'close', 'open'),
  near: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
  far: fc.double({ min: 0.001, max: 0.02, noNaN: true }),
  valid: fc.constantFrom('gtc', 'gtc', 'day', 'ioc', 'fok', 'minutes'),
  link: fc.constantFrom('none', 'none', 'oco', 'parent'),
  reference: fc.nat(20),
  tradeId: fc.constantFrom(0, 0, 0, 7),
});

const settings: fc.Arbitrary<GivenSettings & { readonly cash: number }> = fc.record({
  cash: fc.constantFrom(2_000, 20_000, 1_000_000),
  commission: fc.constantFrom(
    { kind: 'none' },
    { kind: 'percent', rate: 0.001, minimum: 1 },
    { kind: 'per-share', amount: 0.02, maximum: 2 },
    { kind: 'per-trade', amount: 3 },
    { kind: 'maker-taker', maker: -0.0001, taker: 0.0005 },
  ),
  slippage: fc.constantFrom(
    { kind: 'none' },
    { kind: 'percent', rate: 0.002 },
    { kind: 'fixed', amount: 0.1 },
  ),
  slippageSwitches: fc.record({
    open: fc.boolean(),
    match: fc.boolean(),
    limit: fc.boolean(),
    out: fc.constant(false),
    sellLimitBelowLow: fc.constant(false),
  }),
  volumeLimit: fc.constantFrom(
    { kind: 'none' },
    { kind: 'fixed-size', size: 15, shared: true },
    { kind: 'bar-percent', percent: 3, shared: false },
  ),
  fill: fc.constantFrom(...FILL_TIMINGS),
  sameBar: fc.constantFrom(...SAME_BAR_POLICIES),
  multiplier: fc.constantFrom(1, 0.01, 10),
  margin: fc.constantFrom(null, { kind: 'amount', amount: 50 }, { kind: 'factor', factor: 0.2 }),
  leverage: fc.constantFrom(1, 4),
  interest: fc.constantFrom({ rate: 0, onLong: false }, { rate: 0.08, onLong: true }),
  borrowFee: fc.constantFrom(0, 0.05),
  marginCall: fc.constantFrom(
    { action: 'ignore', maintenance: 0 },
    { action: 'liquidate', maintenance: 0.2 },
  ),
  checkSubmit: fc.boolean(),
  shortCash: fc.boolean(),
});

/** Makes the calls of a program, whatever the state of the account is. */
function programOf(calls: readonly Call[]) {
  return class Program extends Strategy {
    made: Order[] = [];
    next() {
      for (const one of calls) if (one.bar === this.bar) this.make(one);
    }
    override nextOpen() {
      for (const one of calls) if (one.bar === this.bar && one.act === 'order') this.make(one);
    }
    make(one: Call) {
      const data = this.datas[one.feed]!;
      const close = data.close.value;
      if (Number.isNaN(close)) return;
      const referred = this.made[one.reference % Math.max(1, this.made.length)];
      const note = (order: Order | null) => {
        if (order !== null) this.made.push(order);
      };
      switch (one.act) {
        case 'order': {
          const request = { ...requestOf(one, close, referred), data, size: one.size };
          note(one.side > 0 ? this.buy(request) : this.sell(request));
          return;
        }
        case 'bracket': {
          const away = close * one.far * one.side;
          const request = { data, size: one.size, stopLoss: close - away, takeProfit: close + away };
          const bracket = one.side > 0 ? this.buyBracket(request) : this.sellBracket(request);
          if (bracket !== null) for (const order of Object.values(bracket)) note(order as Order);
          return;
        }
        case 'target':
          return note(this.orderTargetSize(one.side * Math.round(one.size), data));
        case 'value':
          return note(this.orderTargetValue(one.side * one.size * close, data));
        case 'close':
          return note(this.close(data));
        case 'cancel':
          if (referred !== undefined) this.cancel(referred);
          return;
        case 'replace':
          if (referred !== undefined && referred.type === 'limit') {
            note(this.replace(referred, { size: one.size, limit: close * (1 + one.near) }));
          }
      }
    }
  };
}

function requestOf(one: Call, close: number, referred: Order | undefined): OrderRequest {
  const limit = close * (1 + one.near);
  const stop = close * (1 + one.side * one.far);
  const link = referred === undefined || one.link === 'none' ? {} : { [one.link]: referred };
  const prices: Record<Call['kind'], OrderRequest> = {
    market: {},
    limit: { limit },
    stop: { stop },
    'stop-limit': { stop, limit },
    trail: { trailAmount: close * one.far },
    'trail-limit': { trailPercent: one.far, trailFrom: close, limit },
    close: { at: 'close' },
    open: { at: 'open' },
  };
  const valid = one.valid === 'minutes' ? { minutes: 1 + Math.round(one.far * 500) } : one.valid;
  return { ...prices[one.kind], ...link, valid, tradeId: one.tradeId };
}

/** Two instruments whose bars differ; the second misses some. Bars an hour apart, so that days pass. */
function feedsOf(seed: number): Feed[] {
  const hourly = (bars: BarColumns): BarColumns => ({
    ...bars,
    time: bars.time.map((time) => (time - bars.time[0]!) * 60 + bars.time[0]!),
    volume: bars.volume!.map((_, bar) => 200 + ((bar * 7919) % 900)),
  });
  return [
    { ticker: 'A', bars: hourly(randomBars(BARS, seed)), interval: 60 * MINUTE },
    { ticker: 'B', bars: hourly(randomBars(BARS - 8, seed + 1, 0.3)), interval: 60 * MINUTE },
  ];
}

/** Everything that must hold whatever was ordered; the ledger is checked by the engine itself. */
function problem(
  result: BacktestResult,
  feeds: readonly Feed[],
  given: GivenSettings & { readonly cash: number },
): string | null {
  const { orders, fills, trades, equity } = result;
  const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);
  const close = (a: number, b: number) =>
    Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(a), Math.abs(b), given.cash);
  const final = equity.equity.at(-1)!;
  if (!close(sum(trades.net), final - given.cash))
    return `net ${sum(trades.net)} is not the change ${final - given.cash}`;
  if (!close(sum(trades.commission), sum(fills.commission))) return 'a fee is missing or counted twice';
  if (!close(sum(trades.slippage), sum(fills.slippage))) return 'slippage is missing or counted twice';
  for (let fill = 0; fill < fills.length; fill++) {
    const order = fills.order[fill]! - 1;
    const { bars } = feeds[fills.feed[fill]!]!;
    const isCheat =
      given.fill === 'cheat-on-open'
        ? fills.bar[fill]! >= orders.createdBar[order]!
        : fills.bar[fill]! > orders.createdBar[order]!;
    if (!isCheat) return `fill ${fill} comes before its order`;
    if (Math.sign(fills.size[fill]!) !== orders.side[order]) return `fill ${fill} is on the other side`;
    if (fills.closed[fill]! + fills.opened[fill]! !== fills.size[fill]!)
      return `fill ${fill} does not add up`;
    const at = lowerBound(bars.time, fills.time[fill]!);
    const type = ORDER_TYPES[orders.type[order]!]!;
    const isInside =
      fills.price[fill]! <= bars.high[at]! + 1e-9 && fills.price[fill]! >= bars.low[at]! - 1e-9;
    // The reference fills the rest of such an order at a close that is long past.
    const isRest = given.sameBar === 'backtrader' && type === 'market-on-close';
    if (!isInside && !isRest && given.fill !== 'cheat-on-close')
      return `fill ${fill} (${type}) is outside its bar`;
    const limit = orders.limit[order]!;
    if (type === 'limit' && (fills.price[fill]! - limit) * orders.side[order]! > 1e-9)
      return `fill ${fill} is worse than its limit`;
  }
  for (let row = 0; row < orders.length; row++) {
    const status = ORDER_STATUSES[orders.status[row]!]!;
    const reason = ORDER_REASONS[orders.reason[row]!]!;
    const isWhole = orders.filledSize[row]! >= orders.size[row]! * (1 - 1e-12);
    if (orders.filledSize[row]! > orders.size[row]! * (1 + 1e-12)) return `order ${row + 1} filled too much`;
    if ((status === 'completed') !== (isWhole && reason === 'none'))
      return `order ${row + 1} is ${status} (${reason})`;
    if (status !== 'completed' && reason === 'none') return `order ${row + 1} is ${status} without a reason`;
  }
  return equityProblem(result, feeds, given);
}

/** For instruments bought at full value: the account rebuilt at every step from the fills alone. */
function equityProblem(
  { fills, equity, tickers }: BacktestResult,
  feeds: readonly Feed[],
  {
    cash: start,
    margin,
    leverage,
    multiplier = 1,
    interest,
    borrowFee,
    shortCash,
  }: GivenSettings & { readonly cash: number },
): string | null {
  if (margin !== null || leverage !== 1 || interest?.rate !== 0 || borrowFee !== 0 || shortCash !== true)
    return null;
  const held = tickers.map(() => 0);
  let cash = start;
  let next = 0;
  for (let step = 0; step < equity.length; step++) {
    for (; next < fills.length && fills.bar[next] === step; next++) {
      cash -= fills.size[next]! * fills.price[next]! * multiplier + fills.commission[next]!;
      held[fills.feed[next]!]! += fills.size[next]!;
    }
    let value = cash;
    for (const [feed, size] of held.entries()) {
      const { time, close } = feeds[feed]!.bars;
      const bar = lowerBound(time, equity.time[step]! + 1) - 1;
      if (bar >= 0) value += size * close[bar]! * multiplier;
    }
    if (Math.abs(cash - equity.cash[step]!) > 1e-6 * start) return `cash differs at step ${step}`;
    if (Math.abs(value - equity.equity[step]!) > 1e-6 * start) return `equity differs at step ${step}`;
  }
  return null;
}

describe('random order programs', () => {
  test(`${PROGRAMS} of them break no invariant`, () => {
    const seen = { types: new Set<number>(), reasons: new Set<number>(), fills: 0, ambiguous: 0 };
    fc.assert(
      fc.property(
        fc.array(call, { minLength: 4, maxLength: 14 }),
        settings,
        fc.nat(500),
        (calls, given, seed) => {
          const feeds = feedsOf(seed * 2);
          const result = run(programOf(calls), null, { feeds, settings: given });
          for (const type of result.orders.type) seen.types.add(type);
          for (const reason of result.orders.reason) seen.reasons.add(reason);
          seen.fills += result.fills.length;
          seen.ambiguous += result.ambiguous.length;
          const found = problem(result, feeds, given);
          if (found !== null) throw new Error(found);
        },
      ),
      { numRuns: PROGRAMS, seed: 20_240_701 },
    );
    // The programs reach what they are meant to reach.
    expect(seen.types.size).toBe(ORDER_TYPES.length);
    expect([...seen.reasons].map((reason) => ORDER_REASONS[reason]).sort()).toEqual(
      [...ORDER_REASONS].sort(),
    );
    expect(seen.fills).toBeGreaterThan(20_000);
    expect(seen.ambiguous).toBeGreaterThan(50);
  }, 120_000);

  test('leave nothing behind in memory that is used again', () => {
    const memory = new RunMemory();
    fc.assert(
      fc.property(
        fc.array(call, { minLength: 4, maxLength: 14 }),
        settings,
        fc.nat(500),
        (calls, given, seed) => {
          const feeds = feedsOf(seed * 2);
          const fresh = run(programOf(calls), null, { feeds, settings: given });
          const again = run(programOf(calls), null, { feeds, settings: given, memory });
          expect(again).toEqual(fresh);
        },
      ),
      { numRuns: 500, seed: 20_240_702 },
    );
  });
});
