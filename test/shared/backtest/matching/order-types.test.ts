import { describe, expect, test } from 'vitest';
import { type BacktestResult, ORDER_REASONS, ORDER_STATUSES } from '../../../../shared/backtest/result.ts';
import type { OrderRequest, Strategy } from '../../../../shared/strategy/index.ts';
import { bars, type GivenSettings, MINUTE, run, START, scripted } from '../run.ts';

/** One order made on the first bar (flat at 100), then the given bars: where and at what price it filled. */
function filled(
  side: 'buy' | 'sell',
  request: Omit<OrderRequest, 'size'>,
  rows: readonly (readonly number[])[],
  settings: GivenSettings = {},
): string {
  const result = run(scripted({ 0: (s) => s[side]({ size: 1, ...request }) }), bars([[100, 100], ...rows]), {
    settings: { cash: 1e6, ...settings },
  });
  const { fills } = result;
  return fills.length === 0 ? outcome(result, 0) : `bar ${fills.bar[0]} at ${fills.price[0]}`;
}

const outcome = ({ orders }: BacktestResult, row: number) =>
  `${ORDER_STATUSES[orders.status[row]!]}, ${ORDER_REASONS[orders.reason[row]!]}`;

const WAITING = 'open, run-ended';

describe('limit', () => {
  test.each([
    ['buy', 98, [[97, 99, 96, 99]], 'bar 1 at 97'], // the open is better
    ['buy', 98, [[99, 99, 98, 99]], 'bar 1 at 98'], // touching is enough
    ['buy', 98, [[99, 100, 98.5, 99]], WAITING],
    [
      'buy',
      98,
      [
        [99, 100, 98.5, 99],
        [98.5, 99, 97, 98],
      ],
      'bar 2 at 98',
    ],
    ['sell', 102, [[103, 104, 102, 103]], 'bar 1 at 103'],
    ['sell', 102, [[101, 102, 100, 101]], 'bar 1 at 102'],
    ['sell', 102, [[101, 101.5, 100, 101]], WAITING],
  ] as const)('%s %d over %j: %s', (side, limit, rows, expected) => {
    expect(filled(side, { limit }, rows)).toBe(expected);
  });
});

describe('stop', () => {
  test.each([
    ['buy', 102, [[103, 104, 102, 103]], 'bar 1 at 103'], // a gap over the stop
    ['buy', 102, [[101, 102, 100, 101]], 'bar 1 at 102'],
    ['buy', 102, [[101, 101.5, 100, 101]], WAITING],
    ['sell', 98, [[97, 98, 96, 97]], 'bar 1 at 97'],
    ['sell', 98, [[99, 100, 98, 99]], 'bar 1 at 98'],
    ['sell', 98, [[99, 100, 98.5, 99]], WAITING],
  ] as const)('%s %d over %j: %s', (side, stop, rows, expected) => {
    expect(filled(side, { stop }, rows)).toBe(expected);
  });
});

describe('stop-limit', () => {
  test.each([
    ['buy', 102, 103, [[102.5, 104, 102, 103]], 'bar 1 at 102.5'], // triggered at the open: a limit order there
    ['buy', 102, 101, [[102.5, 103, 100, 101]], 'bar 1 at 101'], // the same, filled inside
    ['buy', 102, 103, [[101, 102, 100, 101]], 'bar 1 at 102'], // limit beyond the stop
    ['buy', 102, 101, [[101.5, 102.5, 100, 100.5]], 'bar 1 at 101'], // fell back through the limit by its close
    ['buy', 102, 101, [[101.5, 103, 100, 102.5]], WAITING], // a rising bar does not prove it
    [
      'buy',
      102,
      101,
      [
        [101.5, 103, 100, 102.5],
        [102, 102, 100.5, 101.5],
      ],
      'bar 2 at 101',
    ], // stays triggered
    ['sell', 98, 97, [[99, 99.5, 98, 99]], 'bar 1 at 98'],
    ['sell', 98, 99, [[98.5, 100, 97, 99.5]], 'bar 1 at 99'],
    ['sell', 98, 99, [[98.5, 100, 97, 97.5]], WAITING],
  ] as const)('%s stop %d limit %d over %j: %s', (side, stop, limit, rows, expected) => {
    expect(filled(side, { stop, limit }, rows)).toBe(expected);
  });
});

