import { describe, expect, test } from 'vitest';
import { type Order, Strategy, sma } from '../../../shared/strategy/index.ts';
import { bars, MINUTE, run, START } from './run.ts';

// A has bars at minutes 0, 1, 3, 4; B at 1, 2, 4.
const a = bars(
  [
    [10, 10],
    [11, 11],
    [13, 13],
    [14, 14],
  ],
  [0, 1, 3, 4],
);
const b = bars(
  [
    [100, 101],
    [102, 103],
    [104, 105],
  ],
  [1, 2, 4],
);
const feeds = [
  { ticker: 'A', bars: a },
  { ticker: 'B', bars: b },
];

describe('two instruments on one clock', () => {
  test('a step per distinct time; who has no bar keeps showing the last one', () => {
    const seen: unknown[] = [];
    class Watching extends Strategy {
      next() {
        const minutes = this.datas.map((data) => (data.time - START) / MINUTE);
        seen.push([
          this.bar,
          ...minutes,
          ...this.datas.map((data) => data.close.value),
          this.datas[1]!.close.ago(1),
        ]);
      }
    }
    const result = run(Watching, null, { feeds });
    expect([...result.equity.time].map((time) => (time - START) / MINUTE)).toEqual([0, 1, 2, 3, 4]);
    expect(result.firstNextBar).toBe(1);
    expect(seen).toEqual([
      [1, 1, 1, 11, 101, Number.NaN],
      [2, 1, 2, 11, 103, 101],
      [3, 3, 2, 13, 103, 101],
      [4, 4, 4, 14, 105, 103],
    ]);
  });

  test('an order waits for a bar of its own instrument, and values stand at the last closes', () => {
    class Both extends Strategy {
      next() {
        const [first, second] = this.datas;
        if (this.bar === 1) this.buy({ size: 10, data: first! });
        if (this.bar === 2) this.buy({ size: 1, data: second! });
        if (this.bar === 3) expect([this.position.size, this.positionOf(second!).size]).toEqual([10, 0]);
        if (this.bar === 4)
          expect([this.positionOf(first!).price, this.positionOf(second!).price]).toEqual([13, 104]);
      }
    }
    const { orders, fills, equity, trades } = run(Both, null, { feeds });
    expect([...fills.bar]).toEqual([3, 4]);
    expect([...fills.price]).toEqual([13, 104]);
    expect([...fills.feed]).toEqual([0, 1]);
    expect([...orders.createdTime].map((time) => (time - START) / MINUTE)).toEqual([1, 2]);
    expect([...equity.equity]).toEqual([10_000, 10_000, 10_000, 10_000, 10_011]);
    expect([...equity.cash]).toEqual([10_000, 10_000, 10_000, 9_870, 9_766]);
    expect(equity.exposure[4]).toBe(245);
    expect([...trades.barsHeld]).toEqual([1, 0]);
    expect([...trades.entryBar]).toEqual([3, 4]);
  });

  test('next() waits until every instrument has the bars that its indicators need', () => {
    const firstNext = (periods: readonly [number, number]) => {
      class Warm extends Strategy {
        override init() {
          this.datas.forEach((data, feed) => {
            sma(data.close, periods[feed]!);
          });
        }
        next() {}
      }
      return run(Warm, null, { feeds }).firstNextBar;
    };
    expect(firstNext([3, 1])).toBe(3);
    expect(firstNext([1, 2])).toBe(2);
    expect(firstNext([1, 3])).toBe(4);
    expect(firstNext([1, 4])).toBe(-1);
  });

  test('the cash is one: an order for one instrument can take it from the other', () => {
    class Greedy extends Strategy {
      next() {
        if (this.bar !== 1) return;
        this.buy({ size: 700, data: this.datas[0]! });
        this.buy({ size: 30, data: this.datas[1]! });
      }
    }
    const { orders } = run(Greedy, null, { feeds });
    expect([...orders.status]).toEqual([1, 3]);
  });

  test('an order cancelled in onOrder is news of the next step', () => {
    const told: unknown[] = [];
    class Either extends Strategy {
      first!: Order;
      override onOrder(order: Order) {
        told.push([this.bar, order.data.ticker, order.status]);
        this.cancel(this.first);
      }
      next() {
        if (this.bar !== 1) return;
        this.first = this.buy({ size: 1, data: this.datas[0]! });
        this.buy({ size: 1, data: this.datas[1]! });
      }
    }
    run(Either, null, { feeds });
    expect(told).toEqual([
      [2, 'B', 'completed'],
      [3, 'A', 'cancelled'],
    ]);
  });

  test('bars out of order are refused', () => {
    class Idle extends Strategy {
      next() {}
    }
    expect(() =>
      run(
        Idle,
        bars(
          [
            [1, 1],
            [1, 1],
          ],
          [3, 3],
        ),
      ),
    ).toThrow('not in ascending time order at bar 2');
    expect(() => run(Idle, null, { feeds: [] })).toThrow('needs an instrument');
  });
});
