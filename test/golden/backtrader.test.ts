import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../shared/backtest/orders/order-event.ts';
import {
  type BacktestResult,
  ORDER_REASONS,
  ORDER_STATUSES,
  ORDER_TYPES,
  type OrderStatus,
  type OrderType,
} from '../../shared/backtest/result.ts';
import { runBacktest, type StrategyClass } from '../../shared/backtest/run-backtest.ts';
import { type BarColumns, lowerBound } from '../../shared/market/bar.ts';
import type { Bracket, BracketRequest, Order, OrderRequest } from '../../shared/strategy/index.ts';
import type { LoadedStrategy } from '../resources/load-strategy.ts';
import { expectAnalyzers } from './backtrader-analyzers.ts';
import { resampledBars } from './backtrader-resampling.ts';
import {
  brokerSettings,
  type GoldenOrder,
  type GoldenTrade,
  goldenFeeds,
  milliseconds,
  type Scenario,
} from './backtrader-scenario.ts';
import { strategyOf } from './backtrader-strategies.ts';
import { filesOf, goldenFolders, readText } from './golden.ts';

// Every scenario of backtrader 1.9.78.123, bit for bit, by our own strategies on the recorded bars.

for (const { set, path } of goldenFolders('backtrader')) {
  describe(`backtrader, ${set} set`, () => {
    const files = filesOf(join(path, 'scenarios'), '.json', '.json.gz');
    test('has scenarios', () => expect(files.length).toBeGreaterThan(0));
    for (const file of files) {
      compare(path, JSON.parse(readText(join(path, 'scenarios', file))) as Scenario);
    }
  });
}

