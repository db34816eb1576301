import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustBars } from '../../../shared/market/adjust-bars.ts';
import type { BarColumns } from '../../../shared/market/bar.ts';
import { type CorporateAction, dividendsOf } from '../../../shared/market/corporate-actions.ts';

const bars = (closes: readonly number[]): BarColumns => {
  const close = Float64Array.from(closes);
  return {
    length: close.length,
    time: Float64Array.from(closes, (_, index) => index),
    open: close.map((value) => value * 0.99),
    high: close.map((value) => value * 1.02),
    low: close.map((value) => value * 0.98),
    close,
    volume: Float64Array.from(closes, () => 100),
    trades: Float64Array.from(closes, () => 7),
    vwap: close.slice(),
    twap: null,
  };
};
const split = (time: number, ratio: number): CorporateAction => ({ kind: 'split', time, ratio });
const dividend = (time: number, amount: number): CorporateAction => ({ kind: 'dividend', time, amount });

const plain = bars([100, 110, 60, 55, 56]);

describe('views', () => {
  test('raw is what is stored', () => {
    expect(adjustBars(plain, [split(2, 2), dividend(3, 5)], 'raw')).toBe(plain);
  });

  test('without actions all are the same columns', () => {
    expect(adjustBars(plain, [], 'total-return')).toBe(plain);
    expect(adjustBars(plain, [dividend(3, 5)], 'split')).toBe(plain);
  });

  test('split: prices before it are divided, volumes multiplied, trades stay', () => {
    const seen = adjustBars(plain, [split(2, 2), dividend(3, 5)], 'split');
    expect([...seen.close]).toEqual([50, 55, 60, 55, 56]);
    expect([...seen.vwap!]).toEqual([50, 55, 60, 55, 56]);
    expect([...seen.volume!]).toEqual([200, 200, 100, 100, 100]);
    expect([...seen.trades!]).toEqual([7, 7, 7, 7, 7]);
    expect(seen.twap).toBeNull();
    expect([...plain.close]).toEqual([100, 110, 60, 55, 56]);
  });

  test('total return: (close before - dividend) / close before, on top of splits', () => {
    const seen = adjustBars(plain, [split(2, 2), dividend(3, 5)], 'total-return');
    const factor = (60 - 5) / 60;
    expect([...seen.close]).toEqual([50 * factor, 55 * factor, 60 * factor, 55, 56]);
    expect([...seen.volume!]).toEqual([200, 200, 100, 100, 100]);
  });

  test('an action between two bars counts from the next one, one behind the last is still to come', () => {
    expect([...adjustBars(plain, [split(1.5, 2)], 'split').close]).toEqual([50, 55, 60, 55, 56]);
    expect([...adjustBars(plain, [split(9, 2)], 'split').close]).toEqual([50, 55, 30, 27.5, 28]);
    expect(adjustBars(plain, [split(0, 2), dividend(9, 5)], 'total-return')).toBe(plain);
  });

  test('a dividend on the day of a split is per new share', () => {
    const seen = adjustBars(plain, [split(2, 2), dividend(2, 5.5)], 'total-return');
    expect(seen.close[1]).toBe((110 / 2) * ((55 - 5.5) / 55));
  });

  test('a dividend above the price is refused with its day', () => {
    expect(() => adjustBars(plain, [dividend(3, 60)], 'total-return')).toThrow(
      'The dividend of 60 on 1970-01-01 is not below the price of 60',
    );
  });
});

test('total return is the return of who puts every dividend back into the share', () => {
  const action = fc.oneof(
    fc.record({
      kind: fc.constant('split' as const),
      time: fc.integer({ min: 0, max: 12 }),
      ratio: fc.constantFrom(2, 3, 0.1, 1.5),
    }),
    fc.record({
      kind: fc.constant('dividend' as const),
      time: fc.integer({ min: 0, max: 12 }),
      amount: fc.double({ min: 0.01, max: 0.4, noNaN: true }),
    }),
  );
  const actions = fc.uniqueArray(action, { selector: ({ time }) => time, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 5, max: 50, noNaN: true }), { minLength: 2, maxLength: 12 }),
      actions,
      (closes, happened) => {
        const seen = adjustBars(bars(closes), happened, 'total-return');
        // One share from the first close on. On an ex-day the account holds ratio times the shares and buys more at the
        // close before, in new shares, less the dividend: the price at which it is worth the same as with the cash.
        let shares = 1;
        for (let bar = 1; bar < closes.length; bar++) {
          const now = happened.find(({ time }) => time === bar);
          if (now?.kind === 'split') shares *= now.ratio;
          if (now?.kind === 'dividend') shares *= closes[bar - 1]! / (closes[bar - 1]! - now.amount);
          const growth = (shares * closes[bar]!) / closes[0]!;
          expect(seen.close[bar]! / seen.close[0]!).toBeCloseTo(growth, 8);
        }
      },
    ),
  );
});

test('dividends are paid per share of today', () => {
  expect(dividendsOf([split(2, 2), dividend(3, 5), dividend(1, 4)])).toEqual([
    { time: 1, amount: 2 },
    { time: 3, amount: 5 },
  ]);
});
