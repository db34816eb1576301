import { describe, expect, test } from 'vitest';
import type { Feed } from '../../../shared/backtest/feed.ts';
import { DEFAULT_TERMS } from '../../../shared/backtest/settings.ts';
import { type Data, type Line, Strategy, sma } from '../../../shared/strategy/index.ts';
import { bars, MINUTE, run, START, scripted } from './run.ts';

const DAY = 24 * 60;
const flat = (count: number, price = 100) => Array.from({ length: count }, () => [price]);

describe('futures-like terms', () => {
  const rows = [[100], [100], [104], [103], [103]];
  const script = scripted({ 0: (s) => s.buy({ size: 2 }), 3: (s) => s.close() });
  const settings = { margin: { kind: 'amount', amount: 300 }, multiplier: 10 } as const;
  test('a margin is set aside, and profit is in cash at every close', () => {
    const { equity, trades } = run(script, bars(rows), { settings: { ...settings, cash: 1_000 } });
    expect([...equity.cash]).toEqual([1_000, 400, 480, 460, 1_060]);
    expect([...equity.equity]).toEqual([1_000, 1_000, 1_080, 1_060, 1_060]);
    expect(trades.net[0]).toBe(60);
  });
  test('a margin that follows the price leaves nothing behind when the position is closed', () => {
    const margin = { kind: 'factor', factor: 2, revalued: true } as const;
    const { ledger } = run(script, bars(rows), { settings: { margin, multiplier: 10, cash: 1_000 } });
    expect([ledger.closedNet, ledger.difference]).toEqual([60, 0]);
  });
  test('what the margin does not cover is rejected', () => {
    const { orders } = run(script, bars(rows), { settings: { ...settings, cash: 500 } });
    expect(orders.filledSize[0]).toBe(0);
  });
});

describe('leverage', () => {
  test('takes a part of the value from the cash', () => {
    const script = scripted({ 0: (s) => s.buy({ size: 30 }) });
    const { equity } = run(script, bars([[100], [100], [110]]), { settings: { cash: 1_000, leverage: 4 } });
    expect([...equity.cash]).toEqual([1_000, 250, 250]);
    expect([...equity.equity]).toEqual([1_000, 1_000, 1_300]);
  });
});

describe('prices in pence, an account in pounds', () => {
  test('one unit of price is a hundredth of money', () => {
    const script = scripted({ 0: (s) => s.buy({ size: 100 }), 1: (s) => s.close() });
    const { trades, equity } = run(script, bars([[250], [250], [260], [260]]), {
      settings: { cash: 1_000, multiplier: 0.01, commission: { kind: 'percent', rate: 0.001 } },
    });
    expect([equity.cash[1], trades.gross[0]]).toEqual([1_000 - 250 - 0.25, 10]);
    expect(trades.commission[0]).toBeCloseTo(0.51, 12);
  });
});

describe('interest, borrow fees and dividends', () => {
  const nightly = (extra: Partial<Feed> = {}, terms = {}) =>
    run(scripted({ 0: (s) => s.sell({ size: 10 }), 3: (s) => s.close() }), null, {
      feeds: [
        {
          ticker: 'X',
          bars: bars(flat(6), [0, 1, DAY, 3 * DAY, 3 * DAY + 1, 3 * DAY + 2]),
          interval: MINUTE,
          terms: { ...DEFAULT_TERMS, ...terms },
          ...extra,
        },
      ],
    });
  test('are charged by calendar day and belong to the trade', () => {
    const interest = nightly({}, { interest: { rate: 0.365, onLong: false } });
    expect(interest.trades.financing[0]).toBeCloseTo(3 * 0.001 * 10 * 100, 9);
    expect(interest.trades.net[0]).toBeCloseTo(-3, 9);
    expect(interest.equity.equity.at(-1)).toBeCloseTo(9_997, 9);
    expect(nightly({}, { borrowFee: 0.365 }).trades.financing[0]).toBeCloseTo(3, 9);
    expect(
      nightly({}, { borrowFee: 0.1825, interest: { rate: 0.1825, onLong: false } }).trades.net[0],
    ).toBeCloseTo(-3, 9);
  });
  test('a short position pays the dividend', () => {
    const { trades, equity } = nightly({ dividends: [{ time: START + DAY * MINUTE, amount: 2 }] });
    expect([trades.financing[0], trades.net[0], equity.equity.at(-1)]).toEqual([20, -20, 9_980]);
  });
  test('what is still held at the end counts in the open trade', () => {
    const result = run(scripted({ 0: (s) => s.buy({ size: 10 }) }), null, {
      feeds: [
        {
          ticker: 'X',
          bars: bars(flat(4)),
          interval: MINUTE,
          dividends: [{ time: START + 2 * MINUTE, amount: 1 }],
        },
      ],
    });
    expect([result.trades.isOpen[0], result.trades.net[0]]).toEqual([1, 10]);
  });
});