function compare(folder: string, scenario: Scenario): void {
  const { outputs } = scenario;
  describe(`${scenario.id} (${scenario.strategy.name})`, () => {
    let bars: BarColumns[];
    let result: BacktestResult;
    const events: GoldenEvent[] = [];
    const created: CreatedPrices = { limits: [] };
    const isCheatOnOpen = brokerSettings(scenario).fill === 'cheat-on-open';
    beforeAll(async () => {
      const feeds = goldenFeeds(folder, scenario);
      const { strategy, params } = await strategyOf(scenario);
      bars = feeds.map((feed) => feed.bars);
      result = runBacktest({
        feeds,
        settings: brokerSettings(scenario),
        strategy: listening(strategy, events, created),
        params,
        seed: 1,
      });
    });

    test('orders and fills', () => {
      expect(result.equity.length).toBe(outputs.steps);
      expect(ordersOf(result, created, isCheatOnOpen)).toEqual(
        outputs.orders.map((order) => expectedOrder(order, isCheatOnOpen)),
      );
    });

    test('what the strategy is told of its orders, in this order', () => {
      const expected = outputs.orderEvents
        .filter(([, , , status]) => status !== 'Submitted' && status !== 'Accepted')
        .map(([step, time, ref, status]) => [step, milliseconds(time), ref, status]);
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

    test('every analyzer', () => expectAnalyzers(scenario, result));

    if (outputs.tfBars !== undefined) {
      test('resampled bars: which, from when on, and the first next()', () => {
        expect(resampledBars(scenario, bars[0]!)).toEqual(
          outputs.tfBars!.map(([step, time, stamp, ...values]) => [
            step,
            milliseconds(time),
            milliseconds(stamp),
            ...values,
          ]),
        );
        expect(result.firstNextBar + 1).toBe(outputs.firstNextStep);
      });
    }

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

const GOLDEN_EVENTS: Readonly<Record<OrderEvent, string>> = {
  'partially-filled': 'Partial',
  completed: 'Completed',
  cancelled: 'Canceled',
  rejected: 'Margin',
  expired: 'Expired',
};

/** What orders began with and do not keep, by row. */
interface CreatedPrices {
  readonly limits: number[];
}

/** The strategy, with everything that it is told of its orders written down. */
function listening(strategy: LoadedStrategy, events: GoldenEvent[], created: CreatedPrices): StrategyClass {
  const noted = (order: Order | null) => {
    if (order !== null) created.limits[order.ref - 1] = order.limit;
    return order;
  };
  // biome-ignore lint/suspicious/noExplicitAny: a class made of another class takes any arguments
  return class extends (strategy as any) {
    buy(request: OrderRequest) {
      return noted(super.buy(request));
    }
    sell(request: OrderRequest) {
      return noted(super.sell(request));
    }
    buyBracket(request: BracketRequest) {
      const bracket = super.buyBracket(request) as Bracket;
      for (const order of Object.values(bracket)) noted(order as Order);
      return bracket;
    }
    sellBracket(request: BracketRequest) {
      const bracket = super.sellBracket(request) as Bracket;
      for (const order of Object.values(bracket)) noted(order as Order);
      return bracket;
    }
    onOrder(order: Order, event: OrderEvent) {
      const status = order.reason === 'parent-rejected' ? 'Rejected' : GOLDEN_EVENTS[event];
      events.push([this.bar + 1, this.now, order.ref, status]);
      super.onOrder?.(order, event);
    }
  } as unknown as StrategyClass;
}
type GoldenEvent = [step: number, time: number, ref: number, event: string];

/** Negative zero is the reference's way to write no profit on an opening sale. */
const plain = (x: number) => x + 0;

/** The reference divides even a single fill's price by its size again; the fills themselves are compared bit for bit. */
const settled = (price: number) => Number(price.toPrecision(13));

const TYPES: Readonly<Record<string, OrderType>> = {
  Market: 'market',
  Limit: 'limit',
  Stop: 'stop',
  StopLimit: 'stop-limit',
  StopTrail: 'trailing-stop',
  StopTrailLimit: 'trailing-stop-limit',
  Close: 'market-on-close',
};
const ENDED = ['Completed', 'Margin', 'Canceled', 'Expired', 'Rejected'];
const GOLDEN_STATUSES: Readonly<Record<OrderStatus, string>> = {
  open: 'open',
  completed: 'Completed',
  cancelled: 'Canceled',
  rejected: 'Margin',
  expired: 'Expired',
};

/**
 * With cheat-on-open the reference counts the step before as that of an order, and shows a market order the close of the
 * bar that has only just opened; ours is shown the open.
 */
function expectedOrder(order: GoldenOrder, isCheatOnOpen: boolean) {
  const hasEnded = order.status !== undefined && ENDED.includes(order.status);
  const type = TYPES[order.type];
  return {
    ref: order.ref,
    data: order.data,
    side: order.side,
    type,
    bar: order.bar + (isCheatOnOpen ? 1 : 0),
    createdTime: milliseconds(order.createdTime),
    size: order.size,
    price: isCheatOnOpen && type === 'market' ? 0 : order.price,
    limit: type?.endsWith('limit') ? order.pricelimit : null,
    lastStop: order.finalStop ?? null,
    lastLimit: type === 'trailing-stop-limit' ? order.finalLimit : null,
    parent: order.parent ?? 0,
    status: hasEnded ? order.status : 'open',
    executedSize: Math.abs(order.executedSize ?? 0),
    executedPrice: settled(order.executedPrice ?? Number.NaN),
    commission: settled(order.commission ?? 0),
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

function ordersOf(
  { orders, fills, tickers }: BacktestResult,
  created: CreatedPrices,
  isCheatOnOpen: boolean,
): ReturnType<typeof expectedOrder>[] {
  const fillsOf = Map.groupBy(fills.order.keys(), (row) => fills.order[row]!);
  return Array.from(orders.ref, (ref, row) => {
    const type = ORDER_TYPES[orders.type[row]!]!;
    const status = ORDER_STATUSES[orders.status[row]!]!;
    const trails = type.startsWith('trailing');
    return {
      ref,
      data: tickers[orders.feed[row]!]!,
      side: orders.side[row]! > 0 ? 'buy' : 'sell',
      type,
      bar: orders.createdBar[row]! + 1,
      createdTime: orders.createdTime[row]!,
      size: orders.size[row]!,
      price: isCheatOnOpen && type === 'market' ? 0 : orders.price[row]!,
      limit: type.endsWith('limit') ? created.limits[row]! : null,
      lastStop: trails ? orders.stop[row]! : null,
      lastLimit: type === 'trailing-stop-limit' ? orders.limit[row]! : null,
      parent: orders.parent[row]!,
      status: ORDER_REASONS[orders.reason[row]!] === 'parent-rejected' ? 'Rejected' : GOLDEN_STATUSES[status],
      executedSize: orders.filledSize[row]!,
      executedPrice: settled(orders.filledPrice[row]!),
      commission: settled(orders.commission[row]!),
      fills: (fillsOf.get(ref) ?? []).map((fill) => ({
        time: fills.time[fill]!,
        size: fills.size[fill]!,
        price: fills.price[fill]!,
        closed: plain(fills.closed[fill]!),
        opened: plain(fills.opened[fill]!),
        // The reference books the interest of a position with the commission that closes it.
        commission: fills.commission[fill]! + fills.financing[fill]!,
        pnl: plain(fills.profit[fill]!),
        positionSize: fills.positionSize[fill]!,
        positionPrice: fills.positionPrice[fill]!,
      })),
    };
  });
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
      commission: trades.commission[row]! + trades.financing[row]!,
    };
  });
}

function withoutMoney(trade: GoldenTrade) {
  const { ref, data, long, openTime, closeTime, barOpen, barClose, barLen, maxSize } = trade;
  return { ref, data, long, openTime, closeTime, barOpen, barClose, barLen, maxSize };
}

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
