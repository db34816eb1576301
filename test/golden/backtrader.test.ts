import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type BacktestResult, ORDER_STATUSES } from '../../shared/backtest/result.ts';
import { runBacktest, type StrategyClass } from '../../shared/backtest/run-backtest.ts';
import { type BarColumns, lowerBound } from '../../shared/market/bar.ts';
import { type ParameterValues, resolveParameters } from '../../shared/strategy/parameters.ts';
import { type LoadedStrategy, loadStrategy } from '../resources/load-strategy.ts';
import {
  brokerSettings,
  type GoldenOrder,
  type GoldenTrade,
  goldenBars,
  milliseconds,
  missingFeature,
  replayOf,
  type Scenario,
} from './backtrader-scenario.ts';
import { filesOf, goldenFolders, readText } from './golden.ts';

// Every scenario of backtrader 1.9.78.123 whose features this engine has, bit for bit. Where the scenario's strategy is the
// built-in SMA cross, that file itself is run; otherwise the recorded orders are made on the recorded bars.

const smaCross = await loadStrategy('sma-cross');

for (const { set, path } of goldenFolders('backtrader')) {
  describe(`backtrader, ${set} set`, () => {
    const files = filesOf(join(path, 'scenarios'), '.json', '.json.gz');
    test('has scenarios', () => expect(files.length).toBeGreaterThan(0));
    for (const file of files) {
      const scenario = JSON.parse(readText(join(path, 'scenarios', file))) as Scenario;
      const missing = missingFeature(scenario);
      if (missing === null) compare(path, scenario);
      else {
        process.stderr.write(`not yet: ${missing} (${set}, ${scenario.id})\n`);
        test.skip(`not yet: ${missing} (${scenario.id})`);
      }
    }
  });
}

function compare(folder: string, scenario: Scenario): void {
  const { outputs } = scenario;
  const { strategy, params, how } = strategyOf(scenario, smaCross);

  describe(`${scenario.id}, ${how}`, () => {
    let bars: BarColumns[];
    let result: BacktestResult;
    beforeAll(() => {
      bars = scenario.data.map((data) => goldenBars(folder, data));
      result = runBacktest({
        feeds: scenario.data.map(({ ticker }, feed) => ({ ticker, bars: bars[feed]! })),
        settings: brokerSettings(scenario),
        strategy,
        params,
        seed: 1,
      });
    });

    test('orders and fills', () => {
      expect(result.equity.length).toBe(outputs.steps);
      expect(ordersOf(result)).toEqual(outputs.orders.map(expectedOrder));
    });

    test('outcomes in the order in which the strategy is told', () => {
      const { orders } = result;
      const ended = [...orders.ref.keys()].filter((row) => orders.closedBar[row]! >= 0);
      const events = ended.map((row) => [
        orders.closedBar[row]! + 1,
        result.equity.time[orders.closedBar[row]!],
        orders.ref[row],
        goldenStatus(orders.status[row]!),
      ]);
      const expected = outputs.orderEvents
        .filter(([, , , status]) => status === 'Completed' || status === 'Margin')
        .map(([step, time, ref, status]) => [step, milliseconds(time), ref, status]);
      events.sort((a, b) => Number(a[0]) - Number(b[0]) || position(expected, a) - position(expected, b));
      expect(events).toEqual(expected);
    });

    test('closed trades', () => {
      for (const [feed, { ticker }] of scenario.data.entries()) {
        const expected = outputs.trades.filter(({ data }) => data === ticker);
        const actual = closedTradesOf(result, feed, bars[feed]!);
        expect(actual.map(withoutMoney)).toEqual(expected.map(withoutMoney));
        for (const [index, trade] of expected.entries()) {
          for (const figure of ['pnl', 'pnlcomm', 'commission', 'price'] as const) {
            const difference = Math.abs(actual[index]![figure] - trade[figure]);
            // The reference rounds a trade's average once more; our profit passes through the price before slippage.
            expect(difference, `${figure} of trade ${trade.ref}`).toBeLessThan(1e-9);
          }
        }
      }
    });

    test('open positions, cash and value at the end', () => {
      const { fills, equity, trades } = result;
      const positions = scenario.data.flatMap(({ ticker }, feed) => {
        const last = fills.feed.lastIndexOf(feed);
        const size = fills.positionSize[last] ?? 0;
        return size === 0 ? [] : [{ data: ticker, size, price: fills.positionPrice[last]! }];
      });
      expect(positions).toEqual(outputs.openPositions.filter(({ size }) => size !== 0));
      expect(trades.isOpen.reduce((sum, isOpen) => sum + isOpen, 0)).toBe(positions.length);
      expect({ cash: equity.cash.at(-1), value: equity.equity.at(-1) }).toEqual(outputs.final);
      expect(result.ledger.difference).toBeLessThan(0.005);
    });

    test('equity of every step, bit for bit', () => {
      const { time, cash, equity } = result.equity;
      expect(lastOfEachDay(time).map((step) => [dayOf(time[step]!), cash[step], equity[step]])).toEqual(
        outputs.equity.dailyLast,
      );
      for (const [step, [at, cashAt, value]] of (outputs.equity.perBar ?? []).entries()) {
        expect([time[step], cash[step], equity[step]]).toEqual([milliseconds(at), cashAt, value]);
      }
      expect(sha256([...equity].map(cents).join('\n'))).toBe(outputs.equity.sha256Cents);
      expect(sha256(new Uint8Array(equity.buffer))).toBe(outputs.equity.sha256Float64LE);
    });
  });
}

