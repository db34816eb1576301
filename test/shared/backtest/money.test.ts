import { describe, expect, test } from 'vitest';
import { CommissionParts, chargeCommission } from '../../../shared/backtest/account/commission.ts';
import { closingPart, Position } from '../../../shared/backtest/account/position.ts';
import { Slipping } from '../../../shared/backtest/matching/slipping.ts';
import { seededRandom } from '../../../shared/backtest/random.ts';
import { checkLedger } from '../../../shared/backtest/records/ledger.ts';
import { ORDER_REASONS } from '../../../shared/backtest/result.ts';
import {
  type Commission,
  DEFAULT_SETTINGS,
  type Slippage,
  type SlippageSwitches,
} from '../../../shared/backtest/settings.ts';
import { bars, run, scripted } from './run.ts';

function commissionOf(
  commission: Commission,
  closed: number,
  opened: number,
  price: number,
  isMaker = false,
) {
  const parts = new CommissionParts();
  chargeCommission(commission, closed, opened, price, 1, isMaker, parts);
  return [parts.closed, parts.opened];
}

describe('commission', () => {
  test.each([
    [{ kind: 'none' }, 0],
    [{ kind: 'percent', rate: 0.001 }, 2],
    [{ kind: 'per-share', amount: 0.02 }, 0.4],
    [{ kind: 'per-trade', amount: 7.5 }, 7.5],
    [{ kind: 'percent', rate: 0.001, minimum: 5 }, 5],
    [{ kind: 'per-share', amount: 1, maximum: 12 }, 12],
    [{ kind: 'percent', rate: 0.001, minimum: 1, maximum: 9 }, 2],
    [{ kind: 'maker-taker', maker: -0.0001, taker: 0.001 }, 2],
  ] as const)('%o', (commission, expected) => {
    expect(commissionOf(commission, 0, 20, 100)).toEqual([0, expected]);
    expect(commissionOf(commission, -20, 0, 100)).toEqual([expected, 0]);
  });

  test('tiers are marginal: each rate for its own part of the value', () => {
    const commission: Commission = {
      kind: 'tiered',
      tiers: [
        { upTo: 1_000, rate: 0.01 },
        { upTo: 3_000, rate: 0.005 },
        { upTo: null, rate: 0.001 },
      ],
    };
    expect(commissionOf(commission, 0, 5, 100)).toEqual([0, 5]);
    expect(commissionOf(commission, 0, 20, 100)).toEqual([0, 15]);
    expect(commissionOf(commission, 0, 100, 100)).toEqual([0, 10 + 10 + 7]);
  });

  test('a resting limit order earns the maker rate', () => {
    expect(commissionOf({ kind: 'maker-taker', maker: -0.0001, taker: 0.001 }, 0, 20, 100, true)).toEqual([
      0, -0.2,
    ]);
  });

  test('a bound holds for the execution, shared by its closing and its opening part', () => {
    expect(commissionOf({ kind: 'percent', rate: 0.001, minimum: 8 }, -10, -30, 100)).toEqual([2, 6]);
    expect(commissionOf({ kind: 'percent', rate: 0.001, maximum: 2 }, -10, -30, 100)).toEqual([0.5, 1.5]);
    expect(commissionOf({ kind: 'percent', rate: 0, minimum: 8 }, -10, -30, 100)).toEqual([2, 6]);
  });

  test('a reversal pays a sum per trade twice, once for each trade', () => {
    const data = bars([
      [10, 10],
      [10, 10],
      [12, 12],
      [12, 12],
    ]);
    const { fills, trades } = run(
      scripted({ 0: (s) => s.buy({ size: 5 }), 1: (s) => s.sell({ size: 8 }) }),
      data,
      { settings: { commission: { kind: 'per-trade', amount: 1 } } },
    );
    expect([...fills.commission]).toEqual([1, 2]);
    expect([...trades.commission]).toEqual([2, 1]);
    expect([...trades.net]).toEqual([8, -1]);
  });
});