describe('a margin call', () => {
  const rows = [[100], [100], [100], [60], [50], [50], [50]];
  test('cancels what waits and sells everything at the next open; a ruined account takes no more orders', () => {
    const script = scripted({
      0: (s) => s.buy({ size: 40 }),
      1: (s) => s.buy({ size: 1, limit: 10 }),
      5: (s) => s.buy({ size: 1 }),
    });
    const { orders, fills, equity } = run(script, bars(rows), {
      settings: { cash: 1_000, leverage: 5 },
    });
    expect([...fills.size]).toEqual([40, -40]);
    expect([...fills.bar]).toEqual([1, 4]);
    expect([...orders.reason].map((code) => code)).toEqual([0, 10, 0, 11]);
    expect(equity.equity.at(-1)).toBe(-1_000);
  });
  test('ignored, the account goes on', () => {
    const script = scripted({ 0: (s) => s.buy({ size: 40 }), 5: (s) => s.sell({ size: 1 }) });
    const { fills } = run(script, bars(rows), {
      settings: { cash: 1_000, leverage: 5, marginCall: { action: 'ignore', maintenance: 0 } },
    });
    expect([...fills.size]).toEqual([40, -1]);
  });
  test('at a maintenance margin it comes before ruin', () => {
    const script = scripted({ 0: (s) => s.buy({ size: 40 }) });
    const { fills } = run(script, bars([[100], [100], [90], [90], [90]]), {
      settings: { cash: 1_000, leverage: 5, marginCall: { action: 'liquidate', maintenance: 0.2 } },
    });
    expect([...fills.bar]).toEqual([1, 3]);
  });
});

describe('sizers', () => {
  const sized = (sizer: object, request = {}) =>
    run(scripted({ 5: (s) => s.buy(request) }), bars([[100], [101], [99], [102], [100], [80], [80]]), {
      settings: { sizer: sizer as never },
    }).orders.size[0];
  test('fixed, a share of cash, and all of it', () => {
    expect(sized({ kind: 'fixed', size: 7 })).toBe(7);
    expect(sized({ kind: 'percent', percent: 25, whole: true })).toBe(31);
    expect(sized({ kind: 'percent', percent: 25, whole: false })).toBe(31.25);
    expect(sized({ kind: 'percent', percent: 100, whole: true })).toBe(125);
  });
  test('by the distance to the stop', () => {
    expect(sized({ kind: 'risk', percent: 1, whole: true }, { stopLoss: 76 })).toBe(25);
    expect(sized({ kind: 'risk', percent: 1, whole: true }, { stopLoss: 74, limit: 79 })).toBe(20);
    expect(() => sized({ kind: 'risk', percent: 1, whole: true })).toThrow('names no stop');
  });
  test('by volatility, and nothing while it is unknown', () => {
    const changes = [99 / 101, 102 / 99, 100 / 102, 80 / 100].map(Math.log);
    const mean = changes.reduce((sum, change) => sum + change, 0) / 4;
    const deviation = Math.sqrt(changes.reduce((sum, change) => sum + (change - mean) ** 2, 0) / 3);
    const yearly = deviation * Math.sqrt(365.25 * DAY);
    expect(sized({ kind: 'volatility', percent: 10, lookback: 4, whole: false })).toBeCloseTo(
      1_000 / (yearly * 80),
      9,
    );
    expect(sized({ kind: 'volatility', percent: 10, lookback: 50, whole: false })).toBe(undefined);
  });
});

describe('targets', () => {
  test('by value and by share of equity, in whole units towards them', () => {
    const script = scripted({
      0: (s) => s.orderTargetValue(1_050),
      2: (s) => s.orderTargetPercent(-0.5),
      4: (s) => s.orderTargetValue(0),
    });
    const { fills } = run(script, bars(flat(7)));
    expect([...fills.positionSize]).toEqual([10, -50, 0]);
  });
});

describe('volume', () => {
  test('a bar gives its share; orders of one step share it', () => {
    const script = scripted({ 0: (s) => [s.buy({ size: 60 }), s.buy({ size: 60 })] });
    const sizes = (shared: boolean) => [
      ...run(script, bars(flat(5, 1)), {
        settings: { volumeLimit: { kind: 'bar-percent', percent: 5, shared } },
      }).fills.size,
    ];
    expect(sizes(false)).toEqual([50, 50, 10, 10]);
    // Of what the first order leaves, 950, the second gets 5 %: 47, then 13 of the next bar.
    expect(sizes(true)).toEqual([50, 47, 10, 13]);
  });
  test('what all orders before took is gone', () => {
    const script = scripted({ 0: (s) => [1, 2, 3].map(() => s.buy({ size: 600 })) });
    const { fills } = run(script, bars(flat(2, 1)), {
      settings: { volumeLimit: { kind: 'fixed-size', size: null, shared: true } },
    });
    expect([...fills.size]).toEqual([600, 400]);
  });
});