describe('trailing stop', () => {
  test('follows the closes by an amount, never back, and is matched with the stop of the bar before', () => {
    // Stop 98 at first; 101 after the close of 103, from the next bar on.
    expect(
      filled('sell', { trailAmount: 2 }, [
        [100, 103, 99, 103],
        [103, 103, 101.5, 102],
        [102, 102, 100, 100],
      ]),
    ).toBe('bar 3 at 101');
    expect(
      filled('sell', { trailAmount: 2 }, [
        [100, 110, 98.5, 99],
        [99, 99, 97, 98],
      ]),
    ).toBe('bar 2 at 98');
  });
  test('by a fraction of the price', () => {
    expect(
      filled('sell', { trailPercent: 0.1 }, [
        [100, 200, 95, 200],
        [190, 190, 170, 175],
      ]),
    ).toBe('bar 2 at 180');
    expect(
      filled('buy', { trailPercent: 0.1 }, [
        [100, 105, 50, 50],
        [52, 56, 50, 54],
      ]),
    ).toBe('bar 2 at 55');
  });
  test('starts where it is told to', () => {
    expect(filled('sell', { trailAmount: 2, trailFrom: 105 }, [[104, 104, 102, 104]])).toBe('bar 1 at 103');
  });
  test('with a limit keeps the limit’s distance', () => {
    const request = { trailAmount: 2, trailFrom: 100, limit: 99 };
    expect(
      filled('sell', request, [
        [100, 103, 99, 103],
        [100.5, 101, 99.5, 100.2],
      ]),
    ).toBe('bar 2 at 100.5');
    const result = run(
      scripted({ 0: (s) => s.sell({ size: 1, ...request }) }),
      bars([
        [100, 100],
        [100, 103, 99, 103],
      ]),
    );
    expect([result.orders.stop[0], result.orders.limit[0], result.orders.price[0]]).toEqual([101, 100, 98]);
  });
});

describe('at the close and at the open', () => {
  const HOUR = 60 * MINUTE;
  const session = { end: 8 * HOUR, offsetAt: () => 0 }; // the bars begin at 07:00
  const at = (request: OrderRequest, minutes: readonly number[]) => {
    const data = bars(
      minutes.map((_, i) => [100 + i, 100.5 + i]),
      minutes,
    );
    const { fills } = run(scripted({ 0: (s) => s.buy({ size: 1, ...request }) }), null, {
      feeds: [{ ticker: 'X', bars: data, interval: MINUTE, session }],
    });
    return fills.length === 0 ? null : [fills.bar[0], (fills.time[0]! - START) / MINUTE, fills.price[0]];
  };
  test('market-on-close takes the close of the bar that ends with the session', () => {
    expect(at({ at: 'close' }, [0, 30, 59, 60])).toEqual([2, 59, 102.5]);
  });
  test('or, where that bar is missing, the last close before, known only when the session is over', () => {
    expect(at({ at: 'close' }, [0, 30, 50, 24 * 60])).toEqual([3, 50, 102.5]);
  });
  test('what a volume limit leaves of it fills at the closes of the bars after, in backtrader at the same again', () => {
    const minutes = [0, 30, 50, 24 * 60, 24 * 60 + 1];
    const data = {
      ...bars([[100], [101], [102], [103], [104]], minutes),
      volume: Float64Array.of(9, 9, 4, 3, 9),
    };
    const fillsBy = (sameBar: 'pessimistic' | 'backtrader') => {
      const { fills } = run(scripted({ 0: (s) => s.buy({ size: 9, at: 'close' }) }), null, {
        feeds: [{ ticker: 'X', bars: data, interval: MINUTE, session }],
        settings: { sameBar, volumeLimit: { kind: 'bar-percent', percent: 100, shared: true } },
      });
      return Array.from(fills.order, (_, row) => [fills.bar[row], fills.size[row], fills.price[row]]);
    };
    // The bar that closed the session gives the first part, though that is known only with the next.
    expect(fillsBy('pessimistic')).toEqual([
      [3, 4, 102],
      [4, 5, 104],
    ]);
    expect(fillsBy('backtrader')).toEqual([
      [3, 4, 102],
      [4, 3, 102],
    ]);
  });
  test('market-on-open waits for the next session', () => {
    expect(at({ at: 'open' }, [0, 30, 59, 24 * 60, 24 * 60 + 1])).toEqual([3, 24 * 60, 103]);
  });
});

