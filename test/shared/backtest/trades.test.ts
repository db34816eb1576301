import { describe, expect, test } from 'vitest';
import { bars, MINUTE, run, START, scripted } from './run.ts';

describe('trades', () => {
  const data = bars([
    [100, 100],
    [100, 108, 97, 104],
    [104, 106, 90, 92],
    [92, 95, 91, 94],
    [94, 94],
    [80, 120, 70, 90],
  ]);

  test('a round trip, with the best and the worst moment while held', () => {
    const { trades } = run(scripted({ 0: (s) => s.buy({ size: 10 }), 3: (s) => s.close() }), data);
    expect([trades.length, trades.ref[0], trades.side[0], trades.size[0], trades.isOpen[0]]).toEqual([
      1, 1, 1, 10, 0,
    ]);
    expect([trades.entryBar[0], trades.entryTime[0], trades.entryPrice[0]]).toEqual([1, START + MINUTE, 100]);
    expect([trades.exitBar[0], trades.exitTime[0], trades.exitPrice[0]]).toEqual([4, START + 4 * MINUTE, 94]);
    expect([trades.barsHeld[0], trades.entryOrder[0], trades.exitOrder[0]]).toEqual([3, 1, 2]);
    expect([trades.gross[0], trades.net[0]]).toEqual([-60, -60]);
    expect([trades.maxAdverse[0], trades.maxFavourable[0]]).toEqual([-100, 80]);
  });

  test('the bar of the exit counts at its open only', () => {
    const { trades } = run(scripted({ 0: (s) => s.sell({ size: 1 }), 4: (s) => s.close() }), data);
    expect([trades.side[0], trades.net[0]]).toEqual([-1, 20]);
    expect([trades.maxAdverse[0], trades.maxFavourable[0]]).toEqual([-8, 20]);
  });

  test('the bar of an entry inside it does not count: its extremes may have come before', () => {
    const script = scripted({ 0: (s) => s.buy({ size: 1, limit: 98 }), 2: (s) => s.close() });
    const { trades } = run(script, data);
    expect([trades.entryPrice[0], trades.maxAdverse[0], trades.maxFavourable[0]]).toEqual([98, -8, 8]);
  });

  test('an open trade is marked to the last close', () => {
    const { trades, ledger } = run(scripted({ 3: (s) => s.buy({ size: 10 }) }), data);
    expect([
      trades.isOpen[0],
      trades.exitBar[0],
      trades.exitTime[0],
      trades.exitPrice[0],
      trades.exitOrder[0],
    ]).toEqual([1, -1, Number.NaN, Number.NaN, 0]);
    expect([trades.gross[0], trades.net[0], trades.barsHeld[0]]).toEqual([-40, -40, 1]);
    expect([trades.maxAdverse[0], trades.maxFavourable[0]]).toEqual([-240, 260]);
    expect([ledger.closedNet, ledger.openNet]).toEqual([0, -40]);
  });

  test('a reversal ends one trade and begins another in the same fill', () => {
    const { trades, fills } = run(
      scripted({ 0: (s) => s.orderTargetSize(10), 1: (s) => s.orderTargetSize(-5), 3: (s) => s.close() }),
      data,
    );
    expect(fills.length).toBe(3);
    expect([...trades.side]).toEqual([1, -1]);
    expect([...trades.size]).toEqual([10, 5]);
    expect([...trades.entryOrder]).toEqual([1, 2]);
    expect([...trades.exitOrder]).toEqual([2, 3]);
    expect([...trades.net]).toEqual([40, 50]);
    expect([trades.exitBar[0], trades.entryBar[1]]).toEqual([2, 2]);
  });

  test('adding and reducing stay one trade with average prices and the largest size', () => {
    const { trades } = run(
      scripted({
        0: (s) => s.buy({ size: 10 }),
        1: (s) => s.buy({ size: 30 }),
        2: (s) => s.sell({ size: 20 }),
        3: (s) => s.close(),
      }),
      data,
    );
    expect(trades.length).toBe(1);
    expect([trades.size[0], trades.entryPrice[0], trades.exitPrice[0]]).toEqual([40, 103, 93]);
    expect([trades.gross[0], trades.exitOrder[0]]).toEqual([-400, 4]);
    // 40 units from 103, at the low of 90 and the high of 106.
    expect([trades.maxAdverse[0], trades.maxFavourable[0]]).toEqual([-520, 120]);
  });
});
