import { describe, expect, test } from 'vitest';
import { type BacktestResult, ORDER_REASONS, ORDER_STATUSES } from '../../../shared/backtest/result.ts';
import type { Order } from '../../../shared/strategy/index.ts';
import { Strategy } from '../../../shared/strategy/index.ts';
import { bars, MINUTE, run, START, scripted } from './run.ts';

const { NaN: none } = Number;
const outcomes = ({ orders }: BacktestResult) =>
  Array.from(
    orders.ref,
    (_, row) =>
      `${ORDER_STATUSES[orders.status[row]!]} ${ORDER_REASONS[orders.reason[row]!]} ${orders.filledSize[row]}`,
  );
const buy = (size: number) => (strategy: Strategy) => strategy.buy({ size });
const sell = (size: number) => (strategy: Strategy) => strategy.sell({ size });

describe('a market order', () => {
  test('fills at the open of the bar after the one it was made on', () => {
    const result = run(
      scripted({ 1: buy(10) }),
      bars([
        [100, 101],
        [101, 102],
        [103, 104],
        [104, 105],
      ]),
    );
    const { orders, fills } = result;
    expect(outcomes(result)).toEqual(['completed none 10']);
    expect([orders.createdBar[0], orders.createdTime[0], orders.price[0]]).toEqual([1, START + MINUTE, 102]);
    expect([fills.bar[0], fills.time[0], fills.price[0]]).toEqual([2, START + 2 * MINUTE, 103]);
    expect([orders.closedBar[0], orders.closedTime[0]]).toEqual([2, START + 2 * MINUTE]);
    expect([orders.filledPrice[0], fills.positionSize[0], fills.positionPrice[0]]).toEqual([103, 10, 103]);
    expect([...result.equity.cash]).toEqual([10_000, 10_000, 8_970, 8_970]);
    expect([...result.equity.equity]).toEqual([10_000, 10_000, 10_010, 10_020]);
    expect([...result.equity.exposure]).toEqual([0, 0, 1_040, 1_050]);
  });

  test('made on the last bar stays open, and says that the run ended', () => {
    const result = run(
      scripted({ 2: buy(1) }),
      bars([
        [1, 1],
        [1, 1],
        [1, 1],
      ]),
    );
    expect(outcomes(result)).toEqual(['open run-ended 0']);
    expect([result.orders.closedBar[0], result.orders.closedTime[0], result.orders.filledPrice[0]]).toEqual([
      -1,
      none,
      none,
    ]);
  });

  test('waits where prices are missing, and positions keep their last known value', () => {
    const gap = [none, none, none, none];
    const result = run(
      scripted({ 0: buy(10), 3: buy(10) }),
      bars([[10, 11], gap, [12, 13], [13, 14], gap, gap, [20, 21]]),
    );
    expect([...result.fills.bar]).toEqual([2, 6]);
    expect([...result.fills.price]).toEqual([12, 20]);
    const { equity } = result.equity;
    expect([...equity]).toEqual([10_000, 10_000, 10_010, 10_020, 10_020, 10_020, 10_100]);
  });

  test('can be taken back while it waits, but not in the next() that made it', () => {
    let first: Order;
    const gap = [none, none, none, none];
    const script = scripted({
      0: (strategy) => {
        first = strategy.buy({ size: 1 });
        strategy.cancel(first);
      },
      1: (strategy) => strategy.cancel(first),
      2: buy(2),
    });
    const result = run(script, bars([[1, 1], gap, [1, 1], [1, 1]]));
    expect(outcomes(result)).toEqual(['cancelled cancelled-by-strategy 0', 'completed none 2']);
    expect(result.orders.closedBar[0]).toBe(1);
    const late = scripted({
      0: (strategy) => (first = strategy.buy({ size: 1 })),
      1: (strategy) => strategy.cancel(first),
    });
    expect(
      outcomes(
        run(
          late,
          bars([
            [1, 1],
            [1, 1],
            [1, 1],
          ]),
        ),
      ),
    ).toEqual(['completed none 1']);
  });
});