describe('the cheats', () => {
  const rows = [
    [10, 11],
    [12, 13],
    [14, 15],
    [16, 17],
  ];
  test('on close: at the close it was made on, booked a bar later', () => {
    const { fills, equity } = run(scripted({ 1: (s) => s.buy({ size: 1 }) }), bars(rows), {
      settings: { fill: 'cheat-on-close', slippage: { kind: 'none' } },
    });
    expect([fills.price[0], fills.bar[0], fills.time[0]]).toEqual([13, 2, START + MINUTE]);
    expect(equity.cash[1]).toBe(10_000);
  });
  test('on open: sees the new open and nothing else of the new bar', () => {
    const seen: number[][] = [];
    class Opens extends Strategy {
      next() {}
      override nextOpen() {
        seen.push([this.data.newOpen, this.data.close.value, this.data.open.value]);
        if (this.data.newOpen === 14) this.buy({ size: 1 });
      }
    }
    const { fills } = run(Opens, bars(rows), { settings: { fill: 'cheat-on-open' } });
    expect(seen).toEqual([
      [12, 11, 10],
      [14, 13, 12],
      [16, 15, 14],
    ]);
    expect([fills.price[0], fills.bar[0]]).toEqual([14, 2]);
  });
});

describe('timers and sessions', () => {
  const minutes = [0, 29, 30, 31, 95, DAY, DAY + 45];
  const logged = (request: Parameters<Strategy['timer']>[0], at = minutes) => {
    const log: number[] = [];
    class One extends Strategy {
      override init() {
        this.timer(request);
      }
      override onTimer() {
        log.push((this.now - START) / MINUTE);
      }
      next() {}
    }
    run(One, bars(flat(at.length), at));
    return log;
  };
  test('fire on the first bar of the day at or after their time', () => {
    expect(logged({ at: '07:30' })).toEqual([30, DAY + 45]);
    expect(logged({ at: '07:00' })).toEqual([0, DAY]);
    expect(logged({ at: '09:00' })).toEqual([]);
  });
  test('repeat, and keep to weekdays', () => {
    expect(logged({ at: '07:00', repeatMinutes: 30 })).toEqual([0, 30, 95, DAY, DAY + 45]);
    // What was due while there was no bar fires once.
    expect(logged({ at: '07:00', repeatMinutes: 30 }, [0, 125, 126, 150])).toEqual([0, 125, 150]);
    expect(logged({ at: '07:00', weekdays: [2] })).toEqual([DAY]); // the bars begin on a Monday
    expect(() => logged({ at: '7:00' })).toThrow('a time of day such as 09:30');
  });
  test('a session end is told with the bar that reaches it, or the first one after', () => {
    const ended = (end: number) => {
      const log: number[] = [];
      class One extends Strategy {
        override onSessionEnd(data: Data) {
          log.push((data.time - START) / MINUTE);
        }
        next() {}
      }
      run(One, null, {
        feeds: [
          {
            ticker: 'X',
            bars: bars(flat(minutes.length), minutes),
            interval: MINUTE,
            session: { end: end * MINUTE, offsetAt: () => 0 },
          },
        ],
      });
      return log;
    };
    expect(ended(7 * 60 + 32)).toEqual([31, DAY + 45]);
    expect(ended(7 * 60 + 50)).toEqual([95]);
  });
});

describe('several lengths of bars', () => {
  test('a longer bar is not known before its minutes are over', () => {
    const seen: [number, number][] = [];
    class Both extends Strategy {
      next() {
        seen.push([this.datas[0]!.close.value, this.datas[1]!.close.value]);
      }
    }
    const { equity } = run(Both, null, {
      feeds: [
        { ticker: 'M', bars: bars([[1], [2], [3], [4], [5], [6]]), interval: MINUTE },
        { ticker: 'L', bars: bars([[30], [60]], [0, 3]), interval: 3 * MINUTE },
      ],
    });
    expect(seen).toEqual([
      [3, 30],
      [4, 30],
      [5, 30],
      [6, 60],
    ]);
    expect(equity.length).toBe(6);
    expect(equity.time[0]).toBe(START);
  });
  test('resampled inside, indicators wait for their longer bars, which count in the warm-up', () => {
    const log: number[][] = [];
    class Longer extends Strategy {
      hours!: Data;
      average!: Line;
      override init() {
        this.hours = this.resample(this.data, '2m');
        this.average = sma(this.hours.close, 2);
      }
      next() {
        log.push([this.bar, this.hours.length, this.average.value]);
      }
    }
    run(Longer, null, {
      feeds: [{ ticker: 'X', bars: bars([[1], [2], [3], [4], [5], [6]]), interval: MINUTE }],
    });
    expect(log).toEqual([
      [3, 2, 3],
      [4, 2, 3],
      [5, 3, 5],
    ]);
  });
});