describe('time in force', () => {
  const far = { limit: 90 };
  test('until an instant, inclusive', () => {
    const rows = [
      [100, 100],
      [100, 100],
      [100, 100, 89, 90],
    ] as const;
    expect(filled('buy', { ...far, valid: START + 3 * MINUTE }, rows)).toBe('bar 3 at 90');
    expect(filled('buy', { ...far, valid: START + 2 * MINUTE }, rows)).toBe('expired, time-in-force');
    expect(filled('buy', { ...far, valid: { minutes: 3 } }, rows)).toBe('bar 3 at 90');
    expect(filled('buy', { ...far, valid: { minutes: 2 } }, rows)).toBe('expired, time-in-force');
  });
  test('day ends with the session', () => {
    const end = 7 * 60 * MINUTE + 2 * MINUTE; // the first two minutes
    const outcomeOn = (minutes: readonly number[]) => {
      const data = bars(
        minutes.map((_, i) => (i === minutes.length - 1 ? [95, 96, 89, 90] : [100, 100])),
        minutes,
      );
      const result = run(scripted({ 0: (s) => s.buy({ size: 1, ...far, valid: 'day' }) }), null, {
        feeds: [{ ticker: 'X', bars: data, interval: MINUTE, session: { end, offsetAt: () => 0 } }],
      });
      return outcome(result, 0);
    };
    expect(outcomeOn([0, 1])).toBe('completed, none');
    expect(outcomeOn([0, 2])).toBe('expired, time-in-force');
  });
  test('immediate or cancel, fill or kill: on the next bar or never', () => {
    const rows = [
      [100, 100],
      [100, 100, 89, 90],
    ] as const;
    expect(filled('buy', { ...far, valid: 'ioc' }, rows)).toBe('cancelled, time-in-force');
    expect(filled('buy', { limit: 100, valid: 'ioc' }, rows)).toBe('bar 1 at 100');
    const limited: GivenSettings = { volumeLimit: { kind: 'fixed-size', size: 4, shared: true } };
    const result = (valid: 'ioc' | 'fok') =>
      run(
        scripted({ 0: (s) => s.buy({ size: 10, valid }) }),
        bars([
          [100, 100],
          [100, 100],
          [100, 100],
        ]),
        {
          settings: limited,
        },
      );
    expect([result('ioc').orders.filledSize[0], outcome(result('ioc'), 0)]).toEqual([
      4,
      'cancelled, time-in-force',
    ]);
    expect([result('fok').orders.filledSize[0], outcome(result('fok'), 0)]).toEqual([
      0,
      'cancelled, time-in-force',
    ]);
  });
});

describe('slippage', () => {
  test('a stop inside the bar slips up to its end, a limit at its own price never', () => {
    const settings: GivenSettings = { slippage: { kind: 'fixed', amount: 1 } };
    expect(filled('buy', { stop: 102 }, [[101, 110, 100, 105]], settings)).toBe('bar 1 at 103');
    expect(filled('buy', { stop: 102 }, [[101, 102.5, 100, 102]], settings)).toBe('bar 1 at 102.5');
    expect(filled('buy', { limit: 98 }, [[99, 99, 97, 98]], settings)).toBe('bar 1 at 98');
    expect(filled('buy', { limit: 98 }, [[97.5, 99, 97, 98]], settings)).toBe('bar 1 at 98');
  });
});

describe('a request', () => {
  test.each([
    [{ limit: Number.NaN }, 'A limit is a price'],
    [{ stop: Number.POSITIVE_INFINITY }, 'A stop is a price'],
    [{ trailAmount: 0 }, 'trailAmount is a distance above zero'],
    [{ trailPercent: -0.1 }, 'trailPercent is a distance above zero'],
    [{ stop: 99, trailAmount: 1 }, 'cannot have `stop`'],
    [{ limit: 99, at: 'close' }, 'cannot have `at`'],
    [{ valid: Number.NaN }, 'cannot be valid until NaN'],
  ] as const)('%o is refused: %s', (request, message) => {
    const script = scripted({ 0: (s: Strategy) => s.buy({ size: 1, ...request }) });
    expect(() =>
      run(
        script,
        bars([
          [100, 100],
          [100, 100],
        ]),
      ),
    ).toThrow(message);
  });
});
