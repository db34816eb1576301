import { describe, expect, test } from 'vitest';
import { memoised } from '../../../shared/indicators/column-memo.ts';
import * as hindsight from '../../../shared/strategy/index.ts';
import { type Line, Strategy } from '../../../shared/strategy/index.ts';
import { MINUTE, randomBars, run } from '../backtest/run.ts';

const { add, atr, bollinger, correlation, crossUp, divide, ema, indicator, macd, rsi, shift, sma } =
  hindsight;

/** Runs `declare` in init() and returns the step of the first next(). */
function firstNext(declare: (strategy: Strategy) => void): number {
  class Declares extends Strategy {
    override init() {
      declare(this);
    }
    next() {}
  }
  return run(Declares, randomBars(200, 3)).firstNextBar;
}

describe('minimum periods', () => {
  test.each<[string, number, (s: Strategy) => void]>([
    ['one', 9, (s) => sma(s.data.close, 10)],
    ['of another', 9 + 4, (s) => ema(sma(s.data.close, 10), 5)],
    ['the longest of several', 29, (s) => [sma(s.data.close, 30), rsi(s.data.close, 14)]],
    ['a cross', 30, (s) => crossUp(sma(s.data.close, 10), sma(s.data.close, 30))],
    ['several outputs', 33, (s) => macd(s.data.close)],
    ['shifted back', 9 + 3, (s) => shift(sma(s.data.close, 10), 3)],
    ['combined', 19, (s) => add(sma(s.data.close, 10), sma(s.data.close, 20))],
    ['over an instrument', 14, (s) => atr(s.data)],
    ['one’s own', 9 + 6, (s) => indicator(sma(s.data.close, 10), 7, (values) => values)],
  ])('%s', (_, expected, declare) => expect(firstNext(declare)).toBe(expected));
});

describe('what strategies see', () => {
  test('several results by name, frozen', () => {
    firstNext((s) => {
      const bands = bollinger(s.data.close, 20, 2);
      expect(Object.keys(bands)).toEqual(['middle', 'top', 'bottom', 'percentB', 'bandwidth']);
      expect(Object.isFrozen(bands)).toBe(true);
    });
  });
  test('arithmetic, bar by bar', () => {
    let ratio: Line | null = null;
    class Ratio extends Strategy {
      override init() {
        ratio = divide(this.data.high, 2);
      }
      next() {
        expect(ratio!.value).toBe(this.data.high.value / 2);
      }
    }
    run(Ratio, randomBars(20, 1));
  });
  test.each<[string, (s: Strategy) => unknown]>([
    ['takes 1 parameters, not 2', (s) => sma(s.data.close, 1, 2)],
    ['period is a whole number of bars from 1, not 0', (s) => sma(s.data.close, 0)],
    ['period is a whole number of bars from 1, not 2.5', (s) => atr(s.data, 2.5)],
    ['An indicator reads a line', (s) => sma(s.data.close.value as never, 3)],
    ['is not an instrument of this run', (s) => atr(s.data.close as never)],
    ['moves a line back by a whole number of bars, not by -1', (s) => shift(s.data.close, -1)],
    ['returned no column of 200 values', (s) => indicator(s.data.close, 1, () => [1, 2, 3])],
    ['a minimum period is a whole number of bars from 1', (s) => indicator(s.data.close, 0, (c) => c)],
  ])('%s', (message, declare) => expect(() => firstNext(declare)).toThrow(message));

  test('lines of two instruments do not mix, nor are indicators declared late', () => {
    const feeds = ['A', 'B'].map((ticker, i) => ({ ticker, bars: randomBars(50, i), interval: MINUTE }));
    class Mixes extends Strategy {
      override init() {
        correlation(this.datas[0]!.close, this.datas[1]!.close, 5);
      }
      next() {}
    }
    expect(() => run(Mixes, null, { feeds })).toThrow('got lines of two instruments, A and B');
    class Late extends Strategy {
      next() {
        sma(this.data.close, 3);
      }
    }
    expect(() => run(Late, randomBars(20, 1))).toThrow('sma() was called after init()');
  });

  test('own indicators are given copies: the bars stay as they are', () => {
    const data = randomBars(50, 9);
    const before = data.close.slice();
    class Writes extends Strategy {
      override init() {
        indicator(this.data.close, 1, (close) => close.fill(1));
      }
      next() {}
    }
    run(Writes, data);
    expect(data.close).toEqual(before);
  });
});

describe('what was computed once', () => {
  const column = () => Float64Array.of(1, 2, 3);
  test('is not computed again for the same columns and name', () => {
    let computed = 0;
    const compute = () => {
      computed++;
      return [column()];
    };
    const [a, b, c] = [column(), column(), column()];
    const first = memoised([a, b], 'x(1)', compute);
    expect(memoised([a, b], 'x(1)', compute)).toBe(first);
    memoised([a, c], 'x(1)', compute);
    memoised([a, b], 'x(2)', compute);
    memoised([b, a], 'x(1)', compute);
    expect(computed).toBe(4);
  });
  test('is dropped when it was not asked for longest and there is too much', () => {
    const key = column();
    let computed = 0;
    const large = (name: string) =>
      memoised([key], name, () => {
        computed++;
        return [new Float64Array(12e6)];
      });
    for (const name of ['a', 'b', 'a', 'c', 'a']) large(name); // 96 MB each, two fit
    expect(computed).toBe(3);
    large('b');
    expect(computed).toBe(4);
  });
});