describe('too little cash', () => {
  test('rejects at submission, at the close of the bar that made the order', () => {
    const result = run(
      scripted({ 0: buy(101) }),
      bars([
        [100, 100],
        [90, 90],
        [90, 90],
      ]),
    );
    expect(outcomes(result)).toEqual(['rejected not-enough-cash 0']);
    expect([result.orders.closedBar[0], result.fills.length, result.trades.length]).toEqual([1, 0, 0]);
  });

  test('rejects at the fill, when the open is dearer than the close was', () => {
    const result = run(
      scripted({ 0: buy(100) }),
      bars([
        [100, 100],
        [100.5, 101],
        [100, 100],
      ]),
    );
    expect(outcomes(result)).toEqual(['rejected not-enough-cash-at-fill 0']);
    expect(result.equity.cash.at(-1)).toBe(10_000);
  });

  test('counts commission, and exactly enough is enough', () => {
    const settings = { commission: { kind: 'per-trade', amount: 0.01 } } as const;
    const data = bars([
      [100, 100],
      [100, 100],
    ]);
    expect(outcomes(run(scripted({ 0: buy(100) }), data))).toEqual(['completed none 100']);
    expect(outcomes(run(scripted({ 0: buy(100) }), data, { settings }))).toEqual([
      'rejected not-enough-cash 0',
    ]);
  });

  test('one order too large takes down those behind it, unless they free cash', () => {
    const crowd = (strategy: Strategy) => {
      strategy.buy({ size: 200 });
      strategy.buy({ size: 1 });
      strategy.sell({ size: 150 });
      strategy.buy({ size: 1 });
    };
    const result = run(
      scripted({ 0: crowd }),
      bars([
        [100, 100],
        [100, 100],
        [100, 100],
      ]),
    );
    expect(outcomes(result)).toEqual([
      'rejected not-enough-cash 0',
      'rejected not-enough-cash 0',
      'completed none 150',
      'completed none 1',
    ]);
  });

  test('the check turns positions on paper, and counts a fee for each part of a turn', () => {
    const turns = (strategy: Strategy) => {
      strategy.buy({ size: 5 });
      strategy.sell({ size: 10 });
      strategy.buy({ size: 13 });
    };
    // 1000 - 550, + 500 - 50 + 500 - 50, - 500 - 50 - 800 - 50: fifty short.
    const settings = { cash: 1_000, commission: { kind: 'per-trade', amount: 50 } } as const;
    const data = bars([
      [100, 100],
      [100, 100],
    ]);
    expect(outcomes(run(scripted({ 0: turns }), data, { settings }))[2]).toBe('rejected not-enough-cash 0');
    expect(outcomes(run(scripted({ 0: turns }), data, { settings: { ...settings, cash: 1_050 } }))[2]).toBe(
      'completed none 13',
    );
  });

  test('a reversal whose new side cannot be paid still closes the old one', () => {
    const data = bars([
      [100, 100],
      [100, 100],
      [100, 100],
      [150, 150],
      [150, 150],
    ]);
    const result = run(scripted({ 0: sell(50), 2: buy(150) }), data);
    expect(outcomes(result)).toEqual(['completed none 50', 'rejected not-enough-cash-at-fill 50']);
    expect([...result.fills.closed]).toEqual([0, 50]);
    expect([...result.fills.opened]).toEqual([-50, 0]);
    expect([result.trades.length, result.trades.isOpen[0], result.trades.net[0]]).toEqual([1, 0, -2_500]);
  });

  test('a short sale brings cash and is never short of it', () => {
    const result = run(
      scripted({ 0: sell(1_000_000) }),
      bars([
        [100, 100],
        [100, 100],
      ]),
    );
    expect(outcomes(result)).toEqual(['completed none 1000000']);
    expect(result.equity.equity[1]).toBe(10_000);
  });
});

describe('what an order tells the strategy', () => {
  test('the same object comes back, done, before next() and before the trade', () => {
    const told: unknown[] = [];
    class Told extends Strategy {
      made: Order | null = null;
      override onOrder(order: Order) {
        told.push([this.bar, 'order', order === this.made, order.ref, order.side, order.size, order.status]);
        told.push([
          order.reason,
          order.filledSize,
          order.filledPrice,
          order.commission,
          order.price,
          order.data === this.data,
        ]);
      }
      override onTrade(trade: import('../../../shared/strategy/index.ts').Trade) {
        told.push([
          this.bar,
          'trade',
          trade.ref,
          trade.side,
          trade.size,
          trade.entryPrice,
          trade.exitPrice,
          trade.gross,
        ]);
        told.push([
          trade.slippage,
          trade.commission,
          trade.net,
          trade.barsHeld,
          trade.entryTime,
          trade.exitTime,
        ]);
      }
      next() {
        told.push([this.bar, 'next']);
        if (this.bar === 0) this.made = this.buy({ size: 10 });
        if (this.bar === 1) this.made = this.close();
        if (this.bar === 2) this.made = this.buy({ size: 1e9 });
      }
    }
    run(
      Told,
      bars([
        [10, 10],
        [11, 11],
        [12, 12],
        [13, 13],
      ]),
      {
        settings: { commission: { kind: 'per-trade', amount: 1 } },
      },
    );
    expect(told).toEqual([
      [0, 'next'],
      [1, 'order', true, 1, 'buy', 10, 'completed'],
      ['none', 10, 11, 1, 10, true],
      [1, 'next'],
      [2, 'order', true, 2, 'sell', 10, 'completed'],
      ['none', 10, 12, 1, 11, true],
      [2, 'trade', 1, 'long', 10, 11, 12, 10],
      [0, 2, 8, 1, START + MINUTE, START + 2 * MINUTE],
      [2, 'next'],
      [3, 'order', true, 3, 'buy', 1e9, 'rejected'],
      ['not-enough-cash', 0, none, 0, 12, true],
      [3, 'next'],
    ]);
  });
});
