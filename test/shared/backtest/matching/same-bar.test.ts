import { describe, expect, test } from 'vitest';
import { sameBarRange } from '../../../../shared/backtest/same-bar-range.ts';
import type { SameBarPolicy } from '../../../../shared/backtest/settings.ts';
import type { BarColumns } from '../../../../shared/market/bar.ts';
import { bars, MINUTE, run, scripted, settingsOf } from '../run.ts';

const FLAT = [100, 100, 100, 100];
const bracket = scripted({ 0: (s) => s.buyBracket({ size: 10, stopLoss: 95, takeProfit: 110 }) });
const exits = (
  rows: readonly (readonly number[])[],
  sameBar: SameBarPolicy,
  { finer, strategy = bracket }: { finer?: BarColumns; strategy?: typeof bracket } = {},
) => {
  const { fills, ambiguous } = run(strategy, null, {
    settings: { cash: 1e6, sameBar },
    feeds: [{ ticker: 'X', bars: bars(rows), interval: MINUTE, ...(finer === undefined ? {} : { finer }) }],
  });
  return { price: fills.price[1] ?? null, bar: fills.bar[1] ?? null, ambiguous: [...ambiguous.bar] };
};

describe('stop and target inside one bar', () => {
  const both = [FLAT, FLAT, [100, 112, 94, 105]];
  test.each([
    ['backtrader', 95],
    ['pessimistic', 95],
    ['optimistic', 110],
    ['open-proximity', 95], // the low is nearer to the open
  ] as const)('%s: %d', (policy, price) => {
    expect(exits(both, policy)).toEqual({ price, bar: 2, ambiguous: [2] });
  });
  test('open-proximity takes the nearer extreme first', () => {
    expect(exits([FLAT, FLAT, [105, 112, 94, 105]], 'open-proximity').price).toBe(110);
  });
  test('one that fills at the open comes first, and nothing is ambiguous', () => {
    const gap = [FLAT, FLAT, [111, 112, 94, 105]];
    for (const policy of ['pessimistic', 'optimistic', 'open-proximity'] as const) {
      expect(exits(gap, policy)).toEqual({ price: 111, bar: 2, ambiguous: [] });
    }
    expect(exits(gap, 'backtrader').price).toBe(95);
  });
  test('finer bars tell where they exist', () => {
    const finer = (rows: readonly (readonly number[])[]): BarColumns => {
      const column = bars(rows);
      return { ...column, time: column.time.map((_, i) => column.time[0]! + 2 * MINUTE + i * 20_000) };
    };
    const up = finer([
      [100, 112, 100, 108],
      [108, 108, 94, 105],
    ]);
    const down = finer([
      [100, 101, 94, 96],
      [96, 112, 96, 105],
    ]);
    const one = finer([[100, 112, 94, 105]]);
    expect(exits(both, 'drill-down', { finer: up })).toEqual({ price: 110, bar: 2, ambiguous: [] });
    expect(exits(both, 'drill-down', { finer: down })).toEqual({ price: 95, bar: 2, ambiguous: [] });
    expect(exits(both, 'drill-down', { finer: one })).toEqual({ price: 95, bar: 2, ambiguous: [2] });
    expect(exits(both, 'drill-down')).toEqual({ price: 95, bar: 2, ambiguous: [2] });
  });
  test('opposite orders that cancel each other: the worse by the close of the bar', () => {
    const strategy = scripted({
      0: (s) => {
        const oco = s.buy({ size: 1, stop: 105 });
        s.sell({ size: 1, stop: 95, oco });
      },
    });
    const sideAfter = (close: number, sameBar: SameBarPolicy) =>
      Math.sign(
        run(strategy, bars([FLAT, [100, 106, 94, close], [close, close]]), {
          settings: { cash: 1e6, sameBar },
        }).fills.size[0]!,
      );
    expect([sideAfter(96, 'pessimistic'), sideAfter(104, 'pessimistic')]).toEqual([1, -1]);
    expect([sideAfter(96, 'optimistic'), sideAfter(104, 'optimistic')]).toEqual([-1, 1]);
  });
});

describe('an exit in the bar of its entry', () => {
  test('after an entry at the open the whole bar counts; backtrader’s exits wait for the next', () => {
    const rows = [FLAT, [100, 101, 94, 100], FLAT];
    expect(exits(rows, 'pessimistic')).toEqual({ price: 95, bar: 1, ambiguous: [] });
    expect(exits(rows, 'optimistic')).toEqual({ price: 95, bar: 1, ambiguous: [] });
    expect(exits(rows, 'backtrader')).toEqual({ price: null, bar: null, ambiguous: [] });
  });
  test('after an entry inside the bar, what lies on its near side may have come before', () => {
    const strategy = scripted({
      0: (s) => s.buyBracket({ size: 10, limit: 98, stopLoss: 95, takeProfit: 110 }),
    });
    const high = [FLAT, [100, 112, 97, 99], FLAT];
    expect(exits(high, 'pessimistic', { strategy })).toEqual({ price: null, bar: null, ambiguous: [1] });
    expect(exits(high, 'optimistic', { strategy })).toEqual({ price: 110, bar: 1, ambiguous: [1] });
    // The way from the open to the limit leads down: the low is certain.
    expect(exits([FLAT, [100, 101, 94, 99], FLAT], 'optimistic', { strategy })).toEqual({
      price: 95,
      bar: 1,
      ambiguous: [],
    });
    // A close beyond the target proves that it was reached after the entry.
    expect(exits([FLAT, [100, 112, 97, 111], FLAT], 'pessimistic', { strategy }).price).toBe(110);
  });
});

describe('the range between best and worst', () => {
  const input = (rows: readonly (readonly number[])[]) => ({
    feeds: [{ ticker: 'X', bars: bars(rows), interval: MINUTE }],
    settings: settingsOf({ cash: 1e6 }),
    strategy: bracket,
    params: {},
    seed: 1,
  });
  test('spans the profits of both readings', () => {
    const ambiguous = input([FLAT, FLAT, [100, 112, 94, 105]]);
    const result = run(bracket, null, { settings: { cash: 1e6 }, feeds: ambiguous.feeds });
    expect(sameBarRange(ambiguous, result)).toEqual({ bars: 1, worst: -50, best: 100 });
  });
  test('is not asked for where nothing is ambiguous', () => {
    const clear = input([FLAT, FLAT, [100, 101, 94, 95]]);
    expect(sameBarRange(clear, run(bracket, null, { settings: { cash: 1e6 }, feeds: clear.feeds }))).toBe(
      null,
    );
  });
});