describe('slippage', () => {
  const percent = { kind: 'percent', rate: 0.01 } as const;
  const fixed = { kind: 'fixed', amount: 0.5 } as const;
  const slipped = (
    slippage: Slippage,
    side: number,
    price: number,
    cap: number,
    switches: Partial<SlippageSwitches> = {},
    isLimit = false,
  ) =>
    new Slipping(slippage, { ...DEFAULT_SETTINGS.slippageSwitches, ...switches }).slipped(
      side,
      price,
      cap,
      isLimit,
    );
  test('moves the price against the order', () => {
    expect(slipped(percent, 1, 100, 200)).toBe(101);
    expect(slipped(percent, -1, 100, 50)).toBe(99);
    expect(slipped(fixed, 1, 100, 200)).toBe(100.5);
    expect(slipped(fixed, -1, 100, 50)).toBe(99.5);
    expect(slipped({ kind: 'none' }, 1, 100, 200)).toBe(100);
  });
  test('stops at the high of the bar for a buy, at its low for a sell', () => {
    expect(slipped(percent, 1, 100, 100.25)).toBe(100.25);
    expect(slipped(fixed, -1, 100, 99.75)).toBe(99.75);
  });
  test('the switches: beyond the boundary, or not at all', () => {
    expect(slipped(fixed, 1, 100, 100.25, { out: true })).toBe(100.5);
    expect(slipped(fixed, 1, 100, 100.25, { match: false })).toBeNaN();
    expect(slipped(fixed, 1, 100, 100.25, { match: false }, true)).toBe(100.25);
    expect(slipped(fixed, 1, 100, 100.25, { match: false, limit: false }, true)).toBeNaN();
    expect(slipped(fixed, 1, 100, 101, { match: false })).toBe(100.5);
  });
  test('by ticks, and by the square of the share of the volume', () => {
    const ticks = new Slipping({ kind: 'ticks', ticks: 2 }, DEFAULT_SETTINGS.slippageSwitches);
    ticks.prepare(10, 1_000, 0.25);
    expect(ticks.slipped(1, 100, 200, false)).toBe(100.5);
    const share = new Slipping({ kind: 'volume-share', impact: 0.1 }, DEFAULT_SETTINGS.slippageSwitches);
    share.prepare(500, 1_000, null);
    expect(share.slipped(-1, 100, 50, false)).toBe(97.5);
    // An order is at most the whole of the volume, also of none.
    share.prepare(5_000, 1_000, null);
    expect(share.slipped(-1, 100, 50, false)).toBe(90);
    share.prepare(5, 0, null);
    expect(share.slipped(-1, 100, 50, false)).toBe(90);
  });
  test('is kept apart: net = gross - slippage - commission, gross at prices before it', () => {
    const data = bars([
      [10, 10],
      [10, 11, 9, 10],
      [10, 10],
      [12, 13, 11.75, 12],
      [12, 12],
    ]);
    const { fills, trades } = run(scripted({ 0: (s) => s.buy({ size: 10 }), 2: (s) => s.close() }), data, {
      settings: { slippage: fixed, commission: { kind: 'per-share', amount: 0.1 } },
    });
    expect([...fills.price]).toEqual([10.5, 11.75]);
    expect([...fills.slippage]).toEqual([5, 2.5]);
    expect([trades.gross[0], trades.slippage[0], trades.commission[0], trades.net[0]]).toEqual([
      20, 7.5, 2, 10.5,
    ]);
  });
});

describe('cash', () => {
  const data = bars([
    [100, 100],
    [101, 101],
  ]);
  const bought = (cash: number) =>
    run(scripted({ 0: (s) => s.buy({ size: 10 }) }), data, { settings: { cash } });
  test('a fill may take all of it and not a penny more', () => {
    expect([...bought(1_010).orders.filledSize]).toEqual([10]);
    const { orders } = bought(1_009.99);
    expect([orders.filledSize[0], ORDER_REASONS[orders.reason[0]!]]).toEqual([0, 'not-enough-cash-at-fill']);
  });
});

describe('position', () => {
  const positionAfter = (...fills: [size: number, price: number][]) => {
    const position = new Position();
    for (const [size, price] of fills) position.update(size, price);
    return [position.size, position.price];
  };
  test('adding averages, reducing keeps, closing clears, reversing starts anew', () => {
    expect(positionAfter([10, 100], [30, 120])).toEqual([40, 115]);
    expect(positionAfter([-10, 100], [-10, 90])).toEqual([-20, 95]);
    expect(positionAfter([10, 100], [-4, 500])).toEqual([6, 100]);
    expect(positionAfter([10, 100], [-10, 90])).toEqual([0, 0]);
    expect(positionAfter([10, 100], [-15, 90])).toEqual([-5, 90]);
    expect(positionAfter([-5, 100], [8, 90])).toEqual([3, 90]);
  });
  test('a fill closes up to what is held', () => {
    expect([closingPart(0, 5), closingPart(3, 5), closingPart(-3, -5)]).toEqual([0, 0, 0]);
    expect([closingPart(3, -2), closingPart(3, -3), closingPart(3, -5), closingPart(-3, 5)]).toEqual([
      -2, -3, -3, 3,
    ]);
  });
});

describe('ledger', () => {
  test('refuses books that do not balance', () => {
    const { trades } = run(
      scripted({ 0: (s) => s.buy({ size: 1 }), 2: (s) => s.close(), 4: (s) => s.buy({ size: 2 }) }),
      bars([
        [10, 10],
        [11, 11],
        [12, 12],
        [15, 15],
        [15, 15],
        [16, 16],
        [18, 18],
      ]),
    );
    expect(checkLedger(trades, 100, 108, 100)).toEqual({
      startingCash: 100,
      finalEquity: 108,
      closedNet: 4,
      openNet: 4,
      difference: 0,
    });
    expect(checkLedger(trades, 100, 108.0049, 100).difference).toBeCloseTo(0.0049, 10);
    expect(() => checkLedger(trades, 100, 108.0051, 100)).toThrow('The books do not balance');
    expect(() => checkLedger(trades, 100, Number.NaN, 100)).toThrow('The books do not balance');
  });
});

describe('random numbers', () => {
  test('equal seeds give equal sequences, other seeds other ones, all in [0, 1)', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 1_000 }, random);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    const numbers = draw(0xffffffff);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(numbers.reduce((sum, x) => sum + x, 0) / 1_000).toBeCloseTo(0.5, 1);
  });
});