function strategyOf(
  { strategy, outputs }: Scenario,
  builtIn: LoadedStrategy,
): { strategy: StrategyClass; params: ParameterValues; how: string } {
  if (strategy.name === 'SmaCross' && strategy.params.mode !== 'sizer') {
    return {
      strategy: builtIn,
      params: resolveParameters(builtIn.params, strategy.params),
      how: 'own strategy',
    };
  }
  return { strategy: replayOf(outputs.orders), params: {}, how: 'recorded orders' };
}

const goldenStatus = (status: number) =>
  ({ open: 'open', completed: 'Completed', rejected: 'Margin', cancelled: 'Canceled' })[
    ORDER_STATUSES[status]!
  ];

/** Negative zero is the reference's way to write no profit on an opening sale. */
const plain = (x: number) => x + 0;

/** The reference divides even a single fill's price by its size again; the fills themselves are compared bit for bit. */
const settled = (price: number) => Number(price.toPrecision(13));

function expectedOrder(order: GoldenOrder) {
  const ended = order.status === 'Completed' || order.status === 'Margin';
  return {
    ref: order.ref,
    data: order.data,
    side: order.side,
    bar: order.bar,
    createdTime: milliseconds(order.createdTime),
    size: order.size,
    price: order.price,
    status: ended ? order.status : 'open',
    endBar: order.execBar ?? order.endBar ?? 0,
    endTime: ended ? milliseconds(order.executedTime ?? order.endTime!) : Number.NaN,
    executedSize: Math.abs(order.executedSize ?? 0),
    executedPrice: settled(order.executedPrice ?? Number.NaN),
    commission: order.commission ?? 0,
    fills: (order.fills ?? []).map((fill) => ({
      time: milliseconds(fill.time),
      size: fill.size,
      price: fill.price,
      closed: fill.closed,
      opened: fill.opened,
      commission: fill.commission,
      pnl: plain(fill.pnl),
      positionSize: fill.positionSize,
      positionPrice: fill.positionPrice,
    })),
  };
}

function ordersOf({ orders, fills, tickers }: BacktestResult): ReturnType<typeof expectedOrder>[] {
  const fillsOf = Map.groupBy(fills.order.keys(), (row) => fills.order[row]!);
  return Array.from(orders.ref, (ref, row) => ({
    ref,
    data: tickers[orders.feed[row]!]!,
    side: orders.side[row]! > 0 ? 'buy' : 'sell',
    bar: orders.createdBar[row]! + 1,
    createdTime: orders.createdTime[row]!,
    size: orders.size[row]!,
    price: orders.price[row]!,
    status: goldenStatus(orders.status[row]!),
    endBar: orders.closedBar[row]! + 1,
    endTime: orders.closedTime[row]!,
    executedSize: orders.filledSize[row]!,
    executedPrice: settled(orders.filledPrice[row]!),
    commission: orders.commission[row]!,
    fills: (fillsOf.get(ref) ?? []).map((fill) => ({
      time: fills.time[fill]!,
      size: fills.size[fill]!,
      price: fills.price[fill]!,
      closed: plain(fills.closed[fill]!),
      opened: plain(fills.opened[fill]!),
      commission: fills.commission[fill]!,
      pnl: plain(fills.profit[fill]!),
      positionSize: fills.positionSize[fill]!,
      positionPrice: fills.positionPrice[fill]!,
    })),
  }));
}

/** In the reference's terms: bar numbers count the instrument's own bars from 1, `price` is the position's average. */
function closedTradesOf(
  { trades, fills, tickers }: BacktestResult,
  feed: number,
  bars: BarColumns,
): GoldenTrade[] {
  const rows = [...trades.ref.keys()].filter((row) => trades.feed[row] === feed && trades.isOpen[row] === 0);
  const fillRows = [...fills.order.keys()].filter((row) => fills.feed[row] === feed);
  return rows.map((row) => {
    const closing = fillRows.findIndex((fill) => fills.order[fill] === trades.exitOrder[row]);
    return {
      ref: trades.ref[row]!,
      data: tickers[feed]!,
      long: trades.side[row]! > 0,
      openTime: textOf(trades.entryTime[row]!),
      closeTime: textOf(trades.exitTime[row]!),
      barOpen: lowerBound(bars.time, trades.entryTime[row]!) + 1,
      barClose: lowerBound(bars.time, trades.exitTime[row]!) + 1,
      barLen: trades.barsHeld[row]!,
      maxSize: trades.size[row]! * trades.side[row]!,
      price: fills.positionPrice[fillRows[closing - 1]!]!,
      pnl: trades.gross[row]! - trades.slippage[row]!,
      pnlcomm: trades.net[row]!,
      commission: trades.commission[row]!,
    };
  });
}

function withoutMoney(trade: GoldenTrade) {
  const { ref, data, long, openTime, closeTime, barOpen, barClose, barLen, maxSize } = trade;
  return { ref, data, long, openTime, closeTime, barOpen, barClose, barLen, maxSize };
}

const position = (events: readonly unknown[][], event: readonly unknown[]) =>
  events.findIndex((candidate) => candidate[0] === event[0] && candidate[2] === event[2]);
const textOf = (time: number) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
const dayOf = (time: number) => textOf(time).slice(0, 10);
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

function lastOfEachDay(time: Float64Array): number[] {
  return [...time.keys()].filter(
    (step) => step + 1 === time.length || dayOf(time[step]!) !== dayOf(time[step + 1]!),
  );
}

/** Two decimals, exact ties to even; toFixed would round them up. Only odd multiples of 1/8 are ties. */
function cents(value: number): string {
  if (Math.abs((value * 8) % 2) !== 1) return value.toFixed(2);
  const below = Math.floor(value * 100);
  return ((below % 2 === 0 ? below : below + 1) / 100).toFixed(2);
}
