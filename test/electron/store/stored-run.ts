import type { BacktestResult } from '../../../shared/backtest/result.ts';
import { ManifestSchema } from '../../../shared/contract/schemas.ts';
import type { StoredRun } from '../../../shared/contract/stored-run.ts';

const MINUTE = 60_000;
const START = Date.UTC(2024, 6, 1, 7);

/**
 * A run of `trades` trades over two tickers, the last one still open, a fill at each end, a step a minute. Values are
 * arbitrary but hang together: fills, trades and refs match.
 */
export function storedRun(id: string, trades: number, createdAt = 1_000): StoredRun {
  const result = resultOf(trades);
  const manifest = ManifestSchema.parse({
    strategy: 'sma-cross',
    data: [{ ticker: 'A' }, { ticker: 'B' }],
    manifestVersion: 1,
    engineVersion: '0.1.0',
    strategyName: 'SMA cross',
    strategyFile: 'sma-cross.ts',
    strategySource: 'export default class {}',
    strategySha256: '00',
    dataUsed: [],
    results: { orders: '', fills: '', trades: '', equity: '', statistics: '' },
  });
  return {
    summary: {
      id,
      createdAt,
      strategyId: 'sma-cross',
      strategyName: 'SMA cross',
      tickers: ['A', 'B'],
      every: '1m',
      first: START,
      last: START,
      bars: 10,
      trades,
      netProfit: 1,
      totalReturn: null,
      maxDrawdownPercent: null,
      sharpe: null,
      engineMilliseconds: 1,
      totalMilliseconds: 2,
    },
    manifest,
    statistics: [
      {
        id: 'trades',
        group: 'trade',
        label: 'Trades',
        value: trades,
        unit: 'count',
        convention: 'closed trades',
      },
    ],
    trust: {
      leakTest: { outcome: 'clean', cuts: 4, detail: null },
      data: {
        bars: 10,
        missingPrices: 0,
        withoutVolume: 0,
        gaps: 0,
        missingBars: 0,
        jumps: 0,
        health: null,
        suspects: 0,
        suspectTrades: 0,
        suspectNet: null,
      },
      ambiguous: { bars: 0, worst: null, best: null },
      costShare: 0.1,
      cheats: false,
      trials: 1,
      deflatedSharpe: null,
      unseenShare: 1,
    },
    firstNextTime: START,
    result,
  };
}

function resultOf(count: number): BacktestResult {
  const numbers = (length: number, value: (index: number) => number) =>
    Float64Array.from({ length }, (_, i) => value(i));
  const integers = (length: number, value: (index: number) => number) =>
    Int32Array.from({ length }, (_, i) => value(i));
  const feed = (trade: number) => trade % 2;
  const steps = Math.max(1, count * 4);
  // Fill 2t opens trade t, fill 2t + 1 closes it.
  const fills = count * 2;
  const at = (fill: number) => START + fill * 2 * MINUTE;
  const net = (trade: number) => ((trade * 7919) % 1001) - 500;
  const empty = new Float64Array(0);
  const noIntegers = new Int32Array(0);
  return {
    tickers: ['A', 'B'],
    firstNextBar: 0,
    ambiguous: { length: 0, bar: noIntegers, feed: new Uint16Array(0) },
    ledger: { startingCash: 1_000, finalEquity: 1_000, closedNet: 0, openNet: 0, difference: 0 },
    orders: {
      length: 0,
      ref: noIntegers,
      feed: new Uint16Array(0),
      side: new Int8Array(0),
      type: new Uint8Array(0),
      size: empty,
      price: empty,
      stop: empty,
      limit: empty,
      validUntil: empty,
      parent: noIntegers,
      group: noIntegers,
      createdBar: noIntegers,
      createdTime: empty,
      status: new Uint8Array(0),
      reason: new Uint8Array(0),
      closedBar: noIntegers,
      closedTime: empty,
      filledSize: empty,
      filledPrice: empty,
      commission: empty,
    },
    fills: {
      length: fills,
      order: integers(fills, (fill) => fill + 1),
      feed: Uint16Array.from({ length: fills }, (_, fill) => feed(fill >> 1)),
      bar: integers(fills, (fill) => fill * 2),
      time: numbers(fills, at),
      size: numbers(fills, (fill) => (fill % 2 === 0 ? 10 : -10)),
      price: numbers(fills, (fill) => 100 + (fill % 13)),
      slippage: numbers(fills, () => 0),
      commission: numbers(fills, () => 0.5),
      closed: numbers(fills, (fill) => (fill % 2 === 0 ? 0 : -10)),
      opened: numbers(fills, (fill) => (fill % 2 === 0 ? 10 : 0)),
      profit: numbers(fills, () => 0),
      financing: numbers(fills, () => 0),
      positionSize: numbers(fills, (fill) => (fill % 2 === 0 ? 10 : 0)),
      positionPrice: numbers(fills, () => 100),
    },
    trades: {
      length: count,
      ref: integers(count, (trade) => trade + 1),
      feed: Uint16Array.from({ length: count }, (_, trade) => feed(trade)),
      side: Int8Array.from({ length: count }, (_, trade) => (trade % 3 === 0 ? -1 : 1)),
      size: numbers(count, () => 10),
      entryBar: integers(count, (trade) => trade * 4),
      entryTime: numbers(count, (trade) => at(trade * 2)),
      entryPrice: numbers(count, (trade) => 100 + (trade % 50)),
      exitBar: integers(count, (trade) => (trade === count - 1 ? -1 : trade * 4 + 2)),
      exitTime: numbers(count, (trade) => (trade === count - 1 ? Number.NaN : at(trade * 2 + 1))),
      exitPrice: numbers(count, (trade) => (trade === count - 1 ? Number.NaN : 101)),
      gross: numbers(count, (trade) => net(trade) + 1),
      slippage: numbers(count, () => 0),
      commission: numbers(count, () => 1),
      financing: numbers(count, () => 0),
      tag: integers(count, () => 0),
      net: numbers(count, net),
      maxAdverse: numbers(count, () => -3),
      maxFavourable: numbers(count, () => 4),
      barsHeld: integers(count, (trade) => trade % 100),
      isOpen: Uint8Array.from({ length: count }, (_, trade) => (trade === count - 1 ? 1 : 0)),
      entryOrder: integers(count, (trade) => trade * 2 + 1),
      exitOrder: integers(count, (trade) => (trade === count - 1 ? 0 : trade * 2 + 2)),
    },
    equity: {
      length: steps,
      time: numbers(steps, (step) => START + step * MINUTE),
      equity: numbers(steps, (step) => 1_000 + Math.sin(step / 50) * 100 + ((step * 7919) % 17)),
      cash: numbers(steps, () => 500),
      exposure: numbers(steps, () => 500),
    },
  };
}
