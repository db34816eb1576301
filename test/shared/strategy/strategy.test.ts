import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { BarColumns } from '../../../shared/market/bar.ts';
import {
  crossOver,
  ema,
  type Line,
  type Order,
  obv,
  rsi,
  Strategy,
  sma,
} from '../../../shared/strategy/index.ts';
import { bars, MINUTE, run, START } from '../backtest/run.ts';

const data = bars([
  [10, 12, 9, 11],
  [11, 14, 10, 13],
  [13, 15, 12, 12],
  [12, 13, 11, 13],
  [13, 16, 13, 15],
]);

/** Runs a strategy whose parts are given as functions of itself. */
function probe(
  { init, next }: { init?: (strategy: Strategy) => void; next?: (strategy: Strategy) => void },
  over: BarColumns = data,
) {
  class Probe extends Strategy {
    override init() {
      init?.(this);
    }
    next() {
      next?.(this);
    }
  }
  return run(Probe, over);
}
function failure(action: () => unknown): AppError {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

describe('reading', () => {
  test('lines show the current bar and what went before', () => {
    const seen: unknown[] = [];
    probe({
      next: ({ bar, data: { open, high, low, close, volume, time, ticker } }) =>
        seen.push([
          bar,
          (time - START) / MINUTE,
          ticker,
          open.value,
          high.value,
          low.value,
          close.value,
          close.ago(0),
          close.ago(1),
          volume.ago(2),
        ]),
    });
    expect(seen.slice(0, 3)).toEqual([
      [0, 0, 'X', 10, 12, 9, 11, 11, Number.NaN, Number.NaN],
      [1, 1, 'X', 11, 14, 10, 13, 13, 11, Number.NaN],
      [2, 2, 'X', 13, 15, 12, 12, 12, 13, 1_000],
    ]);
    expect(seen).toHaveLength(5);
  });

  test.each([-1, -1e-9, Number.NEGATIVE_INFINITY])('ago(%s) reads ahead and throws', (bars) => {
    const error = failure(() => probe({ next: (strategy) => strategy.data.close.ago(bars) }));
    expect(error.code).toBe('strategy-error');
    expect(error.message).toContain('reads ahead');
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, '1' as unknown as number])(
    'ago(%s) is refused',
    (bars) => {
      expect(failure(() => probe({ next: (strategy) => strategy.data.close.ago(bars) })).message).toContain(
        'whole number of bars',
      );
    },
  );

  test('there is nothing to read before the first bar', () => {
    probe({
      init: ({ data, bar }) => {
        expect([bar, data.close.value, data.close.ago(3), data.time]).toEqual([
          -1,
          Number.NaN,
          Number.NaN,
          Number.NaN,
        ]);
      },
    });
  });

  test.each(['trades', 'vwap', 'twap'] as const)('a missing %s column is named with its ticker', (column) => {
    const error = failure(() => probe({ init: (strategy) => strategy.data[column] }));
    expect(error).toMatchObject({
      code: 'data-missing',
      message: `The bars of X have no ${column}`,
      detail: { field: column },
    });
  });

  test('on-balance volume names the missing volume', () => {
    const error = failure(() => probe({ init: (strategy) => obv(strategy.data) }, { ...data, volume: null }));
    expect(error.message).toBe('The bars of X have no volume');
  });

  test('money is that of the broker after this bar', () => {
    const seen: unknown[] = [];
    probe({
      next: (strategy) => {
        if (strategy.bar === 0) strategy.buy({ size: 100 });
        seen.push([strategy.cash, strategy.equity, strategy.position.size, strategy.position.price]);
      },
    });
    expect(seen.slice(0, 3)).toEqual([
      [10_000, 10_000, 0, 0],
      [8_900, 10_200, 100, 11],
      [8_900, 10_100, 100, 11],
    ]);
  });
});

describe('indicators', () => {
  test.each<[string, (strategy: Strategy) => Line, number]>([
    ['sma', ({ data }) => sma(data.close, 3), 2],
    ['ema', ({ data }) => ema(data.close, 3), 2],
    ['rsi', ({ data }) => rsi(data.close, 3), 3],
    ['obv', ({ data }) => obv(data), 0],
    ['a mean of a mean', ({ data }) => sma(sma(data.close, 2), 3), 3],
    ['a cross', ({ data }) => crossOver(sma(data.close, 2), data.close), 2],
  ])('%s: next() begins with its first value', (_, declare, firstNextBar) => {
    let line: Line;
    const values: number[] = [];
    const result = probe({
      init: (strategy) => {
        line = declare(strategy);
      },
      next: () => values.push(line.value),
    });
    expect(result.firstNextBar).toBe(firstNextBar);
    expect(values).toHaveLength(5 - firstNextBar);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  test('that need more bars than there are never let next() begin', () => {
    const result = probe({
      init: ({ data }) => sma(data.close, 6),
      next: (strategy) => strategy.buy({ size: 1 }),
    });
    expect([result.firstNextBar, result.orders.length, result.equity.length]).toEqual([-1, 0, 5]);
  });

  test('cannot be declared after init()', () => {
    const error = failure(() => probe({ next: ({ data }) => ema(data.close, 3) }));
    expect(error).toMatchObject({ code: 'strategy-error', message: 'ema() was called after init()' });
    expect(error.detail.hint).toContain('init()');
  });

  test('take lines, not numbers, and whole periods', () => {
    expect(failure(() => probe({ init: () => sma(11 as unknown as Line, 3) })).message).toContain('not 11');
    expect(failure(() => probe({ init: ({ data }) => rsi(data.close, 2.5) })).message).toContain('not 2.5');
  });

  test('do not cross lines of two instruments', () => {
    class Mixed extends Strategy {
      override init() {
        crossOver(this.datas[0]!.close, this.datas[1]!.close);
      }
      next() {}
    }
    const feeds = [
      { ticker: 'A', bars: data },
      { ticker: 'B', bars: data },
    ];
    expect(failure(() => run(Mixed, null, { feeds })).message).toContain('two instruments, A and B');
  });
});

describe('ordering', () => {
  test.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY, '5' as unknown as number])(
    'a size of %s is refused',
    (size) => {
      for (const order of ['buy', 'sell'] as const) {
        const error = failure(() => probe({ next: (strategy) => strategy[order]({ size }) }));
        expect(error).toMatchObject({ code: 'strategy-error', detail: { field: 'size' } });
      }
    },
  );

  test('a target is a finite number', () => {
    expect(
      failure(() => probe({ next: (strategy) => strategy.orderTargetSize(Number.NaN) })).message,
    ).toContain('not NaN');
  });

  test('closing nothing and staying on target make no order', () => {
    const made: (Order | null)[] = [];
    probe({
      next: (strategy) => {
        if (strategy.bar === 0) made.push(strategy.close(), strategy.orderTargetSize(0));
        if (strategy.bar === 1) strategy.buy({ size: 3 });
        if (strategy.bar === 2) made.push(strategy.orderTargetSize(3));
        if (strategy.bar === 3) made.push(strategy.orderTargetSize(-2));
      },
    });
    expect(made.map((order) => order && [order.side, order.size])).toEqual([null, null, null, ['sell', 5]]);
  });

  test('cannot happen in init()', () => {
    expect(failure(() => probe({ init: (strategy) => strategy.buy({ size: 1 }) })).message).toContain(
      'before the first bar',
    );
  });

  test('needs an instrument of this run', () => {
    const stranger = {} as Strategy['data'];
    expect(failure(() => probe({ next: (s) => s.buy({ size: 1, data: stranger }) })).message).toContain(
      'not an instrument',
    );
    let old: Strategy['data'];
    probe({ init: (strategy) => (old = strategy.data) });
    expect(failure(() => probe({ next: (s) => s.positionOf(old) })).message).toContain('another run');
  });
});

describe('the class', () => {
  test('data and parameters exist from init() on', () => {
    class Early extends Strategy {
      first = this.data.close;
      next() {}
    }
    expect(failure(() => run(Early, data)).detail.hint).toContain('into init()');
  });

  test('needs a next()', () => {
    abstract class Incomplete extends Strategy {}
    const incomplete = Incomplete as unknown as new () => Strategy;
    expect(failure(() => run(incomplete, data)).message).toBe('The strategy has no next()');
  });

  test('what the strategy throws arrives as it is, and the cell says on which bar', () => {
    const progress = new Float64Array(1);
    const boom = new Error('boom');
    class Failing extends Strategy {
      next() {
        if (this.bar === 3) throw boom;
      }
    }
    expect(() => run(Failing, data, { progress })).toThrow(boom);
    expect(progress[0]).toBe(3);
  });
});

describe('what strategy code holds', () => {
  const holdings: [string, (strategy: Strategy) => object][] = [
    ['a line', ({ data }) => data.close],
    ['an instrument', ({ data }) => data],
    ['a position', ({ position }) => position],
    ['the list of instruments', ({ datas }) => datas],
    ['the parameters', ({ params }) => params],
    ['an order', (strategy) => strategy.buy({ size: 1 })],
  ];
  test.each(holdings)(
    '%s cannot be changed, leads to no constructor of the engine and to no raw column',
    (_, hold) => {
      let held: object | null = null;
      probe({
        next: (strategy) => {
          held ??= hold(strategy);
        },
      });
      // An order has nothing of its own that could be changed; freezing each one would cost as much as filling it.
      expect(Object.isFrozen(held) || Reflect.ownKeys(held!).length === 0).toBe(true);
      const prototype = Object.getPrototypeOf(held) as object;
      if (prototype !== Array.prototype && prototype !== Object.prototype) {
        expect(Object.isFrozen(prototype)).toBe(true);
        expect(Object.hasOwn(prototype, 'constructor')).toBe(false);
      }
      for (const key of Reflect.ownKeys(held!)) {
        expect(ArrayBuffer.isView(Reflect.get(held!, key))).toBe(false);
      }
    },
  );

  test('the base class cannot be changed for the next run', () => {
    expect(Object.isFrozen(Strategy)).toBe(true);
    expect(() => {
      Strategy.prototype.buy = () => null as never;
    }).toThrow(TypeError);
  });
});
